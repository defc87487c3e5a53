"""The verbs of `delo eval`. The command `delo` finds them by their entry point, so that neither knows the other."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.support import SupportScorer

VERBS = {
    "run": "ask a question set and judge the answers",
    "score": "judge the answers of a run again",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Models that decide whether a source bears a sentence out where the rules do not, as far as they are named."""

    nli: str | None
    llm: str | None
    url: str | None
    cache: Path | None

    def checker(self) -> "SupportScorer":
        """The rules, and these models behind them.

        Raises: ModelError, RunError.
        """
        from eval.checkers import open_checker

        return open_checker(self.nli, self.llm, self.url, self.cache)


def model_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a verb the options that name models, as one argument `models`."""

    @click.option("--nli", metavar="MODEL", help="A cross-encoder that decides what the rules leave undecided.")
    @click.option("--llm", metavar="MODEL", help="A language model that does, such as openai:qwen2.5-7b.")
    @click.option("--llm-url", "url", metavar="URL", help="Where that model is served.")
    @click.option("--cache", type=click.Path(path_type=Path), metavar="FILE",
                  help="Keeps what that model said, to ask it once.")  # fmt: skip
    @wraps(verb)
    def gathered(nli: str | None, llm: str | None, url: str | None, cache: Path | None, **rest: Any) -> Any:  # noqa: ANN401 - the verb's own
        return verb(models=Models(nli=nli, llm=llm, url=url, cache=cache), **rest)

    return gathered
