"""Citations of documents for use: for footnotes and bibliographies here, for reference managers in rag/export.py.

Every part comes from the catalogue; one that it does not give is left out. The archival reference is never
completed, and appears as printed where its parts could not all be read.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.document import Document, Language
from rag.entry import Entry, entry
from rag.export import bibtex, csl, ris
from rag.locator import dotted, running

if TYPE_CHECKING:
    from rag.answer import Place


@dataclass(frozen=True, slots=True)
class Cited:
    """A document's citation in a style and a language."""

    document_id: str
    style: str
    language: Language
    text: str


def cite(document: Document, style: str, *, language: Language = "en", quotation: "Place | None" = None) -> str:
    """The citation of `document`, or of one quotation in it, in a style of STYLES or VARIANTS.

    Returns: text that does not end with a line end. `chicago` is the note, a blank line, and the entry of a
    bibliography; `bibtex`, `ris` and `csl` are complete records, `csl` a JSON list of one.

    Raises: ValueError if the style is not known, or the quotation stands in another document.
    """
    if style not in _FORMS:
        raise ValueError(f"no citation style {style!r}; there are {', '.join(_FORMS)}")
    return _FORMS[style](entry(document, language, quotation))


def cite_each(
    documents: Sequence[Document], style: str, *, language: Language = "en", quotation: "Place | None" = None
) -> tuple[Cited, ...]:
    """The citation of each document, as `cite` gives it."""
    return tuple(
        Cited(document.id, style, language, cite(document, style, language=language, quotation=quotation))
        for document in documents
    )


def joined(citations: Sequence[Cited]) -> str:
    """Citations of one style as one text: a single JSON list of `csl`, a blank line between those of other styles."""
    if citations and citations[0].style == "csl":
        items = [item for cited in citations for item in json.loads(cited.text)]
        return json.dumps(items, ensure_ascii=False, indent=2)
    return "\n\n".join(cited.text for cited in citations)


def citations_record(citations: Sequence[Cited]) -> dict[str, Any]:
    """Citations as plain values, `delo.citations/1`."""
    return {"schema": "delo.citations/1", "citations": [asdict(cited) for cited in citations]}


def chicago_note(parts: Entry) -> str:
    """The note: item, date, place in the item, place in the archive, repository, address.

    Source: The Chicago Manual of Style, 17th edition, 14.221-231.
    """
    said = _listed(parts.dated, parts.place, running(parts.references, parts.language), parts.repository, parts.url)
    return _sentence(_titled(parts.title, parts.language, more=bool(said)) + said)


def chicago_bibliography(parts: Entry) -> str:
    """The entry in a bibliography: place in the archive, item and date, repository, address."""
    item = (_titled(parts.title, parts.language, more=bool(parts.dated)) + parts.dated).strip()
    where = running(parts.references, parts.language)
    said = (where[:1].upper() + where[1:], item, parts.repository, parts.url)
    return " ".join(_sentence(piece) for piece in said if piece)


def gost(parts: Entry) -> str:
    """The reference to an archival document, with its copy on the web.

    Source: GOST R 7.0.5-2008, section 11, and 10.4.3 for the address.
    """
    russian = parts.language == "ru"
    item = _listed(parts.title, parts.dated)
    where = dotted(parts.references, parts.language)
    copy = f"{'Электронная копия' if russian else 'Digital copy'}: {parts.repository}" if parts.repository else ""
    said = (
        f"{item} // {where}" if where else item,
        parts.place[:1].upper() + parts.place[1:],
        copy,
        f"URL: {parts.url}" if parts.url else "",
    )
    return " ".join(_sentence(piece) for piece in said if piece)


def wilson(parts: Entry) -> str:
    """The line under which the digital archive publishes the record: "Title", date, repository, source. <address>.

    In Russian, a line of the same order: «Title», дата, repository, source in Russian. <address>.
    """
    if parts.language == "ru":
        said = _listed(parts.dated, parts.repository, running(parts.references, "ru"))
        line = _titled(parts.title, parts.language, more=bool(said)) + said
    else:
        line = _listed(f'"{parts.title}"', parts.printed_date, parts.repository, parts.source)
    return _addressed(line, f"<{parts.url}>" if parts.url else "", parts.place)


def wilson_older(parts: Entry) -> str:
    """The line in use until 2021, in English only: “Title,” date, repository, source. address."""
    said = _listed(parts.printed_date, parts.repository, parts.source)
    return _addressed(_titled(parts.title, "en", more=bool(said)) + said, parts.url, parts.place)


def _chicago(parts: Entry) -> str:
    return f"{chicago_note(parts)}\n\n{chicago_bibliography(parts)}"


def _addressed(line: str, address: str, place: str) -> str:
    return _listed(f"{_sentence(line)} {address}", place) if address else _sentence(_listed(line, place))


def _listed(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def _titled(title: str, language: Language, *, more: bool) -> str:
    """The title in the quotation marks of the language, with the comma before what follows, if anything does."""
    plain = title.rstrip(" .,") or title
    if language == "ru":
        return f"«{_inner(plain, '„', '“')}»" + (", " if more else "")
    return f"“{_inner(plain, '‘', '’')}" + (",” " if more else "”")


def _inner(title: str, opening: str, closing: str) -> str:
    """A title for use inside quotation marks: its own become those of the second order."""
    opened = re.sub(r'[“„«]|(?<![^\s(\[/—–-])"(?=\S)', opening, title)
    return re.sub(r'[”»"]', closing, opened)


def _sentence(text: str) -> str:
    """`text` with one full stop at its end, inside an English quotation mark."""
    plain = text.rstrip(" ,")
    if plain.endswith("”"):
        return plain if plain[-2] in ".?!" else f"{plain[:-1]}.”"
    return plain if plain.endswith(".") else f"{plain}."


_FORMS: dict[str, Callable[[Entry], str]] = {
    "chicago": _chicago,
    "gost": gost,
    "wilson": wilson,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
    "chicago-note": chicago_note,
    "chicago-bibliography": chicago_bibliography,
    "wilson-older": wilson_older,
}
STYLES: tuple[str, ...] = ("chicago", "gost", "wilson", "bibtex", "ris", "csl")
VARIANTS: tuple[str, ...] = tuple(name for name in _FORMS if name not in STYLES)
