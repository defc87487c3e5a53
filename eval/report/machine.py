"""The figures for programs: JSON, a table of the questions as CSV, and JUnit XML for whatever runs the tests."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from eval.errors import RunError
from eval.report.faults import Fault, faults, refused
from eval.report.markup import visible
from eval.runs import Outcome, Run

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is reckoned out by spreadsheets
_COLUMNS = (
    "id",
    "pair",
    "language",
    "kind",
    "answerable",
    "absence",
    "question",
    "refused",
    "error",
    "faults",
    "seconds",
)


def write_json(path: Path, record: Mapping[str, Any]) -> None:
    """Write the record of the results.

    Raises: RunError if a figure in it is not a number.
    """
    try:
        told = json.dumps(record, ensure_ascii=True, allow_nan=False, indent=1)
    except ValueError as error:
        raise RunError(f"the results hold a figure that JSON cannot: {error}; judge the run anew") from error
    path.write_text(told + "\n", encoding="utf-8")


def write_csv(path: Path, run: Run) -> None:
    """Write a row for each question: what it is, what came of it, and every score as a share."""
    names = list(dict.fromkeys(name for outcome in run.outcomes for name in outcome.scores))
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with a mark: spreadsheets take it for Latin else
        writer = csv.writer(file)
        writer.writerow([*_COLUMNS, *names])
        for outcome in run.outcomes:
            scores = (outcome.scores[name].value if name in outcome.scores else None for name in names)
            writer.writerow([*map(_cell, _row(outcome)), *scores])


def write_junit(path: Path, run: Run) -> None:
    """Write a test case for each question; one with faults has failed, one that broke is an error."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_junit(run))


def _faulty(run: Run) -> Iterator[tuple[Outcome, tuple[Fault, ...]]]:
    told = ((outcome, faults(outcome)) for outcome in run.outcomes)
    return ((outcome, found) for outcome, found in told if found)


def _row(outcome: Outcome) -> tuple[Any, ...]:
    case = outcome.case
    told = "; ".join(fault.words for fault in faults(outcome))
    about = (case.id, case.pair, case.language, case.kind, case.answerable, case.absence, case.question)
    return (*about, refused(outcome), outcome.error, told, outcome.seconds.get("whole"))


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell is of any plain type
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _junit(run: Run) -> Iterator[str]:
    errors = sum(outcome.error is not None for outcome in run.outcomes)
    failed = sum(1 for _ in _faulty(run)) - errors
    skipped = sum(
        outcome.judgement is None and outcome.error is None and not faults(outcome) for outcome in run.outcomes
    )
    counts = f'tests="{len(run.outcomes)}" failures="{failed}" errors="{errors}" skipped="{skipped}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuite name={_quoted(run.provenance.question_set)} {counts}>\n"
    for outcome in run.outcomes:
        seconds = outcome.seconds.get("whole", 0.0)
        names = f"classname={_quoted(outcome.case.pair)} name={_quoted(outcome.case.id)}"
        yield f'<testcase {names} time="{seconds:.4f}">{_result(outcome)}</testcase>\n'
    yield "</testsuite>\n"


def _result(outcome: Outcome) -> str:
    if outcome.error is not None:
        return f"<error message={_quoted(outcome.error)}/>"
    if found := faults(outcome):
        told = "; ".join(fault.words for fault in found)
        return f"<failure message={_quoted(told)}>{escape(visible(outcome.case.question))}</failure>"
    return '<skipped message="not judged"/>' if outcome.judgement is None else ""


def _quoted(text: str) -> str:
    return quoteattr(visible(text))
