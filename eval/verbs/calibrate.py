"""`delo eval calibrate`: how far the checker is to be trusted, on pairs that people have labelled."""

import json
from pathlib import Path

import click

from eval.calibrate import as_json, as_report, card, read_pairs
from eval.calibrate import calibrate as measured
from eval.errors import EvaluationError
from eval.rules import RuleChecker


@click.command(short_help="Measure how far a checker is to be trusted.")
@click.argument("pairs", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_values", is_flag=True, help="Print JSON instead of the card.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--card", "report", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures that a report shows."
)
def calibrate(pairs: tuple[Path, ...], as_values: bool, out: Path | None, report: Path | None) -> None:
    """Judge labelled PAIRS and print the calibration card: what each outcome means, by data set and language.

    PAIRS are files of JSON lines: id, dataset, split, lang, granularity, claim, source (a list of texts), label (1 if
    the sources support the claim, else 0). What is written holds figures only, no text of the sets.
    """
    checker = RuleChecker()
    rows = measured(checker, read_pairs(pairs))
    values = json.dumps(as_json(rows, checker.name), ensure_ascii=False, indent=1)
    told = values if as_values else card(rows, checker.name)
    if out is None:
        click.echo(told)
    else:
        _write(out, told)
    if report is not None:
        _write(report, json.dumps(as_report(rows, checker.name), ensure_ascii=False, indent=1))


def _write(path: Path, told: str) -> None:
    try:
        path.write_text(told + "\n", encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"'{path}' cannot be written: {error}") from error
