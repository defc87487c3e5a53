"""What stands in the rows of the catalogue, as the archive's own types."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from index.document import LANGUAGES, ArchivalReference, Departure, Document, Language, Passage, SentenceBead, Span

BEAD = "ru_start, ru_end, en_start, en_end, confidence, departures"  # the columns that `bead` takes


def reference(parts: dict[str, Any]) -> ArchivalReference:
    """An archival reference, of its parts as JSON has them."""
    leaves = tuple((first, last) for first, last in parts.pop("leaves"))
    others = tuple((name, value) for name, value in parts.pop("other"))
    return ArchivalReference(**parts, leaves=leaves, other=others)


def passage(document: Document, id_: str, position: int, places: str, confidence: float) -> Passage:
    """A passage of `document`; `places` is JSON, a span for each language."""
    spans: dict[Language, Span] = {language: Span(*span) for language, span in json.loads(places).items()}
    return Passage(
        id=id_,
        document_id=document.id,
        position=position,
        spans=spans,
        texts={language: span.of(document.texts[language]) for language, span in spans.items()},
        confidence=confidence,
    )


def bead_rows(document: Document, beads: Sequence[SentenceBead]) -> Iterator[tuple[object, ...]]:
    """A row for each bead of `document`: its id, a number from 1, and the columns BEAD."""
    for position, held in enumerate(beads, 1):
        ends = (end for language in LANGUAGES for end in held.spans.get(language, (None, None)))
        departures = json.dumps([asdict(departure) for departure in held.departures], ensure_ascii=False)
        yield (document.id, position, *ends, held.confidence, departures)


def bead(
    ru_start: int | None, ru_end: int | None, en_start: int | None, en_end: int | None, confidence: float, told: str
) -> SentenceBead:
    """A bead of the columns BEAD; both ends of a side that it has not are None."""
    sides = zip(LANGUAGES, ((ru_start, ru_end), (en_start, en_end)), strict=True)
    spans = {language: Span(a, b) for language, (a, b) in sides if a is not None and b is not None}
    return SentenceBead(spans, confidence, tuple(map(_departure, json.loads(told))))


def _departure(parts: dict[str, Any]) -> Departure:
    spans: dict[Language, Span] = {language: Span(*span) for language, span in parts["spans"].items()}
    return Departure(parts["kind"], spans, parts["reason"], parts.get("russian", ""))
