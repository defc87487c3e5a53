"""The report as Markdown, short: the figures, what could not be checked, and how the run was made."""

import re
from collections.abc import Iterator

from eval.report.limits import summary, unchecked
from eval.report.markup import visible
from eval.report.overview import circumstances, interval, number
from eval.report.page import Report, lead
from eval.report.questions import pairs
from eval.report.view import Figure, Table

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~!&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def markdown(report: Report) -> str:
    """The report, ending in a line end."""
    return "\n".join(_lines(report)) + "\n"


def cell(text: str) -> str:
    """`text` on one line, every character that Markdown gives a meaning to preceded by a backslash."""
    return _ACTIVE.sub(r"\\\1", visible(" ".join(text.split())))


def rows(one: Table) -> Iterator[str]:
    """A table of figures, each with its interval and n."""
    yield f"| Measure | {' | '.join(map(cell, one.groups))} |"
    yield "|---" * (1 + len(one.groups)) + "|"
    for row in one.rows:
        yield f"| {cell(row.title)} | {' | '.join(map(_figure, row.figures))} |"


def _lines(report: Report) -> Iterator[str]:
    found = pairs(report.run.outcomes)
    yield f"# Evaluation: {cell(report.run.provenance.question_set)}"
    yield ""
    yield lead(report)
    yield ""
    yield "Each figure with its 95 % interval and n."
    yield ""
    yield from rows(report.tables.headline)
    yield from ("", "## What could not be checked", "")
    yield from (f"- {cell(line)}" for line in summary(unchecked(found)))
    yield from ("", "## How this run was made", "")
    yield from (f"- {name}: {cell(told)}" for name, told in circumstances(report.run.provenance))


def _figure(figure: Figure) -> str:
    return interval(figure) if figure.estimate is None else f"{number(figure.estimate.value)} ({interval(figure)})"
