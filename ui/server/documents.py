"""Documents, each at its own address, opened at the places that the address names."""

import re

from index.document import LANGUAGES, Document, Language, Span
from index.errors import ArchiveError
from ui.page import reading
from ui.page.links import check_sum
from ui.server.asked import Asked, Reply, Route
from ui.server.site import Site

_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9a-f]{8}))?")


def document(site: Site, asked: Asked) -> Reply:
    """The page of the document that an address names, opened at the places that were asked for.

    Of none, if the address names none; what is wrong, if something is wrong with the archive.
    """
    try:
        return _read(site, asked.path.get("id", ""), asked)
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))


def _read(site: Site, document_id: str, asked: Asked) -> Reply:
    with site.pipeline.opened() as index:
        catalogue = index.catalogue
        if not document_id:
            held = catalogue.counts()["documents"], catalogue.date_range(), catalogue.archives()
            return Reply(body=reading.empty_page(*held))
        if (found := catalogue.document(document_id)) is None:
            return Reply(status=404, body=reading.missing_page(document_id))
        places = {side: place(found, side, asked.one(side)) for side in LANGUAGES if asked.one(side)}
        marks = {side: span for side, span in places.items() if span is not None}
        moved = len(marks) < len(places)
        return Reply(body=reading.document_page(found, catalogue.passages(found), marks, moved=moved))


def place(document: Document, language: Language, told: str) -> Span | None:
    """The place that an address names, or None if the text has no such place, or now other words there."""
    named = _PLACE.fullmatch(told)
    if named is None:
        return None
    span = Span(int(named[1]), int(named[2]))
    if not span.start < span.end <= len(document.texts.get(language, "")):
        return None
    return span if named[3] in (None, check_sum(document, language, span)) else None


ROUTES = (Route(path="/document/{id:path}", reply=document),)
