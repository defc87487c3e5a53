"""Packed vectors keep their direction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Sentences, Span
from index.pack import mean_vector, packed, unpacked


def random_vectors(seed, count, dimension):
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(2, 600))
def test_what_was_packed_comes_back_in_its_direction(seed, count, dimension):
    vectors = random_vectors(seed, count, dimension)
    held = Sentences((Span(0, 1),) * count, packed(vectors))
    assert len(held.packed) == count * dimension
    assert np.allclose(np.linalg.norm(unpacked(held), axis=1), 1, atol=1e-6)
    assert np.einsum("ij,ij->i", unpacked(held), vectors).min() > 0.9998


def test_packing_again_changes_nothing():
    held = Sentences((Span(0, 1),) * 3, packed(random_vectors(1, 3, 64)))
    assert packed(unpacked(held)) == held.packed


def test_a_whole_side_points_where_its_sentences_do_each_counting_by_its_length():
    vectors = np.eye(2, dtype=np.float32)
    held = Sentences((Span(0, 30), Span(31, 71)), packed(vectors))
    assert mean_vector(held) == pytest.approx([0.6, 0.8], abs=1e-6)


def test_a_vector_of_zeros_stays_so():
    assert not unpacked(Sentences((Span(0, 1),), packed(np.zeros((1, 4), np.float32)))).any()


def test_bytes_that_cannot_be_as_many_vectors_are_refused():
    with pytest.raises(ValueError, match="reshape"):
        unpacked(Sentences((Span(0, 1), Span(1, 2)), b"abc"))
