"""What a metric says of one answer."""

import math
from dataclasses import dataclass

_MOST = 1e15  # more than any metric counts, bytes of memory among them; sums of many such scores stay numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`hits` of `total`, and why; a total of 0 is "not applicable", which is never taken for 1 or 0.

    A metric that is no share has its value as `hits` and a total of 1.
    """

    hits: float
    total: float
    reason: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.hits) and abs(self.hits) <= _MOST and 0 <= self.total <= _MOST):
            raise ValueError(f"a score must be finite, of 0 or more, not {self.hits} of {self.total}")

    @property
    def value(self) -> float | None:
        """The share; None where the metric does not apply."""
        return self.hits / self.total if self.total else None


def of(value: float, reason: str) -> Score:
    """A single value."""
    return Score(hits=value, total=1, reason=reason)


def none(reason: str) -> Score:
    """Not applicable, and why."""
    return Score(hits=0, total=0, reason=reason)
