"""The whole page as an application: the conversation of gradio at `/`, every other room at an address of its own.

fastapi and starlette are imported here and nowhere else. The page asks nothing of any other machine, and its headers
forbid the browser to.
"""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.page.answers import ICON
from ui.server.asked import Asked, Route, Sent
from ui.server.routes import ROUTES
from ui.server.site import Site

if TYPE_CHECKING:
    from fastapi import FastAPI

_STATIC = Path(__file__).parents[1] / "static"

# The page of gradio is made of scripts that write scripts; the other rooms have none but ours.
_CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'self'; object-src 'none'"
)
_ROOM_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CHAT_POLICY,
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
    app.add_middleware(_guarded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(site.hosts), www_redirect=False)
    app.mount("/delo", StaticFiles(directory=_STATIC), name="delo")  # gradio has a /static of its own
    app.add_route("/favicon.ico", lambda request: Response(ICON, media_type="image/svg+xml"))
    for route in ROUTES:
        app.add_route(route.path, partial(_replied, site, route), methods=[route.method])
    mount(app, site)
    return app


async def _replied(site: Site, route: Route, request: Any) -> Any:
    """What a room replies; it works in a thread, so that nobody else waits for it."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response

    reply = route.closed(site)
    if reply is None:
        reply = await run_in_threadpool(route.reply, site, await _asked(request))
    headers = {"Content-Security-Policy": _ROOM_POLICY} | dict(reply.headers)
    return Response(reply.body, reply.status, headers=headers, media_type=reply.kind)


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
            await send(message)

        await app(scope, receive, send_guarded)

    return guarded
