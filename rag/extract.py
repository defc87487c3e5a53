"""An extract: words of a document and the citation that goes with them, as they are pasted into a text of one's own."""

from index.document import Document, Language
from rag.answer import Place
from rag.cite import cite

RECORDS = ("bibtex", "ris", "csl")  # styles that are records for a program and hold the quotation themselves
_MARKS: dict[Language, tuple[str, str]] = {"ru": ("«", "»"), "en": ("“", "”")}


def extract(
    document: Document, place: Place | None, style: str, *, language: Language = "en", both: bool = False
) -> str:
    """The words at `place` in quotation marks, then the citation in `style`, written in `language`.

    `both` puts what faces the words after them, in brackets. Without a place, and for RECORDS, it is the citation
    alone.

    Raises: ValueError as `rag.cite.cite`.
    """
    citation = cite(document, style, language=language, quotation=place)
    if place is None or style in RECORDS:
        return citation
    return f"{quotation(place, both=both)} {citation}"


def quotation(place: Place, *, both: bool = False) -> str:
    """The words at a place, as they stand, in the quotation marks of their language; `both` as in `extract`."""
    said = _marked(place.words, place.language)
    if both and place.parallel is not None:
        return f"{said} [{_marked(place.parallel.words, place.parallel.language)}]"
    return said


def _marked(words: str, language: Language) -> str:
    opening, closing = _MARKS[language]
    return f"{opening}{words}{closing}"
