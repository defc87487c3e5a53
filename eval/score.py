"""What a metric says of one answer."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`hits` of `total`, and why; a total of 0 is "not applicable", which is never taken for 1 or 0.

    A metric that is no share has its value as `hits` and a total of 1.
    """

    hits: float
    total: float
    reason: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.hits) and math.isfinite(self.total)):
            raise ValueError(f"a score must be finite, not {self.hits} of {self.total}")

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
