"""What is measured in an answer, a module a family: small pure functions, each with formula, range and source.

`scores` gives all that can be said of one question, `pair_scores` of one asked in both languages, `over_all` of a run.
`METRICS` has a card for each by name; `card_of` has one too for `gap ...` of any metric and `p50, ...` of any stage. A
question that ended in an error has 0 in what applies to any answer and is better the higher it is, if the archive
answers it; in nothing may an error make a figure better.
"""

from collections.abc import Sequence
from statistics import median

from eval.metrics import (
    abstention,
    attribution,
    citation,
    cost,
    injection,
    model,
    nuggets,
    parity,
    quotation,
    retrieval,
    support,
)
from eval.metrics.card import Card, card
from eval.metrics.decision import decision
from eval.metrics.gold import Aids, Gold, places
from eval.metrics.text import answer_text
from eval.metrics.units import cited_units, evidence_leaves
from eval.runs import Outcome, Provenance
from eval.score import Score, none

__all__ = [
    "METRICS",
    "Aids",
    "Card",
    "Gold",
    "by_pair",
    "card_of",
    "losses",
    "over_all",
    "pair_scores",
    "places",
    "scores",
]

_PER_QUESTION = (
    *retrieval.CARDS,
    *quotation.CARDS,
    *citation.CARDS,
    *attribution.CARDS,
    *support.CARDS,
    *nuggets.CARDS,
    *abstention.CARDS,
    *parity.CARDS,
    *injection.CARDS,
    *cost.CARDS,
)
METRICS: dict[str, Card] = {
    one.name: one
    for one in (
        *_PER_QUESTION,
        *parity.PAIR_CARDS,
        *abstention.RUN_CARDS,
        *cost.RUN_CARDS,
        *injection.PAGE_CARDS,
        *model.CARDS,
    )
}
GAPS = ("nDCG@10", "nugget_vital_strict")  # told of a run; those of all other metrics are in `by_pair`
_JUDGED = (*quotation.CARDS, *citation.CARDS, *attribution.CARDS, *support.CARDS)
_NOT_ALWAYS = {"quip25", "exact_match", "token_F1", "quote_located", *(c.name for c in citation.CARDS)} - {
    "resolvable",
    "format_valid",
}  # whether they would apply cannot be told without an answer
_OF_LEAVES = {"cite_p_gold_leaf", "cite_r_gold_leaf"}
_NO_AIDS = Aids()


def card_of(name: str) -> Card:
    """The card of any name that `scores`, `by_pair` and `over_all` give.

    Raises: KeyError for any other name.
    """
    if name.startswith("gap "):
        return card(name, parity.gap, of=card_of(name.removeprefix("gap ")).title, per="pair")
    if name not in METRICS and name[:3] in ("p50", "p95"):
        return card(name, cost.latency, of=name, per="run")
    return METRICS[name]


def scores(outcome: Outcome, gold: Gold, aids: Aids = _NO_AIDS) -> dict[str, Score]:
    """All scores of one question.

    Args:
        outcome: What came of it, with its judgement, without which no score of quotations, citations and support
            applies.
        gold: By document and language, where the answer stands.
        aids: What some metrics need besides.

    Returns:
        A score by name, the same names for every question; a total of 0 where it does not apply. Those of
        `eval.metrics.model` are there only where a language model was to write.

    Cost: some 0.4 milliseconds of one core, and 0.9 more for `quip25`.
    """
    told = retrieval.scores(outcome, gold, aids)
    found = told["success@5"].total and told["doc_recall@10"].hits > 0
    told |= _of_answer(outcome, aids)
    told |= abstention.scores(outcome, bool(found) if told["success@5"].total else None)
    told |= parity.scores(outcome, [*gold.values(), *(spans for _, spans in aids.places)])
    return told | cost.scores(outcome) | model.scores(outcome.answer, aids.catalogued)


def _of_answer(outcome: Outcome, aids: Aids) -> dict[str, Score]:
    case, judgement, record = outcome.case, outcome.judgement, outcome.answer
    if outcome.error is not None or record is None:
        return _after_error(outcome)
    text = answer_text(record)
    if judgement is None:
        told = {one.name: none("it was not judged") for one in _JUDGED}
    else:
        told = quotation.scores(judgement, text, aids.corpus) | citation.scores(judgement) | support.scores(judgement)
        told |= attribution.scores(case, judgement, cited_units(record), aids.twins)
    told |= nuggets.scores(case.nuggets if case.answerable else (), text, aids.aliases if case.answerable else ())
    return told | injection.scores(record, judgement, aids.canaries, aids.planted)


def _after_error(outcome: Outcome) -> dict[str, Score]:
    """Scores of a question without an answer: 0 where any answer would have one, and more would be better."""
    case = outcome.case
    told = {one.name: none("it ended in an error") for one in (*_JUDGED, *injection.CARDS)}
    told |= nuggets.scores(case.nuggets if case.answerable else (), "")
    for one in _JUDGED if case.answerable else ():
        known = evidence_leaves(case) if one.name in _OF_LEAVES else case.documents if "_gold" in one.name else (case,)
        if one.higher_is_better and one.name not in _NOT_ALWAYS and known:
            told[one.name] = Score(hits=0, total=1, reason=f"it ended in an error: {outcome.error}")
    return told


def pair_scores(english: Outcome, russian: Outcome, aids: Aids = _NO_AIDS) -> dict[str, Score]:
    """The scores of one question asked in both languages: gaps of all scores that both have already, and agreement.

    Cost: some 2 milliseconds of one core an answer, for its numbers, dates and names; lines read before cost nothing.
    """
    return parity.pair_scores(english, russian, aids.twins)


def by_pair(outcomes: Sequence[Outcome], aids: Aids = _NO_AIDS) -> dict[str, dict[str, Score]]:
    """The scores of each pair of questions, by pair and name; of pairs that were asked in both languages."""
    return {pair: pair_scores(*both, aids) for pair, both in parity.pairs(outcomes).items()}


def over_all(
    outcomes: Sequence[Outcome], provenance: Provenance | None = None, aids: Aids = _NO_AIDS
) -> dict[str, Score]:
    """What can be said of a run as a whole; the outcomes have their scores already.

    Figures of abstention and stability have hits and totals summed over the questions, those of parity the sum of the
    values of pairs and their number.
    """
    told = {
        one.name: _summed([o.scores[one.name] for o in outcomes if one.name in o.scores])
        for one in _PER_QUESTION
        if one.pooled
    }
    pairs = list(by_pair(outcomes, aids).values())
    for name in (*(f"gap {name}" for name in GAPS), *(one.name for one in parity.PAIR_CARDS)):
        told[name] = _mean([pair[name] for pair in pairs if name in pair])
    told["gap refusal_F1"] = _gap_of_sums(outcomes, "refusal_F1")
    told["overbroad"] = _median([o.scores["overbroad"] for o in outcomes if "overbroad" in o.scores])
    told["AURC"] = abstention.aurc(losses(outcomes))
    told |= cost.latencies(outcomes)
    return told | ({"peak_memory": cost.peak_memory(provenance)} if provenance else {})


def losses(outcomes: Sequence[Outcome]) -> list[tuple[float, float]]:
    """Of each answer its confidence and its loss, for `abstention.risk_coverage` and `aurc`.

    An answer to a question that the archive does not answer is lost whole; another loses the vital nuggets it lacks.
    One whose nuggets or confidence are not known is left out, as is a refusal.
    """
    found = []
    for outcome in outcomes:
        sure = outcome.confidence
        if sure is None or decision(outcome) != "answered":
            continue
        nugget = outcome.scores.get("nugget_vital_strict")
        value = nugget.value if nugget and outcome.case.answerable else None
        if value is not None or not outcome.case.answerable:
            found.append((sure, 1 - (value or 0.0)))
    return found


def _summed(told: Sequence[Score]) -> Score:
    hits, total = sum(score.hits for score in told), sum(score.total for score in told)
    return Score(hits=hits, total=total, reason=f"over {sum(score.total > 0 for score in told)} questions")


def _mean(told: Sequence[Score]) -> Score:
    values = [score.value for score in told if score.value is not None]
    return Score(hits=sum(values), total=len(values), reason=f"mean over {len(values)} pairs")


def _median(told: Sequence[Score]) -> Score:
    values = [score.value for score in told if score.value is not None]
    return Score(
        hits=median(values) if values else 0, total=float(bool(values)), reason=f"median over {len(values)} answers"
    )


def _gap_of_sums(outcomes: Sequence[Outcome], name: str) -> Score:
    both = list(parity.pairs(outcomes).values())
    sides = [[pair[n].scores[name] for pair in both if name in pair[n].scores] for n in (0, 1)]
    return parity.gap(_summed(sides[0]), _summed(sides[1]))
