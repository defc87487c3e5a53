"""What a run comes to, without its answers: a row a question, a column a metric. Made while outcomes stream past."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.cases import Case
from eval.errors import RunError
from eval.intervals import Row
from eval.runfolder import outcomes, read_provenance
from eval.runs import Outcome, Provenance, Run
from eval.score import Score

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a run, what sort it is, and whether the system crashed on it."""

    id: str
    pair: str
    language: str
    question: str
    kind: str | None
    sort: str  # "answerable", or in which way it is not
    period: str | None
    crashed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A metric over all questions: `hits` and `totals` (questions,), 0 where it does not apply."""

    hits: Row
    totals: Row

    @property
    def applies(self) -> Mask:
        """To which questions the metric applies."""
        found: Mask = self.totals > 0
        return found

    @property
    def values(self) -> Row:
        """The share, or the value, of each question; 0 where the metric does not apply."""
        return np.divide(self.hits, self.totals, out=np.zeros_like(self.hits), where=self.applies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The questions of a run, a column for each metric, and the seconds (questions,) of each stage, NaN where unknown.

    `repeats` and `flips` (questions,) tell how often each was asked again, and how often that changed the answer.
    """

    asked: tuple[Asked, ...]
    columns: Mapping[str, Column]
    seconds: Mapping[str, Row]
    repeats: Row
    flips: Row

    @property
    def pairs(self) -> NDArray[Any]:
        """The number, from 0, of each question's pair (questions,)."""
        numbers: dict[str, int] = {}
        return np.array([numbers.setdefault(asked.pair, len(numbers)) for asked in self.asked], dtype=np.intp)

    def chosen(self, rows: NDArray[Any]) -> "Table":
        """The table of some of its questions, by their numbers, in that order."""
        return Table(
            asked=tuple(self.asked[n] for n in rows),
            columns={x: Column(hits=c.hits[rows], totals=c.totals[rows]) for x, c in self.columns.items()},
            seconds={stage: taken[rows] for stage, taken in self.seconds.items()},
            repeats=self.repeats[rows],
            flips=self.flips[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A run without its answers: under what circumstances it was made, and its table."""

    provenance: Provenance
    table: Table

    @classmethod
    def of(cls, run: Run) -> "Scored":
        """The table of a run that is at hand."""
        return cls(provenance=run.provenance, table=tabulate(run.outcomes))

    @classmethod
    def read(cls, folder: Path) -> "Scored":
        """The table of the run in `folder`, an outcome at a time.

        Raises: RunError if there is none, or it was cut short, or not judged.
        """
        provenance = read_provenance(folder)
        if provenance.finished is None:
            raise RunError(f"the run in '{folder}' was cut short; finish it with the command that began it")
        return cls(provenance=provenance, table=tabulate(outcomes(folder)))


@dataclass(slots=True)
class _Growing:
    """A column while it grows: the questions it has, by number, and what it says of them."""

    rows: list[int] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)

    def add(self, row: int, score: Score) -> None:
        self.rows.append(row)
        self.hits.append(score.hits)
        self.totals.append(score.total)

    def whole(self, questions: int) -> Column:
        return Column(hits=_spread(questions, self.rows, self.hits), totals=_spread(questions, self.rows, self.totals))


def tabulate(told: Iterable[Outcome]) -> Table:
    """The table of outcomes, which are looked at one by one and not kept.

    Raises: RunError if a question comes twice, or a duration is no number.
    """
    asked: list[Asked] = []
    columns: dict[str, _Growing] = {}
    seconds: list[Mapping[str, float]] = []
    repeats: list[tuple[int, int]] = []
    for row, outcome in enumerate(told):
        asked.append(_asked(outcome))
        seconds.append(_durations(outcome))
        repeats.append((outcome.repeats, outcome.flips))
        for name, score in outcome.scores.items():
            columns.setdefault(name, _Growing()).add(row, score)
    _refuse_repeated(asked)
    stages = dict.fromkeys(stage for taken in seconds for stage in taken)
    return Table(
        asked=tuple(asked),
        columns={name: growing.whole(len(asked)) for name, growing in columns.items()},
        seconds={stage: np.array([taken.get(stage, np.nan) for taken in seconds]) for stage in stages},
        repeats=np.array([asked_again for asked_again, _ in repeats], dtype=float),
        flips=np.array([flips for _, flips in repeats], dtype=float),
    )


def sort_of(case: Case) -> str:
    """What sort of question it is: answerable, or in which way it is not."""
    return "answerable" if case.answerable else case.absence or "absent"


def _asked(outcome: Outcome) -> Asked:
    case = outcome.case
    return Asked(
        id=case.id,
        pair=case.pair,
        language=case.language,
        question=case.question,
        kind=case.kind,
        sort=sort_of(case),
        period=outcome.period,
        crashed=outcome.error is not None,
    )


def _durations(outcome: Outcome) -> Mapping[str, float]:
    for stage, taken in outcome.seconds.items():
        if not (math.isfinite(taken) and taken >= 0):
            raise RunError(f"question {outcome.case.id!r}: the stage {stage!r} took {taken} s, which is no duration")
    return outcome.seconds


def _refuse_repeated(asked: Iterable[Asked]) -> None:
    seen: set[str] = set()
    for one in asked:
        if one.id in seen:
            raise RunError(f"the run has the question {one.id!r} twice; make it anew with: delo eval run SET --out ...")
        seen.add(one.id)


def _spread(questions: int, rows: list[int], values: list[float]) -> Row:
    spread = np.zeros(questions)
    spread[rows] = values
    return spread
