"""Units of two texts are paired in order, every one once."""

import itertools
import math
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.align import WHOLE, align
from index.facing import BREAK, MERGE, SHAPES, SKIP, Units
from index.model import Scale
from tests.strategies import units

BILINGUAL = Scale(unrelated=0.0, translated=1.0)
ENGLISH_ALONE = Scale(unrelated=0.2, translated=0.25)
SCALES = pytest.mark.parametrize("scale", [BILINGUAL, ENGLISH_ALONE], ids=["bilingual", "English alone"])
ALL_SHAPES = {*SHAPES, (1, 0), (0, 1)}


def facings(beads):
    return [(tuple(range(*bead.left)), tuple(range(*bead.right))) for bead in beads]


def likeness(one, two):
    """Cosine of two runs of units, each (lengths, vectors): an independent reading of what a facing means."""

    def mean(lengths, vectors):
        summed = sum(length * vector for length, vector in zip(lengths, vectors, strict=True))
        return summed / np.linalg.norm(summed)

    return float(mean(*one) @ mean(*two))


def run(units, start, end):
    return list(units.lengths)[start:end], list(units.vectors[start:end])


def opens(units, place):
    """Whether a paragraph begins, or the text ends, at a place between units."""
    return place in (0, len(units.lengths), *units.begins)


def price(left, right, bead, scale):
    """What a bead costs, worked out by itself."""
    (a, b), (c, d) = bead
    breaks = BREAK * (opens(left, b) != opens(right, d))
    if a == b or c == d:
        return SKIP + breaks
    breaks += BREAK * sum(opens(left, place) for place in range(a + 1, b))
    breaks += BREAK * sum(opens(right, place) for place in range(c + 1, d))
    one, two = sum(left.lengths[a:b]), sum(right.lengths[c:d])
    ratio = min(max(sum(right.lengths) / sum(left.lengths), 0.8), 1.25)
    delta = (two - one * ratio) / math.sqrt(max((one + two / ratio) / 2, 1) * 6.8)
    surprise = min(delta**2 / 2, 20)
    unlike = 1 - min(max(likeness(run(left, a, b), run(right, c, d)), 0), 1.25) + 0.04 * surprise
    shape = (b - a) + (d - c)
    return shape / 2 * (unlike if scale.bilingual else surprise / 8) + MERGE * (shape - 2) + breaks


def all_ways(n, m):
    """Every sequence of beads that holds n units and m units."""
    if n == m == 0:
        yield []
    for a, b in ALL_SHAPES:
        if a <= n and b <= m:
            for way in all_ways(n - a, m - b):
                yield [*way, ((n - a, n), (m - b, m))]


@SCALES
@given(left=units(), right=units())
def test_every_unit_of_both_texts_is_held_once_and_in_order(scale, left, right):
    beads = align(left, right, scale)
    lefts, rights = zip(*facings(beads), strict=True)
    assert list(itertools.chain(*lefts)) == list(range(len(left.lengths)))
    assert list(itertools.chain(*rights)) == list(range(len(right.lengths)))
    assert {(len(a), len(b)) for a, b in facings(beads)} <= ALL_SHAPES
    assert all(0 <= bead.confidence <= 1 for bead in beads)
    assert all((bead.confidence == 0) == (not a or not b) for bead, (a, b) in zip(beads, facings(beads), strict=True))


@SCALES
@given(left=units(most=4), right=units(most=4))
def test_no_other_way_to_pair_them_is_cheaper(scale, left, right):
    def cost(way):
        return sum(price(left, right, bead, scale) for bead in way)

    found = [(bead.left, bead.right) for bead in align(left, right, scale)]
    cheapest = min(map(cost, all_ways(len(left.lengths), len(right.lengths))))
    assert cost(found) == pytest.approx(cheapest, abs=1e-4)


@given(units())
def test_a_text_faces_itself_unit_by_unit(text):
    assert facings(align(text, text, BILINGUAL)) == [((n,), (n,)) for n in range(len(text.lengths))]


def unit_text(lengths, directions, begins=()):
    vectors = np.eye(16, dtype=np.float32)[list(directions)]
    return Units(list(lengths), vectors, begins)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((0, 1, 2), (9, 0, 1, 2), [((), (0,)), ((0,), (1,)), ((1,), (2,)), ((2,), (3,))]),
        ((0, 1, 2), (0, 2), [((0,), (0,)), ((1,), ()), ((2,), (1,))]),
        ((0, 1), (0, 8, 9, 1, 7), [((0,), (0,)), ((), (1,)), ((), (2,)), ((1,), (3,)), ((), (4,))]),
        ((0, 1, 2, 3, 4, 5), (0, 5), [((0,), (0,)), *[((n,), ()) for n in range(1, 5)], ((5,), (1,))]),
    ],
    ids=["an opening line of the right alone", "a sentence left out", "a translator's notes", "a paragraph left out"],
)
def test_a_unit_without_counterpart_faces_nothing(left, right, expected):
    found = align(unit_text([100] * len(left), left), unit_text([100] * len(right), right), BILINGUAL)
    assert facings(found) == expected


@pytest.mark.parametrize("parts", [(60, 40), (50, 30, 20)], ids=["two", "three"])
def test_units_that_were_joined_in_translation_face_one(parts):
    left = unit_text([100, *parts, 100], range(len(parts) + 2))
    joined = np.zeros((1, 16), np.float32)
    joined[0, 1 : len(parts) + 1] = np.asarray(parts) / np.linalg.norm(parts)
    right = Units([100, 100, 100], np.concatenate([left.vectors[:1], joined, left.vectors[-1:]]))
    inner = tuple(range(1, len(parts) + 1))
    last = len(parts) + 1
    assert facings(align(left, right, BILINGUAL)) == [((0,), (0,)), (inner, (1,)), ((last,), (2,))]
    assert facings(align(right, left, BILINGUAL)) == [((0,), (0,)), ((1,), inner), ((2,), (last,))]


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_paragraphs_are_no_walls(left, right):
    """Whatever stands in a paragraph of its own, sentences with one meaning face each other."""
    texts = [unit_text([100] * 10, range(10), sorted(begins)) for begins in (left, right)]
    assert facings(align(*texts, BILINGUAL)) == [((n,), (n,)) for n in range(10)]


def test_paragraphs_are_evidence_where_meaning_leaves_it_open():
    """One of two like sentences is missing: the one whose paragraph is."""
    left = unit_text([100] * 4, (0, 1, 1, 2), (0, 2))
    right = unit_text([100] * 3, (0, 1, 2), (0, 2))
    assert ((1,), (1,)) in facings(align(left, right, BILINGUAL))
    right = unit_text([100] * 3, (0, 1, 2), (0, 1))
    assert ((2,), (1,)) in facings(align(left, right, BILINGUAL))


def test_with_a_model_of_one_language_the_lengths_decide():
    left = unit_text([300, 20, 150, 80], (0, 0, 0, 0))
    right = unit_text([310, 150, 85], (0, 0, 0))
    beads = align(left, right, ENGLISH_ALONE)
    assert ((2,), (1,)) in facings(beads)
    assert ((3,), (2,)) in facings(beads)


def random_text(count, seed=5, dimension=8):
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return Units([100] * count, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def part(text, kept):
    return Units([100] * len(kept), text.vectors[kept])


@pytest.mark.parametrize(
    ("n", "m"), [(1500, 1500), (1, 3000), (3000, 1), (200, 3000)], ids=["long", "1:3000", "3000:1", "unequal"]
)
def test_long_texts_are_paired_whole_and_in_little_time(n, m):
    started = time.perf_counter()
    beads = align(random_text(n), random_text(m, seed=6), BILINGUAL)
    assert time.perf_counter() - started < 10  # under one on a quiet machine
    assert sum(bead.left[1] - bead.left[0] for bead in beads) == n
    assert sum(bead.right[1] - bead.right[0] for bead in beads) == m


@pytest.mark.parametrize("size", [500, 2500], ids=["at once", "roughly first"])
def test_long_parts_and_single_units_that_one_text_lacks_are_passed_over(size):
    assert (size == 500) == ((size + 1) * (size * 9 // 10) <= WHOLE)
    text = random_text(size, dimension=64)
    scattered = set(np.random.default_rng(7).choice(size, size // 20, replace=False).tolist())
    kept = [n for n in range(size) if n not in scattered and not size // 5 <= n < size // 4]
    pairs = {(a[0], b[0]) for a, b in facings(align(text, part(text, kept), BILINGUAL)) if len(a) == len(b) == 1}
    assert pairs == {(unit, place) for place, unit in enumerate(kept)}


@pytest.mark.slow
def test_memory_grows_with_the_length_and_not_with_its_square():
    peaks = []
    for size in (600, 2400):
        text = random_text(size)
        tracemalloc.start()
        align(text, text, BILINGUAL)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 6 * peaks[0]


class TestConfidence:
    def test_it_falls_with_likeness(self):
        def sure(alike):
            right = Units([100], np.array([[alike, math.sqrt(1 - alike**2)]], np.float32))
            return align(Units([100], np.array([[1, 0]], np.float32)), right, BILINGUAL)[0].confidence

        found = [sure(alike) for alike in (0.99, 0.8, 0.6, 0.4)]
        assert found == sorted(found, reverse=True)
        assert found[0] > 0.95

    def test_a_rival_near_lowers_it(self):
        text = unit_text([100] * 3, (0, 1, 2))
        near = np.array([[1, 0, 0], [0, 1, 0], [0, 0.9, math.sqrt(1 - 0.81)]], np.float32)
        alone = align(text, text, BILINGUAL)
        left = Units([100] * 3, near)
        assert align(left, left, BILINGUAL)[1].confidence < alone[1].confidence - 0.01

    def test_with_a_model_of_one_language_it_falls_with_the_surprise_at_lengths(self):
        def sure(length):
            left, right = unit_text([100, 1000], (0, 0)), unit_text([length, 1000 + 100 - length], (0, 0))
            return align(left, right, ENGLISH_ALONE)[0].confidence

        found = [sure(length) for length in (100, 120, 140)]
        assert found == sorted(found, reverse=True)
        assert len(set(found)) == 3
