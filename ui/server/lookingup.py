"""Where a reference or a quotation leads; what is short enough has an address, `/look-up?q=...`."""

from urllib.parse import urlencode

from index.archives import load_table
from index.errors import ArchiveError
from rag.errors import LocatorError
from rag.located import Located
from rag.tree import around
from ui.page import lookups, reading
from ui.server.asked import Asked, Reply, Route, elsewhere
from ui.server.site import Site

_LONGEST_ADDRESS = 2_000  # characters; what is longer, some programs cut


def look_up(site: Site, asked: Asked) -> Reply:
    """The room, with what `q` leads to."""
    sought = asked.one("q")
    if not sought.strip():
        return Reply(body=lookups.lookup_page("", lookups.browse_html()))
    try:
        found = _consulted(site, sought)
    except LocatorError as error:
        found = lookups.not_looked_up_html(str(error))
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))
    return Reply(body=lookups.lookup_page(sought, found))


def send(site: Site, asked: Asked) -> Reply:
    """What was typed into the box: sent on to its address, or, if that would be too long, looked up at once."""
    address = f"/look-up?{urlencode({'q': asked.one('q')})}"
    return elsewhere(address) if len(address) <= _LONGEST_ADDRESS else look_up(site, asked)


def _consulted(site: Site, sought: str) -> str:
    result = site.pipeline.consult(sought)
    if isinstance(result, Located):
        return lookups.located_html(result)
    wanted = tuple(dict.fromkeys(held.document_id for held in result.found))
    with site.pipeline.opened() as index:
        documents = {document.id: document for document in index.catalogue.documents(wanted[: lookups.MOST_SHOWN])}
        near = around(index.catalogue, result, load_table(index.home))
    return lookups.lookup_html(result, documents, near)


ROUTES = (Route(path="/look-up", reply=look_up), Route(path="/look-up", reply=send, method="POST"))
