"""Shelf marks of archives that do not number by fond, opis and delo: kept whole, as printed.

Everything printed for the place, apart from the archive and the leaves, is the shelf mark: `DY 30/3621`,
`XIX-J-1-j Korea, 4. doboz, 5/a, 004076/1955`, `RG 59, Central Foreign Policy File, P840114-1808`.
"""

import re
from collections.abc import Iterator, Sequence

from index.archives import ArchiveTable, Mention
from index.document import ArchivalReference
from index.leaves import Leaves, read_leaves
from index.tokens import Token, tokens

_LEAF_LABEL = re.compile(
    r"[,;.:]?\s*\b(?:Bl|Blatt|Bll|k|Ss|S|p|pp|l|ll|fol|fols|ff|f|str|page|pages|sheet|sheets|leaf|leaves|Листы?|Лл?)\b"
    r"\.?\s*(?=\d)",
    re.IGNORECASE,
)
_BARE_LEAVES = re.compile(r"[,:]\s*(?=\d{1,4}(?:\s*[-‐‑‒–—]\s*\d{1,4})?$)")
_LABEL = re.compile(
    r"^(?:[A-Z][a-z]+\s+)?(?:File(?:\s+No)?|Call\s+Number|ref|Reference|No|sygn)\b[.:]?\s*(?:No\.?\s*)?", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[\d)a-zа-яё])\.\s+(?=[A-ZА-ЯЁ«“\"])|\.?$")
_SHORT_WORD = re.compile(r"(?:^|[\s(])(?:\w{1,3}|Nos|Arch|Spr|vol|Kart|Sign|sygn|inv|Microf)$")
_SECRECY = re.compile(
    r"\b(?:(?:top )?secret|confidential|unclassified|restricted|limited official use|official use only|"
    r"(?:сов(?:ершенно|\.)? )?секретно)\b(?:[;,] *(?:nodis|exdis|limdis|sensitive|eyes only|noforn|priority)\w*)*",
    re.IGNORECASE,
)
_SPACED_STROKE = re.compile(r"(?<=[\w])\s*/\s*(?=\d)")
_US_PARTS = {
    "rg": re.compile(r"\b(?:RG|Record Group)\s*(\d+)"),
    "lot": re.compile(r"\bLot(?: File)?s?\s*(\d+\s*[A-Z]*\s*\d*)"),
    "box": re.compile(r"\b[Bb]ox(?:es)?\s+([A-Z]{0,3}[-‐‑‒–—\s]?\d+[\w-]*)"),
    "folder": re.compile(r"\b[Ff]older\s+(\d+[\w-]*)"),
}
_FILE_NUMBER = re.compile(
    r"^(?:File\s+(?:Copy|No\.?|Number)?\s*)?"
    r"(?P<number>\d{2,4}[A-Z]?(?:\.[\w.()‐‑‒–—-]*?)?(?:\s[A-Z][\w.() ]*?)?/[A-Z]?\d+(?:[-‐‑‒–—]\d+)*(?:/\d+)*½?)"
    r"(?:\s*:\s*(?P<form>[A-Z][A-Za-z ]+))?\.?$"
)
_OWN_MARK = re.compile(r"^[A-Z]{1,4}\s(?:[IVX]+\s)?\d[\d.]*/[\w./-]+$")  # DY 30/3621: says where it lies by itself
_US_PLACE = re.compile(
    r"\b(?:(?:RG|Record Group|Lot|[Bb]ox(?:es)?|[Ff]older|Job)\s+[A-Z]{0,3}[-‐‑‒–—\s]?\d|"
    r"(?:Central|Decimal|Policy|Subject|Country|Institutional|Lot|Security|Council|Intelligence)\s+Files?\b)"
)
_DATE_BEFORE = re.compile(
    r".*\b(?:[A-Z][a-z]+\s+\d{1,2},\s+|\d{1,2}\s+[A-Z][a-z]+\s+|[A-Z][a-z]+\s+)?\d{4},\s+(?=\D)", re.DOTALL
)


def shelf_marks(
    source: str, text: Sequence[Token], mention: Mention | None, table: ArchiveTable
) -> Iterator[ArchivalReference]:
    """The references that a piece of a citation gives to the archive named in it."""
    if mention is None or not text:
        return
    start, end = text[0].start, text[-1].end
    after = source[mention.end : end] if end > mention.end else ""
    after = _within(_without_cities(after, table))
    before = source[start : mention.start] if start < mention.start else ""
    printed = after if _holds_words(after) else _before(before)
    name = source[mention.start : mention.end]
    for n, mark in enumerate(re.split(r"\s*;\s*(?:and\s+)?", _SECRECY.sub("", printed))):
        if not _holds_words(mark) or (n and not re.search(r"\d", mark)):
            continue
        whole = f"{name}, {mark.strip(' ,.')}" if n == 0 else mark
        secrecy = _SECRECY.search(printed)
        yield _reference(mark, text=whole, archive=name, holder=mention.archive.acronym, secrecy=secrecy)


def _holds_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _before(text: str) -> str:
    """What stands before the archive's name, without the title and the date of the document."""
    plain = re.sub(r"\b(?:in|at|from)\s*$", "", text.strip(" ,.;:(["), flags=re.IGNORECASE)
    return _DATE_BEFORE.sub("", plain).strip(" ,")


def _without_cities(text: str, table: ArchiveTable) -> str:
    """`text` without the city that may stand beside an archive's name."""
    rest = text.lstrip(" ,.:)")
    while True:
        head, comma, tail = rest.partition(",")
        if not table.is_city(head.strip(" .")):
            return rest
        rest = tail.lstrip() if comma else ""


def _within(text: str) -> str:
    """`text` up to the end of its sentence; a secrecy mark may follow as a sentence of its own."""
    depth_at = {}
    depth = 0
    for n, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        depth_at[n] = depth
    for stop in _SENTENCE_END.finditer(text):
        head = text[: stop.start()]
        if depth_at.get(stop.start(), 0) <= 0 and not _SHORT_WORD.search(head):
            secrecy = _SECRECY.match(text[stop.end() :])
            return text[: stop.end() + secrecy.end()] if secrecy else head
    return text


def _reference(
    mark: str, *, text: str, archive: str | None, holder: str | None, secrecy: re.Match[str] | None = None
) -> ArchivalReference:
    plain = mark.strip(" ,.;")
    signature, leaves = _leaves(plain)
    signature = _SPACED_STROKE.sub("/", _LABEL.sub("", signature.strip(" ,.;")))
    other = [("signature", signature)] if signature else []
    other += [(name, found[1].strip()) for name, form in _US_PARTS.items() if (found := form.search(signature))]
    other += [("classification", secrecy[0])] if secrecy else []
    return ArchivalReference(text=text, archive=archive, holder=holder, leaves=leaves, other=tuple(other))


def _leaves(mark: str) -> tuple[str, Leaves]:
    """The shelf mark without the leaves at its end, and those."""
    if not re.search(r"\d", mark):
        return mark, ()
    starts = [match for match in _LEAF_LABEL.finditer(mark) if re.search(r"\d", mark[: match.start()])]
    bare = _BARE_LEAVES.search(mark)
    for start in (*starts[-1:], *([bare] if bare else [])):
        tail = mark[start.end() :]
        leaves, after = read_leaves(found := tokens(tail), 0, tail)
        years = start is bare and re.fullmatch(r"(?:1[89]|20)\d\d", tail)
        if leaves and after >= len(found) and not years and re.search(r"\d", mark[: start.start()]):
            return mark[: start.start()], leaves
    return mark, ()


def file_number(source: str, text: Sequence[Token]) -> Iterator[ArchivalReference]:
    """The reference of an American citation that names no archive: a file number, or record group, lot and box."""
    plain = source[text[0].start : text[-1].end].strip(" .[]()") if text else ""
    if match := _FILE_NUMBER.match(plain):
        form = (("form", match["form"].strip()),) if match["form"] else ()
        yield ArchivalReference(text=plain, other=(("signature", match["number"]), *form))
    elif _US_PLACE.search(plain) or _OWN_MARK.match(_leaves(plain)[0]):
        place = _SECRECY.sub("", _within(plain))
        yield _reference(place, text=plain, archive=None, holder=None, secrecy=_SECRECY.search(plain))
