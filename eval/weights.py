"""Learns the weights of evidence and of confidence: `python -m eval.weights ARCHIVE QUESTIONS [ARCHIVE QUESTIONS ...]`.

Prints what is to be written into `rag.evidence` and `rag.confidence`, and how well weights so learned do on documents
they were not learned from: the documents are divided into folds, and each fold is judged by the weights of the others.
Several archives, such as one with both texts and ones with a single text, are learned from together.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.cases import Case, read_cases, some
from eval.outcomes import Measurer
from index.build import update
from index.store import Index
from rag.confidence import CUES
from rag.signals import SIGNALS

Rows = NDArray[np.float64]

FOLDS = 6
RIDGE = 1e-3  # keeps a weight that nothing speaks for near 0
STEPS = 30  # of Newton's method; ten are enough
_ENOUGH = 1e-3  # a step that changes no weight by more is the last
SUBSETS = 1  # of each archive that each question is put to, for the confidence


@dataclass(frozen=True, slots=True)
class Choice:
    """A question as it is learned from: a row of numbers for each thing it could choose, and the right one."""

    archive: str
    asked: str  # the language of the question
    document: str
    rows: Rows
    right: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from the archives named, and print weights and how well they do."""
    parser = argparse.ArgumentParser(prog="python -m eval.weights", description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+", metavar="ARCHIVE QUESTIONS")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of subsets and folds (0)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="learn from each Nth pair of questions (1)")
    options = parser.parse_args(arguments)
    sentences: list[Choice] = []
    whether: list[Choice] = []
    for archive, questions in zip(options.paths[::2], options.paths[1::2], strict=True):
        with tempfile.TemporaryDirectory() as folder:
            update(Path(folder), [archive])
            with Index.open(Path(folder)) as index:
                cases = [case for case in some(read_cases(questions), options.every) if case.document_id]
                sentences += _sentences(Measurer(index, cases), cases, archive.parent.name)
                whether += _whether(index, cases, archive.parent.name, options.seed)
    _report("evidence", SIGNALS, sentences, options.seed, _places)
    _report("confidence", (*CUES, "bias"), whether, options.seed, _refusals)


def _sentences(measurer: Measurer, cases: Sequence[Case], archive: str) -> Iterator[Choice]:
    """Questions whose sentence is among those found, each with the signals of all sentences found."""
    for case in cases:
        known = measurer.known(case)
        search, told = measurer.signals(case)
        places = [
            (hit.document.id, x.language, span) for hit, x in zip(search.hits, told, strict=True) for span in x.spans
        ]
        right = [
            n
            for n, (document, language, span) in enumerate(places)
            if known and document == known.document_id and language in known.gold and span.meets(known.gold[language])
        ]
        if right:
            rows = np.concatenate([x.rows for x in told]).astype(np.float64)
            yield Choice(archive, case.language, str(case.document_id), rows, right[0])


def _whether(index: Index, cases: Sequence[Case], archive: str, seed: int) -> Iterator[Choice]:
    """Questions put to random parts of an archive, every other time to one that lacks the answer's document."""
    rng = random.Random(seed)  # noqa: S311 - the same parts at every run
    measurer, held = Measurer(index, cases), sorted(h.document_id for h in index.catalogue.held())
    for case in cases:
        others = [id_ for id_ in held if id_ != case.document_id]
        for _ in range(SUBSETS):
            part = rng.sample(others, max(1, round(len(others) ** rng.random())))
            right = rng.random() < 0.5
            told = measurer.cues(case, frozenset(part) | ({str(case.document_id)} if right else frozenset()))
            if told is None:
                continue
            rows = np.array([[0.0] * (len(CUES) + 1), [*(told[name] for name in CUES), 1.0]])
            yield Choice(archive, case.language, str(case.document_id), rows, int(right))


def learn(choices: Sequence[Choice]) -> Rows:
    """The weights under which the right rows are likeliest: a conditional logit, by Newton's method.

    A step that would make them less likely is halved until it does not.
    """
    weights: Rows = np.zeros(choices[0].rows.shape[1])
    for _ in range(STEPS):
        step, wrong = _step(choices, weights), _surprise(choices, weights)
        while _surprise(choices, weights - step) > wrong and np.abs(step).max() > _ENOUGH:
            step /= 2
        weights -= step
        if np.abs(step).max() < _ENOUGH:
            break
    return weights


def _step(choices: Sequence[Choice], weights: Rows) -> Rows:
    slope, bend = RIDGE * weights, RIDGE * np.eye(len(weights))
    for choice in choices:
        likely = np.exp(_told(choice, weights))
        mean: Rows = likely @ choice.rows
        slope = slope + (mean - choice.rows[choice.right]) / len(choices)
        bend = bend + ((choice.rows * likely[:, None]).T @ choice.rows - np.outer(mean, mean)) / len(choices)
    return np.asarray(np.linalg.solve(bend, slope))


def _surprise(choices: Sequence[Choice], weights: Rows) -> float:
    told = -sum(float(_told(choice, weights)[choice.right]) for choice in choices) / len(choices)
    return told + RIDGE * float(weights @ weights) / 2


def _told(choice: Choice, weights: Rows) -> Rows:
    """The logarithm of how likely each row is."""
    scores: Rows = choice.rows @ weights
    scores = scores - scores.max()
    return np.asarray(scores - np.log(np.exp(scores).sum()))


def _report(
    what: str, names: Sequence[str], choices: list[Choice], seed: int, judge: Callable[[list[tuple[Choice, Rows]]], str]
) -> None:
    weights = ", ".join(f'"{n}": {w:.3f}' for n, w in zip(names, learn(choices), strict=True))
    sys.stdout.write(f"{what}: {weights}\n")
    fold = _folds(choices, seed)
    judged: list[tuple[Choice, Rows]] = []
    for number in range(FOLDS):
        held = learn([choice for choice in choices if fold[choice.document] != number])
        judged += [(choice, held) for choice in choices if fold[choice.document] == number]
    for kind in sorted({(choice.archive, choice.asked) for choice in choices}):
        of_kind = [(choice, held) for choice, held in judged if (choice.archive, choice.asked) == kind]
        sys.stdout.write(f"  {kind[0]}, asked in {kind[1]}: {judge(of_kind)}\n")
    sys.stdout.flush()


def _folds(choices: Sequence[Choice], seed: int) -> dict[str, int]:
    documents = sorted({choice.document for choice in choices})
    random.Random(seed).shuffle(documents)  # noqa: S311 - the same folds at every run
    return {document: n % FOLDS for n, document in enumerate(documents)}


def _places(judged: list[tuple[Choice, Rows]]) -> str:
    before = [int((c.rows @ held > c.rows[c.right] @ held).sum()) for c, held in judged]
    first, few = (sum(n < most for n in before) / len(before) for most in (1, 3))
    return f"right sentence first {first:.3f}, in the first three {few:.3f} (n {len(before)})"


def _refusals(judged: list[tuple[Choice, Rows]]) -> str:
    sure = np.exp([_told(choice, held)[1] for choice, held in judged])
    right = np.array([choice.right == 1 for choice, _ in judged])
    told = []
    for floor in (0.3, 0.4, 0.5, 0.6):
        refused = sure < floor
        hit, n = int((refused & ~right).sum()), int(refused.sum())
        f1 = 2 * hit / max(1, n + int((~right).sum()))
        told.append(f"{floor}: F1 {f1:.3f}, answerable refused {(refused & right).sum() / max(1, right.sum()):.3f}")
    return "; ".join(told) + f" (n {len(judged)})"


if __name__ == "__main__":
    main()
