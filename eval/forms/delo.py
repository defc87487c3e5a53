"""Delo's own records of answers, `delo.answer/1`: each statement a sentence, its words and then what it quotes."""

from collections.abc import Mapping
from typing import Any

from eval.answers import AnswerSentence, Cited, GivenAnswer, Quoted
from eval.forms import members
from index.archives import ArchiveTable
from index.document import LANGUAGES, ArchivalReference, Language, Span

_SCHEMA = "delo.answer/"


def knows(record: Mapping[str, Any]) -> bool:
    """Whether a record is of this form."""
    return str(record.get("schema", "")).startswith(_SCHEMA) or ("statements" in record and "abstained" in record)


def answer(record: Mapping[str, Any], id_: str, archives: ArchiveTable | None = None) -> GivenAnswer:
    """The answer in it. Raises: KeyError, TypeError, ValueError."""
    return GivenAnswer(
        id=members.identity(record, id_, "id"),
        question=members.text(record, "question"),
        language=_language(record),
        sentences=tuple(_sentence(statement) for statement in members.items(record, "statements")),
        refused=members.flag(record, "abstained"),
        confidence=members.share(record, "confidence"),
    )


def _language(record: Mapping[str, Any]) -> Language | None:
    return next((language for language in LANGUAGES if language == record.get("language")), None)


def statement_text(statement: Mapping[str, Any]) -> tuple[str, tuple[Span, ...]]:
    """A statement with its quotations behind it, in quotation marks, and where their words stand."""
    text, spans = members.text(statement, "text"), []
    for citation in members.items(statement, "citations"):
        words = members.text(citation, "words")
        opens, closes = "«»" if citation.get("language") == "ru" else "“”"
        text += f" {opens}"
        spans.append(Span(len(text), len(text) + len(words)))
        text += f"{words}{closes}"
    return text, tuple(spans)


def _sentence(statement: Mapping[str, Any]) -> AnswerSentence:
    text, spans = statement_text(statement)
    citations = members.items(statement, "citations")
    quoted = [
        Quoted(
            words=citation["words"],
            span=span,
            source=_document(citation),
            language=_language(citation),
            place=Span(int(citation["start"]), int(citation["end"])),
        )
        for citation, span in zip(citations, spans, strict=True)
    ]
    return AnswerSentence(text=text, quotations=tuple(quoted), citations=tuple(dict.fromkeys(map(cited, citations))))


def cited(citation: Mapping[str, Any]) -> Cited:
    """What a citation of a record cites: its document, under all the references that it gives."""
    references = tuple(_reference(plain) for plain in members.items(citation, "references"))
    id_ = _document(citation)
    text = "; ".join(reference.text for reference in references) or f"document {id_}"
    return Cited(text=text, source=id_, references=references)


def _document(citation: Mapping[str, Any]) -> str:
    if citation["document_id"] is None:
        raise TypeError("a citation's document_id is None, neither text nor number")
    return members.identity(citation, "", "document_id")


def _reference(plain: Mapping[str, Any]) -> ArchivalReference:
    return ArchivalReference(
        text=members.text(plain, "text"),
        archive=plain.get("archive"),
        fond=plain.get("fond"),
        opis=plain.get("opis"),
        delo=plain.get("delo"),
        papka=plain.get("papka"),
        leaves=tuple((str(first), str(last)) for first, last in members.items(plain, "leaves")),
    )
