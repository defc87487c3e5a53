"""The whole page as an application: the conversation of gradio at `/`, every other room at an address of its own.

fastapi and starlette are imported here and nowhere else. The page asks nothing of any other machine, and its headers
forbid the browser to.
"""

import os
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.page.answers import ICON
from ui.server.asked import Asked, Reply, Route, Sent
from ui.server.assets import STATIC, keeping, style_sheet
from ui.server.entrance import entrance
from ui.server.routes import ROUTES
from ui.server.site import Site

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
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def build_app(site: Site) -> "FastAPI":
    """Everything that `site` serves, as an application."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by gradio when it is imported
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import Response
    from starlette.staticfiles import StaticFiles

    from ui.server.shell import mount

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(_entered, site)
    app.add_middleware(_guarded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(site.hosts), www_redirect=False)
    app.add_route("/delo/style.css", lambda request: Response(style_sheet(), media_type="text/css"))
    app.mount("/delo", StaticFiles(directory=STATIC), name="delo")  # gradio has a /static of its own
    app.add_route("/favicon.ico", lambda request: Response(ICON, media_type="image/svg+xml"))
    for route in ROUTES:
        app.add_route(route.path, partial(_replied, site, route), methods=[route.method])
    mount(app, site)
    return app


async def _replied(site: Site, route: Route, request: Any) -> Any:
    """What a room replies; it works in a thread, so that nobody else waits for it."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response

    reply: Reply = await run_in_threadpool(route.reply, site, await _asked(request))
    return Response(reply.body, reply.status, headers=dict(reply.headers), media_type=reply.kind)


async def _asked(request: Any) -> Asked:
    form: dict[str, tuple[str, ...]] = {}
    files: list[Sent] = []
    if request.method == "POST":
        async with request.form() as given:
            for name, value in given.multi_items():
                if isinstance(value, str):
                    form[name] = (*form.get(name, ()), value)
                elif value.filename:
                    files.append(Sent(name=value.filename, content=await value.read()))
    query = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
    reader = str(request.scope.get("reader", ""))
    return Asked(path=request.path_params, query=query, form=form, files=tuple(files), reader=reader)


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
