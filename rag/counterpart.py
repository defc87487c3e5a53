"""Finds what faces a quotation in the other language, from the aligned sentences that the catalogue holds."""

from collections.abc import Sequence

from index.catalogue import Catalogue
from index.document import Departure, Document, Language, SentenceBead, Span, covering, other
from rag.answer import Parallel

PARAGRAPH_ALONE = 0.3  # of its confidence, where a sentence faces nothing: a judgement; below what passes for sure


class Counterparts:
    """What faces what in the documents of a catalogue; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, document: Document, language: Language, span: Span) -> Parallel | None:
        """What faces `span`; None if the other text has no counterpart to any of it.

        Where its sentences alone have none, it is the passage that faces theirs, with little confidence.
        """
        facing = other(language)
        beads = [b for b in self._catalogue.beads_at(document, language, span) if facing in b.spans]
        if beads:
            place, confidence = covering([b.spans[facing] for b in beads]), min(b.confidence for b in beads)
        else:
            passages = [
                p
                for p in self._catalogue.passages(document)
                if facing in p.spans and language in p.spans and p.spans[language].meets(span)
            ]
            if not passages:
                return None
            place = covering([p.spans[facing] for p in passages])
            confidence = PARAGRAPH_ALONE * min(p.confidence for p in passages)
        return Parallel(document=document, language=facing, span=place, confidence=confidence)

    def departures(self, document: Document, language: Language, span: Span) -> tuple[Departure, ...]:
        """Where what faces `span` departs from it, in its own words or by something that has no place in them."""
        return tuple(
            departure
            for bead in self._catalogue.beads_at(document, language, span)
            for departure in bead.departures
            if language not in departure.spans or departure.spans[language].meets(span)
        )

    def beads(
        self, document: Document, language: Language, span: Span, parallel: Parallel | None
    ) -> tuple[SentenceBead, ...]:
        """The aligned sentences of `span` and of what faces it, in order; also those of the one that face nothing."""
        here = self._catalogue.beads_at(document, language, span)
        if parallel is None or not any(parallel.language in bead.spans for bead in here):
            return here
        there = self._catalogue.beads_at(document, parallel.language, parallel.span)
        return _in_order(here, [bead for bead in there if language not in bead.spans], parallel.language)


def _in_order(
    here: Sequence[SentenceBead], alone: Sequence[SentenceBead], facing: Language
) -> tuple[SentenceBead, ...]:
    """Beads of one text, in order, and between them those that the text in `facing` has alone."""
    found, rest = list[SentenceBead](), list(alone)
    for bead in here:
        while rest and facing in bead.spans and rest[0].spans[facing].start < bead.spans[facing].start:
            found.append(rest.pop(0))
        found.append(bead)
    return (*found, *rest)
