"""What is refused before anybody looks at it, and what every reply tells the browser to keep from.

A page of another site may lead here, and nothing else: it may not frame, load, read or send anything. A server for this
machine alone, or without passwords, goes by no name that others can give to its address.
"""

import re
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from ui.messages import door
from ui.server.asked import Reply
from ui.server.hosts import is_named
from ui.server.owners import known
from ui.server.wire import App, Message, Receive, Scope, Send, header, plainly, send_reply

_LONGEST_ADDRESS = 16_000  # bytes of a path and its query; a notebook of some hundred places
_READING = ("GET", "HEAD")
_FORWARDED = (b"x-forwarded-", b"forwarded", b"x-gradio-", b"x-direct-url")  # what says where a request came from
_LASTING = re.compile(r"/(delo|assets|static)/.*|/favicon\.ico|/theme\.css")  # nobody's secret; it may be kept
_HEADERS = {  # of every reply that has not its own
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Guard:
    """`app`, for those only who ask for it by one of `hosts` ("*" any), and not from another site's page.

    `locked` says that only readers are let in; then no page of theirs is kept by the browser.
    """

    def __init__(self, app: App, hosts: Sequence[str], *, locked: bool = False) -> None:
        self._app = app
        self._hosts = hosts
        self._locked = locked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            scope["headers"] = [one for one in scope["headers"] if not one[0].lower().startswith(_FORWARDED)]
            private = self._locked and not _LASTING.fullmatch(scope["path"])
            replying = _telling(send if self._locked else known(scope, send), private=private)
            if refused := refusal(scope, self._hosts):
                await send_reply(replying, refused)
            else:
                await self._app(scope, receive, replying)


def refusal(scope: Scope, hosts: Collection[str]) -> Reply | None:
    """Why a request is not looked at; None if it is."""
    if not is_named(header(scope, "host"), hosts):
        return plainly(400, door.OTHER_HOST)
    if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > _LONGEST_ADDRESS:
        return plainly(414, door.TOO_LONG)
    if not _is_from_here(scope):
        return plainly(403, door.OTHER_SITE)
    return None


def _is_from_here(scope: Scope) -> bool:
    """Whether no page of another site is behind a request; programs say nothing of that, and are believed.

    Another site's page may bring its reader here by a link, which is told by what browsers say of a request.
    """
    site, origin = header(scope, "sec-fetch-site"), header(scope, "origin")
    reading = scope["method"] in _READING
    if site in {"cross-site", "same-site"}:
        by_link = header(scope, "sec-fetch-mode") == "navigate" and header(scope, "sec-fetch-dest") == "document"
        return reading and by_link
    if site or not origin or (reading and origin == "null"):
        return True
    return urlsplit(origin).netloc.lower() == header(scope, "host").lower()


def _telling(send: Send, *, private: bool) -> Send:
    """`send`, with the headers that keep a page, and those who see it, from what they need not do."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [one for one in message["headers"] if not one[0].lower().startswith(b"access-control-")]
            told = dict(_HEADERS)
            if private:
                kept = [one for one in kept if one[0].lower() != b"cache-control"]
                told["Cache-Control"] = "no-store"
            named = {name.lower() for name, _ in kept}
            kept += [(n.lower().encode(), v.encode()) for n, v in told.items() if n.lower().encode() not in named]
            message["headers"] = kept
        await send(message)

    return sent
