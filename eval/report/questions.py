"""The questions in the page: a table of all, those with faults first, and each pair with its answers side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from eval.cases import Case, Evidence, Nugget
from eval.report.faults import Fault, faults, gold_found, gravity, refused
from eval.report.findings import answer
from eval.report.markup import Markup, Part, element, folded, joined, listed, prose, table
from eval.report.verdicts import Told, badge
from eval.runs import Found, Outcome

OPENED = 12  # pairs with faults that are unfolded at first; more would make a page too long to look over
NAMES = {"en": "English", "ru": "Russian"}


@dataclass(frozen=True, slots=True)
class Pair:
    """The outcomes of one question in its languages, English first, and its number in the page."""

    number: int
    outcomes: tuple[Outcome, ...]

    @property
    def faulty(self) -> bool:
        """Whether any of them has a fault."""
        return any(map(faults, self.outcomes))


def pairs(outcomes: Sequence[Outcome]) -> list[Pair]:
    """The questions by pair, gravest fault first, else in the order of the set."""
    order = {pair: n for n, pair in enumerate(dict.fromkeys(outcome.case.pair for outcome in outcomes))}
    rows = sorted(outcomes, key=lambda outcome: (order[outcome.case.pair], outcome.case.language))
    found = [tuple(group) for _, group in groupby(rows, key=lambda outcome: outcome.case.pair)]
    found.sort(key=lambda group: min(map(gravity, group)))
    return [Pair(number, group) for number, group in enumerate(found, 1)]


def table_of_questions(found: Sequence[Pair]) -> Markup:
    """A row for each pair, with a link to its detail."""
    heads = ("No.", "Question", "In the archive", "What came of it", "Faults")
    faulty = sum(pair.faulty for pair in found)
    caption = f"{len(found)} questions; {faulty} with a fault, these first"
    return table(heads, map(_row, found), caption, class_="questions")


def details(found: Sequence[Pair], titles: Mapping[str, str]) -> Iterator[Markup]:
    """Each pair with all that is known of it; the first with faults unfolded. `titles` are those of metrics."""
    for pair in found:
        yield _detail(pair, titles)


def _row(pair: Pair) -> Markup:
    asked = (prose("div", outcome.case.question) for outcome in pair.outcomes)
    first = pair.outcomes[0].case
    cells: tuple[Part, ...] = (
        element("a", f"{pair.number}", href=f"#q{pair.number}", aria_label=f"Question {pair.number} in detail"),
        joined(asked),
        _expected(first),
        joined(element("div", _short(outcome), _came(outcome)) for outcome in pair.outcomes),
        joined(map(_faults, pair.outcomes)),
    )
    heads = (None, "Question", "In the archive", "What came of it", "Faults")
    row = (element("td", cell, data_of=head) for cell, head in zip(cells, heads, strict=True))
    return element("tr", *row, id=f"row{pair.number}")


def _faults(outcome: Outcome) -> Part:
    found = faults(outcome)
    if not found:
        return element("div", badge(Told("✓", f"{_short(outcome)}none", "good")))
    return element("div", badge(Told("✗", f"{_short(outcome)}{_listed(found)}", "bad")))


def _listed(found: Sequence[Fault]) -> str:
    return "; ".join(fault.words for fault in found)


def _short(outcome: Outcome) -> str:
    return f"{outcome.case.language}: "


def _expected(case: Case) -> str:
    return "answered" if case.answerable else f"no answer ({case.absence})"


def _came(outcome: Outcome) -> str:
    silent = refused(outcome)
    came = (
        "error" if outcome.error is not None else "nothing" if silent is None else "no answer" if silent else "answer"
    )
    sure = (outcome.answer or {}).get("confidence")
    return came + (f", confidence {sure:.2f}" if isinstance(sure, float | int) else "")


def _detail(pair: Pair, titles: Mapping[str, str]) -> Markup:
    first = pair.outcomes[0].case
    asked = joined(prose("span", outcome.case.question, class_="asked") for outcome in pair.outcomes)
    alike = all(outcome.case.evidence == first.evidence for outcome in pair.outcomes)
    inside = element(
        "div",
        _gold(first) if alike else None,
        element("div", *(_column(outcome, titles, gold=not alike) for outcome in pair.outcomes), class_="columns"),
        element("p", element("a", "Back to the table of questions", href=f"#row{pair.number}"), class_="back"),
        id=f"q{pair.number}",
    )
    sign = Told("✗", "with faults", "bad") if pair.faulty else Told("✓", "no fault found", "good")
    summary = joined([element("b", f"{pair.number}. ", class_="number"), asked, badge(sign)])
    return folded(summary, inside, opened=pair.faulty and pair.number <= OPENED, class_="pair")


def _column(outcome: Outcome, titles: Mapping[str, str], *, gold: bool) -> Markup:
    case = outcome.case
    about = f"Id {case.id}" + (f"; kind: {case.kind}" if case.kind else "")
    parts: list[Part] = [
        element("h4", NAMES[case.language]),
        prose("p", case.question, class_="asked"),
        element("p", f"{about}. In the archive: {_expected(case)}. Came: {_came(outcome)}.", class_="quiet"),
        listed((fault.words for fault in faults(outcome)), class_="faults"),
        _gold(case) if gold else None,
        *answer(outcome),
        _found(outcome),
        _scores(outcome, titles),
        _times(outcome),
    ]
    return element("section", *parts, aria_label=f"{NAMES[case.language]} question")


def _gold(case: Case) -> Markup | None:
    if not case.answerable:
        return element("p", f"The archive has no answer to this: {case.absence}.", class_="gold")
    if not case.evidence and not case.nuggets:
        return element("p", "Nothing is known of where its answer stands.", class_="gold")
    return element(
        "div", element("h4", "What answers it"), *map(_evidence, case.evidence), _nuggets(case.nuggets), class_="gold"
    )


def _evidence(evidence: Evidence) -> Markup:
    leaves = f", leaves {', '.join(evidence.leaves)}" if evidence.leaves else ""
    words = (prose("blockquote", evidence.words[language]) for language in ("en", "ru") if language in evidence.words)
    where = element("p", f"document {evidence.document_id}{leaves}", class_="where")
    return element("div", element("div", *words, class_="columns"), where)


def _nuggets(nuggets: Sequence[Nugget]) -> Markup | None:
    told = (joined([nugget.text, "" if nugget.vital else " (good to have)"]) for nugget in nuggets)
    return listed(told, class_="nuggets", aria_label="Facts that a good answer has")


def _found(outcome: Outcome) -> Markup | None:
    if not outcome.found:
        return None
    rows = (_hit(found, outcome.case) for found in outcome.found)
    told = (
        f"{gold_found(outcome)} of a document that answers it"
        if outcome.case.documents
        else "none is known to answer it"
    )
    return folded(f"{len(outcome.found)} passages found; {told}", listed(rows, "ol"))


def _hit(found: Found, case: Case) -> Markup:
    grade = case.grades.get(found.document_id)
    right = found.document_id in case.documents
    gold = (
        badge(Told("✓", "this document answers it" + (f", grade {grade}" if grade else ""), "good")) if right else None
    )
    return joined([f"document {found.document_id}, passage {found.passage_id}, score {found.score:.3f} ", gold])


def _scores(outcome: Outcome, titles: Mapping[str, str]) -> Markup | None:
    rows = [
        joined([f"{titles.get(name, name)}: ", element("b", f"{score.value:.3g}"), f" {score.reason}"])
        for name, score in outcome.scores.items()
        if score.value is not None
    ]
    if not rows:
        return None
    without = len(outcome.scores) - len(rows)
    return folded(f"Measures: {len(rows)} apply, {without} do not", listed(rows, class_="scores"))


def _times(outcome: Outcome) -> Markup | None:
    if not outcome.seconds:
        return None
    told = ", ".join(f"{stage} {seconds * 1000:.1f}" for stage, seconds in outcome.seconds.items())
    flips = f" Asked {outcome.repeats} times, {outcome.flips} came to another answer." if outcome.repeats > 1 else ""
    return element("p", f"Milliseconds: {told}.{flips}", class_="quiet")
