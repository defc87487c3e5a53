"""Whether citations are the right ones: against the evidence known, and in ALCE's form by what they bear out.

Where a checker is undecided, ALCE's two figures have a lower bound, taking it for "not borne out", and an upper one.
Only sentences in need of a source are counted. An answer that cites its own first passage for everything scores well
here; whether it answers the question is told by its nuggets.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from eval.cases import Case
from eval.judgement import CitationFinding, Judgement, SentenceFinding
from eval.metrics.card import card, counted
from eval.metrics.citation import citations
from eval.metrics.units import Unit, collapsed, evidence_leaves
from eval.score import Score, none

_SENTENCES = "sentences in need of a source"


def cite_p_gold(found: Sequence[CitationFinding], gold: Collection[str]) -> Score:
    """Share of the documents cited that answer the question.

    Formula: |cited ∩ G| / |cited|; a citation that names several is right by any, one that names nothing held is wrong.
    Range: 0 to 1, higher is better.
    Source: precision of sets.
    """
    if not gold:
        return none("no document is known to answer it")
    cited = list(dict.fromkeys(_named(c) for c in found))
    return counted(cited, lambda named: any(id_ in gold for id_ in named), of="documents cited", what="answer it")


def _named(citation: CitationFinding) -> tuple[str, ...]:
    """What a citation names: ids, or nothing but its own words if it names nothing held."""
    return citation.sources if citation.resolvable and citation.sources else ("", citation.text)


def cite_r_gold(found: Sequence[CitationFinding], gold: Collection[str]) -> Score:
    """Share of the documents that answer the question that are cited.

    Formula: |cited ∩ G| / |G|.
    Range: 0 to 1, higher is better.
    Source: recall of sets.
    """
    cited = {id_ for c in found if c.resolvable for id_ in c.sources}
    wanted = list(dict.fromkeys(gold))
    return counted(wanted, lambda id_: id_ in cited, of="documents that answer it", what="are cited")


def cite_p_gold_leaf(cited: Collection[Unit], gold: Collection[Unit]) -> Score:
    """Share of the leaves cited that answer the question.

    Formula: |cited ∩ G| / |cited|, in leaves; documents whose leaves are not known are left out.
    Range: 0 to 1, higher is better.
    Source: precision of sets.
    """
    if not gold:
        return none("no leaf is known to answer it")
    return counted(sorted(cited), lambda unit: unit in gold, of="leaves cited", what="answer it")


def cite_r_gold_leaf(cited: Collection[Unit], gold: Collection[Unit]) -> Score:
    """Share of the leaves that answer the question that are cited.

    Formula: |cited ∩ G| / |G|, in leaves.
    Range: 0 to 1, higher is better.
    Source: recall of sets.
    """
    return counted(sorted(gold), lambda unit: unit in cited, of="leaves that answer it", what="are cited")


def alce_recall_lo(sentences: Sequence[SentenceFinding]) -> Score:
    """Share of sentences surely borne out by what they cite.

    Formula: sentences that cite something and are supported by all of it together / sentences.
    Range: 0 to 1, higher is better.
    Source: Gao et al. 2023, ALCE, citation recall; undecided is 0.
    """
    return counted(_worthy(sentences), _borne_out, of=_SENTENCES, what="are borne out by what they cite")


def alce_recall_hi(sentences: Sequence[SentenceFinding]) -> Score:
    """Share of sentences that may be borne out by what they cite.

    Formula: sentences that cite something and are supported by it, or undecided / sentences.
    Range: 0 to 1, higher is better.
    Source: Gao et al. 2023, ALCE, citation recall; undecided is 1.
    """
    return counted(_worthy(sentences), _perhaps, of=_SENTENCES, what="may be borne out by what they cite")


def alce_precision_lo(sentences: Sequence[SentenceFinding]) -> Score:
    """Share of citations that surely help to bear their sentence out.

    Formula: citations of sentences of recall 1 that are not irrelevant / citations; undecided is 0. A citation is
        irrelevant if it alone does not bear the sentence out, and the others do without it.
    Range: 0 to 1, higher is better.
    Source: Gao et al. 2023, ALCE, citation precision.
    """
    return counted(_pairs(sentences), lambda p: _helps(p, _borne_out, (False,)), of="citations", what="help")


def alce_precision_hi(sentences: Sequence[SentenceFinding]) -> Score:
    """Share of citations that may help to bear their sentence out.

    Formula: as the lower bound, but undecided is 1; one that names nothing held is 0 all the same.
    Range: 0 to 1, higher is better.
    Source: Gao et al. 2023, ALCE, citation precision.
    """
    return counted(_pairs(sentences), lambda p: _helps(p, _perhaps, (False, None)), of="citations", what="may help")


def alce_undecided(sentences: Sequence[SentenceFinding]) -> Score:
    """Share of sentences of which the checker cannot tell whether what they cite bears them out.

    Formula: undecided sentences with citations / sentences.
    Range: 0 to 1, lower is better.
    Source: Delo.
    """
    return counted(_worthy(sentences), lambda s: _perhaps(s) and not _borne_out(s), of=_SENTENCES, what="are undecided")


def _worthy(sentences: Sequence[SentenceFinding]) -> list[SentenceFinding]:
    return [sentence for sentence in sentences if sentence.worthy]


def _pairs(sentences: Sequence[SentenceFinding]) -> list[tuple[SentenceFinding, CitationFinding]]:
    return [(sentence, citation) for sentence in _worthy(sentences) for citation in sentence.citations]


def _borne_out(sentence: SentenceFinding) -> bool:
    return _verdict(sentence) == "supported"


def _perhaps(sentence: SentenceFinding) -> bool:
    return _verdict(sentence) in ("supported", "undecided")


def _verdict(sentence: SentenceFinding) -> str:
    """What the checker says of what is cited; "unsupported" if the sentence cites nothing that is held.

    One that only other sources bear out cites in vain, unless it was left open whether what it cites would do.
    """
    held = [citation for citation in sentence.citations if citation.resolvable]
    if not held:
        return "unsupported"
    if sentence.elsewhere:
        return "undecided" if any(c.supports and not c.supports.decided for c in held) else "unsupported"
    return sentence.support.verdict if sentence.support else "undecided"


def _helps(
    pair: tuple[SentenceFinding, CitationFinding],
    recalled: Callable[[SentenceFinding], bool],
    allowed: tuple[bool | None, ...],
) -> bool:
    sentence, citation = pair
    return citation.resolvable and recalled(sentence) and citation.irrelevant in allowed


_ALCE = {
    "alce_recall_lo": alce_recall_lo,
    "alce_recall_hi": alce_recall_hi,
    "alce_precision_lo": alce_precision_lo,
    "alce_precision_hi": alce_precision_hi,
    "alce_undecided": alce_undecided,
}


def scores(case: Case, judgement: Judgement, cited: Collection[Unit], twins: Mapping[str, str]) -> dict[str, Score]:
    """All scores of whether an answer cites the right places; `cited` are the leaves that it cites."""
    found = [replace(c, sources=tuple(twins.get(id_, id_) for id_ in c.sources)) for c in citations(judgement)]
    gold = frozenset(twins.get(id_, id_) for id_ in case.documents) if case.answerable else frozenset()
    leaves = collapsed(evidence_leaves(case), twins)
    unknown = gold - {unit.document for unit in leaves}
    known = [unit for unit in collapsed(cited, twins) if unit.document not in unknown]
    told = {name: measure(judgement.sentences) for name, measure in _ALCE.items()}
    return told | {
        "cite_p_gold": cite_p_gold(found, gold),
        "cite_r_gold": cite_r_gold(found, gold),
        "cite_p_gold_leaf": cite_p_gold_leaf(known, leaves),
        "cite_r_gold_leaf": cite_r_gold_leaf(known, leaves),
    }


CARDS = (
    card("cite_p_gold", cite_p_gold),
    card("cite_r_gold", cite_r_gold),
    card("cite_p_gold_leaf", cite_p_gold_leaf),
    card("cite_r_gold_leaf", cite_r_gold_leaf),
    *(card(name, measure) for name, measure in _ALCE.items()),
)
