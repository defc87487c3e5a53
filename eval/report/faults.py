"""What went wrong with a question, in words, so that it can be read first and looked into."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from eval.faults import FaultKind
from eval.faults import faults as in_answer
from eval.runs import Outcome

OfOutcome = Literal["broken", "unfounded", "silent", "missed", "wavering"]
Kind = OfOutcome | FaultKind
WORDS: dict[Kind, str] = {
    "broken": "no answer: an error",
    "invented quotation": "quotation not in the sources",
    "contradicted sentence": "sentence contradicted by its source",
    "changed number": "number that its source has not",
    "changed date": "date that its source has not",
    "changed name": "name that its source has not",
    "altered quotation": "quotation altered",
    "unfounded": "answered, though the archive has no answer",
    "unsupported sentence": "sentence not borne out",
    "quotation elsewhere": "quotation not where it is cited",
    "unknown reference": "reference leads nowhere",
    "shifted reference": "reference wrong",
    "silent": "not answered, though the archive has the answer",
    "missed": "no document with the answer was found",
    "wavering": "another answer when asked again",
}  # gravest first


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault and how often it came in one answer."""

    kind: Kind
    count: int

    @property
    def words(self) -> str:
        """The fault as it is told."""
        return WORDS[self.kind] if self.count == 1 else f"{WORDS[self.kind]} ({self.count} times)"


def faults(outcome: Outcome) -> tuple[Fault, ...]:
    """The faults of an answer, gravest first; none if nothing is wrong that was checked."""
    found = Counter(_kinds(outcome))
    return tuple(Fault(kind, found[kind]) for kind in WORDS if kind in found)


def gravity(outcome: Outcome) -> int:
    """The place of the gravest fault among the kinds, 0 the worst; past the last one if there is none."""
    kinds = list(WORDS)
    return min((kinds.index(fault.kind) for fault in faults(outcome)), default=len(kinds))


def refused(outcome: Outcome) -> bool | None:
    """Whether it was said that there is no answer; None if nothing was said."""
    if outcome.judgement is not None:
        return outcome.judgement.refused
    return None if outcome.answer is None else bool(outcome.answer.get("abstained"))


def gold_found(outcome: Outcome) -> int:
    """How many of the passages found are of a document that answers the question."""
    return sum(found.document_id in outcome.case.documents for found in outcome.found)


def _kinds(outcome: Outcome) -> Iterator[Kind]:
    if outcome.error is not None:
        yield "broken"
        return
    silent = refused(outcome)
    if silent is not None and silent == outcome.case.answerable:
        yield "silent" if silent else "unfounded"
    if outcome.found and outcome.case.documents and not gold_found(outcome):
        yield "missed"
    if outcome.flips:
        yield "wavering"
    if outcome.judgement is not None:
        yield from (fault.kind for fault in in_answer(outcome.judgement))
