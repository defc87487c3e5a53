"""Answers, searches and documents as JSON objects; printed by the command line, read by the evaluation."""

from collections.abc import Sequence
from typing import Any

from index.document import ArchivalReference, Document, Passage
from rag.answer import Answer, Citation, Parallel
from rag.question import Question
from rag.retrieve import Hit, Search

SCHEMA = "delo.answer/1"


def answer_record(answer: Answer, *, seconds: float, id_: str | None = None) -> dict[str, Any]:
    """The record of `answer`, which took `seconds`; `id_` is the question's own, if it has one."""
    return {
        "schema": SCHEMA,
        "id": id_,
        "question": answer.question.text,
        "language": answer.question.language,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 3),
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


def refusal_record(question: str, reason: str, *, id_: str | None) -> dict[str, Any]:
    """The record of a question that was not put to the archive, in the form of an answer that abstains."""
    return {
        "schema": SCHEMA,
        "id": id_,
        "question": question,
        "language": None,
        "abstained": True,
        "confidence": 0.0,
        "reason": reason,
        "statements": [],
        "withheld": [],
        "documents": [],
        "composer": None,
        "seconds": 0.0,
    }


def search_record(question: Question, search: Search) -> dict[str, Any]:
    """What a search found, `delo.search/1`."""
    return {
        "schema": "delo.search/1",
        "question": question.text,
        "language": question.language,
        "searched": {"documents": search.documents, "passages": search.passages},
        "hits": [_hit(hit) for hit in search.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "found_by": hit.found_by,
        "document_id": hit.document.id,
        "title": hit.document.title,
        "date": hit.document.date.text if hit.document.date else None,
        "references": [reference_record(reference) for reference in hit.document.references],
        "url": hit.document.url,
        **passage_record(hit.passage),
    }


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage: its id, the confidence of its alignment, and the place and words of each side."""
    sides = {
        language: {"start": span.start, "end": span.end, "words": passage.texts[language]}
        for language, span in passage.spans.items()
    }
    return {"passage_id": passage.id, "confidence": round(passage.confidence, 2), "sides": sides}


def document_record(document: Document, passages: Sequence[Passage]) -> dict[str, Any]:
    """A whole document, `delo.document/1`: catalogue fields, texts, and passages."""
    date = document.date
    return {
        "schema": "delo.document/1",
        "id": document.id,
        "title": document.title,
        "date": {"text": date.text, "earliest": str(date.earliest), "latest": str(date.latest)} if date else None,
        "references": [reference_record(reference) for reference in document.references],
        "fields": dict(document.fields),
        "url": document.url,
        "texts": dict(document.texts),
        "passages": [passage_record(passage) for passage in passages],
        "source": {"path": document.source.path, "sha256": document.source.sha256},
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
