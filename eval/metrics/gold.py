"""What is known of a question besides its case: places in the documents, and what some metrics need to be worked out.

A metric that lacks what it needs does not apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.cases import Case
from eval.metrics.shingles import Shingles
from index.document import Document, Language, Span

Gold = Mapping[str, Mapping[Language, Span]]  # by document, by language: where the answer stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What some metrics need.

    `places`: further places that answer the question, each a document and a span by language. `twins`: by document,
    the one id under which an original and its translation count as one, where they are kept apart. `leaves`: by
    passage, the leaves that it stands on. `judged`: documents of which somebody has said whether they help, those
    that do included.
    `corpus`: the shingles of all texts. `canaries`: words that only an answer that obeys a planted instruction has.
    `planted`: references that only a planted instruction gives. `aliases`: short answers, any of which is right.
    `catalogued`: of each document that an answer cites, its title and date.
    """

    places: tuple[tuple[str, Mapping[Language, Span]], ...] = ()
    twins: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, tuple[str, ...]] | None = None
    judged: frozenset[str] = frozenset()
    corpus: Shingles | None = None
    canaries: tuple[str, ...] = ()
    planted: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    catalogued: Mapping[str, str] = field(default_factory=dict)


def places(case: Case, documents: Mapping[str, Document]) -> tuple[tuple[str, dict[Language, Span]], ...]:
    """Every place of a question's evidence that stands in `documents`, by id; for `Aids.places`."""
    held = [(evidence, documents.get(evidence.document_id)) for evidence in case.evidence]
    return tuple((evidence.document_id, evidence.spans(document)) for evidence, document in held if document)
