"""What a browser asks of a room, and what the room replies; without the engine that carries them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ui.messages import door
from ui.page.login import refused_page

if TYPE_CHECKING:
    from ui.server.site import Site

Values = Mapping[str, tuple[str, ...]]
HTML = "text/html; charset=utf-8"
_OWN = re.compile(r"/(?![/\\])[!-\[\]-~]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that came with a form: its name, as the browser told it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: the parts of its path, what it asks for, what its form holds, and who sent it.

    `reader` is the name that somebody logged in by; empty, if nobody must.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    files: tuple[Sent, ...] = ()
    reader: str = ""

    def one(self, name: str) -> str:
        """The first value of `name`, in the form or in the address; empty if there is none."""
        return (*self.form.get(name, ()), *self.query.get(name, ()), "")[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of `name`, those in the form first."""
        return (*self.form.get(name, ()), *self.query.get(name, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a room replies. `headers` are added to those that every reply has."""

    body: str | bytes
    status: int = 200
    kind: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


def is_own(address: str) -> bool:
    """Whether an address is one of this server, not one that only begins like it, and can stand in a header."""
    return _OWN.fullmatch(address) is not None


def elsewhere(address: str) -> Reply:
    """A reply that sends the browser on to another address of the same server."""
    return Reply(body="", status=303, headers={"Location": address})


def busy() -> Reply:
    """That so much is under way already that the reader shall come again."""
    return Reply(status=503, body=refused_page(door.BUSY), headers={"Retry-After": "60"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a room is reached: a method, a path such as `/document/{id}`, and what replies there.

    `most` is how many bytes a request may bring along; `closed` gives what is replied before any of them are taken, if
    none are.
    """

    path: str
    reply: "Callable[[Site, Asked], Reply]"
    method: Literal["GET", "POST"] = "GET"
    most: int = 1_000_000
    closed: "Callable[[Site], Reply | None]" = lambda site: None
