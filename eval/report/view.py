"""What the report shows of the results of a run: tables of figures, each with its interval and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.intervals import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure for one group of questions; None where it applies to none of them.

    `together` is the share of all things counted, such as sentences, where `estimate` is the mean over answers.
    `excluded` counts the answers that it does not apply to.
    """

    estimate: Estimate | None
    together: Estimate | None = None
    excluded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A metric and its figures, one for each group of the table.

    `title` says in plain words what is measured; `formula`, `range` and `source` are those of the metric's card.
    `family` is the heading that it stands under.
    """

    name: str
    title: str
    figures: tuple[Figure, ...]
    formula: str = ""
    range: str = ""
    source: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Metrics by group of questions, such as languages or kinds of question."""

    title: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Seconds that a stage takes, by the share of questions that it takes no longer for, in words."""

    name: str
    seconds: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What is shown of the results of a run.

    `headline` are the few metrics that decide, `every` all of them, both by language; `slices` all by other groups.
    `risk` are points of coverage and risk, coverage rising.
    """

    headline: Table
    every: Table
    slices: tuple[Table, ...] = ()
    stages: tuple[Stage, ...] = ()
    risk: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictShare:
    """How often a checker comes to a verdict in a labelled set, and the share of those sentences that is supported."""

    share: float
    supported: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """What a checker was found to say of one labelled set: `n` sentences, `base` the share that is supported.

    `note`: where the set is from, and whether the checker was made with it at hand.
    """

    dataset: str
    n: int
    base: float
    verdicts: Mapping[str, VerdictShare]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationCard:
    """How far a checker is to be trusted, as measured."""

    checker: str
    sets: tuple[Calibrated, ...]
