"""What a run comes to: every metric with its interval, for all questions and for each sort of them, `delo.results/1`.

A metric's figure is the mean over the questions that it applies to (macro). Where it counts things within an answer,
sentences or quotations, `micro` is the share of all of them together.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from eval.intervals import Estimate, Row, differences, quantile, ratio, ratios, rule_of_three, wilson
from eval.measures import is_pooled, is_share
from eval.runs import Outcome, Provenance, Run
from eval.table import Mask, Scored, Table, tabulate
from index.document import LANGUAGES

SCHEMA = "delo.results/1"
FEW = 5  # pairs with, or without; a share of fewer is no bell curve, and has Wilson's interval
_SLICED = ("language", "kind", "sort", "period")  # by what questions are told apart
_SHARES = {"median": 0.5, "slowest twentieth": 0.95}  # of the durations of a stage

Method = Literal["bootstrap", "wilson", "rule of three"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric over some questions: `macro`, the mean over questions, and `micro`, the share of all that was counted.

    `macro` is None where the metric applies to no question, or is defined over all of them together alone; `micro`
    where it counts no more than one thing a question. `excluded` counts the questions that it does not apply to;
    `method` is that of the macro interval, or of the only one.
    """

    macro: Estimate | None
    micro: Estimate | None
    excluded: int
    method: Method = "bootstrap"

    @property
    def main(self) -> Estimate | None:
        """The figure to be told first."""
        return self.macro or self.micro


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Questions of one sort, such as `by` "language" those whose `value` is "ru", and what each metric says of them.

    That of all questions has "" for both.
    """

    by: str
    value: str
    questions: int
    pairs: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a run comes to; `slices` begins with that of all questions.

    `gaps` is English less Russian, of pairs that have both; `seconds` the durations of each stage; `flips` the share
    of repeats that came to another answer; `crashes` the ids of the questions that ended in an error.
    """

    provenance: Provenance
    slices: tuple[Slice, ...]
    gaps: Mapping[str, Estimate]
    seconds: Mapping[str, Mapping[str, Estimate]]
    flips: Estimate | None
    crashes: tuple[str, ...]
    schema: str = SCHEMA

    @property
    def whole(self) -> Slice:
        """All questions."""
        return self.slices[0]

    def record(self) -> dict[str, Any]:
        """All of it as plain values, which JSON can hold."""
        return {"schema": self.schema} | asdict(self)


def results(run: Run) -> Results:
    """What a run comes to."""
    return summary(run.provenance, run.outcomes)


def summary(provenance: Provenance, outcomes: Iterable[Outcome]) -> Results:
    """What a run comes to whose outcomes are looked at one by one, and not kept."""
    return results_of(Scored(provenance=provenance, table=tabulate(outcomes)))


def results_of(scored: Scored) -> Results:
    """What a run comes to, by its table."""
    table, seed = scored.table, scored.provenance.seed
    return Results(
        provenance=scored.provenance,
        slices=tuple(_slices(table, seed)),
        gaps=_gaps(table, seed),
        seconds=_seconds(table, seed),
        flips=_flips(table, seed),
        crashes=tuple(asked.id for asked in table.asked if asked.crashed),
    )


def _slices(table: Table, seed: int) -> Iterator[Slice]:
    yield _slice(table, "", "", seed)
    for by in _SLICED:
        told = np.array([str(getattr(asked, by) or "") for asked in table.asked])
        values = sorted(set(told.tolist()) - {""})
        for value in values:
            yield _slice(table.chosen(np.flatnonzero(told == value)), by, value, seed)


def _slice(table: Table, by: str, value: str, seed: int) -> Slice:
    pairs = len(set(table.pairs.tolist()))
    return Slice(by=by, value=value, questions=len(table.asked), pairs=pairs, figures=_figures(table, seed))


def _figures(table: Table, seed: int) -> dict[str, Figure]:
    """What each metric says of the questions of a table."""
    names = list(table.columns)
    if not names or not table.asked:
        return {}
    macros = ratios(*_sums(table, names, macro=True), seed=seed)
    counting = [name for name in names if _counts(table, name)]
    micros = dict(zip(counting, ratios(*_sums(table, counting, macro=False), seed=seed), strict=True))
    figures = {}
    for name, macro in zip(names, macros, strict=True):
        applies = table.columns[name].applies
        only = None if is_pooled(name) and (table.columns[name].totals > 1).any() else macro
        told: Estimate | None = only
        method: Method = "bootstrap"
        if only is not None and is_share(name):
            told, method = _ended(only, table.columns[name].values[applies], len(set(table.pairs[applies].tolist())))
        excluded = int((~applies).sum())
        micro = _widened(micros.get(name), table, name)
        figures[name] = Figure(macro=told, micro=micro, excluded=excluded, method=method)
    return figures


def _counts(table: Table, name: str) -> bool:
    """Whether a metric counts several things a question, or is a sum over questions by its nature."""
    column = table.columns[name]
    return is_pooled(name) or bool((column.totals[column.applies] != 1).any())


def _sums(table: Table, names: list[str], *, macro: bool) -> tuple[Row, Row]:
    """For each pair of questions the parts and wholes of metrics, (pairs, metrics) each."""
    columns = [table.columns[name] for name in names]
    if not columns:
        return np.zeros((1, 0)), np.zeros((1, 0))
    parts = np.stack([c.values if macro else c.hits for c in columns], axis=1)
    wholes = np.stack([c.applies if macro else c.totals for c in columns], axis=1)
    return by_pair(table, parts), by_pair(table, wholes.astype(float))


def by_pair(table: Table, values: Row) -> Row:
    """The sums of the rows of `values`, one a question, over each pair."""
    numbers = table.pairs
    summed = np.zeros((int(numbers.max()) + 1, *values.shape[1:]))
    np.add.at(summed, numbers, values)
    return summed


def _ended(estimate: Estimate, values: Row, pairs: int) -> tuple[Estimate, Method]:
    """The share with the interval that befits it: a bootstrap of what never varies has no width."""
    if not ((values >= 0) & (values <= 1)).all():
        return estimate, "bootstrap"
    if (values == 0).all() or (values == 1).all():
        seen, width = float(values[0]), rule_of_three(pairs)
        return _between(estimate, max(0.0, seen - width), min(1.0, seen + width)), "rule of three"
    if np.isin(values, (0.0, 1.0)).all() and min(estimate.value, 1 - estimate.value) * pairs < FEW:
        return _between(estimate, *wilson(estimate.value * pairs, pairs)), "wilson"
    return estimate, "bootstrap"


def _widened(estimate: Estimate | None, table: Table, name: str) -> Estimate | None:
    """The share of all that was counted; of none or all of it, with the rule of three, by pairs of questions."""
    column = table.columns[name]
    if estimate is None or not is_share(name) or ((column.hits != 0).any() and (column.hits != column.totals).any()):
        return estimate
    width = rule_of_three(len(set(table.pairs[column.applies].tolist())))
    return _between(estimate, max(0.0, estimate.value - width), min(1.0, estimate.value + width))


def _between(estimate: Estimate, low: float, high: float) -> Estimate:
    return Estimate(value=estimate.value, low=low, high=high, n=estimate.n)


def _gaps(table: Table, seed: int) -> dict[str, Estimate]:
    """What each metric says of English questions less what it says of Russian ones, where a pair has both."""
    names = [name for name in table.columns if not is_pooled(name)]
    if not names or not table.asked:
        return {}
    sides = []
    for language in LANGUAGES:
        here = np.array([asked.language == language for asked in table.asked])[:, None]
        parts, wholes = (np.stack(told, axis=1) * here for told in _told(table, names))
        sides.append((by_pair(table, parts), by_pair(table, wholes)))
    (russian, russians), (english, englishes) = sides
    both: Mask = (russians > 0) & (englishes > 0)
    found = differences((english * both, englishes * both), (russian * both, russians * both), seed=seed)
    return {name: gap for name, gap in zip(names, found, strict=True) if gap is not None}


def _told(table: Table, names: list[str]) -> tuple[list[Row], list[Row]]:
    columns = [table.columns[name] for name in names]
    return [column.values for column in columns], [column.applies.astype(float) for column in columns]


def _seconds(table: Table, seed: int) -> dict[str, dict[str, Estimate]]:
    found = {}
    for stage, taken in table.seconds.items():
        known = ~np.isnan(taken)
        pairs = np.unique(table.pairs[known], return_inverse=True)[1]
        found[stage] = {name: quantile(taken[known], pairs, share, seed=seed) for name, share in _SHARES.items()}
    return found


def _flips(table: Table, seed: int) -> Estimate | None:
    if not table.asked:
        return None
    return ratio(by_pair(table, table.flips), by_pair(table, table.repeats - 1), seed=seed)
