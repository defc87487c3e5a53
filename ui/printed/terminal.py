"""What every verb of the command line does with a terminal: its width, JSON, a progress bar, trouble in one line."""

import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click

_WIDTH = 100  # columns where there is no terminal to ask


def width() -> int:
    """How many columns to fill."""
    from ui.printed.render import WIDEST

    return min(WIDEST, shutil.get_terminal_size((_WIDTH, 24)).columns)


def height() -> int:
    """How many lines the terminal has that is written to; 0 if it is none, or one that cannot go back."""
    plain = not sys.stdout.isatty() or os.environ.get("TERM") in (None, "dumb")
    return 0 if plain else shutil.get_terminal_size((_WIDTH, 24)).lines


def print_json(record: dict[str, object]) -> None:
    """Print a record: for a person on a terminal, in one line elsewhere."""
    from ui.printed.render import json_text

    click.echo(json_text(record, indent=1 if sys.stdout.isatty() else None))


def lines_of(file: TextIO) -> Iterator[str]:
    """The lines of a file that was named on the command line.

    Raises: UsageError if it is not UTF-8.
    """
    try:
        yield from file
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name!r} is not UTF-8 text: {error.reason}; save it as UTF-8") from error


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance


def refuse(error: BaseException | str) -> int:
    """Tell of trouble in one line, and where it arose if that is asked for; gives the exit status."""
    from ui.printed.render import visible

    if "--debug" in sys.argv:
        traceback.print_exc()
    told = _mistake(error) if isinstance(error, click.ClickException) else str(error)
    click.secho(f"delo: {visible(told)}", err=True, fg="red")
    return 2


def _mistake(error: click.ClickException) -> str:
    """A mistake on the command line, and what explains the verb."""
    message = error.format_message().rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return message[:1].lower() + message[1:] + (f"; see: {context.command_path} --help" if context else "")
