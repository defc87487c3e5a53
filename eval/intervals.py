"""Figures with their 95 % intervals. Question pairs are resampled, so that two wordings of a question count as one.

Shares near 0 or 1, whose bootstrap would be too narrow or have no width at all, have Wilson's interval or the rule of
three. All draws are seeded: the same figures come out at every run.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
Z = 1.96  # standard deviations on either side of the mean that hold 95 % of a normal distribution
POWER_Z = 0.84  # above which four fifths of one lie: 80 % power
_TAIL = 2.5  # per cent left out at each end
_CHUNK, _BLOCK = 500, 64  # resamples and columns worked out at a time: a few hundred kilobytes
ON_ONE_CORE = 262_144  # multiplications; OpenBLAS shares out larger products, and on a busy machine waits for long

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure, the ends of its 95 % interval, and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError(f"an estimate must be finite, not {self.value} [{self.low}, {self.high}]")

    def __str__(self) -> str:
        return f"{self.value:6.3f} [{self.low:.3f}, {self.high:.3f}] {self.n:>5}"


def ratio(parts: Row, wholes: Row, *, seed: int) -> Estimate | None:
    """The sum of `parts` by the sum of `wholes`, one of each a pair; None if the wholes are nothing."""
    return ratios(parts[:, None], wholes[:, None], seed=seed)[0]


def ratios(parts: Row, wholes: Row, *, seed: int) -> list[Estimate | None]:
    """A ratio for each column of `parts` and `wholes`, each (pairs, columns)."""
    return _estimates(parts.sum(0), wholes.sum(0), _resampled([(parts, wholes)], seed))


def difference(one: tuple[Row, Row], two: tuple[Row, Row], *, seed: int) -> Estimate | None:
    """The ratio of one kind of question less that of the other, each given as (parts, wholes), one of each a pair."""
    columns = [(parts[:, None], wholes[:, None]) for parts, wholes in (one, two)]
    return differences(columns[0], columns[1], seed=seed)[0]


def differences(one: tuple[Row, Row], two: tuple[Row, Row], *, seed: int) -> list[Estimate | None]:
    """A difference of two ratios for each column; n is that of both together."""
    if (one[1] == two[1]).all():  # then it is a ratio itself, and half the work
        found = ratios(one[0] - two[0], one[1], seed=seed)
        return [None if estimate is None else replace(estimate, n=2 * estimate.n) for estimate in found]
    (parts, wholes), (others, totals) = ((a.sum(0), b.sum(0)) for a, b in (one, two))
    both = np.where((wholes > 0) & (totals > 0), wholes + totals, 0.0)
    value = divided(parts, wholes) - divided(others, totals)
    return _estimates(value * both, both, _resampled([one, two], seed))


def quantile(values: Row, pairs: NDArray[Any], share: float, *, seed: int) -> Estimate:
    """The least of `values` that `share` of them do not exceed; `pairs` gives the number of each one's pair, from 0."""
    order = np.argsort(values, kind="stable")
    ranked, whose = values[order], pairs[order]

    def least(draws: Row) -> Row:
        weights = np.cumsum(draws[:, whose], axis=1)
        found: Row = ranked[np.argmax(weights >= share * weights[:, -1:], axis=1)]
        return found

    resampled = np.concatenate([least(draws) for draws in _draws(int(pairs.max()) + 1, seed)])
    low, high = np.percentile(resampled, [_TAIL, 100 - _TAIL])
    value = least(np.ones((1, int(pairs.max()) + 1)))[0]
    return Estimate(value=float(value), low=float(low), high=float(high), n=len(values))


def wilson(hits: float, total: float) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927); (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, Z * Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def rule_of_three(n: float) -> float:
    """The upper end of the 95 % interval of a share of which none of `n` was seen (Hanley and Lippman-Hand 1983)."""
    return min(1.0, 3 / n) if n else 1.0


def least_detectable(values: Row) -> float | None:
    """The least mean difference that would be seen four times of five with these differences, one a pair.

    2.8 standard deviations by the root of their number; None of fewer than two.
    """
    if len(values) < 2:
        return None
    return float((Z + POWER_Z) * values.std(ddof=1) / math.sqrt(len(values)))


def prediction_powered(judged: Row, labelled: Row, human: Row) -> Estimate:
    """The true mean from many automatic verdicts and a few by people (Angelopoulos et al. 2023).

    mean(judged) + mean(human - labelled): `judged` are the automatic verdicts on all answers, `labelled` those on the
    answers that people judged as well, in the order of `human`. The interval is a normal one.

    Raises: ValueError if there are fewer than two of either, they do not match, or one is no number.
    """
    if len(labelled) != len(human) or min(len(human), len(judged)) < 2:
        raise ValueError(f"{len(judged)} verdicts, {len(labelled)} of them labelled, {len(human)} labels: two at least")
    error = human - labelled
    value = float(judged.mean() + error.mean())
    half = Z * math.sqrt(judged.var(ddof=1) / len(judged) + error.var(ddof=1) / len(error))
    return Estimate(value=value, low=value - half, high=value + half, n=len(judged))


def _estimates(above: Row, below: Row, resampled: Iterator[Row]) -> list[Estimate | None]:
    """The ratio of each column with the interval of its resamples, which come a block of columns at a time."""
    if not below.any():
        return [None] * len(below)
    ends = np.concatenate([_ends(block) for block in resampled], axis=1)
    found: list[Estimate | None] = []
    for part, whole, low, high in zip(above.tolist(), below.tolist(), *ends.tolist(), strict=True):
        if not whole:
            found.append(None)
            continue
        value = part / whole
        ended = (low, high) if math.isfinite(low) else (value, value)
        found.append(Estimate(value=value, low=ended[0], high=ended[1], n=round(whole)))
    return found


def _ends(block: Row) -> Row:
    """The ends of the interval of each column, (2, columns); NaN where no resample has a value."""
    ends: Row = np.percentile(block, [_TAIL, 100 - _TAIL], axis=0)
    for column in np.flatnonzero(np.isnan(block).any(axis=0)):
        left = block[~np.isnan(block[:, column]), column]
        ends[:, column] = np.percentile(left, [_TAIL, 100 - _TAIL]) if len(left) else np.nan
    return ends


def _resampled(kinds: list[tuple[Row, Row]], seed: int) -> Iterator[Row]:
    """The ratio of the first kind, less that of the second if there is one: (RESAMPLES, a block of columns) each."""
    pairs, columns = kinds[0][0].shape
    for start in range(0, columns, _BLOCK):
        block = [(parts[:, start : start + _BLOCK], wholes[:, start : start + _BLOCK]) for parts, wholes in kinds]
        step = max(1, ON_ONE_CORE // (pairs * block[0][0].shape[1]))
        several = [_less([divided(d @ a, d @ b) for a, b in block]) for d in _draws(pairs, seed, step)]
        yield np.concatenate(several)


def _less(ratios: list[Row]) -> Row:
    return ratios[0] if len(ratios) == 1 else ratios[0] - ratios[1]


def divided(above: Row, below: Row) -> Row:
    """The one by the other; NaN where that is nothing."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _draws(pairs: int, seed: int, step: int = _CHUNK) -> Iterator[Row]:
    """How often each pair is drawn in each resample: (`step`, pairs) at a time."""
    counts = _counts(pairs, seed)
    return (counts[start : start + step].astype(np.float64) for start in range(0, RESAMPLES, step))


@lru_cache(maxsize=4)
def _counts(pairs: int, seed: int) -> NDArray[Any]:
    """How often each pair is drawn in each resample: (RESAMPLES, pairs), two bytes each."""
    rng = np.random.default_rng(seed)
    first = np.arange(_CHUNK)[:, None] * pairs
    several = []
    for _ in range(0, RESAMPLES, _CHUNK):
        drawn = rng.integers(0, pairs, (_CHUNK, pairs)) + first
        several.append(np.bincount(drawn.ravel(), minlength=_CHUNK * pairs).reshape(_CHUNK, pairs).astype(np.uint16))
    return np.concatenate(several)
