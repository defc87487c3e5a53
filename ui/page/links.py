"""Addresses of documents and of places in them; pure."""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs, quote, unquote, urlencode

from index.document import LANGUAGES, Document, Language, Span
from rag.answer import Place
from rag.notebook import Collected, words_sum
from ui.page.frame import in_its_language

_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})-([0-9a-f]{8})")
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


def tree_address(parts: Mapping[str, str]) -> str:
    """The address of a place in the tree of the archives; `parts` are its archive, fond, opis and delo, as printed."""
    return f"/archive?{urlencode(parts)}#here"


def check_sum(document: Document, language: Language, span: Span) -> str:
    """Eight hexadecimal digits that tell the words at a place from others."""
    return words_sum(span.of(document.texts[language]))


def collected(address: str, note: str = "") -> Collected:
    """What an address of `place_address` says; it has no places, if it is none."""
    named, _, query = address.partition("?")
    given = parse_qs(query, max_num_fields=len(LANGUAGES) + 1) if query.count("&") <= len(LANGUAGES) else {}
    cited = next((language for language in LANGUAGES if given.get("cited") == [language]), None)
    told = {side: values[0] for side in LANGUAGES if len(values := given.get(side, [])) == 1}
    places = {side: found for side, value in told.items() if (found := _PLACE.fullmatch(value))}
    if cited is None or cited not in places:
        return Collected(address=address, document_id=unquote(named), language="en", places={}, note=note)
    return Collected(
        address=address,
        document_id=unquote(named),
        language=cited,
        places={side: (Span(int(found[1]), int(found[2])), found[3]) for side, found in places.items()},
        note=note,
    )


def opening(address: str, label: str) -> str:
    """A link that opens an address on the desk beside the conversation; `label` is markup."""
    return f'<a target="desk" href="{escape(address)}">{label}</a>'


def named(address: str, words: str) -> str:
    """The same, named by words that are no markup."""
    return opening(address, in_its_language(words))
