"""The whole page as an application: the conversation of gradio at `/`, every other room at an address of its own.

fastapi and starlette are imported here and nowhere else. The page asks nothing of any other machine, and its headers
forbid the browser to. A request meets first the guard, then the door, then the rooms.
"""

import asyncio
import logging
import os
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.page.answers import ICON
from ui.server.asked import Asked, Reply, Route, Sent, busy
from ui.server.assets import STATIC, keeping, style_sheet
from ui.server.door import Door, Keys
from ui.server.entrance import entrance
from ui.server.guard import Guard
from ui.server.owners import Kept
from ui.server.passwords import Readers
from ui.server.routes import ROUTES
from ui.server.site import Site
from ui.server.wire import BodyRefusedError, bounded

if TYPE_CHECKING:
    from fastapi import FastAPI

# The page of gradio: its scripts write no scripts, but set styles; of what stands in the page itself, only what bears
# this reply's number runs.
_CHAT_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; form-action 'self'; "
    "base-uri 'none'"
)
_ROOM_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _ROOM_POLICY,
}
_AT_ONCE = 16  # rooms that are made at the same time, each in a thread
_WAITING = 64  # more that wait for that; whoever comes then is told so
_BRINGING = 32  # requests whose bodies come at the same time: all of each is held in memory
_MOST_VALUES = 5000  # in a form


def build_app(site: Site) -> "FastAPI":
    """Everything that `site` serves, as an application.

    Raises: SourceError or ArchiveError for a file of readers that cannot be used.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by gradio when it is imported
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # that somebody sent no form need not be written down
    app = rooms_app(site)
    from starlette.responses import JSONResponse

    from ui.server.shell import mount

    mount(app, site, lambda status, line: JSONResponse({"detail": line}, status))
    shell: Any = app.router.routes[-1]
    shell.app = Kept(shell.app, mcp=site.mcp)
    return app


def rooms_app(site: Site) -> "FastAPI":
    """Every room but the conversation, behind the same guard and door: it is there at once, for it needs no gradio.

    Raises: SourceError or ArchiveError for a file of readers that cannot be used.
    """
    keys = Keys(Readers(site.readers)) if site.readers else None
    from fastapi import FastAPI
    from starlette.responses import Response
    from starlette.staticfiles import StaticFiles

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(_entered, site)
    app.add_middleware(_guarded)
    app.add_middleware(Door, keys=keys)
    app.add_middleware(Guard, hosts=site.hosts, locked=site.readers is not None)
    app.add_route("/delo/style.css", lambda request: Response(style_sheet(), media_type="text/css"))
    app.mount("/delo", StaticFiles(directory=STATIC), name="delo")  # gradio has a /static of its own
    app.add_route("/favicon.ico", lambda request: Response(ICON, media_type="image/svg+xml"))
    rooms = _Rooms(site)
    for route in ROUTES:
        app.add_route(route.path, partial(rooms.replied, route), methods=[route.method])
    return app


class _Rooms:
    """What the rooms of `site` reply: each in a thread, so that nobody else waits for it, and not too many at once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._threads = asyncio.Semaphore(_AT_ONCE)
        self._under_way = 0
        self._bringing = 0

    async def replied(self, route: Route, request: Any) -> Any:
        """The reply of a room, or why there is none."""
        from starlette.responses import Response

        try:
            reply = await self._reply(route, request)
        except BodyRefusedError as refused:
            reply = refused.reply
        return Response(reply.body, reply.status, headers=dict(reply.headers), media_type=reply.kind)

    async def _reply(self, route: Route, request: Any) -> Reply:
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import Request

        if (closed := route.closed(self._site)) is not None:
            return closed
        if self._bringing >= _BRINGING and route.method == "POST":
            return busy()
        self._bringing += route.method == "POST"
        try:
            asked = await _asked(Request(request.scope, bounded(request.scope, request.receive, route.most)))
        finally:
            self._bringing -= route.method == "POST"
        if self._under_way >= _AT_ONCE + _WAITING:
            return busy()
        self._under_way += 1
        try:
            async with self._threads:
                return await run_in_threadpool(route.reply, self._site, asked)
        finally:
            self._under_way -= 1


async def _asked(request: Any) -> Asked:
    form: dict[str, list[str]] = {}
    files: list[Sent] = []
    if request.method == "POST":
        async with request.form(max_fields=_MOST_VALUES) as given:
            for name, value in given.multi_items():
                if isinstance(value, str):
                    form.setdefault(name, []).append(value)
                elif value.filename:
                    files.append(Sent(name=value.filename, content=await value.read()))
    query = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
    values = {name: tuple(its) for name, its in form.items()}
    reader = str(request.scope.get("reader", ""))
    return Asked(path=request.path_params, query=query, form=values, files=tuple(files), reader=reader)


def _guarded(app: Any) -> Any:
    """`app` with the headers that keep a page from what it need not do."""
    from starlette.datastructures import MutableHeaders

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if kept := keeping(scope["path"]):
                    headers["Cache-Control"] = kept
            await send(message)

        await app(scope, receive, send_guarded)

    return guarded


def _entered(app: Any, site: Site) -> Any:
    """`app`, its page at `/` put into ours, with a policy that names the scripts of this one reply."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse

    async def entered(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await app(scope, receive, send)
            return
        plain = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        begun, body = await _collected(app, scope | {"headers": plain}, receive)
        if begun["status"] != 200:
            await send(begun)
            await send({"type": "http.response.body", "body": body})
            return
        nonce = secrets.token_urlsafe(16)
        headers = {"Content-Security-Policy": _CHAT_POLICY.format(nonce), "Cache-Control": "no-store"}
        page = HTMLResponse(await run_in_threadpool(entrance, site, body.decode(), nonce), headers=headers)
        await page(scope, receive, send)

    return entered


async def _collected(app: Any, scope: Any, receive: Any) -> tuple[Any, bytes]:
    """The beginning of what `app` answers, and all of its body."""
    begun: Any = {}
    body: list[bytes] = []

    async def collect(message: Any) -> None:
        if message["type"] == "http.response.start":
            begun.update(message)
        else:
            body.append(message.get("body", b""))

    await app(scope, receive, collect)
    return begun, b"".join(body)
