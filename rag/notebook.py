"""Quotations that a reader collected, held again against the index as it is now: what stands, and what does not.

A quotation stands if its document still has the very words at the very place, whole words. What faces it is what the
index says now, whatever was collected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zlib import crc32

from index.document import Document, Language, Span
from index.store import Index
from rag.answer import Citation
from rag.counterpart import Counterparts
from rag.errors import PlaceError
from rag.verify import quoted_at

Why = Literal["illegible", "gone", "changed", "cut"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A quotation as it was collected, and what its reader noted; nothing is known of it yet.

    `places` gives, for each language, a place and the check sum of the words that stood there; there are none, if the
    `address` that it was kept by cannot be read.
    """

    address: str
    document_id: str
    language: Language
    places: Mapping[Language, tuple[Span, str]]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A quotation that stands; `refaced` tells that what stood beside it then is in the document no more."""

    collected: Collected
    citation: Citation
    refaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """A quotation that does not stand, and why.

    - illegible: its address is none;
    - gone: its document is not in the index;
    - changed: other words stand at its place, or the text has no such place;
    - cut: it begins or ends inside a word.

    `document` is the one that it was taken from, if that is still there.
    """

    collected: Collected
    why: Why
    document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """What was collected, in its order, as it stands in one generation of an index."""

    entries: tuple[Kept | Fallen, ...]
    generation: str

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The quotations that stand."""
        return tuple(entry for entry in self.entries if isinstance(entry, Kept))

    @property
    def fallen(self) -> tuple[Fallen, ...]:
        """Those that do not."""
        return tuple(entry for entry in self.entries if isinstance(entry, Fallen))


def words_sum(words: str) -> str:
    """Eight hexadecimal digits that tell words from others."""
    return f"{crc32(words.encode('utf-8', 'surrogatepass')):08x}"


def held_against(index: Index, collected: Sequence[Collected]) -> Notebook:
    """Each of `collected` verified anew.

    Raises: IndexDamagedError.
    """
    wanted = dict.fromkeys(one.document_id for one in collected)
    documents = {document.id: document for document in index.catalogue.documents(wanted)}
    counterparts = Counterparts(index.catalogue)
    entries = tuple(_entry(one, documents.get(one.document_id), counterparts) for one in collected)
    return Notebook(entries=entries, generation=index.manifest.generation)


def _entry(collected: Collected, document: Document | None, counterparts: Counterparts) -> Kept | Fallen:
    if collected.language not in collected.places:
        return Fallen(collected=collected, why="illegible")
    if document is None:
        return Fallen(collected=collected, why="gone")
    span, _ = collected.places[collected.language]
    if not _stands(collected, document, collected.language):
        return Fallen(collected=collected, why="changed", document=document)
    try:
        found = quoted_at(document, collected.language, span)
    except PlaceError:
        return Fallen(collected=collected, why="cut", document=document)
    citation = replace(
        found,
        parallel=counterparts.of(document, found.language, found.span),
        departures=counterparts.departures(document, found.language, found.span),
    )
    stands = all(_stands(collected, document, side) for side in collected.places)
    return Kept(collected=collected, citation=citation, refaced=not stands)


def _stands(collected: Collected, document: Document, side: Language) -> bool:
    """Whether the words that were collected in one language are still where they were."""
    span, told = collected.places[side]
    text = document.texts.get(side, "")
    return span.start < span.end <= len(text) and words_sum(span.of(text)) == told
