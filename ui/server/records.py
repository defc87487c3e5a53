"""Records of answers that were kept, each at its own address."""

from index.errors import ArchiveError
from rag.keeping import is_address
from rag.reopened import reopen
from ui import messages
from ui.page import reading
from ui.page.frame import notice_html, page_html, said
from ui.page.records import record_page
from ui.server.asked import Asked, Reply, Route
from ui.server.site import Site


def record(site: Site, asked: Asked) -> Reply:
    """The page of the record of this address, held against the index as it is now.

    Of none, if there is none; what is wrong, if the record was changed, or something is wrong with the archive.
    """
    told = asked.path["address"]
    records = site.keeper.records if site.keeper else None
    if records is None or not is_address(told) or not records.path(told).is_file():
        return Reply(
            status=404, body=page_html(messages.TITLE, notice_html(f"<p>{said(messages.NO_RECORD, told)}</p>"))
        )
    try:
        with site.pipeline.opened() as index:
            return Reply(body=record_page(reopen(records.read(told), index)))
    except ArchiveError as error:
        return Reply(status=500, body=reading.notice_page(str(error)))


ROUTES = (Route(path="/record/{address:path}", reply=record),)
