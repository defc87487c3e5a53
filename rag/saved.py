"""The record of an answer, `delo.record/1`: what was asked, of which index, by which settings, and all that came of it.

No key, no folder and no name of a user goes into it. Its address is a hash of what it holds, but for the time and the
durations: the same answer, of the same index by the same settings, has the same address whenever it is given. So the
address tells a record that was damaged; it is no signature.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.document import Document
from index.manifest import CATALOGUE
from index.model import bare
from rag.record import answer_record, reference_record

if TYPE_CHECKING:
    from index.manifest import Manifest
    from rag.answer import Answer, Draft, Quotation
    from rag.pipeline import Trace
    from rag.question import Question
    from rag.retrieve import Hit

SCHEMA = "delo.record/1"
DIGITS = 16  # of an address, hexadecimal: 64 bits; among a million records two meet by chance once in 40 million times
_NOT_ITS_OWN = ("address", "time", "seconds")  # members that the address does not depend on


def saved(
    trace: "Trace", *, seconds: float, id_: str | None = None, model: str | None = None, url: str | None = None
) -> dict[str, Any]:
    """The record of the answer in `trace`, which took `seconds`; `id_` is the question's own, if it has one.

    `model` is the language model that was to write, whether or not it did, and `url` where it answers, of which only
    the scheme, the host and the port are kept.
    """
    answer = trace.answer
    record = {
        "schema": SCHEMA,
        "version": delo_version(),
        "question": _question(answer.question),
        "settings": {
            "composer": answer.composer,
            "model": bare(model) if model else answer.model,
            "model_address": origin(url) if url else None,
            "ways": sorted(trace.ways),
            "reranker": bare(trace.reranker) if trace.reranker else None,
        },
        "index": _index(trace.manifest),
        "searched": {"documents": trace.search.documents, "passages": trace.search.passages},
        "hits": [_hit(hit) for hit in trace.search.hits],
        "draft": _draft(trace.draft),
        "verdicts": _verdicts(answer),
        "documents": [document_entry(document) for document in answer.documents],
        "answer": answer_record(answer, seconds=seconds, id_=id_),
    }
    plain: dict[str, Any] = json.loads(json.dumps(record))  # as it is read back
    stages = {stage: round(taken, 4) for stage, taken in trace.seconds.items()}
    return plain | {"address": address(plain), "time": _now(), "seconds": stages}


def address(record: Mapping[str, Any]) -> str:
    """The address of a record: DIGITS of the sha256 of what it holds, but for the time and the durations."""
    own = {name: value for name, value in record.items() if name not in _NOT_ITS_OWN}
    if isinstance(answer := own.get("answer"), dict):
        own["answer"] = {name: value for name, value in answer.items() if name != "seconds"}
    plain = json.dumps(own, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGITS]


def document_entry(document: Document) -> dict[str, Any]:
    """What the catalogue says of a document, so that it can be told later what has changed."""
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date.text if document.date else None,
        "references": [reference_record(reference) for reference in document.references],
        "sha256": document.source.sha256,
    }


def origin(url: str) -> str:
    """The scheme, host and port of an address: a name, a password or a key may stand in all the rest."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return f"{parts.scheme}://{host or ''}{port}"


def _question(question: "Question") -> dict[str, Any]:
    filters = asdict(question.filters)
    days = {name: str(filters[name]) if filters[name] else None for name in ("after", "before")}
    chosen = {name: list(value) for name, value in filters.items() if name not in days}
    return {
        "text": question.text,
        "asked": question.asked,
        "language": question.language,
        "filters": days | chosen,
    }


def _index(manifest: "Manifest") -> dict[str, Any]:
    return {
        "generation": manifest.generation,
        "created": manifest.created,
        "version": manifest.version,
        "embedder": bare(manifest.model.settings.name),
        "counts": manifest.counts,
        "hashes": hashes(manifest),
    }


def hashes(manifest: "Manifest") -> dict[str, str]:
    """The sha256 of the catalogue, which holds all that is ever shown, and one over the hashes of all files."""
    listed = "".join(f"{name}\t{told}\n" for name, (_, told) in sorted(manifest.files.items()))
    return {"catalogue": manifest.files[CATALOGUE][1], "files": sha256(listed)}


def _hit(hit: "Hit") -> dict[str, Any]:
    sides = {
        language: {"start": span.start, "end": span.end, "sha256": sha256(hit.passage.texts[language])}
        for language, span in hit.passage.spans.items()
    }
    return {
        "passage_id": hit.passage.id,
        "document_id": hit.document.id,
        "rank": hit.rank,
        "score": round(float(hit.score), 4),
        "found_by": hit.found_by,
        "sides": sides,
    }


def sha256(words: str) -> str:
    """The sha256 of words, in hexadecimal; half a character counts as a question mark."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _draft(draft: "Draft") -> dict[str, Any]:
    sentences = [
        {
            "text": sentence.text,
            "said": sentence.said,
            "voice": sentence.voice,
            "at": list(sentence.at),
            "quotations": [_quotation(quotation) for quotation in sentence.quotations],
        }
        for sentence in draft.sentences
    ]
    return {"composer": draft.composer, "reason": draft.reason, "remarks": list(draft.remarks), "sentences": sentences}


def _quotation(quotation: "Quotation") -> dict[str, Any]:
    span = quotation.span
    return {
        "document_id": quotation.document_id,
        "language": quotation.language,
        "words": quotation.words,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _verdicts(answer: "Answer") -> dict[str, Any]:
    """How each sentence that is stated had its quotations verified; and what was withheld, with the reason."""
    return {
        "stated": [[citation.verdict for citation in statement.citations] for statement in answer.statements],
        "withheld": [{"text": one.text, "reason": one.reason, "voice": one.voice} for one in answer.withheld],
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def delo_version() -> str:
    """The version of Delo that runs."""
    try:
        return version("delo")
    except PackageNotFoundError:
        return "not installed"
