"""`delo ask`: answers to one question, or to many."""

import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ui.kept import Keeper
from ui.options import Answering, answering_options, filter_options, index_option, json_option, record_option
from ui.printed.terminal import height, lines_of, print_json, progress, width

if TYPE_CHECKING:
    from rag.pipeline import Pipeline, Trace
    from rag.question import Filters, Question


@click.command(short_help="Answer a question with quotations from the documents.")
@click.argument("question", required=False)
@index_option
@filter_options
@click.option("--batch", type=click.File(encoding="utf-8-sig"), metavar="FILE",
              help='Answer many: one {"id": ..., "question": ...} a line, "-" for standard input.')  # fmt: skip
@answering_options
@record_option("Keep a record of each answer in this folder, and tell its address: delo reopen opens it.")
@json_option
def ask(  # noqa: PLR0913, PLR0917 - the options of a verb
    question: str | None,
    home: Path,
    filters: "Filters",
    batch: TextIO | None,
    answering: Answering,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Answer QUESTION, asked in English or Russian, with quotations from the documents.

    Every quotation stands word for word in its document, beside its counterpart in the other language. If the
    archive holds no answer, that is said, with the nearest documents; the exit status is then 1.

    With --batch, one JSON object a line is printed for each question, also for one that cannot be asked.
    """
    if (question is None) == (batch is None):
        raise click.UsageError("give one question, in quotation marks, or --batch FILE")
    if batch is not None:
        return _ask_batch(home, batch, filters, answering, Keeper(folder, answering) if folder else None)
    from rag.question import Question

    asked = Question.of(question or "", filters)
    from rag.record import answer_record

    keeper = Keeper(folder, answering) if folder else None
    with answering.opened(home) as pipeline:
        start = time.perf_counter()
        trace = pipeline.trace(asked) if as_json else _told(pipeline, asked)
        seconds = time.perf_counter() - start
    kept = _kept(keeper, trace, seconds)
    if as_json:
        print_json(answer_record(trace.answer, seconds=seconds) | kept)
    elif kept:
        click.echo(f"\nRecord {kept['record']}")
    return 1 if trace.answer.abstained else 0


def _told(pipeline: "Pipeline", question: "Question") -> "Trace":
    """Answer, and print the answer as it comes."""
    from ui.printed.telling import tell

    with closing(pipeline.stream(question)) as events:
        return tell(events, width(), height())


def _kept(keeper: Keeper | None, trace: "Trace", seconds: float, id_: str | None = None) -> dict[str, str]:
    """What the record of the answer says of where itself is kept; nothing if it is not."""
    return {"record": keeper.keep(trace, seconds, id_=id_)} if keeper else {}


def _ask_batch(home: Path, file: TextIO, filters: "Filters", answering: Answering, keeper: Keeper | None) -> int:
    from rag.batch import read_batch
    from rag.errors import QuestionError
    from rag.question import Question
    from rag.record import answer_record, refusal_record
    from ui.printed.render import json_text

    batch = read_batch(file.name, lines_of(file))
    with answering.opened(home) as pipeline, progress("Answering") as advance:
        for done, asked in enumerate(batch, 1):
            start = time.perf_counter()
            try:
                trace = pipeline.trace(Question.of(asked.question, filters))
                seconds = time.perf_counter() - start
                record = answer_record(trace.answer, seconds=seconds, id_=asked.id)
                record |= _kept(keeper, trace, seconds, asked.id)
            except QuestionError as error:
                record = refusal_record(asked.question, str(error), id_=asked.id)
            click.echo(json_text(record))
            advance(done, len(batch))
    return 0
