"""The line under which a digital archive publishes a record: title, date, repository, source, address.

Two formulas are in print, and differ in quotation marks and in the place of one comma:

    "Title", September 24, 1949, Wilson Center Digital Archive, APRF, f. 3, ... <address>
    “Title,” September 24, 1949, History and Public Policy Program Digital Archive, APRF, f. 3, ... address
"""

import re
from dataclasses import dataclass

from index.document import ArchivalReference
from index.reference import parse_references

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCitation:
    """The parts of a citation line as printed; `record` is the number or name in the address, if any."""

    title: str
    date: str
    repository: str
    references: tuple[ArchivalReference, ...]
    url: str | None
    record: str | None


def parse_citation(line: str) -> PublishedCitation | None:
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
        references=parse_references(formula["source"]),
        url=url,
        record=record["id"] if record else None,
    )
