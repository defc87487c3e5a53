"""Compares two runs of the same questions: what changed, by how much, and whether by more than chance."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from eval.errors import RunError, UnlikeRunsError
from eval.intervals import Estimate, Row, differences, least_detectable
from eval.measures import PRIMARY, is_lower_better, is_pooled
from eval.paired import holm, mcnemar, permutations
from eval.results import by_pair
from eval.runs import Provenance
from eval.table import Column, Mask, Scored, Table

SCHEMA = "delo.comparison/1"
CHANGED = 10  # questions that changed most, which are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A metric in two runs, of the questions that it applies to in both.

    `difference` is new less baseline, with its interval; `p` that of the permutation test, `holm` the same raised for
    the number of primary metrics, `mcnemar` of a metric that is yes or no. A win is a question in which the new run is
    better, a loss, by its id among `lost`, one in which it is worse. `unpaired` counts the questions that the metric
    applies to in one run alone, which are left out. `detectable` is the least difference that so many pairs would show
    four times of five.
    """

    name: str
    primary: bool
    baseline: float
    new: float
    difference: Estimate
    pairs: int
    p: float
    holm: float | None
    mcnemar: float | None
    wins: int
    ties: int
    losses: int
    unpaired: int
    detectable: float | None
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A question that fared otherwise: what each metric said of it before and now; None where it did not apply."""

    id: str
    language: str
    question: str
    scores: dict[str, tuple[float | None, float | None]]

    @property
    def size(self) -> float:
        """By how much it changed: the differences added up, 1 at the most a metric, and where it applied but once."""
        return sum(1.0 if a is None or b is None else min(1.0, abs(b - a)) for a, b in self.scores.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs compared. `only_baseline` and `only_new` count the questions that the other has not."""

    baseline: Provenance
    new: Provenance
    questions: int
    only_baseline: int
    only_new: int
    contrasts: tuple[Contrast, ...]  # the primary ones first
    changed: tuple[Changed, ...]  # that which changed most first
    notes: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """All of it as plain values, which JSON can hold, `delo.comparison/1`."""
        return {"schema": SCHEMA} | asdict(self)


def compare(baseline: Scored, new: Scored, *, anyway: bool = False, primary: Sequence[str] = PRIMARY) -> Comparison:
    """`new` against `baseline`, question by question.

    Raises: UnlikeRunsError if they are of different questions or documents, or judged by different checkers, unless
        `anyway`; RunError if they have no question in common, lack some of their set, or were not judged.
    """
    notes = _differing(baseline.provenance, new.provenance)
    if notes and not anyway:
        raise UnlikeRunsError(f"the runs are not alike: {'; '.join(notes)}")
    one, two = common(baseline.table, new.table)
    lacking = max(len(baseline.table.asked), len(new.table.asked)) - len(one.asked)
    if lacking and not notes:
        raise RunError(f"{lacking} questions of their set are in one run alone: the other was cut; make it anew: --out")
    contrasts = _adjusted(list(_contrasts(one, two, primary, baseline.provenance.seed)))
    told = [contrast.name for contrast in contrasts if contrast.primary] or [c.name for c in contrasts]
    return Comparison(
        baseline=baseline.provenance,
        new=new.provenance,
        questions=len(one.asked),
        only_baseline=len(baseline.table.asked) - len(one.asked),
        only_new=len(new.table.asked) - len(two.asked),
        contrasts=contrasts,
        changed=_changed(one, two, told),
        notes=tuple(notes),
    )


def common(baseline: Table, new: Table) -> tuple[Table, Table]:
    """The two tables of the questions that are in both, in the order of `baseline`.

    Raises: RunError if there is none, or one of them has no metric.
    """
    places = {asked.id: n for n, asked in enumerate(new.asked)}
    rows = [(n, places[asked.id]) for n, asked in enumerate(baseline.asked) if asked.id in places]
    if not rows:
        raise RunError("the runs have no question in common; compare two runs of one set")
    if not baseline.columns or not new.columns:
        raise RunError("a run has not been judged; finish it with the command that began it: delo eval run SET --out")
    return baseline.chosen(np.array([n for n, _ in rows])), new.chosen(np.array([n for _, n in rows]))


def _differing(baseline: Provenance, new: Provenance) -> list[str]:
    told = []
    if baseline.questions != new.questions:
        told.append(
            f"their questions differ ({baseline.question_set} {baseline.questions[:12]}, "
            f"{new.question_set} {new.questions[:12]})"
        )
    if baseline.corpus != new.corpus:
        told.append(
            f"their documents differ ({baseline.documents} of corpus {baseline.corpus[:12]}, "
            f"{new.documents} of {new.corpus[:12]})"
        )
    if baseline.checker != new.checker:
        told.append(f"different checkers judged them ({baseline.checker or 'none'}, {new.checker or 'none'})")
    return told


def _contrasts(one: Table, two: Table, primary: Sequence[str], seed: int) -> Iterator[Contrast]:
    """Each metric that applies to a question in both runs, the primary ones first."""
    names = [name for name in one.columns if name in two.columns]
    ranked = sorted(names, key=lambda name: (primary.index(name) if name in primary else len(primary), name))
    olds = [_summed(one, one.columns[name], _fit(one, two, name), name) for name in ranked]
    news = [_summed(one, two.columns[name], _fit(one, two, name), name) for name in ranked]
    if not ranked:
        return
    sides = _side_by_side(news), _side_by_side(olds)
    apart, chance = differences(*sides, seed=seed), permutations(*sides, seed=seed)
    for name, old, now, difference, p in zip(ranked, olds, news, apart, chance, strict=True):
        if difference is not None:
            yield _contrast((one, two), name, (old, now), difference, p, primary=name in primary)


def _side_by_side(sums: list[tuple[Row, Row]]) -> tuple[Row, Row]:
    return np.stack([hits for hits, _ in sums], axis=1), np.stack([totals for _, totals in sums], axis=1)


def _fit(one: Table, two: Table, name: str) -> Mask:
    """The questions that are compared: those that the metric applies to in both runs, all if it is a sum over them."""
    applies = one.columns[name].applies, two.columns[name].applies
    fit: Mask = (applies[0] | applies[1]) if is_pooled(name) else (applies[0] & applies[1])
    return fit


def _summed(table: Table, column: Column, fit: Mask, name: str) -> tuple[Row, Row]:
    """For each pair what the ratio is made of: sums of values and of questions; of a pooled one, hits and totals."""
    hits, totals = (column.hits, column.totals) if is_pooled(name) else (column.values, column.applies)
    return by_pair(table, hits * fit), by_pair(table, totals.astype(float) * fit)


def _contrast(
    tables: tuple[Table, Table],
    name: str,
    sums: tuple[tuple[Row, Row], tuple[Row, Row]],
    difference: Estimate,
    p: float,
    *,
    primary: bool,
) -> Contrast:
    fit = _fit(*tables, name)
    before, after = (table.columns[name] for table in tables)
    gains = _gains(before, after, name)[fit]
    wins, losses = int((gains > 0).sum()), int((gains < 0).sum())
    (old, olds), (now, nows) = sums
    binary = not is_pooled(name) and bool(np.isin([before.values[fit], after.values[fit]], (0.0, 1.0)).all())
    shared = (olds > 0) & (nows > 0)
    return Contrast(
        name=name,
        primary=primary,
        baseline=float(old.sum() / olds.sum()),
        new=float(now.sum() / nows.sum()),
        difference=replace(difference, n=int(fit.sum())),
        pairs=int(((olds > 0) | (nows > 0)).sum()),
        p=p,
        holm=None,
        mcnemar=mcnemar(wins, losses) if binary else None,
        wins=wins,
        ties=len(gains) - wins - losses,
        losses=losses,
        unpaired=int((before.applies != after.applies).sum()),
        detectable=least_detectable(now[shared] / nows[shared] - old[shared] / olds[shared]),
        lost=tuple(tables[0].asked[row].id for row in np.flatnonzero(fit)[gains < 0]),
    )


def _gains(before: Column, after: Column, name: str) -> Row:
    """By how much each question is better than before; of a ratio of sums, by how much it moves that."""
    if is_pooled(name):
        hits, totals = before.hits + after.hits, before.totals + after.totals
        share = hits.sum() / totals.sum() if totals.sum() else 0.0
        gains = (after.hits - before.hits) - share * (after.totals - before.totals)
    else:
        gains = after.values - before.values
    return -gains if is_lower_better(name) else gains


def _adjusted(contrasts: list[Contrast]) -> tuple[Contrast, ...]:
    raised = holm({contrast.name: contrast.p for contrast in contrasts if contrast.primary})
    return tuple(replace(contrast, holm=raised.get(contrast.name)) for contrast in contrasts)


def _changed(one: Table, two: Table, names: Sequence[str]) -> tuple[Changed, ...]:
    """The questions that changed most in these metrics."""
    told = []
    for row, asked in enumerate(one.asked):
        values = {name: (_value(one.columns[name], row), _value(two.columns[name], row)) for name in names}
        moved = {name: (a, b) for name, (a, b) in values.items() if a != b}
        if moved:
            told.append(Changed(id=asked.id, language=asked.language, question=asked.question, scores=moved))
    return tuple(sorted(told, key=lambda changed: -changed.size)[:CHANGED])


def _value(column: Column, row: int) -> float | None:
    return float(column.values[row]) if column.applies[row] else None
