"""`delo eval report`: the report of a run, and how it compares with another."""

from pathlib import Path

import click

from eval.report.made import compared_of, report_of
from eval.report.write import write_comparison, write_report
from eval.runfolder import read_run


@click.command(short_help="Write the report of a run anew.")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--against", type=click.Path(path_type=Path), metavar="RUN", help="An older run to compare it with.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The page to write (RUN/report.html).")
def report(run: Path, against: Path | None, out: Path | None) -> None:
    """Write the report of the run in the folder RUN, to be read in a browser or on paper.

    Beside the page come the same figures as Markdown, JSON, CSV and JUnit XML; with --against a second page,
    comparison.html.
    """
    page, newer = out or run / "report.html", read_run(run)
    compared = compared_of(read_run(against), newer) if against else None
    paths = write_report(page, report_of(newer))
    if compared is not None:
        paths = (*paths, write_comparison(page.with_name("comparison.html"), compared))
    for path in paths:
        click.echo(path)
