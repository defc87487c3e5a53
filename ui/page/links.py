"""Addresses of documents and of places in them; pure."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlencode
from zlib import crc32

from index.document import Document, Language, Span
from rag.answer import Place
from ui.page.frame import escaped

Marks = Mapping[Language, Span]  # at most one place in each text of a document


def document_link(document: Document, marks: Marks) -> str:
    """The address of `document`, opened at `marks`.

    Each place carries a check sum of its words, so that a text that has changed since is not marked wrongly.
    """
    places: dict[str, str] = {
        side: f"{span.start}-{span.end}-{check_sum(document, side, span)}" for side, span in sorted(marks.items())
    }
    asked = f"?{urlencode(places)}#place" if marks else ""
    return f"/document/{quote(document.id, safe='')}{asked}"


def place_address(place: Place) -> str:
    """The address of a place, without its room: `112133?cited=en&en=1027-1310-96f85cef&ru=...`.

    The notebook keeps it, and the judgements of readers; `cited` is the language that is quoted, the other faces it.
    """
    marks = {place.language: place.span} | ({place.parallel.language: place.parallel.span} if place.parallel else {})
    places = {side: f"{span.start}-{span.end}-{check_sum(place.document, side, span)}" for side, span in marks.items()}
    return f"{quote(place.document.id, safe='')}?{urlencode({'cited': str(place.language)} | places)}"


def check_sum(document: Document, language: Language, span: Span) -> str:
    """Eight hexadecimal digits that tell the words at a place from others."""
    return f"{crc32(span.of(document.texts[language]).encode()):08x}"


def opening(address: str, label: str) -> str:
    """A link that opens an address on the desk beside the conversation; `label` is markup."""
    return f'<a target="desk" href="{escape(address)}">{label}</a>'


def named(address: str, words: str) -> str:
    """The same, named by words that are no markup."""
    return opening(address, escaped(words))
