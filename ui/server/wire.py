"""Requests and replies as they pass on the wire: ASGI itself, without an engine."""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ui.messages import Words, door
from ui.server.asked import Reply

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

GRACE = 20.0  # seconds that every body may take to come
SLOWEST = 20_000  # bytes a second that a longer one must come at, as over a poor telephone line


class BodyRefusedError(Exception):
    """A body that is too large, or comes too slowly; `reply` says so. No trouble of the archive, so no ArchiveError."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(reply.status)


def header(scope: Scope, name: str) -> str:
    """The value of a header of the request; empty, if it has none. `name` is in small letters."""
    wanted = name.encode()
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == wanted), "")


def plainly(status: int, words: Words, **headers: str) -> Reply:
    """A refusal in a line for each language, for those whom no page is shown."""
    told = "".join(f"{line}\n" for line in words.values())
    return Reply(status=status, body=told, kind="text/plain; charset=utf-8", headers=headers)


async def send_reply(send: Send, reply: Reply) -> None:
    """Send a whole reply."""
    body = reply.body.encode() if isinstance(reply.body, str) else reply.body
    told = {"content-type": reply.kind, "content-length": str(len(body))} | dict(reply.headers)
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in told.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def bounded(scope: Scope, receive: Receive, most: int) -> Receive:
    """`receive`, which brings no more than `most` bytes, counted as they come, and does not wait for ever for them.

    What it gives raises: BodyRefusedError.
    """
    told = header(scope, "content-length")
    begun = time.monotonic()
    came, whole = 0, False

    async def received() -> Message:
        nonlocal came, whole
        if whole:
            return await receive()  # whoever asked has gone
        if came > most or (told.isdecimal() and int(told) > most):
            raise BodyRefusedError(plainly(413, door.TOO_LARGE, Connection="close"))
        left = GRACE + came / SLOWEST - (time.monotonic() - begun)
        try:
            message = await asyncio.wait_for(receive(), max(left, 0))
        except TimeoutError as error:
            raise BodyRefusedError(plainly(408, door.TOO_SLOW, Connection="close")) from error
        came += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if came > most:
            raise BodyRefusedError(plainly(413, door.TOO_LARGE, Connection="close"))
        return message

    return received


async def body_of(scope: Scope, receive: Receive, most: int) -> bytes:
    """The whole body of a request.

    Raises: BodyRefusedError.
    """
    take = bounded(scope, receive, most)
    parts = []
    while True:
        message = await take()
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that brings a body which was taken already, and then what comes after it."""
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return received
