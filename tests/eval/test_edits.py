"""One change makes a sentence false in the way that it is meant to, and changes nothing else."""

import random

import pytest

from eval.controls import framed, lowered, reordered, respelt
from eval.edits import changed, counted, negated, redated, renamed, requantified, reworded
from index.days import dates
from index.particulars import particulars


def rng():
    return random.Random(4)  # noqa: S311 - no secret


def keys(language, text, kind):
    return [one.key for one in particulars(language, text) if one.kind == kind]


@pytest.mark.parametrize(
    ("language", "text", "times"),
    [
        ("en", "The mill bought 340 sacks and nine carts.", 2),
        ("ru", "Фабрика купила 340 мешков и девять подвод.", 2),
        ("en", "It was one of the best.", 0),
        ("ru", "Это был один из лучших.", 0),
    ],
)
def test_a_number_becomes_another_number(language, text, times):
    now = list(counted("number", text, rng(), language))
    assert len(now) == times
    for other in now:
        assert sum(a != b for a, b in zip(keys(language, other, "number"), keys(language, text, "number"), strict=True))


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "It came on July 8, 1954, by rail."), ("ru", "Он прибыл 8 июля 1954 г. по железной дороге.")],
)
def test_day_month_and_year_of_a_date_become_others_that_exist(language, text):
    now = list(redated(language, text, rng()))
    parts = [[key.split("-") for _, key in dates(language, other)] for other in now]
    assert [sum(a != b for a, b in zip(*found, ["1954", "07", "08"], strict=True)) for found in parts] == [1, 1, 1]


def test_a_month_is_left_alone_where_the_day_may_not_be_one_of_every_month():
    assert [now for now in redated("en", "On May 31 it rained.", rng()) if "May" not in now] == []


def test_a_name_is_changed_only_if_it_stands_on_the_other_side_and_a_place_becomes_a_place():
    texts = {"ru": "Капитан Вересков прибыл из Лодыгина.", "en": "Captain Vereskov came from Lodygino."}
    assert list(renamed("ru", texts, rng(), {"ru": ["Седых"]}, {"ru": ["Каргино"]})) == [
        "Капитан Седых прибыл из Лодыгина.",
        "Капитан Вересков прибыл из Каргино.",
    ]
    assert list(renamed("en", {"ru": "Он прибыл.", "en": "Then Vereskov came."}, rng())) == []


@pytest.mark.parametrize(
    ("language", "text", "now"),
    [
        ("en", "The mill is open.", "The mill is not open."),
        ("en", "The mill is not open.", "The mill is open."),
        ("en", "It will not only burn, it will not stop.", "It will not only burn, it will stop."),
        ("ru", "Фабрика была открыта.", "Фабрика не была открыта."),
        ("ru", "Не пришёл и сторож.", "Пришёл и сторож."),
        ("ru", "Следует подождать.", "Не следует подождать."),
        ("ru", "Прислано не более десяти мешков.", None),
        ("ru", "Никто не пришёл.", None),
        ("en", "Rain in the evening.", None),
    ],
)
def test_a_denial_is_put_in_or_taken_out(language, text, now):
    assert next(negated(language, text), None) == now


@pytest.mark.parametrize(
    ("language", "text", "now"),
    [
        ("en", "No more than six came.", ["At least six came.", "More than six came."]),
        ("en", "All of them left.", ["Hardly any of them left.", "Only half of them left."]),
        ("en", "It is better than all the others.", []),
        (
            "en",
            "Not one of them was lost.",
            ["Almost every one of them was lost.", "Every second one of them was lost."],
        ),
        ("ru", "Каждый стол занят.", ["Лишь каждый второй стол занят.", "Лишь каждый третий стол занят."]),
        ("ru", "Все они ушли.", ["Немногие из них ушли.", "Лишь половина из них ушли."]),
        ("ru", "Он лучше всех.", []),
    ],
)
def test_a_quantity_becomes_one_that_is_not_implied(language, text, now):
    assert list(requantified(language, text)) == now


def test_a_word_of_a_quotation_becomes_another_with_the_same_ending():
    assert list(reworded("Мост открыт весной.", ["закрыт", "осенью"], rng())) == ["Мост закрыт весной."]


def test_a_sentence_with_nothing_to_change_is_left_alone():
    assert changed("number", "Nothing here.", "Ничего.", rng()) is None
    assert changed("missing", "Nothing here.", "Ничего.", rng()) == ""


SMALL = frozenset({"the", "мост", "в", "we", "мы"})


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "The bridge is open.", "The document says that the bridge is open."),
        ("ru", "Мост открыт.", "В документе говорится, что мост открыт."),
        ("en", "Vereskov came.", None),
        ("en", "We ask for rope.", None),
        ("ru", "Мы просим верёвку.", None),
    ],
)
def test_a_sentence_is_reported_unless_it_speaks_for_its_writer_or_begins_with_a_name(language, text, first):
    assert next(framed(language, text, SMALL), None) == first


def test_a_reason_goes_first():
    assert list(reordered("en", "The bridge is shut, because the ice moves.", SMALL)) == [
        "Because the ice moves, the bridge is shut."
    ]
    assert list(reordered("ru", "Мост закрыт, потому что идёт лёд.", SMALL)) == ["Поскольку идёт лёд, мост закрыт."]


@pytest.mark.parametrize(
    ("language", "text", "now"),
    [
        ("en", "On July 8, 1954, 8600 arrived.", ["On 8 July 1954, 8600 arrived.", "On July 8, 1954, 8,600 arrived."]),
        ("en", "It was built in July 1961.", []),
        ("ru", "Прибыло 8600 бутылок.", ["Прибыло 8 600 бутылок."]),
        ("ru", "Начато 8 июля 1954 г.", ["Начато 8 июля 1954 года."]),
    ],
)
def test_dates_and_numbers_spelt_otherwise_stay_what_they_are(language, text, now):
    assert list(respelt(language, text)) == now
    for other in now:
        for kind in ("number", "date"):
            assert keys(language, other, kind) == keys(language, text, kind)


def test_a_number_that_begins_a_sentence_needs_no_small_letter():
    assert lowered("58 people came.", SMALL) == "58 people came."
    assert lowered("“Chaika” sailed.", SMALL) is None
