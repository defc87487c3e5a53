"""How a checker of support, or a whole judge, does on the generated support set: what it finds, and what it alarms at.

A change is found if the judge raises an alarm about its sentence: the sentence is called contradicted or unsupported,
or has a number, a date, a name or quoted words that its source has not; a quotation is altered, absent or not where it
is cited; a citation does not resolve, or is wrong in one of its levels. An alarm about a true sentence is false.
"Undecided" is no alarm; it is counted apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eval.answers import GivenAnswer
from eval.departures import Tally
from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.support import Support, SupportScorer
from eval.supportset import CONTROLS, EDITS, GATED, OF_CITATIONS, Control, Edit, Example
from index.document import Language

LEAST_RECALL = 0.95  # of the kinds in GATED; what is aimed at
MOST_FALSE = 0.05  # alarms about true sentences; what is aimed at
_HARD = ("number", "date", "name", "quotation")  # flags; a negation is a hint


@dataclass(slots=True)
class Row:
    """The alarms at the examples of one kind and language, and how many the checker left undecided."""

    alarms: Tally = field(default_factory=Tally)
    undecided: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Measured:
    """Alarms by kind, language and whether the source has the other language alone; and the examples got wrong."""

    rows: Mapping[tuple[Edit | Control, Language, bool], Row]
    wrong: Sequence[Example]

    def over(self, kinds: Iterable[Edit | Control], language: Language | None = None) -> Tally:
        """The alarms at all examples of some kinds, in one language or both."""
        wanted = set(kinds)
        tallies = [r.alarms for (kind, x, _), r in self.rows.items() if kind in wanted and language in (None, x)]
        return Tally(hits=sum(t.hits for t in tallies), total=sum(t.total for t in tallies))

    @property
    def recall(self) -> dict[Edit, Tally]:
        """Changes found, by kind; only kinds of which there were any."""
        found = {kind: self.over([kind]) for kind in EDITS}
        return {kind: tally for kind, tally in found.items() if tally.total}

    @property
    def false_alarms(self) -> Tally:
        """Alarms at true sentences, of all kinds together."""
        return self.over(CONTROLS)

    @property
    def misses(self) -> tuple[str, ...]:
        """What falls short of what is aimed at, in words; negation, quantifier and other documents are not aimed at."""
        told = [
            f"{kind}: {tally.hits} of {tally.total} found, aimed at {LEAST_RECALL:.2f}"
            for kind, tally in self.recall.items()
            if kind in GATED and tally.hits < LEAST_RECALL * tally.total
        ]
        false = self.false_alarms
        if false.hits > MOST_FALSE * false.total:
            told.append(f"false alarms: {false.hits} of {false.total}, aimed at most at {MOST_FALSE:.2f}")
        return tuple(told)

    def lines(self) -> Iterator[str]:
        """A line for each kind and language, with Wilson's 95 % intervals."""
        for (kind, language, crossed), row in self.rows.items():
            what = "alarm" if kind in CONTROLS else "found"
            against = "other text " if crossed else "its source "
            share = row.undecided.hits / max(1, row.undecided.total)
            yield f"{kind:<15}{language}  {against} {what} {row.alarms}  undecided {share:.2f}"


def measure_judge(examples: Sequence[Example], judge: Callable[[GivenAnswer], Judgement]) -> Measured:
    """What a judge makes of every example, given as an answer with its source."""
    return _measured((example, judge(example.answer).sentences) for example in examples)


def measure_checker(examples: Sequence[Example], checker: SupportScorer) -> Measured:
    """What a checker of support alone makes of the examples; those that change the citation only are left out."""
    asked = [example for example in examples if example.kind not in OF_CITATIONS]
    return _measured((example, (_supported(example, checker),)) for example in asked)


def _supported(example: Example, checker: SupportScorer) -> SentenceFinding:
    texts = list(example.answer.sources[0].texts.values())
    return SentenceFinding(text=example.claim.text, worthy=True, support=checker.score(example.claim.text, texts))


def _measured(found: Iterable[tuple[Example, Sequence[SentenceFinding]]]) -> Measured:
    rows: dict[tuple[Edit | Control, Language, bool], Row] = {}
    wrong = []
    for example, sentences in found:
        row = rows.setdefault((example.kind, example.claim.language, example.crossed), Row())
        alarm = any(alarms(sentence) for sentence in sentences)
        undecided = any(s.support is not None and s.support.verdict == "undecided" for s in sentences)
        row.alarms.count(hit=alarm)
        row.undecided.count(hit=undecided and not alarm)
        if alarm == example.true:
            wrong.append(example)
    return Measured(rows, wrong)


def alarms(sentence: SentenceFinding) -> tuple[str, ...]:
    """What was found to be wrong with a sentence, a few words each; empty if nothing."""
    found = [*_of_support(sentence.support)] if sentence.support else []
    found += [told for quotation in sentence.quotations if (told := _of_quotation(quotation))]
    found += [told for citation in sentence.citations if (told := _of_citation(citation))]
    return tuple(found)


def _of_support(support: Support) -> Iterator[str]:
    if support.verdict in ("contradicted", "unsupported"):
        yield support.verdict
    yield from (f"{flag.kind} {flag.words!r}" for flag in support.flags if flag.kind in _HARD)


def _of_quotation(quotation: QuoteFinding) -> str | None:
    if quotation.status in ("altered", "absent"):
        return f"quotation {quotation.status}"
    return "quotation not where it is cited" if quotation.located is False else None


def _of_citation(citation: CitationFinding) -> str | None:
    if not citation.resolvable:
        return "citation of nothing that is held"
    wrong = [level for level, right in citation.levels.items() if not right]
    if wrong or citation.exact_leaf is False:
        return f"citation wrong in {wrong[0] if wrong else 'leaf'}"
    return None
