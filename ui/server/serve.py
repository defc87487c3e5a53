"""Serves the page: an address, a server that says when it is there, and the names it answers to.

uvicorn is imported here and nowhere else.
"""

import contextlib
import logging
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Thread, Timer
from typing import Any

from index.errors import ArchiveError
from ui.server.app import build_app
from ui.server.hosts import names
from ui.server.site import Site

_PROXIES = ("127.0.0.1", "::1")  # what speaks https in front of this server is believed only on this machine
_MOST_CONNECTIONS = 800  # a page that asks keeps one or two; a process may often have no more than 1,024
_SETTLED = 2.0  # seconds until what answers is loaded, which takes as long again: the first page comes before it
_HEAD_WITHIN = 20.0  # seconds that the head of a request may take to come


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
            app = build_app(replace(site, hosts=names(host, locked=site.readers is not None)))
            prepare = Timer(_SETTLED, site.pipeline.prepare)
            prepare.daemon = True
            try:
                _server(app, partial(_serving, address, open_browser, announce, prepare)).run(sockets=[listener])
            finally:
                prepare.cancel()


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise ArchiveError(
            f"the page cannot be served at {host}, port {port}: {error}; choose another with --port (or --host)"
        ) from error


def _serving(address: str, open_browser: bool, announce: Callable[[str], None], prepare: Timer) -> None:
    announce(address)
    prepare.start()
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

    return Server(
        uvicorn.Config(
            app,
            http=_patient(),
            ws="none",
            log_level="error",
            access_log=False,
            server_header=False,
            forwarded_allow_ips=list(_PROXIES),
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=1,
        )
    )


def _patient() -> Any:
    """The protocol of h11, whose heads have a bound, which does not wait for ever for one."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Patient(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._waited = self.loop.call_later(_HEAD_WITHIN, self._give_up, self.cycle)

        def on_response_complete(self) -> None:
            self._waited.cancel()
            self._waited = self.loop.call_later(_HEAD_WITHIN, self._give_up, self.cycle)
            super().on_response_complete()

        def connection_lost(self, exc: Exception | None) -> None:
            self._waited.cancel()
            super().connection_lost(exc)

        def _give_up(self, before: Any) -> None:
            if self.cycle is before:  # no whole head has come since
                self.transport.close()

    return Patient
