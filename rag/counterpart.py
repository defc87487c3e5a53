"""Finds what faces a quotation in the other language, from the aligned sentences that the catalogue holds."""

from index.catalogue import Catalogue
from index.document import Document, Language, Span, covering, other
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
