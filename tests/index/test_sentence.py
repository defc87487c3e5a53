"""Sentences end where they end, not after an archive's abbreviations, and together they hold the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Span
from index.sentence import sentences
from tests.strategies import any_texts, english_words, paragraphs, russian_words, texts


@given(any_texts)
def test_sentences_tile_the_text_and_only_white_space_lies_between(text):
    spans = sentences(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(texts, st.data())
def test_sentences_within_a_part_stay_in_it_and_tile_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    part = Span(start, data.draw(st.integers(start, len(text))))
    spans = sentences(text, part)
    assert all(part.holds(span) for span in spans)
    assert "".join(span.of(text) for span in spans).split() == [] or "".join(
        "".join(span.of(text).split()) for span in spans
    ) == "".join(part.of(text).split())


@given(st.lists(st.one_of(paragraphs(russian_words), paragraphs(english_words)), min_size=1, max_size=4))
def test_a_capital_after_a_question_always_begins_a_sentence(parts):
    text = " ".join(f"Ответ {n}? Да, {part}" for n, part in enumerate(parts))
    starts = {span.start for span in sentences(text)}
    assert {at for at in range(len(text)) if text.startswith("Да, ", at)} <= starts


@pytest.mark.parametrize(
    "text",
    [
        "См. АПРФ, ф. 3, оп. 65, д. 776, лл. 30-32.",
        "Передать тов. Штыкову и т. Рощину.",
        "В беседе 12 августа с.г. Посол сказал это.",
        "Приехал А. М. Пузанов.",
        "Прошу прислать 5 тыс. Тонн не надо.",
        "See APRF, f. 3, op. 65, d. 776, ll. 30-32, pp. 5-6.",
        "Mr. Kim met Gen. Vasilevsky and Dr. Pak.",
        "Telegram No. 12 was sent in Sept. 1949 from the U.S. Embassy.",
        "Он спросил... Но не сказал",
        "It was 3.5 percent.",
    ],
    ids=[
        "russian reference", "comrades", "this year", "initials", "thousand", "english reference", "titles",
        "number, month, country", "dots before a capital may go on", "decimal",
    ],
)  # fmt: skip
def test_an_abbreviation_ends_no_sentence(text):
    expected = 2 if "..." in text else 1
    assert len(sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мост открыт. Поезда идут.", ["Мост открыт.", "Поезда идут."]),
        ("Он сказал: «Нет». Я ушёл.", ["Он сказал: «Нет».", "Я ушёл."]),
        ("“Yes.” He left!  She stayed?", ["“Yes.”", "He left!", "She stayed?"]),
        ("The answer was no. Then he left.", ["The answer was no.", "Then he left."]),
        ("Готово! 12 августа начнём.", ["Готово!", "12 августа начнём."]),
        ("Без точки в конце", ["Без точки в конце"]),
        ("  \n ", []),
        ("", []),
    ],
    ids=[
        "two",
        "russian quotation",
        "english quotation",
        "no is not No.",
        "a number begins",
        "no stop",
        "blank",
        "empty",
    ],
)
def test_sentences_are_cut_where_a_reader_would(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_line_of_two_hundred_thousand_dots_takes_no_time():
    started = time.perf_counter()
    sentences("Оглавление " + "." * 200_000 + "x")
    assert time.perf_counter() - started < 2
