"""A document of the archive: two texts, catalogue fields, archival references, and places in them.

All places are half-open spans of code points of the text as kept. Nothing here changes a text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from index.dates import HistoricalDate

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "en")

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_OMISSION = re.compile(r"[\[(]?\s*(?:\.{3,}|…)\s*[\])]?")


def other(language: Language) -> Language:
    """The language that faces `language` in this archive."""
    return "en" if language == "ru" else "ru"


class Span(NamedTuple):
    """A stretch of a text: code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        """The same stretch, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def holds(self, inner: "Span") -> bool:
        """Whether `inner` lies wholly inside this span."""
        return self.start <= inner.start and inner.end <= self.end

    def meets(self, another: "Span") -> bool:
        """Whether the two spans share at least one code point."""
        return max(self.start, another.start) < min(self.end, another.end)


def covering(spans: list[Span]) -> Span:
    """The shortest span that holds all of `spans` (at least one)."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def stripped(text: str, span: Span) -> Span:
    """`span` without the white space at its two ends; empty if there is nothing else in it."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def whole_characters(text: str) -> str:
    """`text` with "?" for each half of a character, which a file may hold and no model takes; as long as before."""
    return text.encode("utf-8", "replace").decode()


def blocks(text: str) -> list[Span]:
    """The stretches of `text` between blank lines, omission marks included, none empty."""
    edges = [0, *(edge for gap in _BLANK_LINE.finditer(text) for edge in gap.span()), len(text)]
    found = (stripped(text, Span(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in found if span.start < span.end]


def is_omission(words: str) -> bool:
    """Whether a block is only an archivist's mark for text left out, such as `[...]`."""
    return _OMISSION.fullmatch(words.strip()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivalReference:
    """Where the paper lies: `text` as printed, and the parts that could be read from it.

    A part that the citation does not give is None; nothing is guessed. `leaves` are (first, last) pairs
    as printed, a single leaf twice; `index/leaves.py` writes them plainly. `holder` is the acronym of the archive
    that the name printed stands for. `other` are further elements by English names: signature, tetrad, protocol ...
    """

    text: str
    archive: str | None = None
    fond: str | None = None
    opis: str | None = None
    delo: str | None = None
    papka: str | None = None
    leaves: tuple[tuple[str, str], ...] = ()
    holder: str | None = None
    other: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an archival reference has a text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that a document was read from: absolute path, and sha256 of its bytes in hexadecimal."""

    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """One record of the archive; `id` is the archive's own record number.

    `texts` holds the Russian original and the English translation, or one of them, NFC and otherwise as
    in the file. `fields` are the labelled fields as printed, in order: Date, Citation, Summary, Original
    Language, Contents, and whatever else the record has.
    """

    id: str
    title: str
    date: HistoricalDate | None
    references: tuple[ArchivalReference, ...]
    fields: tuple[tuple[str, str], ...]
    url: str | None
    texts: Mapping[Language, str]
    source: Source

    def __post_init__(self) -> None:
        if not self.texts or any(not text.strip() for text in self.texts.values()):
            raise ValueError(f"document {self.id!r} has no text, or a blank one")

    def field(self, label: str) -> str | None:
        """The labelled field as printed, or None."""
        return next((value for name, value in self.fields if name.casefold() == label.casefold()), None)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages this document has a text in, Russian first."""
        return tuple(language for language in LANGUAGES if language in self.texts)

    @cached_property
    def _paragraphs(self) -> dict[Language, tuple[Span, ...]]:
        return {
            language: tuple(s for s in blocks(text) if not is_omission(s.of(text)))
            for language, text in self.texts.items()
        }

    def paragraphs(self, language: Language) -> tuple[Span, ...]:
        """The paragraphs of one text in order; marks such as `[...]` are not paragraphs."""
        return self._paragraphs.get(language, ())

    def paragraph_at(self, language: Language, place: int) -> int:
        """The number, from 1, of the paragraph that holds code point `place` or is the last before it."""
        starts = [span.start for span in self.paragraphs(language)]
        return max(1, bisect_right(starts, place))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An aligned stretch of a document's texts, or of one: what is indexed and retrieved.

    `texts[l]` is `document.texts[l][spans[l].start:spans[l].end]`. `confidence`, from 0 to 1, says how
    surely the two sides are translations of each other; it is 0 where there is only one.
    """

    id: str
    document_id: str
    position: int
    spans: Mapping[Language, Span]
    texts: Mapping[Language, str]
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one side of a passage: places in the document's text, and their vectors (index/pack.py)."""

    spans: tuple[Span, ...]
    packed: bytes


DepartureKind = Literal["number", "date", "name", "negation", "missing", "length"]


@dataclass(frozen=True, slots=True)
class Departure:
    """A place where the two texts differ: its kind, where it stands in each text, and the reason in plain English.

    `spans` has both languages where there is something to see on both sides, else one. It is a reason to compare the
    two, never a verdict on the translation. `russian` is the same reason in Russian; "" in an index made before it was
    kept.
    """

    kind: DepartureKind
    spans: Mapping[Language, Span]
    reason: str
    russian: str = ""

    def told(self, language: Language) -> str:
        """The reason in a language, as far as it was kept."""
        return (self.russian if language == "ru" else "") or self.reason


@dataclass(frozen=True, slots=True)
class SentenceBead:
    """Sentences of one text and those that face them in the other: where each side stands in its text.

    A side is one sentence or a few in a row. A sentence that faces nothing has a bead with one side alone.
    `confidence`, 0 to 1: how likely it is that just these face each other; 0 where there is only one side.
    `departures` tell where the one departs from the other.
    """

    spans: Mapping[Language, Span]
    confidence: float
    departures: tuple[Departure, ...] = ()


class Stretch(Protocol):
    """What has a side in one text or in both: a passage, or a bead."""

    @property
    def spans(self) -> Mapping[Language, Span]:
        """Where each side stands in its text."""
        ...


def facing_texts(document: Document, stretches: Sequence[Stretch]) -> Iterator[dict[Language, Span]]:
    """The rows of a page that shows both texts: the stretches, in order, and the marks that stand between them."""
    done = dict.fromkeys(document.languages, 0)
    for passage in stretches:
        gaps = {
            language: Span(done[language], span.start)
            for language, span in passage.spans.items()
            if document.texts[language][done[language] : span.start].strip()
        }
        if gaps:
            yield gaps
        yield dict(passage.spans)
        done |= {language: span.end for language, span in passage.spans.items()}
    rest = {language: Span(end, len(document.texts[language])) for language, end in done.items()}
    if rest := {language: span for language, span in rest.items() if span.of(document.texts[language]).strip()}:
        yield rest
