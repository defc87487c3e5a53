"""Spans, paragraphs and the promises a document makes of itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import (
    ArchivalReference,
    Document,
    Source,
    Span,
    blocks,
    covering,
    is_omission,
    other,
    stripped,
)
from tests.strategies import any_texts

DOCUMENT = Document(
    id="1",
    title="A title",
    date=None,
    references=(),
    fields=(("Citation", "here"), ("Original Language", "Russian")),
    url=None,
    texts={"ru": "[...]\n\nПервый.\n\nВторой.\n \n\t\nТретий.\n\n(…)", "en": "Only one."},
    source=Source(path="/a/1.txt", sha256="0"),
)

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair)))


@given(any_texts)
def test_blocks_hold_every_character_that_is_not_white_space_once_and_in_order(text):
    found = blocks(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert "".join("".join(block.of(text).split()) for block in found) == "".join(text.split())
    assert all(block.of(text).strip() == block.of(text) != "" for block in found)


@given(any_texts)
def test_no_blank_line_is_left_inside_a_block(text):
    for block in blocks(text):
        lines = block.of(text).split("\n")
        assert all(line.strip() for line in lines)


@given(any_texts, spans)
def test_a_stripped_span_lies_inside_and_has_the_same_words(text, span):
    inner = stripped(text, span)
    assert span.start <= inner.start <= inner.end or not span.of(text).strip()
    assert inner.of(text) == span.of(text).strip()


@given(st.lists(spans, min_size=1))
def test_the_covering_span_holds_all(several):
    assert all(covering(several).holds(span) for span in several)


@given(spans, spans)
def test_spans_meet_if_they_share_a_place(one, another):
    shared = set(range(*one)) & set(range(*another))
    assert one.meets(another) == bool(shared)


@given(spans, st.integers(0, 50))
def test_a_shifted_span_is_as_long(span, by):
    assert span.shifted(by) == (span.start + by, span.end + by)


def test_paragraphs_leave_the_marks_of_omission_out():
    text = DOCUMENT.texts["ru"]
    assert [span.of(text) for span in DOCUMENT.paragraphs("ru")] == ["Первый.", "Второй.", "Третий."]
    assert [span.of("Only one.") for span in DOCUMENT.paragraphs("en")] == ["Only one."]


def test_a_place_belongs_to_the_paragraph_that_holds_it_or_the_last_before_it():
    text = DOCUMENT.texts["ru"]
    assert DOCUMENT.paragraph_at("ru", text.index("Второй") + 2) == 2
    assert DOCUMENT.paragraph_at("ru", text.index("Третий") - 1) == 2
    assert DOCUMENT.paragraph_at("ru", 0) == 1
    assert DOCUMENT.paragraph_at("ru", len(text)) == 3


def test_a_language_without_text_has_no_paragraphs():
    assert replace(DOCUMENT, texts={"ru": "Первый."}).paragraphs("en") == ()


def test_the_russian_original_comes_first():
    assert replace(DOCUMENT, texts={"en": "x", "ru": "ы"}).languages == ("ru", "en")
    assert (other("ru"), other("en")) == ("en", "ru")


def test_a_field_is_found_whatever_its_case():
    assert DOCUMENT.field("original language") == "Russian"
    assert DOCUMENT.field("Summary") is None


@pytest.mark.parametrize("mark", ["[...]", "[…]", "...", "( ... )", "[ .... ]", "…"])
def test_a_mark_of_omission_is_known(mark):
    assert is_omission(f" {mark}\n")


@pytest.mark.parametrize("words", ["[..]", "[...] and so on", "", "[illegible]", "1..."])
def test_other_words_are_no_mark_of_omission(words):
    assert not is_omission(words)


@pytest.mark.parametrize("texts", [{}, {"ru": " \n"}, {"ru": "Слово", "en": ""}], ids=["none", "blank", "one blank"])
def test_a_document_without_words_cannot_be_made(texts):
    with pytest.raises(ValueError, match="document '1' has no text, or a blank one"):
        replace(DOCUMENT, texts=texts)


def test_a_reference_without_words_cannot_be_made():
    with pytest.raises(ValueError, match="an archival reference has a text"):
        ArchivalReference(text=" ")
