"""What a citation says of a document, in any style: its parts on one line each, taken from the catalogue only."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from index.citation import PublishedCitation, parse_citation
from index.dates import HistoricalDate
from index.document import ArchivalReference, Document, Language
from rag.dating import dated

if TYPE_CHECKING:
    from rag.answer import Place

_URL = ":/?#[]@!$&'()*+,;=%~"  # what may stand in an address; anything else is written as %20 and the like
_LANGUAGES = {"russian": "ru", "english": "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The parts of a citation in one language; one that the catalogue does not give is "" or None.

    `dated` is the date in words, `printed_date` and `source` are as printed; the source ends with the credits.
    `place` tells where in the document a quotation stands, `words` is that quotation.
    """

    key: str
    language: Language
    title: str
    date: HistoricalDate | None
    dated: str
    printed_date: str
    references: tuple[ArchivalReference, ...]
    repository: str
    source: str
    url: str
    original: str
    place: str = ""
    words: str = ""

    @property
    def original_code(self) -> str | None:
        """The ISO code of the language that the document was written in, if it is one that this archive holds."""
        return _LANGUAGES.get(self.original.casefold())


def entry(document: Document, language: Language, quotation: "Place | None" = None) -> Entry:
    """The parts of the citation of `document`, or of one quotation in it, in `language`.

    Raises: ValueError if the quotation stands in another document.
    """
    if quotation is not None and quotation.document.id != document.id:
        raise ValueError(f"a quotation from document {quotation.document.id!r}, not {document.id!r}")
    line = one_line(document.field("Citation") or "")
    published = parse_citation(line)
    references = tuple(_plain(reference) for reference in document.references if one_line(reference.text))
    date = document.date
    printed = date.text if date else document.field("Date") or (published.date if published else "")
    return Entry(
        key=_key(document.id),
        language=language,
        title=one_line(document.title)
        or ("[Document {}]" if language == "en" else "[Документ {}]").format(document.id),
        date=date,
        dated=dated(date, language) if date else one_line(printed),
        printed_date=one_line(printed),
        references=references,
        repository=published.repository if published else "",
        source=_source(line, published) or "; ".join(reference.text for reference in references),
        url=quote(one_line(document.url or ""), safe=_URL),
        original=one_line(document.field("Original Language") or ""),
        place=_place(quotation, language) if quotation else "",
        words=one_line(quotation.words) if quotation else "",
    )


def one_line(text: str) -> str:
    """`text` without line ends, control and format characters, and with single spaces."""
    kinds = {c: unicodedata.category(c) for c in set(text)}
    plain = (" " if kinds[c] in {"Cc", "Zl", "Zp"} else "" if kinds[c] in {"Cf", "Cs"} else c for c in text)
    return " ".join("".join(plain).split())


def _plain(reference: ArchivalReference) -> ArchivalReference:
    """A reference with its text and every part on one line."""

    def part(value: str | None) -> str | None:
        return one_line(value) or None if value else None

    return replace(
        reference,
        text=one_line(reference.text),
        archive=part(reference.archive),
        fond=part(reference.fond),
        opis=part(reference.opis),
        delo=part(reference.delo),
        papka=part(reference.papka),
        leaves=tuple((one_line(first), one_line(last)) for first, last in reference.leaves),
    )


def _key(document_id: str) -> str:
    """A name for the document that every format allows: `delo112133`; other letters as their code points."""
    return "delo" + re.sub(r"[^A-Za-z0-9-]", lambda match: f"_{ord(match[0]):x}_", document_id)


def _source(line: str, published: PublishedCitation | None) -> str:
    """What a published citation says of the source, credits included: all between repository and address."""
    if published is None:
        return ""
    before = f"{published.date}, {published.repository}, "
    end = line.rfind(published.url) if published.url else len(line)
    return line[line.find(before) + len(before) : end].rstrip(" <.")


def _place(quotation: "Place", language: Language) -> str:
    """`par. 3 of the Russian text`: the paragraphs in which a quotation begins and ends."""
    first = quotation.paragraph
    last = quotation.document.paragraph_at(quotation.language, quotation.span.end - 1)
    numbers = str(first) if first == last else f"{first}–{last}"
    if language == "ru":
        return f"абз. {numbers} {'русского' if quotation.language == 'ru' else 'английского'} текста"
    text = "Russian" if quotation.language == "ru" else "English"
    return f"{'par.' if first == last else 'pars.'} {numbers} of the {text} text"
