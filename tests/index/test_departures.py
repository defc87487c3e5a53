"""Where a translation departs from its original: each kind found, with its reason, and little else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.departures import departures
from index.document import SentenceBead, Span
from index.read import read
from index.sentence import sentences
from index.wordpairs import WordPairs
from tests.pairs import departures_of
from tests.strategies import any_texts

SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "archive" / "112133.txt"


def reasons(ru, en):
    return [(one.kind, one.reason) for one in departures_of(ru, en)]


def beads_of(*pairs):
    """Texts of facing sentences, and their beads; an empty side faces nothing."""
    texts, beads = {"ru": "", "en": ""}, []
    for ru, en in pairs:
        spans = {}
        for language, sentence in (("ru", ru), ("en", en)):
            if sentence:
                spans[language] = Span(len(texts[language]), len(texts[language]) + len(sentence))
                texts[language] += sentence + "\n"
        beads.append(SentenceBead(spans, 0.9 if len(spans) == 2 else 0.0))
    return texts, beads


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        ("Получено 50 000 тонн угля.", "Fifty thousand tons of coal were received."),
        ("Встреча состоялась 12 августа с.г.", "The meeting took place on August 12 of this year."),
        ("Встреча состоялась 28.VII.1948 г.", "The meeting took place on July 28, 1948."),
        ("Нельзя не признать это.", "One cannot but acknowledge this."),
        ("Он не подготовлен ни с военной, ни с политической стороны.", "He is not prepared in any way."),
        ("Тов. Штыков встретился с Пак Хен Еном в Кайдзио.", "Comrade Shtykov met Pak Hon-yong in Kaesong."),
        ("Это невозможно.", "This is not possible."),
        ("Оба согласились.", "The two agreed."),
        ("Я не нервничаю.", "I am not nervous."),
        ("Он не верит никому.", "He does not trust anyone, neither friend nor foe."),
        ("Прошла неделя.", "Seven days went by."),
    ],
)
def test_a_right_translation_is_not_flagged(ru, en):
    assert reasons(ru, en) == []


@pytest.mark.parametrize(
    ("ru", "en", "kind", "reason"),
    [
        ("Получено 474 винтовки.", "We received 447 rifles.", "number", '«474» faces "447"'),
        ("Получено 474 винтовки.", "We received the rifles.", "number", "«474» is not in the English"),
        ("Прибыли три дивизии.", "Five divisions came.", "number", '«три» faces "Five"'),
        ("Встреча 12 августа 1949 г.", "On August 12, 1950.", "date", '1949 г.» faces "August 12, 1950"'),
        ("Это было в 1950 году.", "It was in 1951.", "date", '«1950 году» faces "1951"'),
        ("Он готов.", "He is not ready.", "negation", '"not ready" is negated; nothing in the Russian'),
        ("Он не готов.", "He is ready.", "negation", "«не готов» is negated; nothing in the English sentence answers"),
        ("Нельзя не признать этого.", "It is impossible to acknowledge.", "negation", "denies twice and so affirms"),
        (
            "Вчера Рощин был в городе.", "Yesterday Lumumba was in town.", "name",
            'the name "Lumumba" is not in the Russian; «Рощин» is there',
        ),
    ],
)  # fmt: skip
def test_what_differs_is_flagged_with_its_kind_and_a_reason(ru, en, kind, reason):
    ((told, why),) = reasons(ru, en)
    assert told == kind
    assert reason in why


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        ("Получено 474 винтовки.", "We received 447 rifles."),
        ("Получено 474 винтовки.", "We received the rifles."),
        ("Вчера Рощин был в городе.", "Yesterday Lumumba was in town."),
        ("Он готов.", "He is not ready."),
        ("Нельзя не признать этого.", "It is impossible to acknowledge."),
    ],
)
def test_the_reason_is_given_in_russian_too_with_the_same_words_of_the_texts(ru, en):
    (one,) = departures_of(ru, en)
    words = re.compile('«[^»]*»|"[^"]*"')
    assert words.findall(one.russian) == words.findall(one.reason)
    assert not re.search("[A-Za-z]", words.sub("", one.russian))
    assert not re.search("[А-Яа-я]", words.sub("", one.reason))


def test_a_negated_word_faces_the_one_that_the_document_shows_it_to_mean():
    texts, beads = beads_of(
        ("Отряд подготовлен к зиме.", "The unit is prepared for winter."),
        ("Завод подготовлен к пуску.", "The factory is prepared to start."),
        ("Флот подготовлен к походу.", "The fleet is prepared to sail."),
        ("Народ является неподготовленным.", "The people are prepared."),
    )
    (one,) = departures(texts, beads)
    assert one.kind == "negation"
    assert one.reason == '«неподготовленным» is negated; "prepared" is not'
    assert {x: span.of(texts[x]) for x, span in one.spans.items()} == {"ru": "неподготовленным", "en": "prepared"}


def test_a_sentence_without_counterpart_is_flagged_but_no_mark_or_number():
    texts, beads = beads_of(
        ("Первое предложение стоит здесь.", "The first sentence stands here."),
        ("Второе предложение пропало в переводе.", ""),
        ("", "[...]"),
        ("", "An English sentence that nobody wrote in Russian."),
    )
    found = departures(texts, beads)
    assert [(one.kind, list(one.spans)) for one in found] == [("missing", ["ru"]), ("missing", ["en"])]
    assert found[0].reason == "nothing in the English faces this Russian sentence"


def test_a_length_unusual_for_the_document_is_flagged():
    usual = [("Обычное предложение обычной длины.", "A usual sentence of a usual length.")] * 6
    texts, beads = beads_of(*usual, ("Очень длинное предложение о погоде и дорогах. " * 8, "It was so."))
    assert [one.kind for one in departures(texts, beads)] == ["length"]


def test_beads_that_may_not_belong_together_are_not_compared():
    assert departures_of("Он не готов.", "He has 474 rifles.", confidence=0.1) == ()


def test_a_document_in_one_language_has_no_departures():
    assert departures({"ru": "Текст."}, [SentenceBead({"ru": Span(0, 6)}, 0.0)]) == ()


def test_a_date_less_exact_agrees_and_another_year_does_not():
    assert reasons("12 августа состоялась встреча.", "On August 12, 1949, a meeting took place.") == []
    assert [kind for kind, _ in reasons("В августе 1949 г.", "In August 1948.")] == ["date"]


def test_the_sample_has_its_known_errors_flagged_and_little_else():
    document = read(SAMPLE, SAMPLE.read_bytes(), "0" * 64).document
    sides = {x: sentences(document.texts[x]) for x in ("ru", "en")}
    wrong = "является сейчас совершенно неподготовленным"
    ru = next(s for s in sides["ru"] if wrong in s.of(document.texts["ru"]))
    en = next(s for s in sides["en"] if "is now completely prepared for" in s.of(document.texts["en"]))
    told = departures_of(ru.of(document.texts["ru"]), en.of(document.texts["en"]))
    assert [one.kind for one in told] == ["negation", "negation"]
    assert 'denies twice and so affirms; "impossible" denies' in told[0].reason
    assert told[1].reason.startswith("«неподготовленным» is negated")


def test_words_face_each_other_if_they_share_their_beads():
    sides = [
        {"ru": "мост открыт", "en": "the bridge is open"},
        {"ru": "мост закрыт", "en": "a bridge is shut"},
        {"ru": "старый мост", "en": "one old bridge"},
        {"ru": "река", "en": "the river is deep"},
    ]
    assert WordPairs(sides).facing("ru", "мост", "near the bridge", 0.5) == Span(9, 15)
    assert WordPairs(sides).facing("en", "bridge", "старый мост", 0.5) == Span(7, 11)
    assert WordPairs(sides).facing("ru", "река", "the river", 0.5) is None  # seen once: not sure


@given(any_texts, any_texts, st.floats(0, 1))
def test_departures_of_any_texts_stand_in_them(ru, en, confidence):
    for one in departures_of(ru, en, confidence):
        assert one.reason
        for language, span in one.spans.items():
            assert 0 <= span.start < span.end <= len({"ru": ru, "en": en}[language])
