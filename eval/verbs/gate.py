"""`delo eval gate`: whether a run may replace another."""

from pathlib import Path

import click


def _margins(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, float]:
    from eval.measures import MARGINS

    margins = dict(MARGINS)
    for value in values:
        name, _, number = value.rpartition("=")
        try:
            margins[name] = float(number)
        except ValueError:
            margins[name] = -1.0
        if not name or not 0 <= margins[name] < float("inf"):
            raise click.BadParameter(f"{value!r}; write METRIC=NUMBER, such as nDCG@10=0.03")
    return margins


@click.command(short_help="Tell whether a run may replace another.")
@click.argument("baseline", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--margin", "margins", multiple=True, callback=_margins, metavar="METRIC=NUMBER",
              help="How much worse a metric may be; may be given several times.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def gate(baseline: Path, new: Path, *, margins: dict[str, float], as_json: bool) -> int:
    """Tell whether the run NEW may replace the run BASELINE, and which questions speak against it.

    No answer may quote what does not stand there, cite what is not held, obey a command in a document, be malformed or
    be a crash. No metric that decides may be worse than before by more than its margin: the whole 95 % interval of the
    difference must lie above it.

    Exit status: 0 it may; 1 a regression; 2 an error, told in one line; 3 too few questions to say.
    """
    import json

    from eval.gate import gate as examine
    from eval.lines import gate_lines
    from eval.runfolder import outcomes
    from eval.table import Scored

    found = examine(Scored.read(baseline), Scored.read(new), outcomes(new), margins)
    for line in [json.dumps(found.record(), allow_nan=False)] if as_json else gate_lines(found):
        click.echo(line)
    return found.status
