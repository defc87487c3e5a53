"""The verbs of `delo eval`. The command `delo` finds them by their entry point, so that neither knows the other."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click

VERBS = {
    "run": "ask a question set and judge the answers",
    "compare": "compare two runs, question by question",
    "gate": "tell whether a run may replace another",
    "report": "write the report of a run anew",
    "judge": "judge answers from elsewhere by their sources",
    "calibrate": "measure how far a checker is to be trusted",
}  # in the order of a day's work


class _Verbs(click.Group):
    """Imports a verb when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"eval.verbs.{cmd_name}"), cmd_name)
        return command


@click.group("eval", cls=_Verbs, short_help="Measure how well the archive is answered, and how faithfully.")
def evaluate() -> None:
    """Measure how well questions are answered, and how faithfully; judge any answers by their sources."""


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance
