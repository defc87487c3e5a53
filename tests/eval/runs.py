"""Runs made by hand, for what is worked out from them."""

from eval.cases import Case
from eval.runs import Outcome, Provenance
from eval.score import Score, none
from eval.table import Scored, tabulate


def provenance(**other):
    told = {
        "version": "0",
        "commit": None,
        "question_set": "made by hand",
        "questions": "a" * 64,
        "corpus": "b" * 64,
        "documents": 3,
        "generation": "g",
        "model": "usem3",
        "settings": {},
        "composer": "extractive",
        "checker": "none",
        "seed": 0,
        "host": "here",
        "python": "3",
        "started": "2026-01-01T00:00:00+00:00",
        "finished": "2026-01-01T00:00:01+00:00",
    }
    return Provenance(**told | other)


def outcome(id_, scores=None, *, pair=None, language="en", answerable=True, kind=None, **other):
    """An outcome; a score is a number, (hits, total), or None where it does not apply."""
    case = Case(
        id=id_, pair=pair or id_, language=language, question=f"What of {id_}?", answerable=answerable, kind=kind,
        absence=None if answerable else "absent",
    )  # fmt: skip
    made = {name: _score(told) for name, told in (scores or {}).items()}
    return Outcome(case=case, scores=made, **other)


def scored(outcomes, **other):
    return Scored(provenance=provenance(**other), table=tabulate(outcomes))


def _score(told):
    if told is None:
        return none("not applicable")
    hits, total = told if isinstance(told, tuple) else (told, 1)
    return Score(hits=hits, total=total, reason="by hand")
