"""An answer as one JSON object, `delo.answer/1`; shown by the command line, read by the evaluation."""

from typing import Any

from index.document import ArchivalReference
from rag.answer import Answer, Citation, Parallel

SCHEMA = "delo.answer/1"


def answer_record(answer: Answer, *, seconds: float, id_: str | None = None) -> dict[str, Any]:
    """The record of `answer`, which took `seconds`; `id_` is the question's own, if it has one."""
    return {
        "schema": SCHEMA,
        "id": id_,
        "question": answer.question.text,
        "language": answer.question.language,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "statements": [
            {"text": statement.text, "citations": [_citation(citation) for citation in statement.citations]}
            for statement in answer.statements
        ],
        "withheld": [{"text": withheld.text, "reason": withheld.reason} for withheld in answer.withheld],
        "documents": [document.id for document in answer.documents],
        "composer": answer.composer,
        "seconds": round(seconds, 4),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    references = [reference_record(reference) for reference in citation.references]
    return {
        "document_id": citation.document.id,
        "language": citation.language,
        "start": citation.span.start,
        "end": citation.span.end,
        "words": citation.words,
        "verdict": citation.verdict,
        "paragraph": citation.paragraph,
        "reference": references[0] if references else None,
        "references": references,
        "url": citation.document.url,
        "parallel": _parallel(citation.parallel) if citation.parallel else None,
    }


def _parallel(parallel: Parallel) -> dict[str, Any]:
    return {
        "language": parallel.language,
        "start": parallel.span.start,
        "end": parallel.span.end,
        "words": parallel.words,
        "confidence": round(parallel.confidence, 2),
    }


def reference_record(reference: ArchivalReference) -> dict[str, Any]:
    """An archival reference as plain values."""
    return {
        "text": reference.text,
        "archive": reference.archive,
        "fond": reference.fond,
        "opis": reference.opis,
        "delo": reference.delo,
        "papka": reference.papka,
        "leaves": [list(ends) for ends in reference.leaves],
    }
