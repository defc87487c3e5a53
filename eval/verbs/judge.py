"""`delo eval judge`: what is wrong in answers, whoever gave them, by their sources."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval.cli import Models, model_options

if TYPE_CHECKING:
    from eval.answers import GivenAnswer
    from eval.faults import Fault
    from eval.judgement import Judgement
    from eval.sources import Sources

_FILE = click.Path(path_type=Path)


@click.command(short_help="Judge answers from elsewhere by their sources.")
@click.argument("answers", type=_FILE, metavar="ANSWERS.jsonl")
@click.option("--sources", type=_FILE, metavar="DIR", help="Records, texts (.txt, .md) and passages (.jsonl).")
@click.option("--index", "home", type=_FILE, metavar="DIR", help="An index whose documents are the sources.")
@model_options
@click.option("--out", type=_FILE, metavar="FILE.jsonl", help="Write the judgements to a file as well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of text.")
def judge(
    answers: Path, sources: Path | None, home: Path | None, models: Models, out: Path | None, as_json: bool
) -> int:
    """Judge the answers in a file: is each sentence borne out, are its quotations and references right?

    The file has an answer on each line: a record of "delo ask --json", a line of TREC RAG, a sample of RAGAS, or
    {"id": "q1", "question": "...", "answer": "...", "sources": [...]}. What came with an answer need not be given
    again.

    Exit status: 0 nothing is wrong; 1 faults were found; 2 an error.
    """
    from eval.errors import AnswersError
    from eval.forms.reading import read_answers
    from eval.judge import Judge

    given = read_answers(answers)
    if not sources and not home and not any(source.texts for answer in given for source in answer.sources):
        raise AnswersError(
            f"no answer in '{answers}' came with the text of a source; name sources: --sources or --index"
        )
    with _sources(sources, home) as held, _written(out) as keep:
        judging = Judge(held, models.checker())
        return _tell(map(judging.judge, given), given, _print_json if as_json else _print_text, keep)


@contextmanager
def _sources(folder: Path | None, home: Path | None) -> Iterator["Sources"]:
    """The sources named, or none: then answers are held against what came with them."""
    from eval.sourcefiles import read_sources
    from eval.sources import HeldSources

    if folder and home:
        raise click.UsageError("--sources goes without --index; name one of them")
    if home:
        from eval.indexsources import IndexSources
        from index.archives import load_table
        from index.store import Index

        with Index.open(home) as index:
            yield IndexSources(index, load_table(home))
        return
    yield read_sources(folder) if folder else HeldSources(())


@contextmanager
def _written(out: Path | None) -> Iterator[Callable[[str], None]]:
    """What keeps a line in the file `out`, if there is one, as soon as it is known."""
    from eval.errors import AnswersError

    if out is None:
        yield lambda line: None
        return
    try:
        file = out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise AnswersError(
            f"the judgements cannot be written to '{out}': {error.strerror}; name a file: --out"
        ) from error
    with file:
        yield lambda line: print(line, file=file, flush=True)


def _tell(
    found: Iterator["Judgement"],
    given: Sequence["GivenAnswer"],
    told: Callable[["Judgement", "GivenAnswer", Sequence["Fault"]], None],
    keep: Callable[[str], None],
) -> int:
    """Print judgements as they come, and at the end what was counted; gives the exit status."""
    from eval.faults import counts, faults

    done, wrong = list["Judgement"](), 0
    for judgement, answer in zip(found, given, strict=True):
        its = faults(judgement)
        wrong += len(its)
        told(judgement, answer, its)
        done.append(judgement)
        keep(_line(judgement))
    if told is _print_text:
        _print_counts(counts(done), len(done), wrong)
    return 1 if wrong else 0


def _print_json(judgement: "Judgement", answer: "GivenAnswer", its: Sequence["Fault"]) -> None:
    click.echo(_line(judgement))


def _line(judgement: "Judgement") -> str:
    from eval.judgedrecord import judged_record

    return json.dumps(judged_record(judgement), ensure_ascii=False, allow_nan=False)


def _print_text(judgement: "Judgement", answer: "GivenAnswer", its: Sequence["Fault"]) -> None:
    """An answer's faults; one without any is one line."""
    state = "" if its else _state(judgement)
    click.echo(_safe(f"{judgement.id}. {answer.question}" + (f"  [{state}]" if state else "")))
    for fault in its:
        click.secho("   " + _safe(f"{fault.kind}, sentence {fault.sentence}: {fault.words}"), fg="red")
        click.echo("      " + _safe(fault.told))
    for reason in judgement.unchecked:
        click.echo("   " + _safe(f"note: {reason}"))


def _state(judgement: "Judgement") -> str:
    """What is said of an answer in which nothing wrong was found."""
    if judgement.refused:
        return "refused"
    if not judgement.sentences:
        return "no sentences: not applicable"
    worthy = [sentence.support for sentence in judgement.sentences if sentence.support]
    undecided = sum(not support.decided for support in worthy)
    if not worthy:
        return "nothing in it needs a source"
    if not undecided:
        return "nothing wrong found"
    return "undecided" if undecided == len(worthy) else f"nothing wrong found; {undecided} of {len(worthy)} undecided"


def _print_counts(told: dict[str, dict[str, int]], answers: int, wrong: int) -> None:
    click.echo(f"\n{_counted(answers, 'answer')}, {_counted(wrong, 'fault')}")
    for name, numbers in told.items():
        click.echo(f"{name:<12}" + ", ".join(f"{number} {outcome}" for outcome, number in numbers.items()))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _safe(text: str) -> str:
    """`text` in one line, without what could command a terminal."""
    plain = " ".join(text.split())
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain)
