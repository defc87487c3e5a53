"""Whether two runs of the same questions differ by more than chance: tests that take question pairs as one draw.

Of each pair the sums of `hits` and `totals` in either run are given; what is compared are the ratios of their sums.
"""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.intervals import ON_ONE_CORE, Row, divided

FLIPS = 10_000
_EXACTLY = 13  # pairs that differ: up to 8,192 ways to exchange them, all of which are tried
_BLOCK = 64  # columns worked out at a time
_SAME = 1e-12  # as far apart as sums of the same numbers in another order may be

Sums = tuple[Row, Row]  # (hits, totals), one of each a pair; or (pairs, metrics) each


def permutation(new: Sums, baseline: Sums, *, seed: int) -> float:
    """The share of exchanges of the runs, pair by pair, that make them differ as much as they do: two-sided p.

    The sign-flip test where the totals agree. With up to _EXACTLY pairs that differ all exchanges are tried, with more
    FLIPS at random, and the one seen counts with them (Phipson and Smyth 2010).
    """
    columns = [(hits[:, None], totals[:, None]) for hits, totals in (new, baseline)]
    return permutations(columns[0], columns[1], seed=seed)[0]


def permutations(new: Sums, baseline: Sums, *, seed: int) -> list[float]:
    """The p of each column. Cost: a second for 60 metrics of 600 pairs."""
    found = np.ones(new[0].shape[1])
    differs = (new[0] != baseline[0]) | (new[1] != baseline[1])
    several = np.flatnonzero(differs.sum(0) > _EXACTLY)
    for column in np.flatnonzero(differs.sum(0) <= _EXACTLY):
        rows, whole = differs[:, column], _picked(new, baseline, [column])
        extreme, tried = _count(whole, rows, _every_exchange(int(rows.sum())))
        found[column] = extreme[0] / tried[0] if tried[0] else 1.0
    for start in range(0, len(several), _BLOCK):
        block = several[start : start + _BLOCK]
        everywhere = np.ones(len(differs), dtype=bool)
        step = max(1, ON_ONE_CORE // (len(differs) * len(block)))
        extreme, tried = _count(_picked(new, baseline, block), everywhere, _some_exchanges(len(differs), seed, step))
        found[block] = (extreme + 1) / (tried + 1)
    return [float(p) for p in found]


def _picked(new: Sums, baseline: Sums, columns: Any) -> tuple[Sums, Sums]:  # noqa: ANN401 - whatever picks columns
    return (new[0][:, columns], new[1][:, columns]), (baseline[0][:, columns], baseline[1][:, columns])


def _count(runs: tuple[Sums, Sums], rows: NDArray[np.bool_], exchanges: Iterator[Row]) -> Sums:
    """How many exchanges of these rows make each column differ as much as it does, and how many have a value."""
    (hits, totals), (others, wholes) = runs
    gained, grown = (others - hits)[rows], (wholes - totals)[rows]
    sums = [one.sum(0) for one in (hits, totals, others, wholes)]
    seen = np.abs(divided(sums[0], sums[1]) - divided(sums[2], sums[3]))
    extreme, tried = np.zeros(hits.shape[1]), np.zeros(hits.shape[1])
    for exchanged in exchanges:
        more, larger = exchanged @ gained, exchanged @ grown
        apart = np.abs(divided(sums[0] + more, sums[1] + larger) - divided(sums[2] - more, sums[3] - larger))
        tried += np.isfinite(apart).sum(0)
        extreme += (apart >= seen - _SAME * np.maximum(1, seen)).sum(0)
    return extreme, tried


def _every_exchange(pairs: int) -> Iterator[Row]:
    """Which pairs are exchanged, 1 or 0, in all ways there are: (ways, pairs)."""
    yield (np.arange(2**pairs)[:, None] >> np.arange(pairs) & 1).astype(float)


def _some_exchanges(pairs: int, seed: int, step: int) -> Iterator[Row]:
    """The same in FLIPS ways at random, (`step`, pairs) at a time."""
    flips = _flips(pairs, seed)
    return (flips[start : start + step].astype(float) for start in range(0, FLIPS, step))


@lru_cache(maxsize=2)
def _flips(pairs: int, seed: int) -> NDArray[np.int8]:
    return np.random.default_rng(seed).integers(0, 2, (FLIPS, pairs), dtype=np.int8)


def mcnemar(better: int, worse: int) -> float:
    """The two-sided p of McNemar's exact test: how likely a coin falls so unevenly in as many throws."""
    throws = better + worse
    tail = sum(math.comb(throws, heads) for heads in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**throws))


def holm(found: Mapping[str, float]) -> dict[str, float]:
    """The p of several tests, each raised for there being several (Holm 1979)."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, name in enumerate(sorted(found, key=lambda name: found[name])):
        highest = max(highest, min(1.0, (len(found) - rank) * found[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in found}
