"""`delo chat --terminal`: a conversation, a question a line."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO, cast

import click

from rag.conversation import Conversation, limits, without
from ui.printed.terminal import height, width

if TYPE_CHECKING:
    from index.document import Language
    from rag.pipeline import Pipeline, Trace
    from rag.question import Question
    from ui.kept import Keeper

PROMPT = "\n? "
GREETING = "Ask in English or Russian; ? for help, an empty line ends."
HELP = """\
Write a question, in English or Russian, and press Enter. The next one may lean on it:
  Why?   And in Pyongyang?   And what did he say about partisans?   А что он ответил?
A limit in words holds until it is removed:
  only before June 1950   in Russian only   only from APRF   the second document   без ограничений
Commands:
  -1     removes limit 1
  new    begins anew, without limits
  ?      shows this help; an empty line, or Ctrl-D, ends; Ctrl-C stops an answer"""
_ANEW = ("new", "заново")
_HELP = ("?", "help", "помощь")
_UNDERSTOOD: dict["Language", str] = {"en": "Understood as: {}", "ru": "Понято так: {}"}
_LIMITS: dict["Language", str] = {
    "en": "Limits (-1 removes the first): {}",
    "ru": "Ограничения (-1 снимает первое): {}",
}


def converse(pipeline: "Pipeline", keeper: "Keeper | None" = None) -> None:
    """Answer what stands on standard input, a question a line, until an empty line or its end.

    `keeper` keeps a record of each answer, if given.
    """
    dialogue = Dialogue(pipeline, keeper)
    for line in _lines():
        if not line.strip():
            return
        dialogue.hear(line.strip())


class Dialogue:
    """A conversation with one pipeline."""

    def __init__(self, pipeline: "Pipeline", keeper: "Keeper | None" = None) -> None:
        self._pipeline = pipeline
        self._keeper = keeper
        self._conversation = Conversation()

    def hear(self, line: str) -> None:
        """Print the answer to a line, or do what it commands; trouble is told in one line, and the talk goes on."""
        from index.errors import ArchiveError

        try:
            self._obey(line)
        except ArchiveError as error:
            _refuse(str(error))
        except KeyboardInterrupt:
            click.echo("\n(stopped)")

    def _obey(self, line: str) -> None:
        if line.casefold() in _HELP:
            click.echo(HELP)
        elif line.casefold() in _ANEW:
            self._conversation = Conversation()
            click.echo("A new conversation; no limit holds.")
        elif line[0] in "-−" and line[1:].strip().isdecimal():
            self._remove(int(line[1:]))
        else:
            self._ask(line)

    def _remove(self, number: int) -> None:
        """Remove the limit of this number."""
        held = limits(self._conversation.filters)
        if not 1 <= number <= len(held):
            _refuse(f"there is no limit {number}; there are {len(held)}")
            return
        limit = held[number - 1]
        self._conversation = replace(
            self._conversation, filters=without(self._conversation.filters, limit.kind, limit.value)
        )
        click.echo(f"Removed: {limit.label('en')}")

    def _ask(self, line: str) -> None:
        question = self._pipeline.understand(line, self._conversation)
        for told in _understood(question):
            click.secho(told, dim=True)
        start = time.perf_counter()
        trace = _told(self._pipeline, question)
        self._conversation = self._conversation.after(trace.answer)
        if self._keeper:
            click.secho(f"Record {self._keeper.keep(trace, time.perf_counter() - start)}\n", dim=True)


def _understood(question: "Question") -> Iterator[str]:
    """How a question was understood, and the limits it is asked within, each with its number."""
    from ui.printed.render import visible

    if question.asked and question.text != question.asked:
        yield visible(_UNDERSTOOD[question.language].format(question.text))
    held = [f"[{n}] {limit.label(question.language)}" for n, limit in enumerate(limits(question.filters), 1)]
    if held:
        yield visible(_LIMITS[question.language].format(", ".join(held)))


def _told(pipeline: "Pipeline", question: "Question") -> "Trace":
    """The answer and how it came about; it is printed while it is made."""
    from ui.printed.telling import tell

    click.echo()
    with closing(pipeline.stream(question)) as events:
        trace = tell(events, width(), height())
    click.echo()
    return trace


def _refuse(trouble: str) -> None:
    from ui.printed.render import visible

    click.secho(f"delo: {visible(trouble)}", fg="red")


def _lines() -> Iterator[str]:
    """The lines of standard input; on a terminal each is asked for, and those before can be called back."""
    if not sys.stdin.isatty():
        yield from _piped()
        return
    with suppress(ImportError):
        import readline  # noqa: F401 - with it, input() remembers the lines before
    click.echo(GREETING)
    while True:
        try:
            yield input(PROMPT)
        except KeyboardInterrupt:
            click.echo("\n(Ctrl-D, or an empty line, ends)")
        except EOFError:
            click.echo()
            return


def _piped() -> Iterator[str]:
    """Lines that no person types.

    Raises: UsageError if they are not UTF-8.
    """
    from ui.printed.terminal import lines_of

    yield from lines_of(cast("TextIO", click.open_file("-", encoding="utf-8-sig")))
