"""Answers, searches and documents as JSON objects; printed by the command line, read by the evaluation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from index.document import ArchivalReference, Departure, Document, Passage, SentenceBead
from rag.answer import Answer, Citation, Parallel, Place
from rag.question import Question

if TYPE_CHECKING:
    from rag.located import Claim, Located, Stand
    from rag.retrieve import Hit, Search

SCHEMA = "delo.answer/1"


def answer_record(answer: Answer, *, seconds: float, id_: str | None = None) -> dict[str, Any]:
    """The record of `answer`, which took `seconds`; `id_` is the question's own, if it has one."""
    return {
        "schema": SCHEMA,
        "id": id_,
        "question": answer.question.text,
        "asked": answer.question.asked,
        "language": answer.question.language,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 3),
        "reason": answer.reason,
        "statements": [
            {
                "text": statement.text,
                "voice": statement.voice,
                "at": list(statement.at),
                "citations": [_citation(citation) for citation in statement.citations],
            }
            for statement in answer.statements
        ],
        "withheld": [
            {"text": withheld.text, "reason": withheld.reason, "voice": withheld.voice} for withheld in answer.withheld
        ],
        "documents": [document.id for document in answer.documents],
        "nearest": [_citation(citation) for citation in answer.nearest],
        "composer": answer.composer,
        "model": answer.model,
        "remarks": list(answer.remarks),
        "seconds": round(seconds, 4),
    }


def refusal_record(question: str, reason: str, *, id_: str | None) -> dict[str, Any]:
    """The record of a question that was not put to the archive, in the form of an answer that abstains."""
    return {
        "schema": SCHEMA,
        "id": id_,
        "question": question,
        "asked": None,
        "language": None,
        "abstained": True,
        "confidence": 0.0,
        "reason": reason,
        "statements": [],
        "withheld": [],
        "documents": [],
        "nearest": [],
        "composer": None,
        "model": None,
        "remarks": [],
        "seconds": 0.0,
    }


def search_record(question: Question, search: "Search") -> dict[str, Any]:
    """What a search found, `delo.search/1`."""
    return {
        "schema": "delo.search/1",
        "question": question.text,
        "language": question.language,
        "searched": {"documents": search.documents, "passages": search.passages},
        "hits": [_hit(hit) for hit in search.hits],
    }


def _hit(hit: "Hit") -> dict[str, Any]:
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


def document_record(
    document: Document, passages: Sequence[Passage], beads: Sequence[SentenceBead] = ()
) -> dict[str, Any]:
    """A whole document, `delo.document/1`: catalogue fields, texts, passages, and where its texts depart."""
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
        "departures": [departure_record(departure) for bead in beads for departure in bead.departures],
        "source": {"path": document.source.path, "sha256": document.source.sha256},
    }


def excerpt_record(
    document: Document, passages: Sequence[Passage], beads: Sequence[SentenceBead], place: Citation
) -> dict[str, Any]:
    """A place in a document, `delo.excerpt/1`, with the passages that it meets and one more on each side of them.

    `passages` are those of the document, in order; `beads` those whose departures are to be told.
    """
    met = [n for n, p in enumerate(passages) if place.language in p.spans and p.spans[place.language].meets(place.span)]
    around = passages[max(0, met[0] - 1) : met[-1] + 2] if met else ()
    whole = document_record(document, around, beads)
    kept = {name: value for name, value in whole.items() if name not in ("texts", "source")}
    return kept | {"schema": "delo.excerpt/1", "place": _citation(place)}


def _citation(citation: Citation) -> dict[str, Any]:
    return place_record(citation) | {"verdict": citation.verdict}


def place_record(place: Place) -> dict[str, Any]:
    """A place in a document, its words, references and counterpart."""
    references = [reference_record(reference) for reference in place.references]
    return {
        "document_id": place.document.id,
        "language": place.language,
        "start": place.span.start,
        "end": place.span.end,
        "words": place.words,
        "verdict": None,
        "paragraph": place.paragraph,
        "reference": references[0] if references else None,
        "references": references,
        "url": place.document.url,
        "parallel": _parallel(place.parallel) if place.parallel else None,
        "departures": [departure_record(departure) for departure in place.departures],
    }


def departure_record(departure: Departure) -> dict[str, Any]:
    """A departure of a translation: its kind, its place in each text, and the reason."""
    spans = {language: {"start": span.start, "end": span.end} for language, span in departure.spans.items()}
    return {"kind": departure.kind, "reason": departure.reason, "spans": spans}


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


def located_record(located: "Located", *, id_: str | None = None) -> dict[str, Any]:
    """What was found out about a quotation, `delo.quote/1`; `reference_holds` is None where no reference was given."""
    claim = located.claim
    return {
        "schema": "delo.quote/1",
        "id": id_,
        "query": located.quotation,
        "verdict": located.verdict,
        "places": [_stand(stand, claim) for stand in located.stands],
        "more": located.more,
        "closest": [_stand(stand, claim) for stand in located.closest],
        "reference": reference_record(claim.asked[0]) if claim else None,
        "reference_holds": located.claim_holds,
        "note": located.note,
        "error": None,
    }


def unlocated_record(query: str, error: str, *, id_: str | None = None) -> dict[str, Any]:
    """The record of a quotation that could not be looked for."""
    from rag.located import Located

    plain = Located(quotation=query, verdict="absent")
    return located_record(plain, id_=id_) | {"verdict": None, "error": error}


def _stand(stand: "Stand", claim: "Claim | None") -> dict[str, Any]:
    return place_record(stand) | {
        "verdict": stand.verdict,
        "quoted": stand.quoted,
        "omitted": stand.omitted,
        "added": list(stand.added),
        "differences": [{"quoted": d.quoted, "stands": d.stands, "marks": list(d.marks)} for d in stand.differences],
        "match": claim.match(stand) if claim else None,
    }
