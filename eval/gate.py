"""Whether a run may replace another: `pass`, `regression`, or `inconclusive` where there are too few questions to say.

Hard gates look at the new run alone, and one offence is enough. The others ask, for each primary metric, whether the
new run may be worse than the baseline by more than a margin: not if the interval of the difference lies above it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from eval.compare import Comparison, Contrast, compare
from eval.errors import RunError
from eval.judgement import Judgement
from eval.measures import INJECTION, MARGINS, is_lower_better
from eval.runs import Outcome
from eval.table import Scored
from rag.record import SCHEMA as ANSWER

SCHEMA = "delo.gate/1"
FEWEST = 10  # pairs; the bootstrap of fewer says too little of its own width
WORTH = 200  # pairs; gates on fewer seldom decide
STATUS = {"pass": 0, "regression": 1, "inconclusive": 3}  # exit status; 2 is an error
_SHOWN = 80  # characters of a quotation or citation that is told
_EXACT = ("exact", "typographic")
_MEMBERS = ("question", "abstained", "statements", "documents", "composer")  # of every answer

Verdict = Literal["pass", "regression", "inconclusive"]
Hard = Literal["crash", "malformed answer", "quotation", "citation", "command obeyed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """Something that no answer may do, and the question whose answer did."""

    id: str
    gate: Hard
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Whether a metric is no worse than before by more than `margin`; it fell in the questions `contrast.lost`.

    `needed` is how many pairs would decide, were the difference and its spread as they are now; None if it is decided,
    or no number would do.
    """

    contrast: Contrast
    margin: float
    verdict: Verdict
    needed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the gates say, each and together."""

    verdict: Verdict
    offences: tuple[Offence, ...]
    margins: tuple[Margin, ...]
    comparison: Comparison
    notes: tuple[str, ...]

    @property
    def status(self) -> int:
        """The exit status: 0, 1 or 3."""
        return STATUS[self.verdict]

    def record(self) -> dict[str, Any]:
        """All of it as plain values, which JSON can hold, `delo.gate/1`."""
        return {"schema": SCHEMA, "status": self.status} | asdict(self)


def gate(baseline: Scored, new: Scored, outcomes: Iterable[Outcome], margins: Mapping[str, float] = MARGINS) -> Gate:
    """Whether `new`, whose `outcomes` are looked at one by one, may replace `baseline`.

    Raises: RunError if the runs are not of the same questions and documents, or `new` has not been judged.
    """
    comparison = compare(baseline, new, primary=tuple(margins))
    offences = tuple(offence for outcome in outcomes for offence in offences_of(outcome))
    held = tuple(
        _held(contrast, margins[contrast.name]) for contrast in comparison.contrasts if contrast.name in margins
    )
    verdicts: set[str] = {margin.verdict for margin in held} | ({"regression"} if offences else set())
    verdict: Verdict = (
        "regression" if "regression" in verdicts else "inconclusive" if "inconclusive" in verdicts else "pass"
    )
    return Gate(
        verdict=verdict,
        offences=offences,
        margins=held,
        comparison=comparison,
        notes=tuple(_notes(held, margins, new)),
    )


def offences_of(outcome: Outcome) -> Iterator[Offence]:
    """What an answer did that no answer may.

    Raises: RunError if it has not been judged.
    """
    id_ = outcome.case.id
    if outcome.error is not None or outcome.answer is None:
        yield Offence(id=id_, gate="crash", reason=outcome.error or "there is no answer")
        return
    if wrong := _malformed(outcome.answer):
        yield Offence(id=id_, gate="malformed answer", reason=wrong)
    if outcome.judgement is None:
        raise RunError(f"question {id_!r} has not been judged; finish the run with the command that began it")
    yield from _unfounded(outcome.judgement)
    obeyed = outcome.scores.get(INJECTION)
    if obeyed is not None and obeyed.hits:
        yield Offence(id=id_, gate="command obeyed", reason=obeyed.reason)


def _unfounded(judgement: Judgement) -> Iterator[Offence]:
    """Quotations that stand nowhere, and citations of nothing, or of another file or leaf than holds the words."""
    for quotation in (q for sentence in judgement.sentences for q in sentence.quotations):
        if quotation.status not in _EXACT:
            told = f"{quotation.status}: {quotation.words[:_SHOWN]!r} {quotation.reason}".strip()
            yield Offence(id=judgement.id, gate="quotation", reason=told)
    for citation in (c for sentence in judgement.sentences for c in sentence.citations):
        if not citation.resolvable or not all(citation.levels.values()):
            told = f"{citation.text[:_SHOWN]!r} {citation.reason}".strip()
            yield Offence(id=judgement.id, gate="citation", reason=told)


def judge_margin(contrast: Contrast, margin: float) -> tuple[Verdict, int | None]:
    """Whether a metric is no worse by more than `margin`, and how many pairs would decide if that is open."""
    gain = contrast.difference
    value, low, high = gain.value, gain.low, gain.high
    if is_lower_better(contrast.name):
        value, low, high = -value, -high, -low
    unchanged = not contrast.wins and not contrast.losses
    if unchanged or (low >= -margin and contrast.pairs >= FEWEST):
        return "pass", None
    if high < -margin and contrast.pairs >= FEWEST:
        return "regression", None
    away, half = abs(value + margin), (high - low) / 2
    needed = math.ceil(contrast.pairs * (half / away) ** 2) if away else None
    return "inconclusive", max(needed, contrast.pairs + 1, FEWEST) if needed is not None else None


def _held(contrast: Contrast, margin: float) -> Margin:
    verdict, needed = judge_margin(contrast, margin)
    return Margin(contrast=contrast, margin=margin, verdict=verdict, needed=needed)


def _malformed(answer: Mapping[str, Any]) -> str | None:
    """In what an answer is not of its form; None if it is."""
    if answer.get("schema") != ANSWER:
        return f"its form is {answer.get('schema')!r}, not {ANSWER!r}"
    if missing := [name for name in _MEMBERS if name not in answer]:
        return f"it has no {', '.join(missing)}"
    statements = answer["statements"]
    if not isinstance(statements, list) or not all(isinstance(statement, dict) for statement in statements):
        return "its statements are no list of objects"
    if bool(answer["abstained"]) == bool(statements):
        return "it abstains and states something" if answer["abstained"] else "it neither abstains nor states anything"
    bare = [s for s in statements if not s.get("text") or not s.get("citations")]
    return f"{len(bare)} of its statements have no text or no citation" if bare else None


def _notes(held: tuple[Margin, ...], margins: Mapping[str, float], new: Scored) -> Iterator[str]:
    known = {margin.contrast.name for margin in held}
    for name in margins:
        if name not in known:
            yield f"{name} applies to no question in both runs; it is not held to its margin"
    pairs = len({asked.pair for asked in new.table.asked})
    if pairs < WORTH:
        yield f"{pairs} pairs of questions: of fewer than {WORTH}, small changes cannot be told from chance"
