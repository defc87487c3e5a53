"""`delo eval score`: judges the answers of a run again, without asking anything."""

from pathlib import Path

import click

from eval.cli import Models, model_options, progress
from eval.verbs.run import tell


@click.command(short_help="Judge the answers of a run again.")
@click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="RUN")
@click.option("--index", "home", type=click.Path(path_type=Path, file_okay=False), default=Path(".delo"),
              envvar="DELO_INDEX", show_default=True, show_envvar=True, help="The index that was asked.")  # fmt: skip
@click.option("--set", "set_", type=click.Path(path_type=Path, file_okay=False), metavar="SET",
              help="The folder of its question set, if instructions were planted in the documents.")  # fmt: skip
@model_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def score(run: Path, home: Path, set_: Path | None, models: Models, *, as_json: bool) -> None:
    """Judge the answers of RUN again, with another checker or a newer one, and write its report anew.

    The index must hold the documents that the run was made with. Nothing is asked; until all is judged, the old scores
    stay.
    """
    from eval.connect import Planted, open_scorer, read_planted
    from eval.provenance import refuse_other_corpus
    from eval.scoring import score as judge

    refuse_other_corpus(run, home)
    planted = read_planted(set_) if set_ else Planted()
    with open_scorer(home, models.checker(), planted) as scorer, progress("Judging") as advance:
        judge(run, scorer, advance)
    tell(run, as_json=as_json)
