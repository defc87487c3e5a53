"""Finds what faces a quotation in the other language, sentence by sentence."""

from collections.abc import Callable, Sequence

from index.align import Units, align
from index.document import Document, Language, Passage, Span, covering, other
from index.model import Scale
from rag.answer import Parallel
from rag.sentences import SentenceBook, Side


class Counterparts:
    """Pairs the sentences of passages; `passages` gives those of a document."""

    def __init__(self, passages: Callable[[Document], Sequence[Passage]], book: SentenceBook, scale: Scale) -> None:
        self._passages = passages
        self._book = book
        self._scale = scale

    def of(self, document: Document, language: Language, span: Span) -> Parallel | None:
        """What faces `span`; None if the other text has no counterpart to any of it."""
        facing = [
            found
            for passage in self._passages(document)
            if language in passage.spans and passage.spans[language].meets(span)
            if (found := self._in_passage(document, passage, language, span)) is not None
        ]
        if not facing:
            return None
        return Parallel(
            document=document,
            language=other(language),
            span=covering([place for place, _ in facing]),
            confidence=min(confidence for _, confidence in facing),
        )

    def _in_passage(
        self, document: Document, passage: Passage, language: Language, span: Span
    ) -> tuple[Span, float] | None:
        facing = other(language)
        if facing not in passage.spans:
            return None
        self._book.prepare([(document, passage, language), (document, passage, facing)])
        here, there = (self._book.side(document, passage, side) for side in (language, facing))
        beads = [
            bead
            for bead in align(_units(here), _units(there), self._scale)
            if any(s.meets(span) for s in here.spans[slice(*bead.left)])
        ]
        faced = [s for bead in beads for s in there.spans[slice(*bead.right)]]
        if not faced:  # the sentence alone has no counterpart: its whole paragraph has
            return passage.spans[facing], passage.confidence
        return covering(faced), min(bead.confidence for bead in beads if bead.right[0] < bead.right[1])


def _units(side: Side) -> Units:
    return Units([span.end - span.start for span in side.spans], side.vectors)
