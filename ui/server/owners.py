"""What of gradio can be reached, and by whom: its addresses that the page and programs need, for whoever began there.

gradio knows a conversation by a number that the browser made up, and gives it to whoever tells the number. So each is
kept to the reader who told it first; where nobody logs in, to the browser, which is known by a cookie.
"""

import json
import re
import secrets
from collections import OrderedDict
from threading import Lock
from urllib.parse import parse_qsl

from ui.messages import door
from ui.server.asked import Reply
from ui.server.wire import (
    App,
    BodyRefusedError,
    Message,
    Receive,
    Scope,
    Send,
    again,
    body_of,
    header,
    plainly,
    send_reply,
)

_MOST = 1_000_000  # bytes of a request
_AT_ONCE = 64  # requests of programs and the page that bring something, under way at the same time
_KEPT = 20_000  # conversations and questions whose owner is kept in mind
_EACH = 500  # of one owner
_LONGEST = 100  # characters of a number
_COOKIE = "delo-browser"
_READ = re.compile(
    r"/|/config/?|/manifest\.json|/theme\.css|/assets/.+|/static/.+"
    r"|/gradio_api/(info/?|startup-events|theme\.css|queue/data|call/(v2/)?[^/]+/[^/]+)"
)
_SENT = re.compile(r"/gradio_api/(queue/join|cancel|reset/?|run/[^/]+/?|call/(v2/)?[^/]+/?)")
_MCP = re.compile(r"/gradio_api/mcp(/.*)?")
_CALLED = re.compile(r"/gradio_api/call/(?:v2/)?[^/]+/([^/]+)")


class Owners:
    """To whom conversations and questions belong. Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._counts: dict[str, int] = {}

    def claim(self, number: str, owner: str) -> bool:
        """Whether `number` belongs to `owner`; it does, if it belonged to nobody."""
        with self._lock:
            found = self._owners.get(number)
            if found is not None:
                self._owners.move_to_end(number)
                return found == owner
            if self._counts.get(owner, 0) >= _EACH:
                self._drop(next(one for one, its in self._owners.items() if its == owner))
            self._owners[number] = owner
            self._counts[owner] = self._counts.get(owner, 0) + 1
            while len(self._owners) > _KEPT:
                self._drop(next(iter(self._owners)))
            return True

    def known(self, number: str) -> bool:
        """Whether `number` belongs to anybody."""
        with self._lock:
            return number in self._owners

    def _drop(self, number: str) -> None:
        owner = self._owners.pop(number)
        self._counts[owner] -= 1
        if not self._counts[owner]:
            del self._counts[owner]


class Kept:
    """The application of gradio, `app`, without what nobody needs of it, each conversation kept to its owner.

    `mcp` says whether assistants may use it.
    """

    def __init__(self, app: App, *, mcp: bool) -> None:
        self._app = app
        self._mcp = mcp
        self._owners = Owners()
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._served(scope, receive, send)
        except BodyRefusedError as refused:
            await send_reply(send, refused.reply)

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_needed(scope):
            await send_reply(send, plainly(404, door.NOT_HERE))
        elif scope["method"] == "POST":
            await self._sent(scope, receive, send)
        elif refused := self._refused(_numbers_read(scope), scope):
            await send_reply(send, refused)
        else:
            if scope["path"] == "/":
                scope["query_string"] = b""  # gradio would open files that are named there
            await self._app(scope, receive, send)

    async def _sent(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What brings something along: so much of it, and so many at once."""
        if self._under_way >= _AT_ONCE:
            await send_reply(send, plainly(503, door.BUSY, **{"Retry-After": "60"}))
            return
        self._under_way += 1
        try:
            body = await body_of(scope, receive, _MOST)
            numbers = () if _MCP.fullmatch(scope["path"]) else _numbers_sent(body)
            refused = plainly(400, door.UNREADABLE) if numbers is None else self._refused(numbers, scope)
            if refused:
                await send_reply(send, refused)
            else:
                await self._app(scope, again(body, receive), self._noting(scope, send))
        finally:
            self._under_way -= 1

    def _is_needed(self, scope: Scope) -> bool:
        method, path = scope["method"], scope["path"]
        called = _CALLED.fullmatch(path) if method == "GET" else None
        if called and not self._owners.known(called[1]):
            return False  # gradio would break off its reply, and write that down
        if ".." in path or "\\" in path or not path.isprintable():
            return False
        if _MCP.fullmatch(path):
            return self._mcp and method in {"GET", "POST", "DELETE"}
        return bool((_SENT if method == "POST" else _READ).fullmatch(path)) and method in {"GET", "HEAD", "POST"}

    def _refused(self, numbers: tuple[str, ...], scope: Scope) -> Reply | None:
        """Why whoever asks may not ask about these conversations, or None."""
        owner = _owner(scope)
        if all(len(number) <= _LONGEST and self._owners.claim(number, owner) for number in numbers):
            return None
        return plainly(403, door.OTHERS)

    def _noting(self, scope: Scope, send: Send) -> Send:
        """`send`, which notes to whom the question belongs whose number is told."""
        if not scope["path"].startswith(("/gradio_api/queue/join", "/gradio_api/call/")):
            return send

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body":
                for number in _numbers_sent(message.get("body", b"")) or ():
                    self._owners.claim(number, _owner(scope))
            await send(message)

        return sent


def _owner(scope: Scope) -> str:
    """Whose a request is: a reader, else a browser, else nobody's in particular."""
    return f"reader {reader}" if (reader := scope.get("reader")) else f"browser {_browser(scope)}"


def _browser(scope: Scope) -> str:
    found = re.search(rf"(?:^|;\s*){_COOKIE}=([\w-]{{1,64}})", header(scope, "cookie"))
    return found[1] if found else ""


def known(scope: Scope, send: Send) -> Send:
    """`send`, which gives a browser that opens the page a cookie to be known by, if it has none."""
    if scope["path"] != "/" or "text/html" not in header(scope, "accept") or _browser(scope):
        return send

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            held = f"{_COOKIE}={secrets.token_urlsafe(24)}; Path=/; HttpOnly; SameSite=Lax"
            message["headers"] = [*message["headers"], (b"set-cookie", held.encode())]
        await send(message)

    return sent


def _numbers_read(scope: Scope) -> tuple[str, ...]:
    """The conversation that an address is about."""
    if scope["path"] == "/gradio_api/queue/data":
        told = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        return tuple(number for name, number in told if name == "session_hash")
    found = _CALLED.fullmatch(scope["path"])
    return (found[1],) if found else ()


def _numbers_sent(body: bytes) -> tuple[str, ...] | None:
    """The conversation and the question that a body of JSON is about; None if it is none."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    numbers = tuple(told.get(name) for name in ("session_hash", "event_id"))
    if any(number is not None and not isinstance(number, str) for number in numbers):
        return None
    return tuple(number for number in numbers if number)
