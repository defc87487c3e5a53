"""The notebook: quotations that the browser sends, verified anew, shown or exported. Nothing of it is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest

from index.document import LANGUAGES
from index.errors import ArchiveError
from rag.notebook import Collected, Notebook, held_against
from rag.saved import delo_version
from ui.messages import notebook as words
from ui.page import reading
from ui.page.frame import said
from ui.page.links import collected
from ui.page.notebook import MOST, entries_html, notebook_page, refusal_page
from ui.printed.notebook import Printing, csl_items, markdown, ris_records
from ui.server.asked import Asked, Reply, Route
from ui.server.site import Site

_MOST_NOTED = 4_000  # characters of a note, some two pages
_MOST_BYTES = 8_000_000  # of a form: notes of that length in Cyrillic, each letter written as six, and their addresses
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


def notebook(site: Site, asked: Asked) -> Reply:
    """The page; with the quotations that the address names, or, if it names none, those that the browser knows."""
    sent = _sent(asked.query.get("place", ()), ())
    try:
        return Reply(body=notebook_page(_shown(site, sent) if sent else ""))
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))


def quotations(site: Site, asked: Asked) -> Reply:
    """The quotations that were sent, as a part of the page."""
    try:
        return Reply(body=_shown(site, _sent(asked.form.get("place", ()), asked.form.get("note", ()))))
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))


def export(site: Site, asked: Asked) -> Reply:
    """The quotations that were sent, as a file; what does not stand is left out, and the file says so."""
    sent = _sent(asked.form.get("place", ()), asked.form.get("note", ()))[:MOST]
    language = next((side for side in LANGUAGES if side == asked.one("language")), None)
    kind, style = asked.one("format"), asked.one("style")
    if language is None or kind not in _KINDS or style not in words.STYLES:
        return Reply(status=400, body=refusal_page(said(words.UNKNOWN_FORMAT)))
    if (longest := max((len(one.note) for one in sent), default=0)) > _MOST_NOTED:
        return Reply(status=400, body=refusal_page(said(words.LONG_NOTE, longest, _MOST_NOTED)))
    try:
        with site.pipeline.opened() as index:
            held = held_against(index, sent)
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))
    if not held.kept:
        return Reply(status=409, body=refusal_page(said(words.NOTHING_STANDS)))
    printing = Printing(style=style, language=language, day=datetime.now(UTC).date(), version=delo_version())
    name = f"delo-notebook-{printing.day.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Reply(body=_file(kind, held, printing), kind=_KINDS[kind], headers=headers)


def _file(kind: str, held: Notebook, printing: Printing) -> bytes:
    if kind == "docx":
        from ui.printed.worddocument import word_document

        return word_document(held, printing)
    text = {"md": markdown, "ris": ris_records, "json": csl_items}[kind](held, printing)
    return text.encode("utf-8", "replace")


def _sent(places: Sequence[str], notes: Sequence[str]) -> tuple[Collected, ...]:
    """What was sent, each place once, with its note."""
    noted = zip_longest(places, notes[: len(places)], fillvalue="")
    found = {place: note.replace("\r\n", "\n").strip() for place, note in reversed(list(noted))}
    return tuple(collected(place, found[place]) for place in dict.fromkeys(places))


def _shown(site: Site, sent: Sequence[Collected]) -> str:
    with site.pipeline.opened() as index:
        return entries_html(held_against(index, sent[:MOST]), more=len(sent) > MOST)


ROUTES = (
    Route(path="/notebook", reply=notebook),
    Route(path="/notebook/quotations", reply=quotations, method="POST", most=_MOST_BYTES),
    Route(path="/notebook/export", reply=export, method="POST", most=_MOST_BYTES),
)
