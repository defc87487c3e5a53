"""Rates with their intervals: a bootstrap over question pairs, so that two wordings of a question count as one."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
_TAIL = 2.5  # per cent left out at each end

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure, the ends of its 95 % interval, and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:6.3f} [{self.low:.3f}, {self.high:.3f}] {self.n:>5}"


def ratio(parts: Row, wholes: Row, *, seed: int) -> Estimate | None:
    """The sum of `parts` by the sum of `wholes`, one of each a pair; None if the wholes are nothing."""
    if not wholes.sum():
        return None
    draws = _draws(len(parts), seed)
    return _estimate(parts.sum() / wholes.sum(), _divided(draws @ parts, draws @ wholes), int(wholes.sum()))


def difference(one: tuple[Row, Row], two: tuple[Row, Row], *, seed: int) -> Estimate | None:
    """The ratio of one kind of question less that of the other, each given as (parts, wholes), one of each a pair."""
    if not one[1].sum() or not two[1].sum():
        return None
    draws = _draws(len(one[0]), seed)
    value = one[0].sum() / one[1].sum() - two[0].sum() / two[1].sum()
    several = [_divided(draws @ above, draws @ below) for above, below in (one, two)]
    return _estimate(value, several[0] - several[1], int(one[1].sum() + two[1].sum()))


def _estimate(value: float, resampled: Row, n: int) -> Estimate:
    low, high = np.nanpercentile(resampled, [_TAIL, 100 - _TAIL]) if np.isfinite(resampled).any() else (value, value)
    return Estimate(value=float(value), low=float(low), high=float(high), n=n)


def _divided(above: Row, below: Row) -> Row:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


@lru_cache(maxsize=4)
def _draws(pairs: int, seed: int) -> NDArray[Any]:
    """How often each pair is drawn in each resample: (RESAMPLES, pairs)."""
    return np.random.default_rng(seed).multinomial(pairs, np.full(pairs, 1 / pairs), RESAMPLES).astype(np.float64)
