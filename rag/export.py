"""Records for reference managers: BibTeX, RIS and CSL-JSON, each a manuscript in a digital archive.

As the Wilson Center's own records have it, the archive is the digital one, and the location in it is all that is
known of where the papers lie: several archives may hold one document.
"""

import json
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from rag.dating import certain, whole
from rag.entry import Entry
from rag.locator import running

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # BibTeX's own names
_TEX = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
} | {c: f"\\{c}" for c in "&%$#_{}"}
_LONE_BRACES = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}  # BibTeX counts the brace of \{ like any other
_LIGATURE = re.compile(r"([-`',<>])(?=\1)|([?!])(?=`)")  # -- would be printed as one dash


def bibtex(parts: Entry) -> str:
    """An `@unpublished` entry; the place in the archive is its note, a quotation its annotation."""
    days = certain(parts.date) if parts.date else ()
    fields = {
        "title": f"{{{_tex(parts.title)}}}",  # the second pair of braces keeps its capitals
        "date": "-".join(f"{part:02}" if n else f"{part:04}" for n, part in enumerate(days)),
        "year": f"{days[0]:04}" if days else _tex(parts.printed_date),
        "note": _tex(running(parts.references, parts.language)),
        "howpublished": _tex(parts.repository),
        "url": parts.url,
        "language": _tex(parts.original),
        "annote": _tex(annotation(parts)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if len(days) > 1:
        lines.append(f"  month = {_MONTHS[days[1] - 1]}")
    return ",\n".join((f"@unpublished{{{parts.key}", *lines)) + "\n}"


def ris(parts: Entry, remarks: Sequence[str] = ()) -> str:
    """A record of type MANSCPT, one line a field; each of `remarks`, single lines, becomes a note besides."""
    days = certain(parts.date) if parts.date else ()
    odd = "" if days or "/" not in parts.printed_date else parts.printed_date  # 10/14/50 would be read as the year 10
    fields = (
        ("TY", "MANSCPT"),
        ("ID", parts.key),
        ("TI", parts.title),
        ("DA", _slashed(days) or ("" if odd else parts.printed_date)),
        ("PY", f"{days[0]:04}" if days else ""),
        ("DB", parts.repository),
        ("AN", running(parts.references, parts.language)),
        ("LA", parts.original),
        ("UR", parts.url),
        ("N1", odd),
        ("N1", annotation(parts)),
        *(("N1", remark) for remark in remarks),
    )
    return "\n".join((*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - "))


def csl(parts: Entry, remarks: Sequence[str] = ()) -> str:
    """A list of one item of type manuscript, in the JSON of the Citation Style Language, 1.0.2.

    `remarks` stand in its note, after the quotation.
    """
    item: dict[str, Any] = {
        "id": parts.key,
        "type": "manuscript",
        "title": parts.title,
        "issued": _issued(parts),
        "archive": parts.repository,
        "archive_location": running(parts.references, parts.language),
        "language": parts.original_code,
        "URL": parts.url,
        "note": "; ".join(filter(None, (annotation(parts), *remarks))),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def _tex(text: str) -> str:
    """`text` for a BibTeX field in braces: LaTeX's special characters escaped, and no two joined into one sign."""
    escapes = _TEX if _balanced(text) else _TEX | _LONE_BRACES
    joints = {match.end() for match in _LIGATURE.finditer(text)}
    return "".join(("{}" if place in joints else "") + escapes.get(c, c) for place, c in enumerate(text))


def _balanced(text: str) -> bool:
    depths = list(accumulate((c == "{") - (c == "}") for c in text))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _slashed(days: tuple[int, ...]) -> str:
    """1949/09/24, 1949/09// or 1949///: year, month and day, and what is not known left empty."""
    year, month, day = (*(f"{part:02}" for part in days), "", "", "")[:3]
    return f"{year:0>4}/{month}/{day}" + ("" if day else "/") if year else ""


def _issued(parts: Entry) -> dict[str, Any]:
    if parts.date is None:
        return {"literal": parts.printed_date} if parts.printed_date else {}
    if days := whole(parts.date):
        return {"date-parts": [list(days)]}
    ends = (parts.date.earliest, parts.date.latest)
    return {"date-parts": [[day.year, day.month, day.day] for day in ends]}


def annotation(parts: Entry) -> str:
    """The quotation and where it stands: `Par. 3 of the Russian text: “...”`."""
    if not parts.words:
        return ""
    quoted = f"«{parts.words}»" if parts.language == "ru" else f"“{parts.words}”"
    return f"{parts.place[:1].upper()}{parts.place[1:]}: {quoted}"
