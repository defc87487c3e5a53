"""Serves the page: an address, a server that says when it is there, and the names it answers to.

uvicorn is imported here and nowhere else.
"""

import contextlib
import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import Any

from index.errors import ArchiveError
from ui.server.app import build_app
from ui.server.site import Site

_HERE = ("127.0.0.1", "localhost", "::1", "[::1]")


def serve(
    site: Site,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    announce: Callable[[str], None],
) -> None:
    """Serve `site` at `http://host:port` until interrupted; the names that it may be asked for by follow from `host`.

    `announce` is given the address once the page is really there; port 0 takes any free one.

    Raises: ArchiveError if the port cannot be had.
    """
    with _listening(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        with contextlib.suppress(KeyboardInterrupt):
            app = build_app(replace(site, hosts=_hosts(host)))
            _server(app, partial(_announce, address, open_browser, announce)).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise ArchiveError(
            f"the page cannot be served at {host}, port {port}: {error}; choose another with --port (or --host)"
        ) from error


def _hosts(host: str) -> Sequence[str]:
    """The names that a page bound to `host` answers to.

    One that is for this machine alone goes by no other name: else a site elsewhere could give itself the address of
    this machine, and read the archive through the browser.
    """
    return _HERE if host in _HERE else ("*",)


def _announce(address: str, open_browser: bool, announce: Callable[[str], None]) -> None:
    announce(address)
    if open_browser:
        import webbrowser

        Thread(target=webbrowser.open, args=[address], daemon=True).start()  # some browsers only return when closed


def _server(app: Any, serving: Callable[[], None]) -> Any:
    """A server that calls `serving` as soon as it takes requests."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                serving()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # that open pages are cut off is no error
            await super().shutdown(sockets)

    return Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1))
