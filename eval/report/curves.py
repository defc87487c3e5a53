"""How sure the system said it was, against what was so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.intervals import Estimate
from eval.runs import Outcome

BINS = 10  # of confidence
_Z = 1.96  # standard deviations on either side of the mean that hold 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Sure:
    """A bin of confidence: what was told on average, and of how many questions the archive has the answer."""

    told: float
    right: Estimate


def calibration(outcomes: Sequence[Outcome]) -> list[Sure]:
    """By how sure the system was that the archive answers: how often it did. Empty bins are left out."""
    told = [(sure, outcome.case.answerable) for outcome in outcomes if (sure := confidence(outcome)) is not None]
    found = []
    for number in range(BINS):
        within = [(sure, so) for sure, so in told if min(int(sure * BINS), BINS - 1) == number]
        if within:
            mean = float(np.mean([sure for sure, _ in within]))
            found.append(Sure(mean, share(sum(so for _, so in within), len(within))))
    return found


def confidence(outcome: Outcome) -> float | None:
    """How sure the answer says it is, 0 to 1; None if it does not say."""
    told = (outcome.answer or {}).get("confidence")
    return float(told) if isinstance(told, float | int) and 0 <= told <= 1 else None


def share(hits: int, n: int) -> Estimate:
    """A share with its 95 % interval. Source: Wilson, Journal of the American Statistical Association 22 (1927)."""
    value, spread = hits / n, _Z * _Z / n
    half = _Z * math.sqrt(value * (1 - value) / n + spread / (4 * n))
    low, high = ((value + spread / 2 + side * half) / (1 + spread) for side in (-1, 1))
    return Estimate(value=value, low=min(value, max(0.0, low)), high=max(value, min(1.0, high)), n=n)
