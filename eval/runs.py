"""A run: every question of a set, what came of it, how that was judged, and under what circumstances."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eval.cases import Case
from eval.judgement import Judgement
from eval.score import Score
from index.document import Language, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage that was found for a question, by rank: where it stands in the texts of its document."""

    passage_id: str
    document_id: str
    score: float
    spans: Mapping[Language, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a question: an answer (its record, `delo.answer/1`) or the `error` that it ended in.

    `found` are the passages found for it, best first; `seconds` by stage, "whole" included; `repeats` tells how often
    it was asked, `flips` how often a repeat came to another answer than the first. `period`: the decade of the
    document that answers it, such as "1950s", if that is known.
    """

    case: Case
    answer: Mapping[str, Any] | None = None
    error: str | None = None
    found: tuple[Found, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    repeats: int = 1
    flips: int = 0
    period: str | None = None
    judgement: Judgement | None = None
    scores: Mapping[str, Score] = field(default_factory=dict)

    @property
    def confidence(self) -> float | None:
        """How sure the answer says it is, 0 to 1; None if it does not say, or tells no such number."""
        told = (self.answer or {}).get("confidence")
        return float(told) if isinstance(told, float | int) and 0 <= told <= 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Under what circumstances a run was made. Two runs can be compared if `questions` and `corpus` agree.

    `questions` and `corpus` are sha256 of the cases and of the documents; `generation` and `model` are those of the
    index; `settings` all that can change an answer; `checker` what judged support; `commit` None outside a checkout.
    """

    version: str
    commit: str | None
    question_set: str
    questions: str
    corpus: str
    documents: int
    generation: str
    model: str
    settings: Mapping[str, Any]
    composer: str
    checker: str
    seed: int
    host: str
    python: str
    started: str  # ISO 8601, UTC
    finished: str | None = None
    peak_bytes: int | None = None  # of memory, of the process


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Provenance and outcomes, one for each case, in the order of the set."""

    provenance: Provenance
    outcomes: tuple[Outcome, ...]
