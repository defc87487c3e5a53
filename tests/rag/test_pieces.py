import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.pieces import LETTERS, pieces
from tests.strategies import any_texts


@pytest.mark.parametrize(
    ("one", "two"),
    [("Stalingrad", "Сталинграда"), ("communists", "коммунисты"), ("Kharkov", "Харьков"), ("moved", "moving")],
)
def test_related_words_share_pieces_in_whatever_script_and_form(one, two):
    assert len(pieces(one) & pieces(two)) >= 0.25 * min(len(pieces(one)), len(pieces(two)))


def test_unrelated_words_share_none():
    assert not pieces("harvest") & pieces("мост")


@given(any_texts, any_texts)
def test_the_pieces_of_two_texts_are_those_of_both(one, two):
    assert pieces(f"{one} {two}") == pieces(one) | pieces(two)


@given(st.text("abcdefgh", min_size=2))
def test_no_piece_is_longer_than_it_may_be(word):
    assert all(0 < len(piece) <= LETTERS for piece in pieces(word))
