"""Both texts of a document in rows that face each other: paragraphs numbered, places marked; pure."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from index.document import Document, Language, SentenceBead, Span, blocks, facing_texts
from ui.page.frame import escaped

LONGEST_ROW = 1200  # characters of one text: about a screen of a column on a phone; a judgement

Row = Mapping[Language, Span]


class _Stretch(NamedTuple):
    spans: Row


def rows_of(document: Document, beads: Sequence[SentenceBead]) -> Iterator[Row]:
    """The rows: a new one begins where a paragraph begins in either text, and where one has become long.

    Together they hold all of both texts but white space between two of them; no sentence is cut.
    """
    return facing_texts(document, list(_stretches(document, beads)))


def _stretches(document: Document, beads: Sequence[SentenceBead]) -> Iterator[_Stretch]:
    begins = {language: {span.start for span in document.paragraphs(language)} for language in document.languages}
    held: dict[Language, Span] = {}
    for bead in beads:
        begun = any(span.start in begins[language] for language, span in bead.spans.items())
        if held and (begun or any(span.end - span.start > LONGEST_ROW for span in held.values())):
            yield _Stretch(held)
            held = {}
        held = held | {
            language: Span(held.get(language, span).start, span.end) for language, span in bead.spans.items()
        }
    if held:
        yield _Stretch(held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What is marked in one text: the place asked for, words that were found, and where the texts differ.

    The words found, and the differences, are in order, and no two of them share a character.
    """

    place: tuple[Span, ...] = ()
    finds: tuple[Span, ...] = ()
    departures: tuple[Span, ...] = ()


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """These stretches in order, those that share a character made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return tuple(found)


@dataclass(slots=True)
class Anchors:
    """What has been given an address on a page already: each is given once, to the first part of what it names.

    `current` is the number of the find that the reader is at.
    """

    current: int = 0
    _given: set[str] = field(default_factory=set)
    _finds: dict[tuple[Language, int], int] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        """An id, the first time; nothing afterwards."""
        if name in self._given:
            return ""
        self._given.add(name)
        return f' id="{name}"'

    def find(self, language: Language, number: int) -> int:
        """The number of a find in the order in which the page shows them, from 1."""
        return self._finds.setdefault((language, number), len(self._finds) + 1)


class Text:
    """One text of a document, its paragraphs numbered."""

    def __init__(self, document: Document, language: Language, marked: Marked, anchors: Anchors) -> None:
        self.language = language
        self._words = document.texts[language]
        self._layers = {"departs": marked.departures, "find": marked.finds, "place": marked.place}  # innermost first
        self._anchors = anchors
        self._blocks = blocks(self._words)  # paragraphs, and marks of omission
        self._ends = [block.end for block in self._blocks]
        self._numbers = {span.start: n for n, span in enumerate(document.paragraphs(language), 1)}

    def cell(self, span: Span | None) -> str:
        """What of this text stands in a row."""
        pieces = "".join(map(self._paragraph, self._pieces(span))) if span else ""
        return f'<div lang="{self.language}">{pieces}</div>'

    def _pieces(self, span: Span) -> Iterator[Span]:
        for at in range(bisect_right(self._ends, span.start), len(self._blocks)):
            block = self._blocks[at]
            if block.start >= span.end:
                return
            yield Span(max(block.start, span.start), min(block.end, span.end))

    def _paragraph(self, piece: Span) -> str:
        """A paragraph or a part of one; its number is its address, and no part of the text."""
        number = self._numbers.get(piece.start)
        words = self._painted(piece)
        if number is None:
            return f'<p data-at="{piece.start}">{words}</p>'
        name = f"{self.language}-{number}"
        return f'<p id="{name}" data-at="{piece.start}"><a class="number" href="#{name}">{number}</a>{words}</p>'

    def _painted(self, piece: Span) -> str:
        """The words of a piece, with what is marked in them."""
        layers = {name: list(_meeting(spans, piece)) for name, spans in self._layers.items()}
        edges = {edge for spans in layers.values() for _, span in spans for edge in span}
        cuts = sorted({*piece, *(edge for edge in edges if piece.start < edge < piece.end)})
        return "".join(self._segment(Span(*ends), layers) for ends in pairwise(cuts))

    def _segment(self, segment: Span, layers: Mapping[str, list[tuple[int, Span]]]) -> str:
        words = escaped(segment.of(self._words))
        for name, spans in layers.items():
            for number, span in spans:
                if span.holds(segment):
                    words = self._mark(name, number, words)
        return words

    def _mark(self, name: str, number: int, words: str) -> str:
        if name == "departs":
            return f'<span class="departs">{words}</span>'
        if name == "place":
            return f'<mark class="place"{self._anchors.attribute("place")}>{words}</mark>'
        shown = self._anchors.find(self.language, number)
        kind = "find current" if shown == self._anchors.current else "find"
        return f'<mark class="{kind}"{self._anchors.attribute(f"find-{shown}")}>{words}</mark>'


def _meeting(spans: Sequence[Span], piece: Span) -> Iterator[tuple[int, Span]]:
    """Those of `spans`, in order and apart, that share a character with `piece`, with their numbers."""
    first = bisect_right(spans, piece.start, key=lambda span: span.end)
    for number in range(first, len(spans)):
        if spans[number].start >= piece.end:
            return
        yield number, spans[number]
