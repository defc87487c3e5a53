"""Measures retrieval in both languages, and what each part of it adds: `python -m eval.retrieval ARCHIVE QUESTIONS`.

ARCHIVE is a folder of records, QUESTIONS a file as `eval.cases` describes it. Each figure comes with its 95 % interval,
from a bootstrap over question pairs, and the number of questions it rests on.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from eval.cases import Case, read_cases, some
from eval.intervals import Estimate, Row, difference, ratio
from eval.outcomes import Measurer, Outcome
from index.build import update
from index.document import LANGUAGES
from index.store import Index

Figures = dict[str, Estimate]  # "name | language" -> figure
RECALL = "document recall@5"


def main(arguments: Sequence[str] | None = None) -> None:
    """Index the archive, ask every question, print a line a figure, and write them to --json if asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("archive", type=Path, help="a folder of records")
    parser.add_argument("questions", type=Path, help="questions with their answers, JSON lines")
    parser.add_argument("--json", type=Path, dest="out", metavar="FILE", help="write the figures to this file")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap (0)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask each Nth pair of questions (1)")
    options = parser.parse_args(arguments)
    cases = some(read_cases(options.questions), options.every)
    with tempfile.TemporaryDirectory() as folder:
        update(Path(folder), [options.archive])
        outcomes = measure(Path(folder), cases)
    found = figures(cases, outcomes, seed=options.seed)
    wide = max(map(len, found))
    for name, estimate in found.items():
        sys.stdout.write(f"{name:<{wide}} {estimate}\n")
    if options.out:
        told = {name: asdict(estimate) for name, estimate in found.items()}
        options.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


def measure(home: Path, cases: Sequence[Case]) -> list[Outcome]:
    """What came of each question, asked of the index at `home`."""
    with Index.open(home) as opened:
        measurer = Measurer(opened, cases)
        return [measurer.outcome(case) for case in cases]


def figures(cases: Sequence[Case], outcomes: Sequence[Outcome], *, seed: int) -> Figures:
    """Every figure, for each language of the questions and for both, the main ones first."""
    table = _Table(cases, outcomes)
    found = {
        f"{name} | {language}": estimate
        for name in table.names
        for language in ("both", *LANGUAGES)
        if (estimate := ratio(*table.sums(name, language), seed=seed)) is not None
    }
    apart = difference(table.sums(RECALL, "en"), table.sums(RECALL, "ru"), seed=seed)
    return found | ({f"{RECALL}, en - ru": apart} if apart else {}) | dict(_abstention(table, seed))


def _abstention(table: "_Table", seed: int) -> Iterator[tuple[str, Estimate]]:
    """How well the questions without an answer are told from the others, a refusal counting as found."""
    for language in ("both", *LANGUAGES):
        refused, asked = table.sums("refused", language)
        rightly, empty = table.sums("refused", language, answerable=False)
        rates: Mapping[str, tuple[Row, Row]] = {
            "precision": (rightly, refused),
            "recall": (rightly, empty),
            "F1": (2 * rightly, refused + empty),
            "answerable refused": (refused - rightly, asked - empty),
        }
        for name, (parts, wholes) in rates.items():
            if empty.sum() or name == "answerable refused":
                estimate = ratio(parts, wholes, seed=seed)
                if estimate is not None:
                    yield f"abstention, {name} | {language}", estimate


class _Table:
    """Outcomes summed up by question pair."""

    def __init__(self, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> None:
        self._pairs = {pair: n for n, pair in enumerate(dict.fromkeys(case.pair for case in cases))}
        self._rows = list(zip(cases, outcomes, strict=True))
        hidden = {"refused", "confidence"}
        self.names = sorted({name for told in outcomes for name in told} - hidden, key=_order)

    def sums(self, name: str, language: str, *, answerable: bool | None = None) -> tuple[Row, Row]:
        """For each pair the sum of a figure, and how many questions have it."""
        parts, wholes = np.zeros(len(self._pairs)), np.zeros(len(self._pairs))
        for case, told in self._rows:
            fits = answerable is None or answerable == (case.document_id is not None)
            if fits and name in told and language in ("both", case.language):
                parts[self._pairs[case.pair]] += told[name]
                wholes[self._pairs[case.pair]] += 1
        return parts, wholes


def _order(name: str) -> tuple[int, str]:
    """The whole first, then each part."""
    kinds = ("whole", "both", RECALL, "milliseconds", "legs", "leg", "without", "signal")
    return next((n for n, kind in enumerate(kinds) if name.startswith(kind)), len(kinds)), name


if __name__ == "__main__":
    main()
