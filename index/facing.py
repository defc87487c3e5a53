"""What it costs that units of one text face units of the other.

Length follows Gale and Church, Computational Linguistics 19 (1993): the surplus of one side over the other is
taken as normally distributed, its variance growing with the length. Meaning is the similarity of the embedded
units, read on the model's scale; several units have the mean of their vectors, weighted by length. A place where a
paragraph begins in one text and none in the other costs a little: evidence, but no wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed import Scale, Vectors, of_length_one

LENGTH_VARIANCE = 6.8  # per character; Gale and Church 1993
LENGTH_WEIGHT = 0.04  # of one nat of length surprise against a whole step of meaning
LENGTH_ALONE = 1 / 8  # the same where a model says nothing of meaning
MOST_RATIO = 1.25  # of the texts' lengths; more means that one lacks a part, not that it says the same in fewer words
MOST_SURPRISE = 20.0  # nats
SKIP = 0.4  # the price of a unit that faces nothing
MERGE = 0.4  # the price of each unit in a facing beyond one with one
BREAK = 0.05  # the price of a place where a paragraph begins in one text alone
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))  # units on the two sides of a facing
LONGEST_RUN = 3  # units on one side

_ON_ONE_CORE = 262_144  # multiplications; OpenBLAS shares out larger products, and on a busy machine waits for long
_TILE = 8  # rows

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one text in order: lengths in characters, and vectors of length 1 (len, dimension).

    `begins` holds the numbers, from 0, of the units that begin a paragraph.
    """

    lengths: Sequence[int]
    vectors: Vectors
    begins: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.lengths)

    def halved(self) -> "Units":
        """Each two neighbours as one unit, a last one alone as it is; paragraphs are forgotten."""
        lengths, starts = np.asarray(self.lengths), np.arange(0, len(self), 2)
        summed = np.add.reduceat(self.vectors * lengths[:, None].astype(np.float32), starts)
        return Units(np.add.reduceat(lengths, starts).tolist(), of_length_one(summed))


class Facings:
    """The prices of facings between two texts, worked out for a block of places at a time."""

    def __init__(self, left: Units, right: Units, scale: Scale) -> None:
        self._left, self._right = _Runs(left), _Runs(right)
        self._scale = scale
        ratio = max(1, sum(right.lengths)) / max(1, sum(left.lengths))
        self._ratio = min(max(ratio, 1 / MOST_RATIO), MOST_RATIO)

    def prices(self, rows: range, columns: range) -> tuple[list[Numbers], Numbers]:
        """For facings whose ends are the places `rows` in the left and `columns` in the right text: their prices.

        A table (rows, columns) for each of SHAPES, endless where the facing would begin before its text; and one for
        a single unit, of either text, that faces nothing.
        """
        alone = self._left.breaks[_within(rows), None] != self._right.breaks[_within(columns)]
        lonely = BREAK * alone
        products = self._products(rows, columns)
        tables = [self._facing(shape, products, rows, columns) + lonely for shape in SHAPES]
        return tables, SKIP + lonely

    def compared(self, shape: tuple[int, int], row: int, column: int) -> tuple[float, float]:
        """The likeness in meaning, on the scale, and the surprise at the lengths of the facing that ends there."""
        rows, columns = range(row, row + 1), range(column, column + 1)
        alike, surprise = self._compared(shape, self._products(rows, columns), rows, columns)
        return float(alike[0, 0]), float(surprise[0, 0])

    def _facing(self, shape: tuple[int, int], products: Numbers, rows: range, columns: range) -> Numbers:
        alike, surprise = self._compared(shape, products, rows, columns)
        bilingual = self._scale.bilingual
        unlike = 1 - np.clip(alike, 0, 1.25) + LENGTH_WEIGHT * surprise if bilingual else LENGTH_ALONE * surprise
        inner = self._left.inner[shape[0]][_within(rows), None] + self._right.inner[shape[1]][_within(columns)]
        prices: Numbers = sum(shape) / 2 * unlike + MERGE * (sum(shape) - 2) + BREAK * inner
        prices[: max(0, shape[0] - rows.start)] = np.inf
        prices[:, : max(0, shape[1] - columns.start)] = np.inf
        return prices

    def _products(self, rows: range, columns: range) -> Numbers:
        """The products of the weighted vectors of all units that end there, and of LONGEST_RUN before them."""
        products = np.zeros((len(rows) + LONGEST_RUN - 1, len(columns) + LONGEST_RUN - 1))
        one, two = (side.weighted for side in (self._left, self._right))
        top, left = rows.start - LONGEST_RUN, columns.start - LONGEST_RUN
        width = max(1, _ON_ONE_CORE // (_TILE * one.shape[1]))
        for row in range(max(0, top), rows.stop - 1, _TILE):
            down = slice(row, min(row + _TILE, rows.stop - 1))
            for column in range(max(0, left), columns.stop - 1, width):
                along = slice(column, min(column + width, columns.stop - 1))
                products[down.start - top : down.stop - top, along.start - left : along.stop - left] = (
                    one[down] @ two[along].T
                )
        return products

    def _compared(
        self, shape: tuple[int, int], products: Numbers, rows: range, columns: range
    ) -> tuple[Numbers, Numbers]:
        (a, b), (height, width) = shape, (len(rows), len(columns))
        firsts = (LONGEST_RUN - a, LONGEST_RUN - b)
        high = np.sum([products[at : at + height] for at in range(firsts[0], LONGEST_RUN)], axis=0)
        summed = np.sum([high[:, at : at + width] for at in range(firsts[1], LONGEST_RUN)], axis=0)
        norms = self._left.norms[a][_within(rows), None] * self._right.norms[b][_within(columns)]
        one, two = self._left.lengths[a][_within(rows), None], self._right.lengths[b][_within(columns)]
        return self._scale.read(summed / norms), _surprise(one, two, self._ratio)


class _Runs:
    """Runs of one, two and three units of a text by the place they end at: lengths, norms, paragraphs inside."""

    def __init__(self, units: Units) -> None:
        single = np.asarray(units.lengths, np.float64)
        self.weighted: Vectors = (units.vectors * single[:, None]).astype(np.float32)
        self.breaks = np.zeros(len(units) + 1, bool)
        self.breaks[[0, *units.begins, -1]] = True
        before = np.cumsum(np.concatenate([[0], single]))
        begun = np.cumsum(self.breaks)
        places = np.arange(len(units) + 1)
        counts = range(1, LONGEST_RUN + 1)
        self.lengths = {k: before - before[np.maximum(places - k, 0)] for k in counts}
        self.inner = {k: begun[np.maximum(places - 1, 0)] - begun[np.maximum(places - k, 0)] for k in counts}
        self.norms = {k: np.maximum(self._norms(k), 1e-9) for k in counts}

    def _norms(self, count: int) -> Numbers:
        """By the place they end at, the lengths of the sums of `count` weighted vectors."""
        rows, squares = self.weighted, np.zeros(len(self.breaks))
        for apart in range(count):
            products = np.einsum("id,id->i", rows[apart:], rows[: len(rows) - apart])
            for last in range(count - apart):  # units before the place, the later one of the pair
                ends = slice(apart + last + 1, len(squares))
                squares[ends] += (1 if apart == 0 else 2) * products[: len(squares) - apart - last - 1]
        return np.sqrt(np.maximum(squares, 0))


def _within(places: range) -> slice:
    return slice(places.start, places.stop)


def _surprise(left: Numbers, right: Numbers, ratio: float) -> Numbers:
    """How much less likely a length surplus is than none; -log of the two densities' ratio, in nats."""
    mean = (left + right / ratio) / 2
    surplus = right - left * ratio
    return np.minimum(surplus * surplus / (2 * LENGTH_VARIANCE * np.maximum(mean, 1)), MOST_SURPRISE)
