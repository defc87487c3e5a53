"""The text that is copied: a quotation with its citation, read out of the documents at that moment."""

from index.document import LANGUAGES, Document, Language, other
from index.errors import ArchiveError
from rag.answer import Parallel, Place
from rag.extract import extract
from ui.messages.copying import STYLES
from ui.server.asked import Asked, Reply, Route
from ui.server.documents import place as span_at
from ui.server.site import Site

_TEXT = "text/plain; charset=utf-8"


def copied(site: Site, asked: Asked) -> Reply:
    """The extract at an address of `ui.page.links.place_address`; `style`, `language` and `words` say in which form.

    A place whose words are no longer what they were is not quoted: status 409.
    """
    try:
        with site.pipeline.opened() as index:
            document = index.catalogue.document(asked.path.get("id", ""))
    except ArchiveError as error:
        return Reply(status=500, body=str(error), kind=_TEXT)
    if document is None:
        return Reply(status=404, body="there is no such document in this archive", kind=_TEXT)
    place = place_at(document, asked)
    if place is None and asked.one("cited"):
        return Reply(status=409, body="the text has no such place, or has changed since", kind=_TEXT)
    style = asked.one("style") if asked.one("style") in STYLES else next(iter(STYLES))
    language: Language = "ru" if asked.one("language") == "ru" else "en"
    text = extract(document, place, style, language=language, both=asked.one("words") == "both")
    return Reply(body=text.encode("utf-8", "replace"), kind=_TEXT)


def place_at(document: Document, asked: Asked) -> Place | None:
    """The place in `document` that an address names, None if its words are not there, or the address names none.

    What faces it is taken from the address too, if that still stands.
    """
    cited = next((language for language in LANGUAGES if language == asked.one("cited")), None)
    if cited is None or (span := span_at(document, cited, asked.one(cited))) is None:
        return None
    beside = span_at(document, other(cited), asked.one(other(cited)))
    parallel = Parallel(document=document, language=other(cited), span=beside, confidence=1.0) if beside else None
    return Place(document=document, language=cited, span=span, parallel=parallel)


ROUTES = (Route(path="/copy/{id:path}", reply=copied),)
