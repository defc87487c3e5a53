"""Addresses of documents and of records: what the page shows beside the conversation."""

import re
from collections.abc import Mapping

from index.document import LANGUAGES, Document, Language, Span
from index.errors import ArchiveError
from rag.keeping import Records, is_address
from rag.pipeline import Pipeline
from rag.reopened import reopen
from ui import messages, reading
from ui.page import check_sum
from ui.reopenedpage import record_page

_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9a-f]{8}))?")


def addressed(pipeline: Pipeline, document_id: str, asked: Mapping[str, str]) -> tuple[int, str]:
    """The status and the page of the document that an address names, opened at the places that were `asked` for.

    Of none, if the address names none; what is wrong, if something is wrong with the archive.
    """
    language: Language = "ru" if asked.get("labels") == "ru" else "en"
    try:
        return _read(pipeline, document_id, asked, language)
    except ArchiveError as error:
        return 500, reading.notice_page(str(error), language)


def recorded(pipeline: Pipeline, records: Records | None, told: str) -> tuple[int, str]:
    """The status and the page of the record of this address, held against the index as it is now.

    Of none, if there is none; what is wrong, if the record was changed, or something is wrong with the archive.
    """
    if records is None or not is_address(told) or not records.path(told).is_file():
        return 404, reading.notice_page(messages.NO_RECORD["en"].format(told), "en")
    try:
        with pipeline.opened() as index:
            return 200, record_page(reopen(records.read(told), index))
    except ArchiveError as error:
        return 500, reading.notice_page(str(error), "en")


def _read(pipeline: Pipeline, document_id: str, asked: Mapping[str, str], language: Language) -> tuple[int, str]:
    with pipeline.opened() as index:
        catalogue = index.catalogue
        if not document_id:
            return 200, reading.empty_page(
                catalogue.counts()["documents"], catalogue.date_range(), catalogue.archives()
            )
        if (document := catalogue.document(document_id)) is None:
            return 404, reading.notice_page(messages.MISSING[language].format(document_id), language)
        places = {side: _place(document, side, asked[side]) for side in LANGUAGES if side in asked}
        marks = {side: span for side, span in places.items() if span is not None}
        moved = len(marks) < len(places)
        return 200, reading.document_page(document, catalogue.passages(document), marks, language, moved=moved)


def _place(document: Document, language: Language, place: str) -> Span | None:
    """The place that an address names, or None if the text has no such place, or now other words there."""
    named = _PLACE.fullmatch(place)
    if named is None:
        return None
    span = Span(int(named[1]), int(named[2]))
    if not span.start < span.end <= len(document.texts.get(language, "")):
        return None
    return span if named[3] in (None, check_sum(document, language, span)) else None
