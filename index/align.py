"""Pairs the units (paragraphs or sentences) of two texts that translate each other, in order.

Dynamic programming over the meaning and the length of the units. One unit may face one, two or none; a
bead is such a facing. Length follows Gale and Church, Computational Linguistics 19 (1993): the surplus of
one side over the other is taken as normally distributed, its variance growing with the length. Meaning is
the similarity of the embedded units, read on the model's scale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed import Scale, Vectors

LENGTH_VARIANCE = 6.8  # per character; Gale and Church 1993
LENGTH_WEIGHT = 0.02  # of one nat of length surprise against a whole step of meaning
SKIP = 0.6  # the price of a unit that faces nothing: a facing must be better than this on the scale
MERGE = 0.7  # the price of facing two with one, against facing one and skipping one
BAND = 80  # units off the diagonal that are looked at; whole for texts of fewer
_SHAPES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bead:
    """Units `left[0]:left[1]` of one text facing `right[0]:right[1]` of the other; one side may be empty.

    `confidence`, 0 to 1: how near the two sides are to being translations of each other; 0 if one is empty.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one text in order: their lengths in characters, and their vectors (len, dimension)."""

    lengths: Sequence[int]
    vectors: Vectors

    def pairs(self) -> "Units":
        """Each two neighbours as one unit; their meaning is taken as the mean, weighted by length."""
        lengths = np.asarray(self.lengths, np.float32)
        summed = self.vectors[:-1] * lengths[:-1, None] + self.vectors[1:] * lengths[1:, None]
        norms = np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        return Units(list(lengths[:-1] + lengths[1:]), (summed / norms).astype(np.float32))


def align(left: Units, right: Units, scale: Scale) -> list[Bead]:
    """Beads that hold every unit of both texts once, in order.

    A model that is not bilingual (see Scale) says nothing of meaning; then only length counts.
    Cost: time and memory grow with the product of the numbers of units, within the band.
    """
    ratio = max(1, sum(right.lengths)) / max(1, sum(left.lengths))
    costs, likeness = _facings(left, right, scale, ratio)
    moves = _cheapest(len(left.lengths), len(right.lengths), costs)
    return _trace(moves, len(left.lengths), len(right.lengths), likeness)


def _facings(
    left: Units, right: Units, scale: Scale, ratio: float
) -> tuple[dict[tuple[int, int], Matrix], dict[tuple[int, int], Matrix]]:
    """For each shape of two sides, the cost and the likeness of the facing that begins at (i, j)."""
    sides = {1: (left, right), 2: (left.pairs(), right.pairs())}
    costs, likeness = {}, {}
    for shape in ((1, 1), (2, 1), (1, 2)):
        one, two = sides[shape[0]][0], sides[shape[1]][1]
        alike = scale.read((one.vectors @ two.vectors.T).astype(np.float64))
        surprise = _surprise(np.asarray(one.lengths, np.float64), np.asarray(two.lengths, np.float64), ratio)
        unlike = 1 - np.clip(alike, 0, 1.25) if scale.bilingual else np.zeros_like(alike)
        weight = LENGTH_WEIGHT if scale.bilingual else 1 / 8
        costs[shape] = sum(shape) / 2 * (unlike + weight * surprise) + MERGE * (sum(shape) - 2)
        likeness[shape] = np.clip(alike if scale.bilingual else 1 / (1 + surprise), 0, 1)
    return costs, likeness


def _surprise(left: NDArray[np.float64], right: NDArray[np.float64], ratio: float) -> Matrix:
    """-log of the chance of a length surplus as large, for every left against every right; in nats, to 20."""
    mean = (left[:, None] + right[None, :] / ratio) / 2
    delta = np.abs(right[None, :] - left[:, None] * ratio) / np.sqrt(np.maximum(mean, 1) * LENGTH_VARIANCE)
    tail = np.vectorize(math.erfc, otypes=[np.float64])(delta / math.sqrt(2))
    return -np.log(np.maximum(tail, 2e-9))


def _cheapest(n: int, m: int, costs: dict[tuple[int, int], Matrix]) -> dict[tuple[int, int], tuple[int, int]]:
    """For every reachable place (i, j), the shape of the last bead on the cheapest way there."""
    best = {(0, 0): 0.0}
    moves: dict[tuple[int, int], tuple[int, int]] = {}
    band = max(BAND, abs(n - m) + 2)
    priced = {shape: matrix.tolist() for shape, matrix in costs.items()}
    for i in range(n + 1):
        middle = i * m // max(n, 1)
        for j in range(max(0, middle - band), min(m, middle + band) + 1):
            reached = [
                (best[before] + (priced[shape][before[0]][before[1]] if all(shape) else SKIP), shape)
                for shape in _SHAPES
                if (before := (i - shape[0], j - shape[1])) in best
            ]
            if reached:
                best[i, j], moves[i, j] = min(reached)
    return moves


def _trace(
    moves: dict[tuple[int, int], tuple[int, int]], i: int, j: int, likeness: dict[tuple[int, int], Matrix]
) -> list[Bead]:
    beads = []
    while (i, j) != (0, 0):
        shape = moves[i, j]
        i, j = i - shape[0], j - shape[1]
        sure = float(likeness[shape][i, j]) if all(shape) else 0.0
        beads.append(Bead((i, i + shape[0]), (j, j + shape[1]), sure))
    return beads[::-1]
