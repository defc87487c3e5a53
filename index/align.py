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

from index.embed import Vectors
from index.model import Scale

LENGTH_VARIANCE = 6.8  # per character; Gale and Church 1993
LENGTH_WEIGHT = 0.02  # of one nat of length surprise against a whole step of meaning
SKIP = 0.6  # the price of a unit that faces nothing: a facing must be better than this on the scale
MERGE = 0.7  # the price of facing two with one, against facing one and skipping one
BAND = 80  # units off the diagonal that are looked at; whole for texts of fewer
MOST_PLACES = 1_000_000  # that are looked at, roughly, where one text is much the longer
_SHAPES = ((0, 1), (1, 0), (1, 1), (1, 2), (2, 1))

Row = NDArray[np.float64]


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
    Cost: time and memory grow with the number of units times the width of the band.
    """
    facings = _Facings(left, right, scale)
    n, m = len(left.lengths), len(right.lengths)
    return _trace(_cheapest(n, m, facings), n, m, facings)


class _Facings:
    """What it costs that units of one text face units of the other, worked out a row at a time."""

    def __init__(self, left: Units, right: Units, scale: Scale) -> None:
        self._sides = {1: (left, right), 2: (left.pairs(), right.pairs())}
        self._scale = scale
        self._ratio = max(1, sum(right.lengths)) / max(1, sum(left.lengths))

    def costs(self, shape: tuple[int, int], i: int, columns: range) -> list[float]:
        """The costs of facing `shape[0]` units from `i` on with `shape[1]` units from each of `columns` on."""
        if i >= len(self._sides[shape[0]][0].lengths):
            return []
        alike, surprise = self._compared(shape, i, columns)
        bilingual = self._scale.bilingual
        unlike = 1 - np.clip(alike, 0, 1.25) if bilingual else np.zeros_like(alike)
        weight = LENGTH_WEIGHT if bilingual else 1 / 8
        costs: list[float] = (sum(shape) / 2 * (unlike + weight * surprise) + MERGE * (sum(shape) - 2)).tolist()
        return costs

    def likeness(self, shape: tuple[int, int], i: int, j: int) -> float:
        """How near the two sides of a facing are to being translations of each other, 0 to 1."""
        alike, surprise = self._compared(shape, i, range(j, j + 1))
        return float(np.clip(alike if self._scale.bilingual else 1 / (1 + surprise), 0, 1)[0])

    def _compared(self, shape: tuple[int, int], i: int, columns: range) -> tuple[Row, Row]:
        """The likeness in meaning, on the model's scale, and the surprise at the lengths."""
        one, two = self._sides[shape[0]][0], self._sides[shape[1]][1]
        within = slice(columns.start, columns.stop)
        alike = self._scale.read((two.vectors[within] @ one.vectors[i]).astype(np.float64))
        return alike, _surprise(float(one.lengths[i]), np.asarray(two.lengths[within], np.float64), self._ratio)


def _surprise(left: float, right: Row, ratio: float) -> Row:
    """-log of the chance of a length surplus as large, for one unit against each of others; in nats, to 20."""
    mean = (left + right / ratio) / 2
    delta = np.abs(right - left * ratio) / np.sqrt(np.maximum(mean, 1) * LENGTH_VARIANCE)
    tail = np.asarray([math.erfc(d) for d in delta / math.sqrt(2)])
    surprise: Row = -np.log(np.maximum(tail, 2e-9))
    return surprise


def _cheapest(n: int, m: int, facings: _Facings) -> list[tuple[int, bytes]]:
    """For each row of places: its first column, and the last bead's shape on the cheapest way to each place."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}, {}, {}]  # of this row and the next two: cost, shape
    moves = []
    for i in range(n + 1):
        columns = _columns(i, n, m)
        prices = [facings.costs(s, i, columns) if all(s) else [SKIP] * len(columns) for s in _SHAPES]
        for at, j in enumerate(columns):
            cost = best[0][j][0]
            for shape, (rows, further) in enumerate(_SHAPES):
                if at < len(prices[shape]):
                    way = (cost + prices[shape][at], shape)
                    best[rows][j + further] = min(way, best[rows].get(j + further, way))
        moves.append((columns.start, bytes(best[0][j][1] for j in columns)))
        best = [*best[1:], {}]
    return moves


def _columns(row: int, n: int, m: int) -> range:
    """The places in the right text that are looked at beside a place in the left one: a band."""
    lacking = min(abs(n - m), MOST_PLACES // (n + 1))  # a long part of one text may be missing from the other
    band = max(BAND, m // max(n, 1), lacking) + 2
    middle = row * m // max(n, 1)
    return range(max(0, middle - band), min(m, middle + band) + 1)


def _trace(moves: list[tuple[int, bytes]], i: int, j: int, facings: _Facings) -> list[Bead]:
    beads = []
    while (i, j) != (0, 0):
        first, shapes = moves[i]
        shape = _SHAPES[shapes[j - first]]
        i, j = i - shape[0], j - shape[1]
        sure = facings.likeness(shape, i, j) if all(shape) else 0.0
        beads.append(Bead((i, i + shape[0]), (j, j + shape[1]), sure))
    return beads[::-1]
