"""An answer printed while it is made: sentence by sentence, and on a terminal word by word.

What is printed, when all is done, is what `ui.render.answer_text` makes of the whole answer. On a terminal the words of
a sentence under way are printed over until it is finished; what is withheld stays, struck out. Remarks go to standard
error, so that a reader sees them wherever the answer goes.
"""

import sys
from collections.abc import Iterable

import click

from rag.answer import Citation, Remark, Statement, Withheld, Words
from rag.pipeline import Event, Trace
from ui.printed.render import Told, struck, visible

_UP_AND_CLEAR = "\x1b[{}A\r\x1b[J"  # so many lines up; nothing is left below


def tell(events: Iterable[Event], width: int, height: int = 0) -> Trace:
    """Print an answer as it comes, also the sentence under way if the terminal has a `height`, in lines.

    Raises: whatever an event raises; then what was printed stands.
    """
    printed = _Printed(width, height)
    try:
        for event in events:
            if isinstance(event, Trace):
                printed.finish(event)
                return event
            printed.add(event)
    finally:
        sys.stdout.flush()
    raise ValueError("an answer without an end")


class _Printed:
    def __init__(self, width: int, height: int) -> None:
        self._told = Told(width)
        self._width = width
        self._height = height
        self._words = ""
        self._cited: list[tuple[int, Citation]] = []
        self._lines = 0  # of the sentence under way, on the screen

    def add(self, event: Event) -> None:
        """Print one thing more."""
        match event:
            case Words():
                self._words += event.text
                self._under_way()
            case Citation():
                self._cited.append((len(self._words), event))
                self._under_way()
            case Statement():
                self._put(self._told.statement(event))
            case Withheld():
                self._put(struck(event, self._width) if self._height else [])
            case Remark():
                self._erase()
                click.secho(visible(event.text), err=True, dim=True)

    def finish(self, trace: Trace) -> None:
        """Print what comes after the sentences."""
        self._put(self._told.rest(trace.answer))

    def _put(self, lines: list[str]) -> None:
        self._erase()
        self._words, self._cited = "", []
        if lines:
            click.echo("\n".join(lines))

    def _under_way(self) -> None:
        if not self._height or not (self._words.strip() or self._cited):
            return
        lines = self._told.under_way(self._words, self._cited)[: self._height - 1]  # what has left the screen stays
        self._erase()
        click.echo("\n".join(lines))
        self._lines = len(lines)

    def _erase(self) -> None:
        if self._lines:
            click.echo(_UP_AND_CLEAR.format(self._lines), nl=False)
            self._lines = 0
