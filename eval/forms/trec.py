"""Judgements and rankings as TREC keeps them.

Judgements (qrels) are lines of four columns, `question 0 unit grade`; rankings (runs) lines of six, `question Q0 unit
rank score tag`. A unit is a document or a leaf of one, `document#l5`, never a passage, so that judgements hold when
documents are cut in another way. trec_eval orders a run by its scores, as 32-bit numbers, and those of one score by
unit, the greater first; the rank column means nothing to it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from eval.errors import CaseError
from eval.metrics.units import Unit

_GREATEST = float(np.finfo(np.float32).max)

Qrels = dict[str, dict[str, int]]  # by question, by unit: how much it helps; 0 or less not at all


class Ranked(NamedTuple):
    """A unit found for a question, and its score, higher is better."""

    unit: str
    score: float


Runs = dict[str, tuple[Ranked, ...]]  # by question, best first


def unit_of(text: str) -> Unit:
    """The document, and the leaf if there is one, that a unit's id names."""
    document, mark, leaf = text.rpartition("#l")
    return Unit(document, leaf) if mark and document and leaf else Unit(text)


def read_qrels(path: Path) -> Qrels:
    """The judgements of a file of four columns.

    Raises: CaseError naming the line that is not of this form, or that judges a unit for a second time.
    """
    qrels: Qrels = {}
    for number, columns in rows(path, 4, str.split):
        question, _, unit, grade = columns
        judge(qrels, (question, unit, grade), f"{path}, line {number}")
    return qrels


def judge(qrels: Qrels, row: tuple[str, str, str], where: str) -> None:
    """Put a judgement, a question, a unit and a grade, among the others; `where` it stands is told if it is wrong."""
    question, unit, grade = row
    units = qrels.setdefault(question, {})
    if unit in units:
        raise CaseError(
            f"{where}: unit {unit!r} of question {question!r} was judged on an earlier line; once is enough"
        )
    try:
        units[unit] = int(grade)
    except ValueError as error:
        raise CaseError(f"{where}: the grade is {grade!r}, not a whole number") from error


def rows(path: Path, columns: int, split: Callable[[str], list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The lines of a file that are not blank, each with its number from 1, cut into its columns.

    Raises: CaseError if the file cannot be read, or naming the line that has more or fewer columns.
    """
    for number, line in lines(path):
        found = split(line)
        if len(found) != columns or not all(found):
            raise CaseError(f"{path}, line {number}: {len(found)} columns, not {columns}: {line[:80]!r}")
        yield number, found


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, each with its number from 1.

    Raises: CaseError if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"'{path}' cannot be read: {error}") from error
    yield from ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write judgements as four columns.

    Raises: ValueError for an id that is empty or has white space in it, which TREC's form cannot hold.
    """
    told = [
        f"{_id(question)} 0 {_id(unit)} {grade}\n" for question, units in qrels.items() for unit, grade in units.items()
    ]
    path.write_text("".join(told), encoding="utf-8")


def read_runs(path: Path) -> Runs:
    """The rankings of a file of six columns, ordered as trec_eval orders them.

    Raises: CaseError naming the line that is not of this form, that has a unit of its question a second time, or whose
        score is not a finite number.
    """
    held: dict[str, dict[str, float]] = {}
    for number, (question, _, unit, _, score, _) in rows(path, 6, str.split):
        units = held.setdefault(question, {})
        if unit in units:
            raise CaseError(f"{path}, line {number}: unit {unit!r} was ranked for {question!r} on an earlier line")
        units[unit] = _finite(score, f"{path}, line {number}")
    return {question: in_order(units) for question, units in held.items()}


def in_order(units: Mapping[str, float]) -> tuple[Ranked, ...]:
    """Units by score, the highest first; those of one 32-bit score by id, the greater first: trec_eval's order."""
    pairs = sorted(units.items(), key=lambda pair: (np.float32(pair[1]), pair[0].encode()), reverse=True)
    return tuple(Ranked(unit, score) for unit, score in pairs)


def _finite(score: str, where: str) -> float:
    try:
        value = float(score)
    except ValueError as error:
        raise CaseError(f"{where}: the score is {score!r}, not a number") from error
    if not abs(value) <= _GREATEST:
        raise CaseError(f"{where}: the score is {score!r}; it must be finite, in 32 bits")
    return value


def write_runs(path: Path, runs: Mapping[str, Sequence[Ranked]], tag: str) -> None:
    """Write rankings as six columns, the units in the order given.

    Scores are kept where they fall strictly even as 32-bit numbers, so that whoever reads the file sees this very
    order; where they do not, those of the question are replaced by how many units come at or after each.

    Raises: ValueError for an id that is empty or has white space in it, or a unit given twice.
    """
    told = []
    for question, ranking in runs.items():
        if len({unit for unit, _ in ranking}) < len(ranking):
            raise ValueError(f"a unit stands twice in the ranking of {question!r}")
        for rank, (unit, score) in enumerate(strictly_falling(ranking), 1):
            told.append(f"{_id(question)} Q0 {_id(unit)} {rank} {score!r} {_id(tag)}\n")
    path.write_text("".join(told), encoding="utf-8")


def strictly_falling(ranking: Sequence[Ranked]) -> list[Ranked]:
    """The same order with scores that fall strictly, those given if they do."""
    with np.errstate(over="ignore"):
        scores = np.asarray([score for _, score in ranking], np.float32)
    if np.isfinite(scores).all() and all(one > two for one, two in pairwise(scores)):
        return [Ranked(unit, float(score)) for unit, score in ranking]
    return [Ranked(unit, float(len(ranking) - n)) for n, (unit, _) in enumerate(ranking)]


def _id(text: str) -> str:
    if not text or text.split() != [text]:
        raise ValueError(f"{text!r} cannot be an id in TREC's form: it is empty or has white space in it")
    return text
