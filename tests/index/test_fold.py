"""Folding takes out the differences of typography, and every folded character knows its place."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.document import Span
from index.fold import fold, folded_text
from tests.strategies import any_texts, texts


@given(any_texts)
def test_origin_never_decreases_and_points_into_the_text(text):
    folded = fold(text)
    assert len(folded.origin) == len(folded.text)
    assert folded.length == len(text)
    assert all(a <= b for a, b in pairwise(folded.origin))
    assert all(0 <= place < len(text) for place in folded.origin)


@given(any_texts)
@example("ΣΑΣ ς İЁ\u00ad-\nя — «x»")
def test_the_folded_text_alone_is_the_same(text):
    assert folded_text(text) == fold(text).text


@given(any_texts)
@example("İЁ\u00ad-\nя")
def test_folding_twice_changes_nothing(text):
    once = fold(text).text
    assert fold(once).text == once


@given(texts.filter(lambda text: fold(text).text), st.data())
def test_every_folded_slice_maps_back_to_a_slice_that_folds_to_it(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    assert fold(folded.original(start, end).of(text)).text == folded.text[start:end]


@given(any_texts.filter(lambda text: fold(text).text), st.data())
def test_even_a_letter_that_folds_to_two_maps_back_to_where_it_stands(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    assert folded.text[start:end] in fold(folded.original(start, end).of(text)).text


@given(texts.filter(lambda text: fold(text).text), st.data())
def test_a_folded_slice_is_found_again_from_its_place_in_the_original(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    found = folded.folded(folded.original(start, end))
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("«Правда»", "„Правда“"),
        ("“Pravda”", '"Pravda"'),
        ("the people’s army", "the people's army"),
        ("1949–1950", "1949-1950"),
        ("Ещё ёлка", "ЕЩЕ ЕЛКА"),
        ("в\u00a0Корее", "в  \n Корее"),
        ("Khrush\u00adchev", "Khrushchev"),
        ("Китай-\nской", "Китайской"),
        ("Китай-  \n  ской", "Китайской"),
        ("пере\u2010\nговоры", "переговоры"),
        ("zero\u200bwidth", "zerowidth"),
    ],
    ids=[
        "russian quotation marks", "english quotation marks", "apostrophe", "dash", "yo and case", "spaces",
        "soft hyphen", "line-end hyphen", "line-end hyphen with spaces", "typographic hyphen", "zero width",
    ],
)  # fmt: skip
def test_editions_of_the_same_words_fold_alike(one, another):
    assert fold(one).text == fold(another).text


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("Северная Корея", "Южная Корея"),
        ("не подготовлено", "неподготовлено"),
        ("во-первых", "вопервых"),
        ("11 - 12", "11 12"),
        ("1949-\n1950", "19491950"),
        ("й", "и"),
    ],
    ids=["another word", "space", "hyphen in a word", "dash between numbers", "years at a line's end", "short i"],
)
def test_other_words_do_not_fold_alike(one, another):
    assert fold(one).text != fold(another).text


def test_a_quotation_over_a_line_end_hyphen_shows_the_original_with_its_hyphen():
    text = "о Китай-\nской стороне"
    folded = fold(text)
    start = folded.text.index("китайской")
    assert folded.original(start, start + len("китайской")).of(text) == "Китай-\nской"


def test_nothing_folds_to_nothing():
    assert fold("").text == ""
    assert fold("\u00ad\u200b").text == ""
    assert fold("").folded(Span(0, 0)) == Span(0, 0)
