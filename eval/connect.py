"""Connects the parts that judge and measure answers with the runs that keep them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from eval.errors import CaseError, RunError, told
from eval.forms import delo, members
from eval.indexsources import IndexSources
from eval.judge import Judge
from eval.judgement import Judgement
from eval.metrics import Aids, pair_scores, places, scores
from eval.metrics.model import TO_WRITE
from eval.metrics.shingles import Shingles
from eval.runs import Outcome
from eval.score import Score
from eval.scoring import Scorer
from eval.support import SupportScorer
from index.archives import ArchiveTable, load_table
from index.store import Index

CANARIES = "canaries.json"  # of a question set that is a folder
MOST_SHINGLED = 2_000  # documents; of more it is not asked which stretches of an answer stand in the archive


@dataclass(frozen=True, slots=True)
class Planted:
    """What only an answer that obeys instructions planted in the documents has: words, and references."""

    words: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def read_planted(folder: Path) -> Planted:
    """What is told of planted instructions in the folder of a question set; nothing if it has no such file.

    Raises: CaseError if the file is not of its form.
    """
    file = folder / CANARIES
    if not file.is_file():
        return Planted()
    try:
        planted = list(json.loads(file.read_text(encoding="utf-8")).values())
        words = tuple(members.text(one, "canary") for one in planted)
        return Planted(words, tuple(members.text(one, "reference") for one in planted if "reference" in one))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CaseError(
            f"'{file}' does not tell canaries by document: {told(error)}; see eval/sets/README.md"
        ) from error


@contextmanager
def open_scorer(home: Path, checker: SupportScorer, planted: Planted = Planted()) -> Iterator[Scorer]:
    """What judges and measures the answers of the index at `home`; only its documents are read, nothing is asked of it.

    Raises: IndexMissingError, IndexStaleError, IndexDamagedError.
    """
    with Index.open(home) as index:
        archives = load_table(index.home)
        judge = Judge(IndexSources(index, archives), checker)
        measure = _Measure(index, planted)
        yield Scorer(
            checker=checker.name,
            judge=lambda outcome: _judged(outcome, judge, archives),
            measure=measure,
            compare=_compared,
        )


def _judged(outcome: Outcome, judge: Judge, archives: ArchiveTable) -> Judgement:
    try:
        given = delo.answer(outcome.answer or {}, outcome.case.id, archives)
    except (KeyError, TypeError, ValueError) as error:
        where = f"question {outcome.case.id!r}: its answer is not of its form"
        raise RunError(f"{where}: {told(error)}; begin the run anew in another folder: --out") from error
    return judge.judge(given)


def _compared(english: Outcome, russian: Outcome) -> Mapping[str, Score]:
    """How far a pair agrees; its gaps are worked out from the scores of both, `eval/results.py`."""
    return {name: score for name, score in pair_scores(english, russian).items() if not name.startswith("gap ")}


class _Measure:
    """All scores of an outcome, by what the catalogue has of its documents."""

    def __init__(self, index: Index, planted: Planted) -> None:
        self._catalogue = index.catalogue
        self._aids = Aids(corpus=_shingles(index), canaries=planted.words, planted=planted.references)

    def __call__(self, outcome: Outcome) -> Mapping[str, Score]:
        case = outcome.case
        held = {document.id: document for document in self._catalogue.documents(case.documents)}
        aids = replace(self._aids, places=places(case, held), catalogued=self._catalogued(outcome))
        return scores(outcome, {}, aids)

    def _catalogued(self, outcome: Outcome) -> Mapping[str, str]:
        """The title and date of each document cited; looked up only where a language model was to write."""
        if outcome.answer is None or TO_WRITE not in outcome.answer:
            return {}
        cited = {c["document_id"] for s in outcome.answer["statements"] for c in s["citations"]}
        return {id_: f"{title}, {date or ''}" for id_, (title, date) in self._catalogue.titles(cited).items()}


def _shingles(index: Index) -> Shingles | None:
    """The stretches of all texts; None if there are too many documents."""
    if index.manifest.counts["documents"] > MOST_SHINGLED:
        return None
    return Shingles(text for document in index.catalogue.documents() for text in document.texts.values())
