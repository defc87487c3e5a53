"""Connects the parts that judge and measure answers with the runs that keep them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.judgement import Judgement
from eval.runs import Outcome
from eval.scoring import Scorer
from index.store import Index


@contextmanager
def open_scorer(home: Path) -> Iterator[Scorer]:
    """What judges and measures the answers of the index at `home`; only its documents are read, nothing is asked of it.

    Raises: IndexMissingError, IndexStaleError, IndexDamagedError.
    """
    with Index.open(home):
        yield Scorer(checker="none", judge=_judged, measure=lambda outcome: {})


def _judged(outcome: Outcome) -> Judgement:
    """What the record says of itself."""
    refused = outcome.answer is None or bool(outcome.answer["abstained"])
    return Judgement(id=outcome.case.id, refused=refused, sentences=(), unchecked=("nothing has been checked",))
