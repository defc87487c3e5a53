"""`delo eval compare`: two runs of one set, question by question."""

from pathlib import Path

import click


@click.command(short_help="Compare two runs, question by question.")
@click.argument("baseline", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--anyway", is_flag=True, help="Compare what runs of different questions or documents share.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def compare(baseline: Path, new: Path, *, anyway: bool, as_json: bool) -> None:
    """Compare the run NEW with the run BASELINE, question by question.

    For each metric the difference, new less baseline, with its 95 % interval from a bootstrap over question pairs; p of
    a permutation test, Holm's correction of it over the metrics that decide, McNemar's for what is yes or no.
    """
    import json

    from eval.compare import compare as contrast
    from eval.errors import UnlikeRunsError
    from eval.lines import comparison_lines
    from eval.table import Scored

    try:
        found = contrast(Scored.read(baseline), Scored.read(new), anyway=anyway)
    except UnlikeRunsError as error:
        raise UnlikeRunsError(f"{error}; what they share is compared by: delo eval compare --anyway") from None
    for line in [json.dumps(found.record(), allow_nan=False)] if as_json else comparison_lines(found):
        click.echo(line)
