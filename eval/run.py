"""Asks every question of a set and keeps what came of each, as it comes: `run`.

What it was asked is not judged here: see `eval/scoring.py`. A run that was cut short goes on where it stopped.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.cases import Case, some, unfit
from eval.errors import CaseError, RunError
from eval.metrics.model import TO_WRITE
from eval.provenance import differing, now, peak_bytes, provenance
from eval.runfolder import append, begin, begun, cut_back, outcomes, read_provenance, write_provenance
from eval.runs import Found, Outcome, Provenance
from index.catalogue import Catalogue
from rag.errors import QuestionError
from rag.pipeline import Pipeline, Trace
from rag.question import Question
from rag.record import answer_record, refusal_record

REMOVED = "-removed"  # what the id of a question whose evidence is taken away ends in
Progress = Callable[[int, int], None]  # how many are done, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a set is asked. `question_set` is its name; each `every`th pair is asked, `repeat` times.

    `remove_evidence`: each answerable question is asked once more of an archive without the documents that answer it.
    `composer` and `settings` tell how the pipeline was opened; `model` names the language model that was to write.
    """

    question_set: str
    every: int = 1
    repeat: int = 1
    remove_evidence: bool = False
    seed: int = 0
    composer: str = "extractive"
    model: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def cases(self, cases: Sequence[Case]) -> list[Case]:
        """The questions that are asked, in order.

        Raises: CaseError if the id of one is that of another's twin.
        """
        chosen = some(cases, self.every)
        if not self.remove_evidence:
            return chosen
        ids = {case.id for case in chosen}
        if taken := [case.id for case in chosen if case.id + REMOVED in ids]:
            raise CaseError(f"the id {taken[0] + REMOVED!r} is needed for {taken[0]!r} without its evidence; rename it")
        return [case for one in chosen for case in ((one, removed(one)) if one.documents else (one,))]


def removed(case: Case) -> Case:
    """The question as it is asked of an archive without the documents that answer it."""
    return Case(
        id=case.id + REMOVED,
        pair=case.pair,
        language=case.language,
        question=case.question,
        answerable=False,
        absence="evidence removed",
        kind=case.kind,
    )


def run(
    cases: Sequence[Case], pipeline: Pipeline, folder: Path, plan: Plan, progress: Progress = lambda done, total: None
) -> Provenance:
    """Ask `cases` as `plan` says and keep what comes of each in `folder`; memory does not grow with their number.

    A run that is there already goes on, after its last whole line.

    Raises: CaseError if the cases do not fit the index; RunError if `folder` holds a run of something else, or the
        index changes meanwhile. A question that ends in an error is no error of the run.
    """
    asked = plan.cases(cases)
    with pipeline.opened() as index:
        _refuse_unfit(cases, index.catalogue)
        about = provenance(
            index,
            asked,
            question_set=plan.question_set,
            settings=dict(plan.settings)
            | {"every": plan.every, "repeat": plan.repeat, "remove_evidence": plan.remove_evidence}
            | ({TO_WRITE: plan.model} if plan.model else {}),
            composer=plan.composer,
            seed=plan.seed,
        )
        about, done = _resumed(folder, about, asked)
        asker = _Asker(pipeline, {case.id: case for case in cases}, index.catalogue, plan)
        left = asked[done:]
        if left:
            asker.outcome(left[0])  # so that what is timed is warm
        for count, _ in enumerate(append(folder, _all(asker, left, about.generation)), done + 1):
            progress(count, len(asked))
    if about.finished is None:
        about = replace(about, finished=now(), peak_bytes=peak_bytes())
        write_provenance(folder, about)
    return about


def _all(asker: "_Asker", cases: Sequence[Case], generation: str) -> Iterator[Outcome]:
    for case in cases:
        asker.refuse_other_than(generation)
        yield asker.outcome(case)


def _refuse_unfit(cases: Sequence[Case], catalogue: Catalogue) -> None:
    """Raise CaseError with all that does not fit; the documents are looked at a case at a time."""
    wrong = [
        told
        for case in cases
        if case.documents
        for told in unfit([case], {document.id: document for document in catalogue.documents(case.documents)})
    ]
    if wrong:
        raise CaseError(f"the question set does not fit the index: {'; '.join(wrong)}; index the archive it is of")


def _resumed(folder: Path, about: Provenance, cases: Sequence[Case]) -> tuple[Provenance, int]:
    """The provenance of the run in `folder`, and how many questions were asked; a new run if there is none."""
    if not begun(folder):
        begin(folder, about)
        return about, 0
    earlier = read_provenance(folder)
    if wrong := differing(earlier, about):
        raise RunError(f"'{folder}' holds another run: {', '.join(wrong)}; name another folder with --out")
    cut_back(folder)
    done = 0
    for outcome in outcomes(folder):
        if done == len(cases) or outcome.case.id != cases[done].id:
            raise RunError(f"'{folder}' holds another run: its question {outcome.case.id!r} is out of order; use --out")
        done += 1
    return earlier, done


class _Asker:
    """Asks single questions; `originals` are the cases by id, before any evidence is taken away."""

    def __init__(self, pipeline: Pipeline, originals: Mapping[str, Case], catalogue: Catalogue, plan: Plan) -> None:
        self._pipeline = pipeline
        self._originals = originals
        self._catalogue = catalogue
        self._repeat = plan.repeat
        self._written = {TO_WRITE: plan.model} if plan.model else {}

    def outcome(self, case: Case) -> Outcome:
        """What came of a question, also if that is a crash."""
        try:
            among = self._left(case)
            first = self._ask(case, among)
            others = [self._ask(case, among) for _ in range(self._repeat - 1)]
            period = self._period(case)
        except Exception as error:  # whatever it was, it is the result
            return Outcome(case=case, error=f"{type(error).__name__}: {error}", repeats=self._repeat)
        every = [first, *others]
        return replace(
            first,
            seconds={stage: _mean([one.seconds[stage] for one in every]) for stage in first.seconds},
            repeats=self._repeat,
            flips=sum(_said(one) != _said(first) for one in others),
            period=period,
        )

    def refuse_other_than(self, generation: str) -> None:
        """Raise RunError if the index has been changed since the run began."""
        with self._pipeline.opened() as index:
            if index.manifest.generation != generation:
                raise RunError("the index was changed while the run was made; begin it anew in another folder: --out")

    def _ask(self, case: Case, among: Set[str] | None) -> Outcome:
        start = time.perf_counter()
        try:
            trace = self._pipeline.trace(Question.of(case.question), among=among)
        except QuestionError as error:  # the system declines to answer, which is an answer
            record = refusal_record(case.question, str(error), id_=case.id)
            return Outcome(case=case, answer=record, seconds={"whole": time.perf_counter() - start})
        whole = time.perf_counter() - start
        return Outcome(
            case=case,
            answer=answer_record(trace.answer, seconds=whole, id_=case.id) | self._written,
            found=_found(trace),
            seconds={**trace.seconds, "whole": whole},
        )

    def _left(self, case: Case) -> frozenset[str] | None:
        """The documents that may be used; None for all. With those that answer it go those of the same words."""
        if case.absence != "evidence removed" or case.id in self._originals:
            return None
        gone = set(self._originals[case.id.removesuffix(REMOVED)].documents)
        for document in list(self._catalogue.documents(gone)):
            gone.update(self._catalogue.twins(document))
        return frozenset(held.document_id for held in self._catalogue.held()) - gone

    def _period(self, case: Case) -> str | None:
        """The decade of the document that answers the question best."""
        original = self._originals.get(case.id.removesuffix(REMOVED), case)
        document = self._catalogue.document(original.document_id) if original.document_id else None
        return f"{document.date.earliest.year // 10}0s" if document and document.date else None


def _found(trace: Trace) -> tuple[Found, ...]:
    """The passages found, in the order in which their sentences were thought to bear on the question."""
    return tuple(
        Found(
            passage_id=evidence.hit.passage.id,
            document_id=evidence.hit.document.id,
            score=float(evidence.relevance),
            spans=dict(evidence.hit.passage.spans),
        )
        for evidence in trace.evidence
    )


def _said(outcome: Outcome) -> tuple[bool, frozenset[tuple[object, ...]]]:
    """What makes an answer the same as another: whether it refuses, and the places that it cites."""
    answer = outcome.answer or {}
    cited = (place for statement in answer["statements"] for place in statement["citations"])
    places = frozenset((place["document_id"], place["language"], place["start"], place["end"]) for place in cited)
    return answer["abstained"], places


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
