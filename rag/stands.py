"""From words that were found in a stretch of text to a place that can be shown, graded by what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.document import Document, Span, covering
from index.sentence import sentences
from index.store import Index
from index.wording import Wording, same_print
from rag.counterpart import Counterparts
from rag.difference import Difference, differences
from rag.located import QuoteVerdict, Stand
from rag.quoted import Piece, Quoted
from rag.shortlist import Region

GAP = 600  # characters that a marked omission may leave out
REPLACED = 3  # words that a word in brackets may stand for: "[Stalin] said"
GRADES: tuple[QuoteVerdict, ...] = ("exact", "typographic", "altered")  # of words that all stand there, best first


class Stands:
    """Makes places out of finds, for one quotation."""

    def __init__(self, index: Index, counterparts: Counterparts) -> None:
        self._catalogue = index.catalogue
        self._counterparts = counterparts
        self._documents: dict[str, Document] = {}

    def whole(self, region: Region, sought: Wording, first: int, last: int) -> Stand:
        """A place with all the words of `sought`, one after the other."""
        span, verdict, unlike = _graded(region, sought, first, last)
        return self._stand(region, span, sought.text, verdict, unlike)

    def abridged(self, region: Region, quoted: Quoted, pieces: Sequence[tuple[Wording, int, int]]) -> Stand:
        """A place with the pieces of a quotation between its marked omissions and words in brackets, in their order."""
        graded = [_graded(region, *piece) for piece in pieces]
        span = covering([found for found, _, _ in graded])
        verdict = max((verdict for _, verdict, _ in graded), key=GRADES.index)
        unlike = tuple(difference for _, _, found in graded for difference in found)
        worst = max(verdict, "typographic", key=GRADES.index)
        stand = self._stand(region, span, quoted.text, worst, unlike)
        return replace(stand, omitted=quoted.omits, added=quoted.added)

    def altered(self, region: Region, sought: Wording, first: int, last: int) -> Stand:
        """A place whose words are not quite those of `sought`."""
        unlike = tuple(differences(region.language, sought, region.wording.part(first, last)))
        return self._stand(region, region.span(first, last), sought.text, "altered", unlike)

    def sentence(self, region: Region, first: int, last: int) -> Stand:
        """The sentences round words that come near a quotation which stands nowhere."""
        near = region.span(first, last)
        text = self._document(region).texts[region.language]
        around = [s for s in sentences(text) if s.meets(near)]
        return self._stand(region, covering(around or [near]), "", "absent", ())

    def _stand(
        self,
        region: Region,
        span: Span,
        quoted: str,
        verdict: QuoteVerdict,
        unlike: tuple[Difference, ...],
    ) -> Stand:
        document = self._document(region)
        parallel = self._counterparts.of(document, region.language, span)
        return Stand(
            document=document,
            language=region.language,
            span=span,
            parallel=parallel,
            departures=self._counterparts.departures(document, region.language, span),
            beads=self._counterparts.beads(document, region.language, span, parallel),
            quoted=quoted,
            verdict=verdict,
            differences=unlike,
        )

    def _document(self, region: Region) -> Document:
        if region.document_id not in self._documents:
            self._documents |= {d.id: d for d in self._catalogue.documents([region.document_id])}
        return self._documents[region.document_id]


_Chain = list[tuple[Wording, int, int]]


def sequences(region: Region, pieces: Sequence[Piece]) -> Iterable[_Chain]:
    """Where all `pieces` stand in a region in their order; of several beginnings of one end the nearest to it."""
    chains: dict[tuple[int, int], _Chain] = {}
    for start in region.wording.places(pieces[0].words):
        chain: _Chain = [(pieces[0].words, *start)]
        for piece in pieces[1:]:
            _, first, last = chain[-1]
            after = (p for p in region.wording.places(piece.words) if _follows(region, piece, (first, last), p))
            if (place := next(after, None)) is None:
                break
            chain.append((piece.words, *place))
        if len(chain) == len(pieces):
            chains[chain[-1][1:]] = chain
    return chains.values()


def _follows(region: Region, piece: Piece, before: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether a piece stands behind the one before, no further than what lies between them in the quotation allows."""
    if place[0] < before[1]:
        return False
    if not piece.after_omission:
        return place[0] - before[1] <= REPLACED
    return region.span(*place).start - region.span(*before).end <= GAP


def _graded(
    region: Region, sought: Wording, first: int, last: int
) -> tuple[Span, QuoteVerdict, tuple[Difference, ...]]:
    """The place of words that all stand there, and what differs between them.

    Marks before the first word and after the last are the quoter's own, unless they stand there too.
    """
    text, inner = region.wording.text, sought.span(0, len(sought.keys))
    span = region.wording.span(first, last)
    head, tail = sought.text[: inner.start], sought.text[inner.end :]
    start = span.start - len(head) if text[: span.start].endswith(head) else span.start
    end = span.end + len(tail) if text.startswith(tail, span.end) else span.end
    place = Span(start, end).shifted(region.start)
    stands, told = span.of(text), inner.of(sought.text)
    if stands == told:
        return place, "exact", ()
    if same_print(stands, told):
        return place, "typographic", ()
    return place, "altered", (Difference(told, stands, ("punctuation",)),)
