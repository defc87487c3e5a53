"""How much of an answer its sources bear out: an interval, for a checker without a model leaves much undecided.

Counted over sentences in need of a source; hits and totals give the mean by sentence, values that by answer. An answer
without such a sentence has no score. What the sources neither say nor deny counts as unsupported. A negation that no
source has is a hint and is never counted.

A sentence that something else bears out than what it cites is no invention: it is counted as borne out here, and apart
from the others by `supported_elsewhere` and `from_corpus`. As an error of citing it counts in `attribution.py`.
"""

from collections.abc import Callable, Sequence

from eval.judgement import Judgement, SentenceFinding
from eval.metrics.card import card, counted
from eval.score import Score
from eval.support import Flag, FlagKind

_SENTENCES = "sentences in need of a source"
_SHOWN = 80  # characters of a sentence in a reason


def support_lo(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences that are surely borne out.

    Formula: supported, by what they cite or by other sources / n.
    Range: 0 to 1, higher is better.
    Source: Delo; faithfulness as in RAGAS, an undecided sentence counting as not borne out.
    """
    return counted(worthy, lambda s: _verdict(s) == "supported", of=_SENTENCES, what="are borne out")


def support_hi(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences that may be borne out.

    Formula: (supported + undecided) / n.
    Range: 0 to 1, higher is better.
    Source: Delo; faithfulness as in RAGAS, an undecided sentence counting as borne out.
    """
    return counted(
        worthy, lambda s: _verdict(s) in ("supported", "undecided"), of=_SENTENCES, what="are borne out or undecided"
    )


def red_rate(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences that are surely not borne out.

    Formula: (contradicted + unsupported) / n.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(
        worthy,
        lambda s: _verdict(s) in ("contradicted", "unsupported"),
        of=_SENTENCES,
        what="are not borne out",
        words=_text,
    )


def number_not_in_evidence(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences with a number that their sources have not.

    Formula: sentences flagged for a number / n.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return _flagged(worthy, "number", "have a number that no source has")


def name_not_in_evidence(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences with a name that their sources have not.

    Formula: sentences flagged for a name / n.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return _flagged(worthy, "name", "have a name that no source has")


def date_conflict(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences with a date in whose place their sources have another.

    Formula: sentences flagged for a date, with the date that stands there instead / n.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(
        worthy,
        lambda s: any(flag.kind == "date" and flag.instead is not None for flag in _flags(s)),
        of=_SENTENCES,
        what="have another date than their source",
        words=lambda s: next(
            f"{f.words}, not {f.instead}" for f in _flags(s) if f.kind == "date" and f.instead is not None
        ),
    )


def supported_elsewhere(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences borne out by a document that was at hand, but not by the one they cite.

    Formula: sentences borne out only by evidence that they do not cite / n.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(worthy, lambda s: s.elsewhere == "uncited", of=_SENTENCES, what="are borne out by what is not cited")


def from_corpus(worthy: Sequence[SentenceFinding]) -> Score:
    """Share of sentences borne out neither by what they cite nor by what was at hand, but elsewhere in the archive.

    Formula: sentences borne out only by other documents of the archive / n.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(worthy, lambda s: s.elsewhere == "archive", of=_SENTENCES, what="are borne out by the archive alone")


def _verdict(sentence: SentenceFinding) -> str:
    return sentence.support.verdict if sentence.support else "undecided"


def _flags(sentence: SentenceFinding) -> tuple[Flag, ...]:
    return sentence.support.flags if sentence.support else ()


def _flagged(worthy: Sequence[SentenceFinding], kind: FlagKind, what: str) -> Score:
    def words(sentence: SentenceFinding) -> str:
        return next(flag.words for flag in _flags(sentence) if flag.kind == kind)

    return counted(
        worthy, lambda s: any(flag.kind == kind for flag in _flags(s)), of=_SENTENCES, what=what, words=words
    )


def _text(sentence: SentenceFinding) -> str:
    return f"'{sentence.text[:_SHOWN]}'"


_MEASURES: dict[str, Callable[[Sequence[SentenceFinding]], Score]] = {
    measure.__name__: measure
    for measure in (
        support_lo,
        support_hi,
        red_rate,
        number_not_in_evidence,
        name_not_in_evidence,
        date_conflict,
        supported_elsewhere,
        from_corpus,
    )
}


def scores(judgement: Judgement) -> dict[str, Score]:
    """All scores of how far an answer is borne out."""
    worthy = [sentence for sentence in judgement.sentences if sentence.worthy]
    return {name: measure(worthy) for name, measure in _MEASURES.items()}


CARDS = tuple(card(name, measure) for name, measure in _MEASURES.items())
