"""Units of two texts are paired in order, every one once."""

import itertools
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings

from index.align import MERGE, SKIP, Units, align
from index.model import Scale
from tests.strategies import units

BILINGUAL = Scale(unrelated=0.0, translated=1.0)
ENGLISH_ALONE = Scale(unrelated=0.2, translated=0.25)
SHAPES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))


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


def price(left, right, bead, ratio):
    """What a bead costs, worked out by itself."""
    (a, b), (c, d) = bead
    if a == b or c == d:
        return SKIP
    meaning = 1 - min(max(likeness(run(left, a, b), run(right, c, d)), 0), 1.25)
    one, two = sum(left.lengths[a:b]), sum(right.lengths[c:d])
    delta = abs(two - one * ratio) / math.sqrt(max((one + two / ratio) / 2, 1) * 6.8)
    surprise = -math.log(max(math.erfc(delta / math.sqrt(2)), 2e-9))
    shape = (b - a) + (d - c)
    return shape / 2 * (meaning + 0.02 * surprise) + MERGE * (shape - 2)


def all_ways(n, m):
    """Every sequence of beads that holds n units and m units."""
    if n == m == 0:
        yield []
    for a, b in SHAPES:
        if a <= n and b <= m:
            for way in all_ways(n - a, m - b):
                yield [*way, ((n - a, n), (m - b, m))]


@given(units(), units())
@settings(max_examples=60)
def test_every_unit_of_both_texts_is_held_once_and_in_order(left, right):
    for scale in (BILINGUAL, ENGLISH_ALONE):
        beads = align(left, right, scale)
        lefts, rights = zip(*facings(beads), strict=True)
        assert list(itertools.chain(*lefts)) == list(range(len(left.lengths)))
        assert list(itertools.chain(*rights)) == list(range(len(right.lengths)))
        assert {(len(a), len(b)) for a, b in facings(beads)} <= set(SHAPES)
        assert all(0 <= bead.confidence <= 1 for bead in beads)
        assert all(bead.confidence == 0 for bead, (a, b) in zip(beads, facings(beads), strict=True) if not a or not b)


@given(units(most=4), units(most=4))
@settings(max_examples=40)
def test_no_other_way_to_pair_them_is_cheaper(left, right):
    ratio = sum(right.lengths) / sum(left.lengths)

    def cost(way):
        return sum(price(left, right, bead, ratio) for bead in way)

    found = [(bead.left, bead.right) for bead in align(left, right, BILINGUAL)]
    cheapest = min(map(cost, all_ways(len(left.lengths), len(right.lengths))))
    assert cost(found) == pytest.approx(cheapest, abs=1e-4)


@given(units())
@settings(max_examples=30)
def test_a_text_faces_itself_unit_by_unit(text):
    beads = align(text, text, BILINGUAL)
    assert facings(beads) == [((n,), (n,)) for n in range(len(text.lengths))]
    assert all(bead.confidence == pytest.approx(1, abs=1e-3) for bead in beads)


def unit_text(lengths, directions):
    vectors = np.eye(16, dtype=np.float32)[list(directions)]
    return Units(list(lengths), vectors)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((0, 1, 2), (9, 0, 1, 2), [((), (0,)), ((0,), (1,)), ((1,), (2,)), ((2,), (3,))]),
        ((0, 1, 2), (0, 2), [((0,), (0,)), ((1,), ()), ((2,), (1,))]),
    ],
    ids=["an opening line of the right alone", "a paragraph of the left alone"],
)
def test_a_unit_without_counterpart_faces_nothing(left, right, expected):
    found = align(unit_text([100] * len(left), left), unit_text([100] * len(right), right), BILINGUAL)
    assert facings(found) == expected


def test_two_units_that_were_joined_in_translation_face_one():
    left = unit_text([100, 60, 40, 100], (0, 1, 2, 3))
    joined = np.asarray([0, 0.6, 0.4, 0] + [0] * 12, np.float32)
    vectors = np.stack([left.vectors[0], joined / np.linalg.norm(joined), left.vectors[3]])
    right = Units([100, 100, 100], vectors)
    assert facings(align(left, right, BILINGUAL)) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]
    assert facings(align(right, left, BILINGUAL)) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]


def test_with_a_model_of_one_language_the_lengths_decide():
    left = unit_text([300, 20, 150, 80], (0, 0, 0, 0))
    right = unit_text([310, 150, 85], (0, 0, 0))
    beads = align(left, right, ENGLISH_ALONE)
    assert ((2,), (1,)) in facings(beads)
    assert ((3,), (2,)) in facings(beads)


@pytest.mark.parametrize(
    ("n", "m"), [(1500, 1500), (1, 3000), (3000, 1), (200, 2000)], ids=["long", "1:3000", "3000:1", "unequal"]
)
def test_long_texts_are_paired_whole_and_in_little_time(n, m):
    rng = np.random.default_rng(5)

    def text(count):
        vectors = rng.normal(size=(count, 8)).astype(np.float32)
        return Units([100] * count, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    started = time.perf_counter()
    beads = align(text(n), text(m), BILINGUAL)
    assert time.perf_counter() - started < 20  # the whole table of 3,000 by 3,000 took two gigabytes
    assert sum(bead.left[1] - bead.left[0] for bead in beads) == n
    assert sum(bead.right[1] - bead.right[0] for bead in beads) == m


def test_a_long_part_that_one_text_lacks_is_passed_over():
    rng = np.random.default_rng(6)
    vectors = rng.normal(size=(500, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = [*range(20), *range(400, 500)]
    beads = align(Units([100] * 500, vectors), Units([100] * 120, vectors[kept]), BILINGUAL)
    paired = {(a[0], b[0]) for a, b in facings(beads) if len(a) == len(b) == 1}
    assert {(unit, place) for place, unit in enumerate(kept)} <= paired
