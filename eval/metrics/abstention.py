"""Whether a question is refused when, and only when, the archive does not answer it.

A refusal is told by a flag, not by phrases. A partial answer ("no record of that, but ...") is neither a refusal nor an
answer, and has a rate of its own. A question that ended in an error was not refused: it counts against recall where a
refusal was due, and its rate is told apart.

One question's score holds its share of hits and totals: of many, sum the hits and divide by the sum of the totals.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

from eval.cases import Absence, Case
from eval.metrics.card import card
from eval.metrics.decision import Decision, cites, decision
from eval.runs import Outcome
from eval.score import Score, none

FIRST = 10  # documents among which the answer's must be for its refusal to be the reader's loss, not the searcher's


def refusal_precision(case: Case, decided: Decision) -> Score:
    """Share of refusals that are right.

    Formula: refused and not answerable / refused.
    Range: 0 to 1, higher is better.
    Source: Trust-Score 2025, grounded refusals.
    """
    if decided != "refused":
        return none("not refused")
    return _one(not case.answerable, "rightly refused", "refused, though the archive answers it")


def refusal_recall(case: Case, decided: Decision) -> Score:
    """Share of questions that the archive does not answer that are refused.

    Formula: refused and not answerable / not answerable; an error is no refusal.
    Range: 0 to 1, higher is better.
    Source: Trust-Score 2025, grounded refusals.
    """
    if case.answerable:
        return none("the archive answers it")
    return _one(decided == "refused", "rightly refused", f"{decided}, though the archive does not answer it")


def refusal_f1(case: Case, decided: Decision) -> Score:
    """How rightly it is said that there is no answer, neither too often nor too seldom.

    Formula: 2 · refused and not answerable / (refused + not answerable).
    Range: 0 to 1, higher is better.
    Source: Trust-Score 2025, grounded refusals.
    """
    refused, due = decided == "refused", not case.answerable
    return Score(hits=2 * (refused and due), total=refused + due, reason=f"{decided}, {_due(due)}")


def _due(due: bool) -> str:
    return "not answerable" if due else "answerable"


def over_refusal(case: Case, decided: Decision, found: bool | None) -> Score:
    """Share of answerable questions refused although a document that answers them was found.

    Formula: refused / answerable, of those with such a document among the first 10.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return _refused(case, decided, found is True, "its document was not among the first")


def over_refusal_unfound(case: Case, decided: Decision, found: bool | None) -> Score:
    """Share of answerable questions refused where no document that answers them was found.

    Formula: refused / answerable, of those without such a document among the first 10.
    Range: 0 to 1, neither way: the search failed before.
    Source: Delo.
    """
    return _refused(case, decided, found is False, "its document was among the first, or is not known")


def over_refusal_any(case: Case, decided: Decision) -> Score:
    """Share of answerable questions refused.

    Formula: refused / answerable.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return _refused(case, decided, True, "")


def _refused(case: Case, decided: Decision, counts: bool, why_not: str) -> Score:
    if not case.answerable or decided == "error":
        return none("it ended in an error" if decided == "error" else "not answerable")
    return _one(decided == "refused", "refused", "not refused") if counts else none(why_not)


def confident_wrong(case: Case, decided: Decision, cited: bool) -> Score:
    """Share of questions that the archive does not answer that are answered with a citation.

    Formula: answered with at least one citation / not answerable.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    if case.answerable:
        return none("the archive answers it")
    return _one(decided == "answered" and cited, "answered with a citation", decided)


def partial_answers(decided: Decision) -> Score:
    """Share of questions of which it is said that there is no answer, and something is stated all the same.

    Formula: partial answers / questions.
    Range: 0 to 1, neither way.
    Source: Delo.
    """
    return _one(decided == "partial", "no answer, but something", decided)


def errors(decided: Decision) -> Score:
    """Share of questions that ended in an error.

    Formula: errors / questions.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return _one(decided == "error", "an error", decided)


def _one(hit: bool, yes: str, no: str) -> Score:
    return Score(hits=float(hit), total=1, reason=yes if hit else no)


def risk_coverage(sure: Sequence[tuple[float, float]], asked: int) -> list[tuple[float, float]]:
    """How much goes wrong if only the surest answers are given: (coverage, risk) points, coverage rising.

    Args:
        sure: Of each answer its confidence and its loss, 0 right to 1 wrong.
        asked: How many questions there are, answered or not; not fewer than answers.

    Returns:
        A point for each confidence that occurs: the share of questions answered with it or more, and the mean loss of
        these answers. Answers of one confidence stand or fall together.
    """
    ordered = sorted(sure, key=lambda pair: -pair[0])
    points, lost = [], 0.0
    for n, (confidence, loss) in enumerate(ordered, 1):
        lost += loss
        if n == len(ordered) or ordered[n][0] != confidence:
            points.append((n / asked, lost / n))
    return points


def aurc(sure: Sequence[tuple[float, float]]) -> Score:
    """How much goes wrong on average, from giving only the surest answer to giving all of them.

    Formula: mean over n of the mean loss of the n surest answers; those of one confidence have the loss of all of them.
    Range: 0 to 1, lower is better.
    Source: Geifman et al. 2019, AURC.
    """
    if not sure:
        return none("no answer with a known loss")
    points = [(0.0, 0.0), *risk_coverage(sure, len(sure))]
    area = sum((b[0] - a[0]) * b[1] for a, b in pairwise(points))
    return Score(hits=area, total=1, reason=f"{len(sure)} answers")


def scores(outcome: Outcome, found: bool | None) -> dict[str, Score]:
    """What one question adds to each figure; `found`: whether a document that answers it is among the first 10."""
    case, decided = outcome.case, decision(outcome)
    recall = refusal_recall(case, decided)
    by_way = {f"refusal_recall, {x}": recall if case.absence == x else none(f"not {x!r}") for x in get_args(Absence)}
    return {
        "refusal_precision": refusal_precision(case, decided),
        "refusal_recall": recall,
        "refusal_F1": refusal_f1(case, decided),
        **by_way,
        "over_refusal": over_refusal(case, decided, found),
        "over_refusal_unfound": over_refusal_unfound(case, decided, found),
        "over_refusal_any": over_refusal_any(case, decided),
        "confident_wrong": confident_wrong(case, decided, cites(outcome)),
        "partial_answers": partial_answers(decided),
        "errors": errors(decided),
    }


CARDS = (
    card("refusal_precision", refusal_precision, pooled=True),
    card("refusal_recall", refusal_recall, pooled=True),
    card("refusal_F1", refusal_f1, pooled=True),
    *(card(f"refusal_recall, {way}", refusal_recall, of=way, pooled=True) for way in get_args(Absence)),
    card("over_refusal", over_refusal, pooled=True),
    card("over_refusal_unfound", over_refusal_unfound, pooled=True),
    card("over_refusal_any", over_refusal_any, pooled=True),
    card("confident_wrong", confident_wrong, pooled=True),
    card("partial_answers", partial_answers, pooled=True),
    card("errors", errors, pooled=True),
)
RUN_CARDS = (card("AURC", aurc, per="run"),)
