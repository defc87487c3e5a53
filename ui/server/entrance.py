"""The way in: the page at `/`, which says what the archive holds before anything is asked."""

from index.errors import ArchiveError
from ui.page.shell import held_html, shell_page, trouble_html, welcome_html
from ui.server.site import Site


def entrance(site: Site, engine: str, nonce: str) -> str:
    """The page at `/`, made from gradio's own; only scripts that bear `nonce` may stand in it."""
    return shell_page(engine, welcome_html(_held(site), site.examples), nonce)


def _held(site: Site) -> str:
    try:
        with site.pipeline.opened() as index:
            catalogue = index.catalogue
            documents = catalogue.counts()["documents"]
            return held_html(documents, catalogue.date_range(), catalogue.archives(), site.home)
    except ArchiveError as error:
        return trouble_html(str(error))
