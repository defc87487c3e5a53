"""Plain answers: `{"id", "question", "answer": "text ...", "language"?, "sources": [ids or {"id", "text"}]?}`."""

from collections.abc import Mapping
from typing import Any

from eval.answers import GivenAnswer
from eval.forms import members
from eval.forms.prose import prose
from index.archives import ArchiveTable
from index.document import LANGUAGES, Language
from rag.question import script


def knows(record: Mapping[str, Any]) -> bool:
    """Whether a record is of this form."""
    return "question" in record and "answer" in record


def answer(record: Mapping[str, Any], id_: str, archives: ArchiveTable | None = None) -> GivenAnswer:
    """The answer in it. Raises: KeyError, TypeError, ValueError."""
    words, sources = members.text(record, "answer"), members.sources(members.items(record, "sources"))
    return GivenAnswer(
        id=members.identity(record, id_, "id"),
        question=members.text(record, "question"),
        language=language_of(record, words),
        sentences=prose(words, [source.id for source in sources], archives),
        refused=members.flag(record, "refused"),
        sources=sources,
        confidence=members.share(record, "confidence"),
    )


def language_of(record: Mapping[str, Any], words: str) -> Language | None:
    """The language that a record says its answer is in, or else that of its letters."""
    told = record.get("language")
    return next((language for language in LANGUAGES if language == told), None) or script(words)
