"""The line to a language model's server: an HTTP client whose requests end in time, and can be hung up.

The engine is imported here and nowhere else.
"""

import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from rag.models.call import Call, Request
from rag.models.trouble import Trouble, broken_off, too_slow, unreachable

CONNECTING = 2.0  # seconds for a connection; a server on the other side of the world takes half a second
MOST_BYTES = 4_000_000  # of a reply; a model that never stops is cut off
UNDER_WAY: ContextVar[Call] = ContextVar("the call that this thread makes")


def client() -> Any:
    """An HTTP client for several threads; nothing stays open between two requests, so nothing needs closing."""
    import httpx

    return httpx.Client(
        event_hooks={"request": [_traced], "response": [_bounded]}, limits=httpx.Limits(max_keepalive_connections=0)
    )


def reach(url: str) -> None:
    """See that something listens at an address, unless it is reached through another."""
    parts = urlsplit(url)
    if parts.scheme in getproxies():
        return
    at = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    try:
        socket.create_connection(at, CONNECTING).close()
    except OSError as error:
        raise unreachable() from error


def timeout(request: Request) -> Any:
    """The time that each step of a request may take."""
    import httpx

    return httpx.Timeout(request.seconds, connect=min(request.seconds, CONNECTING))


def asked(line: Any, url: str, key: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The object that a server tells at `url`; empty if it does not."""
    import httpx

    headers = {"Authorization": f"Bearer {key}"}
    try:
        reply = line.request("POST" if body else "GET", url, json=body, headers=headers, timeout=CONNECTING)
        told = reply.json() if reply.is_success else None
    except (httpx.HTTPError, Trouble, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def of_connection(chain: Sequence[BaseException]) -> Trouble | None:
    """What the errors of a connection mean; None if there is none among them."""
    import httpx

    if any(isinstance(one, (ConnectionRefusedError, httpx.ConnectError, httpx.ConnectTimeout)) for one in chain):
        return unreachable()
    if any(isinstance(one, (TimeoutError, httpx.TimeoutException)) for one in chain):
        return too_slow()
    if any(isinstance(one, (OSError, httpx.TransportError)) for one in chain):
        return broken_off()
    return None


def _traced(request: Any) -> None:
    """Tell the call under way of its connection, so that it can be hung up while nothing comes through it."""
    call = UNDER_WAY.get(None)

    def heard(event: str, told: Mapping[str, Any]) -> None:
        if call is not None and event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            line = told["return_value"].get_extra_info("socket")
            call.connected(lambda: _shut(line))

    request.extensions["trace"] = heard


def _shut(line: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _bounded(response: Any) -> None:
    """Let a reply end after MOST_BYTES or the time allowed; httpx bounds only the time between two bytes."""
    import httpx

    end = time.monotonic() + response.request.extensions["timeout"]["read"]

    class Bounded(httpx.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            left = MOST_BYTES
            for chunk in self._stream:
                left -= len(chunk)
                if left < 0:
                    raise Trouble("nonsense", f"sent more than {MOST_BYTES:,} bytes")
                if time.monotonic() > end:
                    raise too_slow()
                yield chunk

        def close(self) -> None:
            self._stream.close()

    response.stream = Bounded(response.stream)
    if (call := UNDER_WAY.get(None)) is not None:
        call.answered(response.close)
