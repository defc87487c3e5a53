"""The units of a text are its sentences, paragraph by paragraph."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.document import Document, Source, Span
from index.sentence import sentences
from index.units import LONGEST_UNIT, beginnings, units_of
from tests.strategies import any_texts, paragraphs, russian_words

_blank_free = paragraphs(russian_words)


def document(text):
    source = Source(path="/a", sha256="0")
    return Document(id="1", title="t", date=None, references=(), fields=(), url=None, texts={"ru": text}, source=source)


@given(st.lists(st.one_of(_blank_free, st.just("[...]")), min_size=1, max_size=6))
def test_units_are_the_sentences_of_the_paragraphs_and_marks_are_none(blocks):
    found = document("\n\n".join(blocks))
    text = found.texts["ru"]
    parts = found.paragraphs("ru") or [Span(0, len(text))]
    assert units_of(found, "ru") == [unit for paragraph in parts for unit in sentences(text, paragraph)]


@given(any_texts.filter(str.strip))
def test_any_text_has_units_that_hold_all_of_it_but_marks(text):
    found = document(text)
    units = units_of(found, "ru")
    held = [paragraph.of(text) for paragraph in found.paragraphs("ru")] or [text]
    assert "".join("".join(unit.of(text).split()) for unit in units) == "".join("".join(held).split())
    assert all(a.end <= b.start for a, b in pairwise(units))
    assert all(unit.of(text) == unit.of(text).strip() != "" for unit in units)


@given(st.lists(_blank_free, min_size=1, max_size=5))
def test_each_paragraph_begins_with_a_unit(blocks):
    found = document("\n\n".join(["[...]", *blocks]))
    units = units_of(found, "ru")
    starts = [units[n].start for n in beginnings(found, "ru", units)]
    assert starts == [paragraph.start for paragraph in found.paragraphs("ru")]


@given(
    st.lists(st.sampled_from(["Мост. ", "слово ", "х" * 900, " " * 2500, "Конец! ", "№ 5. "]), min_size=1, max_size=30)
)
def test_what_has_no_sentence_end_is_cut_and_loses_nothing(pieces):
    text = "Начало " + "".join(pieces).strip()
    units = units_of(document(text), "ru")
    assert "".join("".join(unit.of(text).split()) for unit in units) == "".join(text.split())
    assert all(0 < unit.end - unit.start <= LONGEST_UNIT for unit in units)


def test_a_text_of_nothing_but_a_mark_is_one_unit():
    assert units_of(document("[...]"), "ru") == [Span(0, 5)]
