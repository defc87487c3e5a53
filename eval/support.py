"""Whether a source bears out a sentence: what a checker is asked, and what it may say.

A checker that is not sure says so. "Undecided" is an outcome, not an error, and counts as neither.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.document import Span

SupportVerdict = Literal["supported", "contradicted", "unsupported", "undecided"]
FlagKind = Literal["number", "date", "name", "negation", "quotation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something that a sentence says and its sources do not: a number, a date, a name; or words it says they say.

    `words` stand at `span` of the sentence. `instead` is what the nearest source has in their place, if it has
    something of the same kind there: then the sentence contradicts it. A "negation" is a hint, never counted.
    """

    kind: FlagKind
    words: str
    span: Span
    reason: str
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What a checker says of a sentence and its sources.

    `score`, 0 to 1: how much of the sentence the nearest stretch of a source covers. `p`: the share of sentences with
    this verdict that were found supported where the checker was measured; None if it was not. `evidence`: which of the
    sources, from 0, and where in it that stretch stands. `by` names the checker.
    """

    verdict: SupportVerdict
    score: float
    reason: str
    by: str
    p: float | None = None
    flags: tuple[Flag, ...] = ()
    evidence: tuple[int, Span] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1 or (self.p is not None and not 0 <= self.p <= 1):
            raise ValueError(f"a score or share outside 0 to 1: {self.score}, {self.p}")

    @property
    def decided(self) -> bool:
        """Whether the checker committed itself."""
        return self.verdict != "undecided"


class SupportScorer(Protocol):
    """Says whether sources bear out a sentence, in the same language as it or in another."""

    name: str

    def score(self, claim: str, sources: Sequence[str]) -> Support:
        """What the `sources`, whole texts, say of the sentence `claim`.

        Never raises for anything that may stand in a text: what it cannot judge it leaves undecided, with the reason.
        """
        ...


class Cascade:
    """A checker that asks a second one wherever the first leaves a sentence undecided.

    The first one's flags are kept. A second one that fails, or does not decide, leaves the sentence undecided.
    """

    def __init__(self, first: SupportScorer, second: SupportScorer) -> None:
        self._first, self._second = first, second
        self.name = f"{first.name}, then {second.name}"

    def score(self, claim: str, sources: Sequence[str]) -> Support:
        """See SupportScorer."""
        found = self._first.score(claim, sources)
        if found.decided:
            return found
        second = self._second.score(claim, sources)
        return Support(
            verdict=second.verdict,
            score=second.score if math.isfinite(second.score) else found.score,
            p=second.p,
            reason=second.reason,
            by=second.by,
            flags=found.flags,
            evidence=second.evidence or found.evidence,
        )
