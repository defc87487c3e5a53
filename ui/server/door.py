"""Who may come in: a page to log in for people, a name and a password with each request for programs.

Where the server has a file of readers, nothing else of it is reached by anybody who is not one of them.
"""

import asyncio
import base64
import binascii
import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, quote

from ui.messages import door as words
from ui.page.login import account_page, login_page
from ui.server.asked import Asked, Reply, Route, is_own
from ui.server.attempts import Attempts
from ui.server.passwords import Readers, TooManyAtTheDoor, plain
from ui.server.sessions import LONGEST, Sessions
from ui.server.site import Site
from ui.server.wire import App, BodyRefusedError, Receive, Scope, Send, body_of, header, plainly, send_reply

_MOST = 10_000  # bytes of the form to log in
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'self'; base-uri 'none'"
)
_OPEN = re.compile(
    r"/favicon\.ico|/manifest\.json|/delo/(fonts/)?[\w-]+\.(css|woff2)|/delo/(before|interface|login)\.js"
)
_FROM_PAGES = ("sec-fetch-mode", "origin", "referer", "cookie")  # what browsers send
Status = tuple[int, int]  # 200 if name and password belong together, 401 if not, 429 and seconds to wait, 503 if busy


class Door:
    """Lets readers in to `app`, and tells it by `scope["reader"]` who they are; everybody, if there are no `keys`."""

    def __init__(self, app: App, keys: "Keys | None") -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        reply = None
        if self._keys and scope["type"] == "http":
            try:
                reply = await _Came(self._keys, scope).reply(receive)
            except BodyRefusedError as refused:
                reply = refused.reply
        if reply is None:
            await self._app(scope, receive, send)
        else:
            await send_reply(send, reply)


class Keys:
    """Whether names and passwords belong together, of everybody who comes."""

    def __init__(self, readers: Readers) -> None:
        self.sessions = Sessions(readers)
        self._readers = readers
        self._attempts = Attempts()
        self._looking: dict[tuple[str, str, str], asyncio.Task[Status]] = {}

    async def status(self, name: str, password: str, address: str) -> Status:
        """Whether they do; the same, tried several times at once by one program, is looked at once."""
        attempt = (name, password, address)
        if attempt not in self._looking:
            self._looking[attempt] = asyncio.create_task(self._status(*attempt))
            self._looking[attempt].add_done_callback(lambda _: self._looking.pop(attempt))
        return await asyncio.shield(self._looking[attempt])

    async def _status(self, name: str, password: str, address: str) -> Status:
        wait = self._attempts.begin(name, address)
        if wait > 0:
            return 429, int(wait) + 1
        try:
            right = self.sessions.recall(name, password) or await asyncio.to_thread(
                self._readers.matches, name, password
            )
        except TooManyAtTheDoor:
            self._attempts.withdrawn(name, address)
            return 503, 0
        if right:
            self._attempts.succeeded(name, address)
            self.sessions.remember(name, password)
        return (200 if right else 401), 0


class _Came:
    """Somebody at the door, with a request."""

    def __init__(self, keys: Keys, scope: Scope) -> None:
        self._keys = keys
        self._sessions = keys.sessions
        self._scope = scope
        self._address = (scope.get("client") or ("", 0))[0]
        self._cookie = f"delo-{(scope.get('server') or ('', 0))[1]}"  # cookies do not tell ports apart

    async def reply(self, receive: Receive) -> Reply | None:
        """What they are told at the door; None if they may go on."""
        path, post = self._scope["path"], self._scope["method"] == "POST"
        if path == "/login":
            return await self._log_in(receive) if post else _page(200, self._asked_for())
        token = self._token()
        reader = self._sessions.reader(token) if token else ""
        if path == "/logout" and post:
            self._sessions.end(token)
            return _elsewhere("/login", self._set_cookie("", 0))
        if not reader:
            reader, refused = await self._by_password()
            if refused:
                return refused
        self._scope["reader"] = reader
        return None if reader or _OPEN.fullmatch(path) else self._sent_away()

    async def _log_in(self, receive: Receive) -> Reply:
        """The reply to a form with a name and a password."""
        told = parse_qs((await body_of(self._scope, receive, _MOST)).decode("utf-8", "replace"))
        name, password, then = (told.get(part, [""])[0] for part in ("name", "password", "next"))
        name, then = plain(name.strip()), own_address(then)
        status, wait = await self._keys.status(name, password, self._address)
        if status == 200:
            return _elsewhere(then, self._set_cookie(self._sessions.begin(name), int(LONGEST)))
        return _page(status, then, name, wait)

    async def _by_password(self) -> tuple[str, Reply | None]:
        """Who a program says it is, by a password that is right; or why it is not let in."""
        kind, _, told = header(self._scope, "authorization").partition(" ")
        if kind.lower() != "basic":
            return "", None
        name, password = _basic(told)
        status, wait = await self._keys.status(name, password, self._address)
        return (name, None) if status == 200 else ("", _refused(status, wait))

    def _sent_away(self) -> Reply:
        """To the page to log in, or, what is no page, away."""
        if self._scope["method"] in {"GET", "HEAD"} and "text/html" in header(self._scope, "accept"):
            return _elsewhere(f"/login?next={quote(self._asked_for(), safe='')}")
        from_page = any(header(self._scope, name) for name in _FROM_PAGES)
        return _refused(401, 0, ask=not from_page)  # else the browser would ask for a password in a box of its own

    def _asked_for(self) -> str:
        """The address that was asked for; at the page to log in, the one that it shall lead to."""
        query = self._scope["query_string"].decode("latin-1")
        if self._scope["path"] == "/login":
            return own_address(parse_qs(query).get("next", [""])[0])
        path = quote(self._scope["path"], safe="/:@!$&'()*+,;=~")
        return own_address(f"{path}?{query}" if query else path)

    def _token(self) -> str:
        for part in header(self._scope, "cookie").split(";"):
            name, _, value = part.strip().partition("=")
            if name == self._cookie:
                return value
        return ""

    def _set_cookie(self, token: str, seconds: int) -> Mapping[str, str]:
        secure = "; Secure" if self._scope.get("scheme") == "https" else ""
        held = f"{self._cookie}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
        return {"Set-Cookie": held}


def own_address(told: str) -> str:
    """`told`, if it is an address of this server; else that of its first page."""
    return told if is_own(told) and not told.startswith("/login") else "/"


def _page(status: int, then: str, name: str = "", wait: int = 0) -> Reply:
    headers = {"Content-Security-Policy": _POLICY} | ({"Retry-After": str(wait)} if wait else {})
    return Reply(status=status, body=login_page(then, name, status, wait), headers=headers)


def _elsewhere(address: str, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(body="", status=303, headers={"Location": address} | dict(headers or {}))


def _refused(status: int, wait: int, *, ask: bool = True) -> Reply:
    if status == 429:
        told = {language: said.format(wait) for language, said in words.WAIT.items()}
        return plainly(429, told, **{"Retry-After": str(wait)})
    if status == 503:
        return plainly(503, words.BUSY_DOOR, **{"Retry-After": "5"})
    return plainly(401, words.LOCKED, **({"WWW-Authenticate": 'Basic realm="Delo", charset="UTF-8"'} if ask else {}))


def _basic(told: str) -> tuple[str, str]:
    """A name and a password of HTTP Basic; empty, if they cannot be read."""
    try:
        name, _, password = base64.b64decode(told.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return plain(name), password


def account(site: Site, asked: Asked) -> Reply:
    """A page that says who is logged in, with a button to log out."""
    return Reply(body=account_page(asked.reader))


def account_record(site: Site, asked: Asked) -> Reply:
    """The same for the script that shows it at the head of every page."""
    return Reply(body=json.dumps({"reader": asked.reader}), kind="application/json")


ROUTES = (Route(path="/account", reply=account), Route(path="/account.json", reply=account_record))
