"""Pairs the units (sentences) of two texts that translate each other, in order.

Dynamic programming over the meaning and the length of the units, and over where paragraphs begin. One unit may
face one, two, three or none, two may face two; a bead is such a facing. Long texts are first paired roughly, two
neighbours taken as one unit, and then exactly near the way found; so time and memory grow with their length
alone. Going from rough to exact, and taking neighbours together by the mean of their vectors, are ideas of
Thompson and Koehn, "Vecalign", EMNLP 2019; the code is our own.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.embed import Scale
from index.facing import LONGEST_RUN, SHAPES, Facings, Numbers, Units
from index.sureness import sureness

WHOLE = 250_000  # places; texts with no more of them are paired exactly at once
MARGIN = 24  # places on either side of the rough way that are looked at again
_ROWS = 32  # places in the left text that are worked out at a time
_KEPT = LONGEST_RUN + 1  # rows of places that a facing may reach back over, and the row itself
_MOVES = (*SHAPES, (1, 0), (0, 1))
_ALONG = len(_MOVES) - 1

_Way = list[tuple[int, int]]  # places passed, from the beginning of both texts to their ends
_Block = tuple[range, range]  # rows of places in the left text, and the columns looked at beside them
_Moves = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Bead:
    """Units `left[0]:left[1]` of one text facing `right[0]:right[1]` of the other; one side may be empty.

    `confidence`: how likely it is, 0 to 1, that just these face each other; 0 if one side is empty.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    confidence: float


def align(left: Units, right: Units, scale: Scale) -> list[Bead]:
    """Beads that hold every unit of both texts once, in order.

    A model that is not bilingual (see Scale) says nothing of meaning; then only length and paragraphs count.
    Cost: time and memory grow with the number of units; about 0.2 ms a unit.
    """
    way = _way(left, right, scale)
    facings = [((i, k), (j, m)) for (i, j), (k, m) in pairwise(way)]
    sure = sureness(left, right, facings, scale)
    return [Bead(one, two, confidence) for (one, two), confidence in zip(facings, sure, strict=True)]


def _way(left: Units, right: Units, scale: Scale) -> _Way:
    """The cheapest way through both texts."""
    blocks = _blocks(len(left), len(right), _rough(left, right, scale))
    return _trace(_cheapest(len(right), blocks, Facings(left, right, scale)), blocks)


def _rough(left: Units, right: Units, scale: Scale) -> _Way:
    """About where the way runs; of short texts no more than where it begins and ends."""
    if (len(left) + 1) * (len(right) + 1) <= WHOLE:
        return [(0, 0), (len(left), len(right))]
    return [(2 * i, 2 * j) for i, j in _way(left.halved(), right.halved(), scale)]


def _blocks(n: int, m: int, rough: _Way) -> list[_Block]:
    """All rows of places, with the columns near the rough way."""
    rows = [range(start, min(start + _ROWS, n + 1)) for start in range(0, n + 1, _ROWS)]
    down, along = np.asarray(rough).T
    firsts = np.searchsorted(down, [part.start for part in rows], side="right") - 1
    lasts = np.minimum(np.searchsorted(down, [part.stop for part in rows]), len(rough) - 1)
    lows, highs = np.maximum(along[firsts] - MARGIN, 0), np.minimum(along[lasts] + MARGIN, m)
    return [(part, range(int(low), int(high) + 1)) for part, low, high in zip(rows, lows, highs, strict=True)]


def _cheapest(m: int, blocks: list[_Block], facings: Facings) -> list[_Moves]:
    """For each block, the last move (of _MOVES) on the cheapest way to each of its places."""
    best = np.full((_KEPT, LONGEST_RUN + m + 1), np.inf)  # of the last rows; left of them a brim
    moves = []
    for rows, columns in blocks:
        tables, skips = facings.prices(rows, columns)
        reached = np.empty((len(rows), len(columns)), np.uint8)
        for at, row in enumerate(rows):
            prices = [table[at] for table in tables]
            costs, reached[at] = _row(best, row, columns, prices, skips[at])
            best[row % _KEPT, columns.start : columns.start + LONGEST_RUN] = np.inf  # what a row before left there
            best[row % _KEPT, columns.start + LONGEST_RUN : columns.stop + LONGEST_RUN] = costs
        moves.append(reached)
    return moves


def _row(best: Numbers, row: int, columns: range, prices: list[Numbers], skips: Numbers) -> tuple[Numbers, _Moves]:
    """The costs of the cheapest ways to the places of a row, and their last moves."""
    ways = np.empty((_ALONG, len(columns)))
    for number, (a, b) in enumerate(_MOVES[:_ALONG]):
        start = columns.start + LONGEST_RUN - b
        price = skips if b == 0 else prices[number]
        np.add(best[(row - a) % _KEPT, start : start + len(columns)], price, out=ways[number])
    last = ways.argmin(axis=0)
    cost = ways[last, np.arange(len(columns))]
    if row == columns.start == 0:
        cost[0] = 0.0
    before = np.cumsum(skips)
    along = np.minimum.accumulate(cost - before) + before
    return along, np.where(along < cost - 1e-9, _ALONG, last).astype(np.uint8)


def _trace(moves: list[_Moves], blocks: list[_Block]) -> _Way:
    """The cheapest way, from the beginning."""
    way = [(blocks[-1][0][-1], blocks[-1][1][-1])]
    while (place := way[-1]) != (0, 0):
        rows, columns = blocks[place[0] // _ROWS]
        a, b = _MOVES[moves[place[0] // _ROWS][place[0] - rows.start, place[1] - columns.start]]
        way.append((place[0] - a, place[1] - b))
    return way[::-1]
