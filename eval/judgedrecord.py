"""A judgement as an object of JSON, `delo.judged/1`."""

from typing import Any

from eval.faults import faults
from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.support import Support
from index.document import Span

SCHEMA = "delo.judged/1"


def judged_record(judgement: Judgement) -> dict[str, Any]:
    """All of a judgement, and what is wrong in words."""
    return {
        "schema": SCHEMA,
        "id": judgement.id,
        "refused": judgement.refused,
        "faults": [
            {"kind": fault.kind, "sentence": fault.sentence, "words": fault.words, "told": fault.told}
            for fault in faults(judgement)
        ],
        "sentences": [_sentence(sentence) for sentence in judgement.sentences],
        "unchecked": list(judgement.unchecked),
    }


def _sentence(found: SentenceFinding) -> dict[str, Any]:
    return {
        "text": found.text,
        "worthy": found.worthy,
        "support": support_record(found.support),
        "elsewhere": found.elsewhere,
        "texts": [list(one) for one in found.texts],
        "stands": found.stands,
        "quotations": [_quotation(quotation) for quotation in found.quotations],
        "citations": [_citation(citation) for citation in found.citations],
    }


def support_record(support: Support | None) -> dict[str, Any] | None:
    """What a checker said of a sentence."""
    if support is None:
        return None
    return {
        "verdict": support.verdict,
        "score": round(support.score, 4),
        "p": support.p,
        "reason": support.reason,
        "by": support.by,
        "flags": [
            {"kind": f.kind, "words": f.words, "span": _span(f.span), "reason": f.reason, "instead": f.instead}
            for f in support.flags
        ],
        "evidence": [support.evidence[0], _span(support.evidence[1])] if support.evidence else None,
    }


def _quotation(found: QuoteFinding) -> dict[str, Any]:
    return {
        "words": found.words,
        "status": found.status,
        "source": found.source,
        "language": found.language,
        "span": _span(found.span),
        "stands": found.stands,
        "changes": [{"quoted": c.quoted, "stands": c.stands, "marks": list(c.marks)} for c in found.changes],
        "critical": found.critical,
        "located": found.located,
        "occurrences": found.occurrences,
        "translation": found.translation,
        "reason": found.reason,
    }


def _citation(found: CitationFinding) -> dict[str, Any]:
    return {
        "text": found.text,
        "resolvable": found.resolvable,
        "well_formed": found.well_formed,
        "sources": list(found.sources),
        "levels": dict(found.levels),
        "exact_leaf": found.exact_leaf,
        "overlap": found.overlap,
        "cited": found.cited,
        "needed": found.needed,
        "twin": found.twin,
        "supports": support_record(found.supports),
        "irrelevant": found.irrelevant,
        "reason": found.reason,
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
