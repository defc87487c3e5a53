"""Documents, each at its own address, opened at the places that the address names, with what was looked for in them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from index.archives import load_table
from index.document import LANGUAGES, Document, Language, Span, other
from index.errors import ArchiveError
from index.finding import finds
from index.listing import Shelf
from index.store import Index
from rag.answer import Parallel, Place
from rag.counterpart import Counterparts
from rag.lookup import held_under
from ui.page import reading
from ui.page.links import check_sum
from ui.page.reading import Around, Opened
from ui.server.asked import Asked, Reply, Route, elsewhere
from ui.server.site import Site

MOST_SOUGHT = 200  # characters of what is looked for in a document
MOST_BESIDE = 12  # documents of the same file that are named on a document's page
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9a-f]{8}))?")


def document(site: Site, asked: Asked) -> Reply:
    """The page of the document that an address names, opened at the places that were asked for.

    What is wrong, if something is wrong with the archive.
    """
    document_id = asked.path.get("id", "")
    if not document_id:
        return elsewhere("/documents")
    try:
        with site.pipeline.opened() as index:
            found = index.catalogue.document(document_id)
            if found is None:
                return Reply(status=404, body=reading.missing_page(document_id))
            return Reply(body=reading.document_page(_opened(index, found, asked)))
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))


def _opened(index: Index, found: Document, asked: Asked) -> Opened:
    """The document as it was asked for."""
    places = {side: place(found, side, asked.one(side)) for side in LANGUAGES if asked.one(side)}
    marks = {side: span for side, span in places.items() if span is not None}
    quoted = _quoted(index, found, marks, asked.one("cited"))
    if quoted and quoted.parallel:
        marks = {quoted.parallel.language: quoted.parallel.span} | marks
    sides = tuple(side for side in found.languages if asked.one("side") in ("", side)) or found.languages
    sought = asked.one("find")[:MOST_SOUGHT].strip()
    opened = Opened(
        document=found,
        beads=index.catalogue.beads(found),
        sides=sides,
        marks=marks,
        place=quoted,
        moved=None in places.values(),
        sought=sought,
        finds={side: tuple(finds(side, found.texts[side], sought)) for side in sides} if sought else {},
        around=_around(index, found),
    )
    return replace(opened, at=_at(asked.one("hit"), opened))


def _at(hit: str, opened: Opened) -> int:
    """The number of the find that the reader is at: the one asked for, or the first; 0 if there is none."""
    number = int(hit) if hit.isdecimal() and len(hit) < 9 else 1
    return min(max(number, 1), sum(len(spans) for spans in opened.marked_finds.values()))


def place(document: Document, language: Language, told: str) -> Span | None:
    """The place that an address names, or None if the text has no such place, or now other words there."""
    named = _PLACE.fullmatch(told)
    if named is None:
        return None
    span = Span(int(named[1]), int(named[2]))
    if not span.start < span.end <= len(document.texts.get(language, "")):
        return None
    return span if named[3] in (None, check_sum(document, language, span)) else None


def _quoted(index: Index, found: Document, marks: Mapping[Language, Span], cited: str) -> Place | None:
    """The place marked, as it can be quoted: in the language cited, with what is marked in the other, or faces it."""
    if not marks:
        return None
    language = next((side for side in marks if side == cited), next(iter(marks)))
    span, facing = marks[language], marks.get(other(language))
    parallel = Counterparts(index.catalogue).of(found, language, span)
    if facing:
        sure = parallel.confidence if parallel else 0.0
        parallel = Parallel(document=found, language=other(language), span=facing, confidence=sure)
    return Place(document=found, language=language, span=span, parallel=parallel)


def _around(index: Index, found: Document) -> Around:
    """What lies beside a document."""
    table = load_table(index.home)
    held = (held for reference in found.references for held in held_under(index.catalogue, reference, table))
    in_file = {one.document_id for one in held} - {found.id}
    files = (Shelf.of(reference) for reference in found.references)
    earlier, later = index.listing.beside(found)
    return Around(
        earlier=earlier,
        later=later,
        in_file=len(in_file),
        named=tuple(index.listing.entries(index.listing.in_order(in_file)[:MOST_BESIDE])),
        file=next((file for file in files if file), None),
    )


ROUTES = (Route(path="/document/{id:path}", reply=document),)
