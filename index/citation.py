"""The line under which a digital archive publishes a record, and whole citations of any other form.

Two formulas of publication are in print, and differ in quotation marks and in the place of one comma:

    "Title", September 24, 1949, Wilson Center Digital Archive, APRF, f. 3, ... <address>
    “Title,” September 24, 1949, History and Public Policy Program Digital Archive, APRF, f. 3, ... address
"""

import re
from dataclasses import dataclass

from index.archives import ArchiveTable, built_in
from index.credits import split_credits, without_lead
from index.dates import RUSSIAN_MONTHS, parse_date
from index.document import ArchivalReference
from index.reference import LONGEST, parse_references, read_references
from index.tokens import tidy, tokens

_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>]+?)>?[\s.]*$")
_RECORD = re.compile(r"/document/(?P<id>[\w-]+?)(?:\.pdf)?(?:[?#].*)?/?$")
_LONGEST = 5000  # characters; the longest in print have some 600, and a pattern's cost may grow with the square
_FORMULA = re.compile(
    r"""^[“"«](?P<title>.*?)(?:,?[”"»],?\s+|[”"»],?\s*,\s*)
    (?P<date>(?:[A-Za-z]+\.?\s+)?(?:\d{1,2},?\s+)?(?:[A-Za-z]+\.?,?\s+)?\d{4}),\s+
    (?P<repository>[^,]+),\s+
    (?P<source>\S.*)$""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(
    r"^\s*[“\"«](?P<title>.{1,600}?)[,.]?[”\"»](?=[\s,.;:]|$)[\s,.]*(?:(?:in|в|cited in)\s+)?", re.DOTALL
)
_BEFORE_STROKES = re.compile(r"^(?P<title>[^/]{1,600}?)\.?\s+//\s+")
_MONTHS = r"(?:January|February|March|April|June|July|August|September|October|November|December|May|"
_MONTHS += r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
_RUSSIAN_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(RUSSIAN_MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)
_A_DAY = rf"(?:{_MONTHS}\s+\d{{1,2}},\s+\d{{4}}|\d{{1,2}}\s+{_MONTHS},?\s+\d{{4}}|{_MONTHS},?\s+\d{{4}})"
_DAY = re.compile(rf"\b{_A_DAY}\b")
_FIRST_DATE = re.compile(rf"^[\s,]*(?P<date>{_A_DAY}|\d{{4}})(?=[,.;\s]|$)[\s,]*")
_BEFORE_DATE = re.compile(rf"^(?P<title>[^“\"«]{{8,300}}?),\s+(?={_A_DAY},\s)")
_PUBLISHER = re.compile(r"^(?P<publisher>[^,;]{3,120}?\bDigital\s+Archive|[^,;]{3,120}?\bProject)\s*[,.]\s*")
_GLUED_DATE = re.compile(r"/(?P<month>\d{1,2})[-‐‑‒–—](?P<day>\d{1,2})(?P<year>\d\d)$")  # 795B.5/6-2550


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCitation:
    """The parts of a citation line as printed; `record` is the number or name in the address, if any.

    `problems` are sentences on what in the references could not be understood.
    """

    title: str
    date: str
    repository: str
    references: tuple[ArchivalReference, ...]
    url: str | None
    record: str | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a citation of whatever form says; None where it says nothing.

    `date` is ISO 8601, partial where the print is. `problems` are sentences on what could not be understood.
    """

    references: tuple[ArchivalReference, ...] = ()
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    credits: str | None = None
    problems: tuple[str, ...] = ()


def parse_citation(line: str, archives: ArchiveTable | None = None) -> PublishedCitation | None:
    """The parts of a published citation, or None if it follows neither formula (or is too long to)."""
    plain = " ".join(line.split())
    if len(plain) > _LONGEST:
        return None
    address = _ADDRESS.search(plain)
    url = address["url"] if address else None
    formula = _FORMULA.match(plain[: address.start()].strip() if address else plain)
    if formula is None:
        return None
    record = _RECORD.search(url) if url else None
    return PublishedCitation(
        title=formula["title"].strip(" ,"),
        date=formula["date"],
        repository=formula["repository"].strip(),
        references=parse_references(formula["source"], archives),
        url=url,
        record=record["id"] if record else None,
        problems=read_references(formula["source"], archives).problems,
    )


def read_citation(text: str, archives: ArchiveTable | None = None) -> Citation:
    """What a citation says, whatever its form; one without an archival reference has none.

    Cost: linear in its length; one of more than 5,000 characters is not read, and says so.
    """
    plain = tidy(text)
    if len(plain) > LONGEST:
        return Citation(problems=(f"{len(plain)} characters are too many for a citation; the most is {LONGEST}",))
    address = _ADDRESS.search(plain)
    rest = plain[: address.start()].rstrip() if address else plain
    rest = without_lead(rest)
    title, rest = _title(rest, archives)
    date, rest = _date(rest)
    publisher = _PUBLISHER.match(rest) if not _is_archive(rest, archives) else None
    rest = rest[publisher.end() :] if publisher else rest
    source, credits_ = split_credits(rest)
    reading = read_references(source, archives)
    return Citation(
        references=reading.references,
        title=title,
        date=date or _date_within(f"{title or ''} {source}", reading.references),
        publisher=publisher["publisher"].strip() if publisher else None,
        url=address["url"] if address else None,
        credits=credits_ or None,
        problems=reading.problems,
    )


def _title(text: str, archives: ArchiveTable | None) -> tuple[str | None, str]:
    """The title that a citation begins with, and the rest."""
    for form in (_QUOTED, _BEFORE_STROKES):
        if match := form.match(text):
            rest = text[match.end() :]
            return (
                (match["title"].strip(" ,"), rest) if rest else (None, match["title"])
            )  # all of it in quotation marks
    dated = _BEFORE_DATE.match(text)
    if dated and not _names_place(dated["title"], archives):
        return dated["title"], text[dated.end() :]
    return None, text


def _date(text: str) -> tuple[str | None, str]:
    """The date that the rest of a citation begins with, and what follows."""
    match = _FIRST_DATE.match(text)
    date = _iso(match["date"]) if match else None
    return (date, text[match.end() :]) if match and date else (None, text)


def _iso(printed: str) -> str | None:
    """A date as ISO 8601, without the parts that the print lacks."""
    try:
        date = parse_date(printed)
    except ValueError:
        return None
    if date is None:
        return None
    day, days = date.earliest.isoformat(), (date.latest - date.earliest).days
    return day if days == 0 else day[:7] if days < 31 else day[:4]


def _date_within(source: str, references: tuple[ArchivalReference, ...]) -> str | None:
    """A whole date somewhere in the text, or the one that an American file number carries."""
    for reference in references:
        if glued := _GLUED_DATE.search(dict(reference.other).get("signature", "")):
            return _iso(f"19{glued['year']}-{int(glued['month']):02d}-{int(glued['day']):02d}")
    found = _DAY.search(source)
    return _iso(found[0]) if found else _russian_day(source)


def _russian_day(text: str) -> str | None:
    found = _RUSSIAN_DAY.search(text)
    month = RUSSIAN_MONTHS.index(found[2].lower()) + 1 if found else 0
    return _iso(f"{found[3]}-{month:02d}-{int(found[1]):02d}") if found else None


def _names_place(text: str, archives: ArchiveTable | None) -> bool:
    """Whether a text names an archive or a place in one."""
    return bool((archives or built_in()).mentions(tokens(text)) or read_references(text, archives).references)


def _is_archive(text: str, archives: ArchiveTable | None) -> bool:
    """Whether a text begins with the name of an archive."""
    mentions = (archives or built_in()).mentions(tokens(text[:200]))
    return bool(mentions) and mentions[0].first == 0
