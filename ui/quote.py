"""The verb `delo quote`: from words that are quoted to where they stand in the archive."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ui.options import index_option, json_option
from ui.printed.terminal import lines_of, print_json, width

if TYPE_CHECKING:
    from rag.located import Located
    from rag.pipeline import Pipeline


@click.command(short_help="Find where quoted words stand, and how exactly.")
@click.argument("words", nargs=-1, metavar="TEXT")
@index_option
@click.option("--reference", metavar="REFERENCE", help="The reference it was given with: is it the right one?")
@click.option("--batch", type=click.File(encoding="utf-8-sig"), metavar="FILE",
              help='Many: one {"id": ..., "query": ...} a line; "-" is standard input.')  # fmt: skip
@json_option
def quote(words: tuple[str, ...], home: Path, reference: str | None, batch: TextIO | None, as_json: bool) -> int:
    """Find where quoted words stand, in either language, with their reference and what faces them.

    \b
      delo quote "completely prepared for and therefore"
      delo quote "нельзя не признать, что военное наступление" --reference "APRF, f. 3, op. 65, d. 776"

    The words stand there exactly, or but for typography (quotation marks, dashes, spaces, ё/е, letter case, hyphens at
    line ends); or altered, with each difference, and whether it touches a number, a date, a name or a negation; or they
    are stitched together from several places; or they are absent, and the nearest sentences are shown. Omissions marked
    with ... and words added in [brackets] are understood.

    Exit status: 0 the words stand there, and under the reference if one is given; 1 they do not; 2 nothing that could
    be looked for.
    """  # noqa: D301 - the backspace is click's mark of lines to be left as they are
    text = " ".join(words)
    if bool(words) == bool(batch):
        raise click.UsageError("give one quotation, in quotation marks, or --batch FILE")
    if batch and reference:
        raise click.UsageError("--reference goes with one quotation, not with --batch")
    from rag.pipeline import Pipeline

    with Pipeline.open(home) as pipeline:
        if batch:
            return _batch(pipeline, batch)
        located = pipeline.quote(text, reference)
    if as_json:
        from rag.record import located_record

        print_json(located_record(located))
    else:
        from ui.printed.quotations import located_text

        click.echo(located_text(located, width()))
    return 0 if _stands(located) else 1


def _stands(located: "Located") -> bool:
    return located.verdict in ("exact", "typographic") and located.claim_holds is not False


def _batch(pipeline: "Pipeline", batch: TextIO) -> int:
    from rag.batch import read_batch
    from rag.errors import LocatorError
    from rag.record import located_record, unlocated_record
    from ui.printed.render import json_text

    for asked in read_batch(batch.name, lines_of(batch), "query"):
        try:
            record = located_record(pipeline.quote(asked.question), id_=asked.id)
        except LocatorError as error:
            record = unlocated_record(asked.question, str(error), id_=asked.id)
        click.echo(json_text(record))
    return 0
