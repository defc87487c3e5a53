"""Options that say how `delo chat` serves its page: where, to whom, and what readers may do there."""

from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TextIO

import click

from ui.options import Verb, gathering
from ui.printed.terminal import lines_of
from ui.server.hosts import is_here

_OPEN = (
    "everybody who reaches {host}, port {port}, can read this archive and ask it; --auth FILE lets in only the readers "
    "that a file names"
)
_IN_CLEAR = (
    "names and passwords are sent to {host} as they are, unless something in front of it, on this machine, speaks https"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How `delo chat` serves its page: where, to whom, and what readers may do there."""

    host: str
    port: int
    examples: tuple[str, ...]
    open_browser: bool
    runs: Path
    allow_upload: bool
    auth: Path | None
    open_to_all: bool
    mcp: bool

    def warnings(self) -> tuple[str, ...]:
        """What whoever starts the server should know, line by line.

        Raises: UsageError if others could read the archive, and nobody said that they may.
        """
        if self.auth and self.open_to_all:
            raise click.UsageError("--auth and --open-to-all exclude each other: leave one of them out")
        if is_here(self.host):
            return ()
        if not self.auth and not self.open_to_all:
            raise click.UsageError(
                f"--host {self.host} lets others read the archive: name the readers in a file with --auth, or give "
                "--open-to-all if everybody on the network may read"
            )
        told = _IN_CLEAR if self.auth else _OPEN
        return (told.format(host=self.host, port=self.port),)


def _gather(verb: Verb) -> Verb:
    @wraps(verb)
    def gathered(*, examples: TextIO | None, **rest: object) -> int | None:
        given = {field.name: rest.pop(field.name) for field in fields(Serving) if field.name != "examples"}
        questions = tuple(line.strip() for line in lines_of(examples) if line.strip()) if examples else ()
        return verb(serving=Serving(examples=questions, **given), **rest)  # type: ignore[arg-type]

    return gathered


serving_options = gathering(
    (
        click.option(
            "--host",
            default="127.0.0.1",
            show_default=True,
            help="Another address lets others read the archive; it needs --auth or --open-to-all.",
        ),
        click.option(
            "--port", default=7860, show_default=True, type=click.IntRange(1, 65535), help="Where the page is served."
        ),
        click.option(
            "--examples", type=click.File(encoding="utf-8-sig"), metavar="FILE", help="Questions to click, one a line."
        ),
        click.option("--open/--no-open", "open_browser", default=False, help="Open the page in the browser."),
        click.option(
            "--runs",
            type=click.Path(path_type=Path, file_okay=False),
            default=Path(".delo-runs"),
            show_default=True,
            metavar="DIR",
            help="Evaluations, shown and begun on the page; what readers say of answers is kept there.",
        ),
        click.option("--allow-upload", is_flag=True, help="Let readers add files to the index."),
        click.option(
            "--auth",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Let in only the readers named in this file, with their passwords; see: delo password --help",
        ),
        click.option("--open-to-all", is_flag=True, help="Let everybody in who reaches --host, without a password."),
        click.option("--mcp", is_flag=True, help="Let assistants use the archive, by the Model Context Protocol."),
    ),
    _gather,
)
