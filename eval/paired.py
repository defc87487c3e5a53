"""Whether two runs of the same questions differ by more than chance: tests that take question pairs as one draw.

Of each pair the sums of `hits` and `totals` in either run are given; what is compared are the ratios of their sums.
"""

import math
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from eval.intervals import Row

FLIPS = 10_000
_EXACTLY = 13  # pairs that differ: up to 8,192 ways to exchange them, all of which are tried
_CHUNK = 500
_SAME = 1e-12  # as far apart as sums of the same numbers in another order may be

Sums = tuple[Row, Row]  # (hits, totals), one of each a pair


def permutation(new: Sums, baseline: Sums, *, seed: int) -> float:
    """The share of exchanges of the runs, pair by pair, that make them differ as much as they do: two-sided p.

    The sign-flip test where the totals agree. With up to _EXACTLY pairs that differ all exchanges are tried, with more
    FLIPS at random, and the one seen counts with them (Phipson and Smyth 2010).
    """
    parts = np.stack([*new, *baseline])
    differs = (new[0] != baseline[0]) | (new[1] != baseline[1])
    fixed, moved = parts[:, ~differs].sum(1), parts[:, differs]
    seen = abs(float(_apart(parts.sum(1)[:, None])[0]))
    tried, extreme = 0, 0
    for exchanged in _exchanges(moved.shape[1], seed):
        kept = fixed[:, None] + moved @ (1.0 - exchanged).T
        apart = _apart(kept + moved[[2, 3, 0, 1]] @ exchanged.T)
        tried += int(np.isfinite(apart).sum())
        extreme += int((np.abs(apart) >= seen - _SAME).sum())
    more = 0 if moved.shape[1] <= _EXACTLY else 1
    return (extreme + more) / (tried + more)


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


def _apart(sums: Row) -> Row:
    """The ratio of the first two rows less that of the others; NaN where a whole is nothing."""
    wholes = sums[1::2]
    ratios: Row = np.divide(sums[::2], wholes, out=np.full_like(wholes, np.nan), where=wholes > 0)
    apart: Row = ratios[0] - ratios[1]
    return apart


def _exchanges(pairs: int, seed: int) -> Iterator[Row]:
    """Which pairs are exchanged, 1 or 0: (some, pairs) at a time."""
    if pairs <= _EXACTLY:
        ways = np.arange(2**pairs)[:, None]
        yield from ((ways[at : at + _CHUNK] >> np.arange(pairs) & 1).astype(float) for at in range(0, 2**pairs, _CHUNK))
        return
    rng = np.random.default_rng(seed)
    for _ in range(0, FLIPS, _CHUNK):
        drawn: NDArray[np.int8] = rng.integers(0, 2, (_CHUNK, pairs), dtype=np.int8)
        yield drawn.astype(float)
