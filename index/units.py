"""The units that are aligned and embedded: the sentences of a text, paragraph by paragraph."""

from collections.abc import Iterator

from index.document import Document, Language, Span, blocks, stripped
from index.sentence import sentences

LONGEST_UNIT = 2000  # characters; what has no sentence end for longer is a table or a list, and is cut all the same


def units_of(document: Document, language: Language) -> list[Span]:
    """The sentences of one text, in order; marks such as `[...]` are none, unless the text is nothing else."""
    text = document.texts[language]
    paragraphs = document.paragraphs(language) or (stripped(text, Span(0, len(text))),)
    return [unit for paragraph in paragraphs for whole in sentences(text, paragraph) for unit in _slices(text, whole)]


def sentences_within(text: str, within: Span) -> list[Span]:
    """The sentences of a part of `text`, in order; none goes over a blank line."""
    parts = (block.shifted(within.start) for block in blocks(within.of(text)))
    return [sentence for part in parts for sentence in sentences(text, part)]


def beginnings(document: Document, language: Language, units: list[Span]) -> list[int]:
    """The numbers, from 0, of the units that begin a paragraph."""
    starts = {paragraph.start for paragraph in document.paragraphs(language)}
    return [number for number, unit in enumerate(units) if unit.start in starts]


def _slices(text: str, sentence: Span) -> Iterator[Span]:
    """A stretch without any sentence end, as in a table, is cut at white space; where there is none, anywhere."""
    start = sentence.start
    while start < sentence.end:
        end = min(start + LONGEST_UNIT, sentence.end)
        if end < sentence.end and (space := _last_space(text, start, end)) > start:
            end = space
        piece = stripped(text, Span(start, end))
        if piece.start < piece.end:
            yield piece
        start = end


def _last_space(text: str, start: int, end: int) -> int:
    return next((at for at in range(end, start, -1) if text[at].isspace()), start)
