"""The page of two runs: the differences with their intervals, and the questions that changed, answers side by side."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from eval.compare import Changed, Comparison, Contrast
from eval.intervals import Estimate
from eval.report.findings import answer
from eval.report.markup import Markup, element, folded, joined, listed, prose, table
from eval.report.overview import circumstances, number, picture
from eval.report.page import contents, head, section
from eval.runs import Outcome

OPENED = 6  # questions that changed most, unfolded at first
_SECTIONS = {"differences": "Differences", "changed": "Questions that changed most", "runs": "The two runs"}
_HOW_TO_READ = (
    "A difference is the new run less the old one, question by question, with its 95 % interval; one that holds 0 does "
    "not tell the runs apart. p is how often chance alone would make so large a difference; that of the measures that "
    "decide is corrected for their number (Holm)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two runs compared: the comparison, the outcomes of both by question, and the titles of metrics by name."""

    comparison: Comparison
    old: Mapping[str, Outcome]
    new: Mapping[str, Outcome]
    titles: Mapping[str, str] = field(default_factory=dict)


def comparison_page(compared: Compared) -> Iterator[str]:
    """The comparison as HTML, piece by piece."""
    yield from head("Two runs compared")
    yield element("p", *_lead(compared.comparison), class_="lead").html
    yield contents(_SECTIONS).html
    yield from section("differences", _differences(compared), _SECTIONS)
    yield from section("changed", _changed(compared), _SECTIONS)
    yield from section("runs", [_runs(compared.comparison)], _SECTIONS)
    yield "</main></body></html>\n"


def _lead(told: Comparison) -> Iterator[str]:
    yield f"{told.questions} answers to the same questions, {told.new.question_set}. "
    if told.only_baseline or told.only_new:
        yield f"Left out: {told.only_baseline} that only the old run has, {told.only_new} that only the new one has. "
    yield from (f"Beware: {note}. " for note in told.notes)


def _differences(compared: Compared) -> Iterator[Markup]:
    yield element("p", _HOW_TO_READ, class_="quiet")
    heads = ("Measure", "Difference", "Old, new", "p", "Questions")
    contrasts = compared.comparison.contrasts
    first, others = (
        [_difference(one, compared.titles) for one in contrasts if one.primary is x] for x in (True, False)
    )
    if first:
        yield table(heads, first, "The figures that decide", class_="figures")
    if others:
        yield folded("Other figures", table(heads, others, "Other figures", class_="figures"), opened=not first)


def _difference(one: Contrast, titles: Mapping[str, str]) -> Markup:
    p = f"{one.p:.4f}" + ("" if one.holm is None else f"; corrected {one.holm:.4f}")
    fared = f"{one.wins} better, {one.ties} the same, {one.losses} worse"
    least = "" if not one.detectable else f"a difference of {number(one.detectable)} could be seen"
    cells = {
        "Difference": _delta(one.difference),
        "Old, new": joined(
            [f"{number(one.baseline)}, {number(one.new)} ", _small(f"{one.pairs} pairs"), _small(least)]
        ),
        "p": element("span", p),
        "Questions": joined([fared, _small(f"{one.unpaired} left out: of one run only") if one.unpaired else None]),
    }
    name = element("th", titles.get(one.name, one.name), " ", element("code", one.name), scope="row")
    return element("tr", name, *(element("td", cell, data_of=head) for head, cell in cells.items()))


def _small(words: str) -> Markup:
    return element("span", words, class_="interval")


def _delta(estimate: Estimate) -> Markup:
    told = f"{signed(estimate.low)} to {signed(estimate.high)}; n\u00a0{estimate.n:,}"
    return joined([picture(estimate, signed=True), element("b", signed(estimate.value)), " ", _small(told)])


def signed(value: float) -> str:
    """A difference with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


def _changed(compared: Compared) -> Iterator[Markup]:
    rows = sorted(compared.comparison.changed, key=lambda one: -one.size)
    told = (
        f"The questions that changed most, {len(rows)} in all; the greatest change first." if rows else "None changed."
    )
    yield element("p", told)
    for place, one in enumerate(rows):
        both = compared.old.get(one.id), compared.new.get(one.id)
        yield _detail(one, both, compared.titles.get, opened=place < OPENED)


def _detail(
    one: Changed,
    both: tuple[Outcome | None, Outcome | None],
    title: Callable[[str, str], str],
    *,
    opened: bool,
) -> Markup:
    told = (f"{title(name, name)}: {_before_and_now(*values)}" for name, values in one.scores.items())
    columns = (_column(name, outcome) for name, outcome in zip(("Old", "New"), both, strict=True))
    asked = next((outcome.case.question for outcome in both if outcome), one.id)
    summary = joined([prose("span", asked, class_="asked"), element("b", f" {_counted(len(one.scores))} changed")])
    body = element("div", listed(told, class_="scores"), element("div", *columns, class_="columns"))
    return folded(summary, body, opened=opened, class_="pair")


def _counted(figures: int) -> str:
    return "one figure" if figures == 1 else f"{figures} figures"


def _before_and_now(old: float | None, new: float | None) -> str:
    before, now = ("not applicable" if value is None else number(value) for value in (old, new))
    moved = "" if old is None or new is None else f" ({signed(new - old)})"
    return f"{before} → {now}{moved}"


def _column(name: str, outcome: Outcome | None) -> Markup:
    parts = answer(outcome) if outcome else [element("p", "This run has not this question.")]
    return element("section", element("h4", name), *parts, aria_label=f"{name} run")


def _runs(told: Comparison) -> Markup:
    both = zip(circumstances(told.baseline), circumstances(told.new), strict=True)
    rows = []
    for (name, old), (_, new) in both:
        cells = (element("td", words, data_of=head) for head, words in (("Old", old), ("New", new)))
        rows.append(element("tr", element("th", name, scope="row"), *cells))
    return table(("", "Old", "New"), rows, "How they were made")
