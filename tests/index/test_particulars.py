"""Numbers, dates, names and negations of a sentence, the same in either language and in any spelling."""

import calendar
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES
from index.particulars import particulars
from tests.strategies import any_texts, days

ENGLISH_MONTHS = calendar.month_name[1:]
RUSSIAN_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def keys(kind, language, text):
    return [one.key for one in particulars(language, text) if one.kind == kind]


def words(kind, language, text):
    return [one.span.of(text) for one in particulars(language, text) if one.kind == kind]


@pytest.mark.parametrize(
    ("key", "english", "russian"),
    [
        ("3", "three divisions", "трёх дивизий"),
        ("3", "the third division", "третьего корпуса"),
        ("3", "the 3rd division", "3-я дивизия"),
        ("2", "two sides", "с двумя сторонами"),
        ("20", "the 20th Congress", "ХХ съезд"),
        ("20", "the Twentieth Congress", "двадцатый съезд"),
        ("19", "in the XIX century", "в XIX веке"),
        ("50000", "50,000 men", "50 000 человек"),
        ("50000", "fifty thousand men", "пятьдесят тысяч человек"),
        ("50000", "50 thousand men", "50 тыс. человек"),
        ("50000", "50.000 tons", "50.000 тонн"),
        ("2500000", "2.5 million", "2,5 млн"),
        ("2500000", "two and a half million", "два с половиной миллиона"),
        ("1234567", "1,234,567", "1.234.567"),
        ("5", "5 percent", "5 %"),
        ("5.5", "5.5 per cent", "5,5 процента"),
        ("253", "two hundred and fifty-three", "двести пятьдесят три"),
        ("600201", "six hundred thousand two hundred and one", "шестьсот тысяч двести один"),
        ("21", "the twenty-first", "двадцать первого"),
        ("474", "474 rifles", "474 винтовки"),
        ("5", "a five-year plan", "пятилетний план"),
        ("12", "a dozen", "дюжина"),
        ("100", "a hundred", "сто"),
        ("1000", "a thousand", "тысяча"),
        ("0.125", "0.125", "0,125"),
    ],
)
def test_a_number_has_one_key_in_both_languages(key, english, russian):
    assert keys("number", "en", english) == [key]
    assert keys("number", "ru", russian) == [key]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one must go"),
        ("en", "hundreds of people"),
        ("en", "at first, first of all"),
        ("ru", "один из них"),
        ("ru", "тысячи людей"),
        ("ru", "в первую очередь"),
        ("ru", "взял с собой семью"),
    ],
)
def test_what_only_looks_like_a_number_is_none(language, text):
    assert keys("number", language, text) == []


def test_numbers_side_by_side_are_not_added_up():
    assert keys("number", "en", "five six, two three, 3-4 and twenty thirty") == [
        "5",
        "6",
        "2",
        "3",
        "3",
        "4",
        "20",
        "30",
    ]
    assert keys("number", "ru", "пять шесть, 3–4 и двадцать тридцать") == ["5", "6", "3", "4", "20", "30"]


@given(st.integers(0, 10**12))
def test_a_number_in_digits_is_read_in_either_way_of_grouping(number):
    if not 1000 <= number < 2100:  # those may be years
        grouped = f"{number:,}"
        assert keys("number", "en", f"some {grouped} men") == [str(number)]
        assert keys("number", "ru", f"около {grouped.replace(',', ' ')} человек") == [str(number)]
        assert keys("number", "ru", f"около {grouped.replace(',', chr(0xA0))} человек") == [str(number)]


@given(days)
def test_a_day_has_one_key_in_whatever_form_it_is_written(day):
    english, russian, roman = (m[day.month - 1] for m in (ENGLISH_MONTHS, RUSSIAN_MONTHS, ROMAN_MONTHS))
    for text in (
        f"on {english} {day.day}, {day.year}",
        f"on {day.day} {english} {day.year}",
        f"the {day.day}th of {english}, {day.year}",
        f"since {day.isoformat()}",
        f"on {day.day}.{roman}.{day.year}",
    ):
        assert keys("date", "en", text) == [day.isoformat()], text
    for text in (
        f"от {day.day} {russian} {day.year} г.",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}.{roman}.{day.year} г.",
        f"{day.day}.{roman}-{day.year % 100:02}" if 1900 <= day.year < 2000 else f"{day.isoformat()}",
    ):
        assert keys("date", "ru", text) == [day.isoformat()], text


@pytest.mark.parametrize(
    ("key", "english", "russian"),
    [
        ("--08-12", "August 12 of this year", "12 августа с.г."),
        ("--08-12", "on 12 August", "12 августа"),
        ("1949-08", "in August 1949", "в августе 1949 г."),
        ("--08", "in August", "в августе"),
        ("--05", "in May", "в мае"),
        ("1949", "in 1949", "в 1949 году"),
        ("1950s", "in the 1950s", "в 1950-х годах"),
        ("1950s", "in the '50s", "в 50-е годы"),
    ],
)
def test_a_date_has_one_key_in_both_languages(key, english, russian):
    assert keys("date", "en", english) == [key]
    assert keys("date", "ru", russian) == [key]


def test_days_of_one_month_are_two_dates():
    assert keys("date", "en", "August 12-13, 1949") == ["1949-08-12", "1949-08-13"]
    assert keys("date", "ru", "12 и 13 августа 1949 г.") == ["1949-08-12", "1949-08-13"]
    assert keys("date", "en", "1939–1945 and 1949-50") == ["1939", "1945", "1949", "1950"]


def test_what_is_counted_is_no_year():
    assert keys("date", "en", "1950 men, it may be, 2,000 and No. 1948") == []
    assert keys("date", "ru", "1950 человек, 2 000 гостей") == []


def test_a_month_first_is_american_only_where_it_can_be():
    assert keys("date", "en", "10/14/50") == ["1950-10-14"]
    assert keys("date", "en", "14/10/50") == ["1950-10-14"]


def test_names_are_mid_sentence_capitals_and_acronyms_without_titles():
    text = "Yesterday Comrade Shtykov told Mr. Kim about the USSR. NATO was not named. Stalin agreed on Monday."
    assert words("name", "en", text) == ["Shtykov", "Kim", "USSR", "NATO"]
    text = "Вчера тов. Штыков сообщил Ким Ир Сену о Вашем письме в ЦК. Сталин согласен."
    assert words("name", "ru", text) == ["Штыков", "Ким", "Ир", "Сену", "ЦК"]


def test_a_name_that_begins_a_sentence_counts_if_it_stands_elsewhere_too():
    assert words("name", "ru", "Штыков прибыл. Встреча со Штыковым состоялась.") == ["Штыков", "Штыковым"]
    assert words("name", "en", "Stalin's letter came. We answered Stalin.") == ["Stalin", "Stalin"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It is not so, and never was.", ["not", "not"]),
        ("en", "He can't, she cannot.", ["not", "not"]),
        ("en", "It is impossible and unknown.", ["un-possible", "un-known"]),
        ("en", "a non-aggression pact", ["un-aggression"]),
        ("en", "Neither he nor she came.", ["not", "nor"]),
        ("en", "One cannot but acknowledge it.", []),
        ("en", "not only this, no more than ten, no doubt", []),
        ("en", "No. 12 of the united, universal, independent union, until uncle unified it", []),
        ("ru", "Это не так, и нельзя без этого.", ["not", "not", "not"]),
        ("ru", "наступление является неподготовленным", ["un-подготовленным"]),
        ("ru", "нельзя не признать", []),
        ("ru", "Он не мог не знать.", []),
        ("ru", "не только, тем не менее, не более десяти", []),
        ("ru", "не подготовлена ни с военной, ни с политической стороны", ["not", "nor", "nor"]),
        ("ru", "Ни слова.", ["not"]),
        ("ru", "неделя нефти, немецкий негр, необходимо немедленно нести несколько некоторых", []),
    ],
)
def test_negations_are_told_from_what_only_looks_like_one(language, text, expected):
    assert keys("negation", language, text) == expected


@given(any_texts)
def test_particulars_stand_where_they_say_in_order_and_do_not_overlap(text):
    for language in LANGUAGES:
        found = particulars(language, text)
        assert list(found) == sorted(found, key=lambda one: one.span)
        assert all(0 <= one.span.start < one.span.end <= len(text) and one.key for one in found)
        for kind in ("number", "date", "name", "negation"):
            spans = [one.span for one in found if one.kind == kind]
            assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_date_that_never_was_is_none():
    assert date.fromisoformat("1949-08-12").isoformat() in keys("date", "en", "August 12, 1949 and August 45")
    assert "--08-45" not in keys("date", "en", "on August 45 men")
