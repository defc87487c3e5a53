"""Whether what is given as quoted stands where it is said to: counted over the quotations of an answer.

Quotations shorter than four words and twenty characters fall out: such words stand in almost any document, and
quotation marks around them are often doubt, not a claim. An answer that only copies has all its quotations right; how
much of what was asked it holds is told by its nuggets.
"""

from collections.abc import Sequence

from eval.judgement import Judgement, QuoteFinding, SentenceFinding
from eval.metrics.card import card, counted
from eval.metrics.shingles import Shingles
from eval.score import Score, none

LEAST_WORDS, LEAST_CHARS = 4, 20  # either is enough
_ONE = "quotations"
_SHOWN = 60  # characters of a quotation in a reason
_COMMON = 3  # places with the same words from which a quotation is told to stand in many


def quotations(judgement: Judgement) -> tuple[QuoteFinding, ...]:
    """The quotations of an answer that are long enough to be counted."""
    found = (quotation for sentence in judgement.sentences for quotation in sentence.quotations)
    return tuple(q for q in found if len(q.words.split()) >= LEAST_WORDS or len(q.words.strip()) >= LEAST_CHARS)


def verified(quotation: QuoteFinding) -> bool:
    """Whether the words stand in a source, to the letter or but for typography."""
    return quotation.status in ("exact", "typographic")


def _words(quotation: QuoteFinding) -> str:
    return f"'{quotation.words[:_SHOWN]}'"


def quote_strict(found: Sequence[QuoteFinding]) -> Score:
    """Share of quotations that stand in a source to the letter.

    Formula: exact / |Q|; Unicode form and white space apart.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    return counted(found, lambda q: q.status == "exact", of=_ONE, what="to the letter")


def quote_fidelity(found: Sequence[QuoteFinding]) -> Score:
    """Share of quotations that stand in a source to the letter or but for typography.

    Formula: (exact + typographic) / |Q|.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    score = counted(found, verified, of=_ONE, what="stand in a source")
    if common := sum(verified(q) and q.occurrences >= _COMMON for q in found):
        return Score(hits=score.hits, total=score.total, reason=f"{score.reason}; {common} at {_COMMON} places or more")
    return score


def altered_rate(found: Sequence[QuoteFinding]) -> Score:
    """Share of quotations that stand in a source in other words.

    Formula: altered / |Q|; an error of the source that was put right counts as well.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(found, lambda q: q.status == "altered", of=_ONE, what="altered", words=_words)


def fabricated_rate(found: Sequence[QuoteFinding]) -> Score:
    """Share of quotations that nothing in the sources is near to.

    Formula: absent / |Q|.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(found, lambda q: q.status == "absent", of=_ONE, what="in no source", words=_words)


def critical_alteration(found: Sequence[QuoteFinding]) -> Score:
    """Share of quotations altered in a number, a date, a name or a negation.

    Formula: altered in one of these / |Q|.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(found, lambda q: q.status == "altered" and q.critical, of=_ONE, what="altered in fact", words=_words)


def quote_located(found: Sequence[QuoteFinding]) -> Score:
    """Share of true quotations that stand where the sentence cites.

    Formula: verified in what is cited / verified anywhere; one whose sentence cites nothing stands in nothing cited.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    true = [q for q in found if verified(q)]
    return counted(true, lambda q: bool(q.located), of="true quotations", what="stand where they are cited")


def unmarked_translation(found: Sequence[QuoteFinding]) -> Score:
    """Share of quotations given as verbatim in a language in which their source has no text.

    Formula: such quotations / |Q|.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(found, lambda q: q.translation, of=_ONE, what="are translations, not said to be", words=_words)


def quote_coverage(sentences: Sequence[SentenceFinding]) -> Score:
    """Share of sentences that rest on a true quotation.

    Formula: sentences in need of a source with at least one verified quotation / all such sentences.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    worthy = [sentence for sentence in sentences if sentence.worthy]
    return counted(
        worthy,
        lambda s: any(map(verified, s.quotations)),
        of="sentences in need of a source",
        what="rest on a quotation",
    )


def quip25(text: str, corpus: Shingles | None) -> Score:
    """Share of the answer's stretches of 25 characters that stand in the archive.

    Formula: stretches that stand in a text of the archive / all stretches of the answer, typography folded.
    Range: 0 to 1, neither way by itself; 1 is pure copying.
    Source: Weller et al. 2023, QUIP-Score; here against all texts, not a sample.
    """
    if corpus is None:
        return none("the texts of the archive were not given")
    hits, total = corpus.holds(text)
    return Score(hits=hits, total=total, reason=f"{hits} of {total} stretches of 25 characters stand in the archive")


_OF_QUOTATIONS = {
    "quote_strict": quote_strict,
    "quote_fidelity": quote_fidelity,
    "altered_rate": altered_rate,
    "fabricated_rate": fabricated_rate,
    "critical_alteration": critical_alteration,
    "quote_located": quote_located,
    "unmarked_translation": unmarked_translation,
}


def scores(judgement: Judgement, text: str, corpus: Shingles | None = None) -> dict[str, Score]:
    """All scores of an answer's quotations; `text` is all that its reader sees."""
    found = quotations(judgement)
    told = {name: measure(found) for name, measure in _OF_QUOTATIONS.items()}
    return told | {"quote_coverage": quote_coverage(judgement.sentences), "quip25": quip25(text, corpus)}


CARDS = (
    *(card(name, measure) for name, measure in _OF_QUOTATIONS.items()),
    card("quote_coverage", quote_coverage),
    card("quip25", quip25),
)
