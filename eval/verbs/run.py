"""`delo eval run`: asks a question set, keeps every answer, and tells what it comes to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from eval.cli import Models, model_options, progress

if TYPE_CHECKING:
    from rag.compose import Composer
    from rag.pipeline import Pipeline
    from rag.retrieve import Way

QUESTIONS = "questions.jsonl"  # of a set that is a folder
RUNS = Path(".delo-runs")


def _ways(_context: click.Context, _option: click.Parameter, value: str | None) -> "frozenset[Way] | None":
    from rag.retrieve import WAYS

    if value is None:
        return None
    named = {name.strip() for name in value.split(",")}
    if not named or named - WAYS:
        raise click.BadParameter(f"{value!r}; name some of {', '.join(sorted(WAYS))}, with commas between them")
    return frozenset(way for way in WAYS if way in named)


class _How(TypedDict):
    """Options that are members of `eval.run.Plan`, by their names there."""

    every: int
    repeat: int
    remove_evidence: bool
    seed: int


def _how(verb: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options of how a set is asked."""
    for option in (
        click.option("--seed", default=0, show_default=True, help="Of the resampling that intervals come from."),
        click.option(
            "--remove-evidence", is_flag=True, help="Ask each once more without the documents that answer it."
        ),
        click.option("--repeat", default=1, type=click.IntRange(1), metavar="K", help="Ask K times, and count flips."),
        click.option("--every", default=1, type=click.IntRange(1), metavar="N", help="Ask each Nth pair of questions."),
    ):
        verb = option(verb)
    return verb


@dataclass(frozen=True, slots=True)
class Writer:
    """A language model that writes the answers, and what a run tells of it: its name, not where it is."""

    composer: "Composer"
    about: dict[str, str]

    @classmethod
    def of(cls, name: str, url: str | None) -> "Writer":
        """The model of this name, where it answers. Raises: ModelError."""
        from rag.llm import open_model
        from rag.pointing import PointingComposer

        composer = PointingComposer(open_model(name, url))
        return cls(composer, {"composer": composer.name, "model": composer.model})


def _writing(verb: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options that name a language model which writes, as one argument `writer`."""

    @click.option("--composer", metavar="MODEL", help="A language model that writes: openai:MODEL or gguf:PATH.")
    @click.option("--composer-url", metavar="URL", help="Where that model answers.")
    @wraps(verb)
    def gathered(*, composer: str | None, composer_url: str | None, **rest: Any) -> None:  # noqa: ANN401 - the verb's own
        if composer_url and not composer:
            raise click.UsageError("--composer-url goes with --composer: it is where that model answers")
        verb(writer=Writer.of(composer, composer_url) if composer else None, **rest)

    return gathered


@click.command(short_help="Ask a question set and judge the answers.")
@click.argument("set_", metavar="SET", type=click.Path(path_type=Path))
@click.option("--index", "home", type=click.Path(path_type=Path, file_okay=False), default=Path(".delo"),
              envvar="DELO_INDEX", show_default=True, show_envvar=True, help="The folder of the index.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="RUN",
              help="The folder of the run; a run cut short goes on.  [default: .delo-runs/SET-TIME]")  # fmt: skip
@_how
@click.option("--ways", callback=_ways, metavar="WAYS", help="Search only so: some of meaning,words,names.")
@click.option("--reranker", metavar="MODEL", help="A cross-encoder on this machine that looks at the best again.")
@_writing
@model_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def run(  # noqa: PLR0913 - the options of a verb
    set_: Path,
    home: Path,
    *,
    out: Path | None,
    ways: "frozenset[Way] | None",
    reranker: str | None,
    writer: "Writer | None",
    models: Models,
    as_json: bool,
    **how: Unpack[_How],
) -> None:
    """Ask every question of SET, keep what came of each, judge it, and tell what it comes to; report.html has the rest.

    SET is a file of questions, JSON lines, or a folder that holds questions.jsonl, and, if instructions were planted in
    its documents, canaries.json. The same command with --out goes on with a run that was cut short, and judges anew one
    that is whole. A question on which the system crashes is counted.
    """
    from eval.cases import read_cases
    from eval.connect import open_scorer, read_planted
    from eval.run import Plan
    from eval.run import run as ask
    from eval.scoring import score
    from index.model import bare
    from rag.retrieve import WAYS

    name = set_.resolve().name if set_.is_dir() else set_.stem
    settings = {"ways": sorted(ways or WAYS), "reranker": bare(reranker) if reranker else None}
    plan = Plan(question_set=name, settings=settings, **(writer.about if writer else {}), **how)
    folder = out or RUNS / f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    cases = read_cases(set_ / QUESTIONS if set_.is_dir() else set_)
    composer = writer.composer if writer else None
    with _pipeline(home, reranker, ways or WAYS, composer) as pipeline, progress("Asking") as advance:
        ask(cases, pipeline, folder, plan, advance)
    with open_scorer(home, models.checker(), read_planted(set_)) as scorer, progress("Judging") as advance:
        score(folder, scorer, advance)
    tell(folder, as_json=as_json)


def _pipeline(home: Path, reranker: str | None, ways: "frozenset[Way]", composer: "Composer | None") -> "Pipeline":
    from index.crossencoder import Reranker
    from rag.pipeline import Pipeline

    return Pipeline.open(home, composer, Reranker(reranker) if reranker else None, ways)


def tell(folder: Path, *, as_json: bool) -> None:
    """Print what the run in `folder` comes to, and write its report there."""
    import json

    from eval.lines import results_lines
    from eval.report.made import report_of
    from eval.report.write import write_report
    from eval.results import results
    from eval.runfolder import read_run

    told = read_run(folder)
    found = results(told)
    page, *_ = write_report(folder / "report.html", report_of(told, found))
    if as_json:
        click.echo(json.dumps({"run": str(folder), **found.record()}, allow_nan=False))
        return
    for line in results_lines(found):
        click.echo(line)
    click.echo(f"the run is in {folder}, its report in {page}")
