"""What stands first in the page: under what circumstances the run was made, and its figures."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from eval.intervals import Estimate
from eval.report.charts import calibration_chart, risk_chart, time_chart, whisker
from eval.report.curves import calibration
from eval.report.markup import Markup, element, folded, joined, table
from eval.report.view import Figure, Row, Table, Tables
from eval.runs import Outcome, Provenance

_MIB = 1024 * 1024
_DIGITS = 16  # of a sha256; results.json has them all


def circumstances(provenance: Provenance) -> list[tuple[str, str]]:
    """Under what circumstances a run was made: what, and how it is told."""
    settings = "; ".join(f"{name} = {_plainly(value)}" for name, value in provenance.settings.items())
    return [
        ("Questions", f"{provenance.question_set} (sha256 {provenance.questions[:_DIGITS]} …)"),
        (
            "Archive",
            f"{counted(provenance.documents)} (sha256 {provenance.corpus[:_DIGITS]} …)",
        ),
        ("Index", f"generation {provenance.generation}, embedded by {provenance.model}"),
        ("Answers composed by", provenance.composer),
        ("Support judged by", provenance.checker),
        ("Settings", settings or "as they come"),
        ("Delo", f"{provenance.version}, commit {provenance.commit or 'not known: outside a checkout'}"),
        ("Seed", str(provenance.seed)),
        ("Machine", f"{provenance.host}, Python {provenance.python}"),
        ("Begun", provenance.started),
        ("Finished", provenance.finished or "not finished: the run was cut short"),
        ("Most memory", f"{provenance.peak_bytes / _MIB:,.0f} MiB" if provenance.peak_bytes else "not measured"),
    ]


def counted(documents: int) -> str:
    """So many documents."""
    return "1 document" if documents == 1 else f"{documents:,} documents"


def _plainly(value: Any) -> str:  # noqa: ANN401 - a setting is of any plain type
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def provenance_list(provenance: Provenance) -> Markup:
    """The circumstances as a list."""
    rows = circumstances(provenance)
    return element("dl", *(element("div", element("dt", name), element("dd", told)) for name, told in rows))


def headline(tables: Tables) -> Iterator[Markup]:
    """The headline table; folded, every figure, how the figures are defined, and the slices."""
    yield element("p", _HOW_TO_READ, class_="quiet")
    yield figures_table(tables.headline, families=False)
    if len(tables.every.rows) > len(tables.headline.rows):
        yield folded(tables.every.title, figures_table(tables.every), class_="slice")
    for one in tables.slices:
        yield folded(one.title, figures_table(one), class_="slice")
    yield folded("How each figure is defined", _definitions(tables.every.rows), class_="definitions")


_HOW_TO_READ = (
    "Each figure is a mean over answers, unless it is said otherwise, and stands with its 95 % interval and with n, "
    "what it rests on. “Together” is the share of all sentences, quotations or references, whichever answer they stand "
    "in. “Not applicable” counts the answers of which a measure says nothing; they are taken neither for right nor for "
    "wrong. On paper comes what is unfolded."
)


def figures_table(one: Table, *, families: bool = True) -> Markup:
    """A table of figures, each with interval and n; `families` of metrics stand under headings."""
    told = [row for row in one.rows if any(figure.estimate for figure in row.figures)]
    groups = groupby(told, key=lambda row: row.family if families else "")
    rows = [line for family, rows in groups for line in _family(family, list(rows), one.groups)]
    shown = table(("Measure", *one.groups), rows, one.title, class_="figures")
    return joined([shown, *_of_nothing([row for row in one.rows if row not in told])])


def _of_nothing(rows: Sequence[Row]) -> Iterator[Markup]:
    if rows:
        titles = "; ".join(row.title for row in rows)
        yield element("p", f"Not applicable to any of these answers: {titles}.", class_="quiet")


def _family(family: str, rows: Sequence[Row], groups: Sequence[str]) -> Iterator[Markup]:
    if family:
        yield element("tr", element("th", family, colspan=1 + len(groups), scope="rowgroup"), class_="family")
    for row in rows:
        name = element("th", row.title, " ", element("code", row.name), scope="row")
        cells = (
            element("td", figure_cell(figure, signed=" less " in group), data_of=group)
            for figure, group in zip(row.figures, groups, strict=True)
        )
        yield element("tr", name, *cells)


def figure_cell(figure: Figure, *, signed: bool = False) -> Markup:
    """A figure in words, with a small picture if it is a share or, `signed`, a difference of shares."""
    if figure.estimate is None:
        return element("span", interval(figure), class_="quiet")
    told = element("b", number(figure.estimate.value))
    lines = (element("span", line, class_="interval") for line in _lines(figure.estimate, figure))
    return joined([picture(figure.estimate, signed=signed), told, " ", *lines])


def picture(estimate: Estimate, *, signed: bool = False) -> Markup | None:
    """The dot and whisker of a share, or of a difference of shares; None for other figures."""
    ends = (estimate.low, estimate.value, estimate.high)
    if not signed and min(ends) >= 0 and max(ends) <= 1:
        return whisker(estimate)
    return whisker(estimate, -1, 1) if max(map(abs, ends)) <= 1 else None


def number(value: float) -> str:
    """A figure to three places; larger ones to one, or none."""
    size = abs(value)
    told = f"{size:.3f}" if size < 10 else f"{size:.1f}" if size < 1000 else f"{size:,.0f}"
    return f"−{told}" if value < 0 else told


def within(estimate: Estimate) -> str:
    """An interval and what it rests on."""
    return f"{number(estimate.low)} to {number(estimate.high)}; n\u00a0{estimate.n:,}"


def interval(figure: Figure) -> str:
    """The interval, n, the same of all things counted together, and how many answers a figure does not apply to."""
    if figure.estimate is None:
        return f"not applicable ({figure.excluded:,})" if figure.excluded else "not applicable"
    return "; ".join(_lines(figure.estimate, figure))


def _lines(estimate: Estimate, figure: Figure) -> Iterator[str]:
    yield within(estimate) + (f"; not applicable\u00a0{figure.excluded:,}" if figure.excluded else "")
    if figure.together:
        yield f"together {number(figure.together.value)}, {within(figure.together)}"


def _definitions(rows: Sequence[Row]) -> Markup:
    told = []
    for row in rows:
        source = f" Source: {row.source}." if row.source else ""
        range_ = f" Range: {row.range}." if row.range else ""
        told.append(element("dt", row.title, " ", element("code", row.name)))
        told.append(element("dd", (row.formula or "Not told.") + range_ + source))
    return element("dl", *told)


def charts(tables: Tables, outcomes: Sequence[Outcome]) -> Iterator[Markup]:
    """Those charts for which there is anything to show."""
    if tables.risk:
        yield risk_chart(tables.risk)
    if bins := calibration(outcomes):
        yield calibration_chart(bins)
    if tables.stages:
        yield time_chart(tables.stages)
