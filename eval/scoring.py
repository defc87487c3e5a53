"""Judges and scores what a run kept. The system is never asked: any run can be scored again, with another checker."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eval.judgement import Judgement
from eval.runfolder import count, outcomes, read_provenance, rewrite, write_provenance
from eval.runs import Outcome, Provenance
from eval.score import Score
from eval.table import sort_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """What judges an outcome, and what measures a judged one; `checker` names what says whether a source bears it out.

    `judge` is asked of outcomes that have an answer, `measure` of all: a crash has scores as well. `compare` gives the
    scores of a pair, the English question first; they are kept with the later one, so that each pair has them once.
    """

    checker: str
    judge: Callable[[Outcome], Judgement]
    measure: Callable[[Outcome], Mapping[str, Score]]
    compare: Callable[[Outcome, Outcome], Mapping[str, Score]] = lambda english, russian: {}

    def scored(self, outcome: Outcome) -> Outcome:
        """The outcome with its judgement and its scores, whatever it had before."""
        judgement = None if outcome.answer is None else self.judge(outcome)
        judged = replace(outcome, judgement=judgement, scores={})
        return replace(judged, scores=self.measure(judged))


def score(folder: Path, scorer: Scorer, progress: Callable[[int, int], None] = lambda done, total: None) -> Provenance:
    """Judge and score the run in `folder`, an outcome at a time; until the last the old scores stay.

    Raises: RunError if there is no run, or it is not of this form.
    """
    about = read_provenance(folder)
    total = count(folder)

    for done, _ in enumerate(rewrite(folder, _scored(outcomes(folder), scorer)), 1):
        progress(done, total)
    about = replace(about, checker=scorer.checker)
    write_provenance(folder, about)
    return about


def _scored(told: Iterable[Outcome], scorer: Scorer) -> Iterator[Outcome]:
    """Each outcome scored; only those are held whose question in the other language has not come yet."""
    waiting: dict[tuple[str, str], Outcome] = {}
    for outcome in told:
        scored = scorer.scored(outcome)
        key = (scored.case.pair, sort_of(scored.case))
        partner = waiting.get(key)
        if partner is None:
            waiting[key] = scored
        elif partner.case.language != scored.case.language:
            del waiting[key]
            english, russian = sorted((partner, scored), key=lambda one: one.case.language)
            scored = replace(scored, scores={**scored.scores, **scorer.compare(english, russian)})
        yield scored
