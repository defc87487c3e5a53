"""The report of a run as it is read from disk: its figures are made of the scores that stand in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from eval.errors import RunError
from eval.intervals import Estimate, Row, difference, ratio
from eval.report.against import Compared
from eval.report.cardfile import read_card
from eval.report.given import GivenCard
from eval.report.page import Report
from eval.report.tables import tables_of
from eval.runs import Outcome, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    macro: Estimate | None
    micro: Estimate | None
    excluded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slice:
    by: str
    value: str
    questions: int
    figures: Mapping[str, _Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Results:
    slices: tuple[_Slice, ...]
    gaps: Mapping[str, Estimate]
    seconds: Mapping[str, Mapping[str, Estimate]] = field(default_factory=dict)
    flips: Estimate | None = None


def report_of(run: Run) -> Report:
    """The report of `run`."""
    results = _Results(slices=tuple(_slices(run)), gaps=_gaps(run))
    record: dict[str, Any] = {"schema": "delo.results/1", "provenance": asdict(run.provenance)} | asdict(results)
    return Report(run=run, tables=tables_of(results, _no_card), record=record, card=read_card())


def compared_of(old: Run, new: Run) -> Compared:
    """How `new` differs from `old`.

    Raises: RunError if they cannot be compared.
    """
    raise RunError(f"runs of {old.provenance.question_set} and {new.provenance.question_set} cannot be compared yet")


def _no_card(name: str) -> GivenCard:
    raise KeyError(name)


def _slices(run: Run) -> Iterator[_Slice]:
    yield _slice(run, "", "", run.outcomes)
    for language in ("en", "ru"):
        yield _slice(run, "language", language, [one for one in run.outcomes if one.case.language == language])


def _slice(run: Run, by: str, value: str, outcomes: Sequence[Outcome]) -> _Slice:
    names = dict.fromkeys(name for outcome in run.outcomes for name in outcome.scores)
    figures = {name: _figure(outcomes, name, run.provenance.seed) for name in names}
    return _Slice(by=by, value=value, questions=len(outcomes), figures=figures)


def _figure(outcomes: Sequence[Outcome], name: str, seed: int) -> _Figure:
    pairs = list(dict.fromkeys(outcome.case.pair for outcome in outcomes))
    excluded = sum(name not in one.scores or not one.scores[name].total for one in outcomes)
    together = ratio(*_counts(outcomes, name, pairs), seed=seed) if pairs else None
    return _Figure(macro=None, micro=together, excluded=excluded)


def _gaps(run: Run) -> dict[str, Estimate]:
    pairs = list(dict.fromkeys(outcome.case.pair for outcome in run.outcomes))
    english, russian = ([one for one in run.outcomes if one.case.language == x] for x in ("en", "ru"))
    names = dict.fromkeys(name for outcome in run.outcomes for name in outcome.scores)
    seed = run.provenance.seed
    found = {n: difference(_counts(english, n, pairs), _counts(russian, n, pairs), seed=seed) for n in names}
    return {name: gap for name, gap in found.items() if gap is not None}


def _counts(outcomes: Sequence[Outcome], name: str, pairs: Sequence[str]) -> tuple[Row, Row]:
    """Hits and totals of each of `pairs`."""
    hits, totals = (dict.fromkeys(pairs, 0.0) for _ in range(2))
    for outcome in outcomes:
        if score := outcome.scores.get(name):
            hits[outcome.case.pair] += score.hits
            totals[outcome.case.pair] += score.total
    return np.array(list(hits.values())), np.array(list(totals.values()))
