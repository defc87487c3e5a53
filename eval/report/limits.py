"""What the page says of its own limits: what could not be checked, and how far the checkers are to be trusted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.judgement import Judgement
from eval.report.curves import share
from eval.report.faults import gold_found
from eval.report.markup import Markup, Part, element, folded, joined, listed, prose, table
from eval.report.questions import Pair
from eval.report.verdicts import SUPPORT
from eval.report.view import Calibrated, CalibrationCard, VerdictShare

SHOWN = 200  # sentences or citations listed by name; the rest are counted

IN_WORDS = (
    "“Borne out” means that the words of a source cover the sentence and no number, date or name speaks against it. It "
    "does not mean that the source is right.",
    "A checker that goes by words cannot see a negation, an inference or irony. What it is not sure of is “not "
    "decided”, which counts as neither.",
    "That a quotation stands in a document does not say that it answers the question.",
    "A document that nobody has marked as an answer counts as none, though it may be one.",
    "Facts are found by patterns in both languages; an answer that says them in other words is not given credit.",
    "The figures hold for these questions and this archive. They say little of other archives.",
)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What could not be checked: counts, and the sentences and citations themselves, with the question's number."""

    answers: int
    undecided: tuple[tuple[int, str], ...]
    citations: tuple[tuple[int, str], ...]
    notes: tuple[tuple[str, int], ...]
    unknown_found: int
    found: int


def unchecked(pairs: Sequence[Pair]) -> Unchecked:
    """What could not be checked in a run."""
    outcomes = [(pair.number, outcome) for pair in pairs for outcome in pair.outcomes]
    judged = [(number, outcome.judgement) for number, outcome in outcomes if outcome.judgement is not None]
    shown = [outcome for _, outcome in outcomes if outcome.case.answerable]
    return Unchecked(
        answers=sum(outcome.judgement is None and outcome.error is None for _, outcome in outcomes),
        undecided=tuple(_undecided(judged)),
        citations=tuple(_unparsable(judged)),
        notes=tuple(Counter(note for _, judgement in judged for note in judgement.unchecked).most_common()),
        unknown_found=sum(len(outcome.found) - gold_found(outcome) for outcome in shown),
        found=sum(len(outcome.found) for outcome in shown),
    )


def could_not_be_checked(told: Unchecked) -> Iterator[Markup]:
    """The section on what could not be checked."""
    yield element("ul", *(element("li", line) for line in summary(told)))
    for heading, rows in (
        ("Sentences not decided", told.undecided),
        ("References that cannot be read", told.citations),
    ):
        if rows:
            yield folded(f"{heading}: {len(rows)}", _where(rows))


def summary(told: Unchecked) -> Iterator[str]:
    """The counts, in words."""
    yield f"Answers that were not judged: {told.answers}."
    yield f"Sentences that the checker left undecided: {len(told.undecided)}."
    yield f"References that cannot be read: {len(told.citations)}."
    yield (
        f"Passages found for answerable questions, of documents that nobody has judged for them: "
        f"{told.unknown_found} of {told.found}. They count as not answering."
    )
    yield from (f"{note} ({times} times)" if times > 1 else note for note, times in told.notes)


def calibration_card(card: CalibrationCard | None) -> Iterator[Markup]:
    """What a verdict is worth, by labelled set; or that it was not measured."""
    if card is None or not card.sets:
        yield element("p", "Not measured here: it is not known how often the verdicts of this checker are right.")
        return
    yield element(
        "p",
        f"Measured: {card.checker}. For each set, how often a verdict is given, and how many of those are borne out, "
        "with the 95 % interval.",
    )
    verdicts = [name for name in SUPPORT if any(name in one.verdicts for one in card.sets)]
    rows = []
    for one in card.sets:
        cells: list[Part] = [f"{one.n:,}", f"{one.base:.0%}"]
        for name in verdicts:
            found = one.verdicts.get(name)
            cells.append("–" if found is None else f"{found.share:.0%}{_right(one.n, found)}")
        heads = ("n", "borne out in all", *(SUPPORT[name].words for name in verdicts))
        data = (element("td", cell, data_of=head) for cell, head in zip(cells, heads, strict=True))
        rows.append(element("tr", element("th", *_named(one), scope="row"), *data))
    heads = ("Labelled set", "n", "borne out in all", *(SUPPORT[name].words for name in verdicts))
    yield table(heads, rows, "What a verdict is worth", class_="figures")


def _named(one: Calibrated) -> Iterator[Part]:
    yield one.dataset
    if one.note:
        yield element("small", f" {one.note}")


def _right(n: int, found: VerdictShare) -> str:
    """How many of the sentences with a verdict are borne out, with the interval."""
    given = round(n * found.share)
    if found.supported is None or not given:
        return ""
    told = share(round(given * found.supported), given)
    return f", of these {found.supported:.0%} ({told.low:.0%} to {told.high:.0%})"


def _undecided(judged: Sequence[tuple[int, Judgement]]) -> Iterator[tuple[int, str]]:
    for number, judgement in judged:
        for sentence in judgement.sentences:
            if sentence.support is not None and sentence.support.verdict == "undecided":
                yield number, sentence.text


def _unparsable(judged: Sequence[tuple[int, Judgement]]) -> Iterator[tuple[int, str]]:
    for number, judgement in judged:
        for sentence in judgement.sentences:
            yield from ((number, one.text) for one in sentence.citations if not one.well_formed)


def _where(rows: Sequence[tuple[int, str]]) -> Markup | None:
    items = [
        joined([element("a", f"{number}", href=f"#q{number}"), " ", prose("span", text)])
        for number, text in rows[:SHOWN]
    ]
    more = [f"and {len(rows) - SHOWN} more"] if len(rows) > SHOWN else []
    return listed([*items, *more])
