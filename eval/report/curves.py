"""How sure the system said it was, against what was so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.intervals import Estimate, wilson
from eval.runs import Outcome

BINS = 10  # of confidence


@dataclass(frozen=True, slots=True)
class Sure:
    """A bin of confidence: what was told on average, and of how many questions the archive has the answer."""

    told: float
    right: Estimate


def calibration(outcomes: Sequence[Outcome]) -> list[Sure]:
    """By how sure the system was that the archive answers: how often it did. Empty bins are left out."""
    told = [(sure, outcome.case.answerable) for outcome in outcomes if (sure := outcome.confidence) is not None]
    found = []
    for number in range(BINS):
        within = [(sure, so) for sure, so in told if min(int(sure * BINS), BINS - 1) == number]
        if within:
            mean = float(np.mean([sure for sure, _ in within]))
            found.append(Sure(mean, share(sum(so for _, so in within), len(within))))
    return found


def share(hits: int, n: int) -> Estimate:
    """A share with its 95 % interval, by Wilson's formula."""
    low, high = wilson(hits, n)
    return Estimate(value=hits / n, low=low, high=high, n=n)
