"""Archival references: `APRF, f. 3, op. 65, d. 776, ll. 30-32` and its kin, read from a citation.

A reference is put together from labelled elements in whatever order, script and punctuation they are printed.
What stands in the print is kept as printed; what cannot be read is None and told of, never guessed.
Shelf marks of archives without fonds are read by `index/shelfmark.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.archives import Archive, ArchiveTable, Mention, built_in
from index.credits import without_credits
from index.document import ArchivalReference
from index.elements import Element, Scanner
from index.leaves import runs_backwards
from index.shelfmark import file_number, shelf_marks
from index.tokens import Token, tidy, tokens

LONGEST = 5000  # characters of a citation that is read; the longest in print have some 600
_LEVELS = ("fond", "opis", "per", "por", "papka", "tetrad", "delo", "dok")  # from the wide to the narrow
_FIELDS = frozenset({"fond", "opis", "papka", "delo"})
_PLACING = frozenset({"fond", "opis", "papka", "delo", "por", "per", "tetrad", "dok", "leaves", "protocol"})
_YEAR = re.compile(r"1[789]\d\d|20[012]\d")
_FAR = 3  # words not understood after which a page is of something else
_ACRONYM = re.compile(r"[A-ZА-ЯЁ][\w-]*[A-ZА-ЯЁ][\w-]*(?:[ ][A-ZА-ЯЁ]{2,}\w*)*")  # ГАСО, TsA FSB RF


@dataclass(frozen=True, slots=True)
class Reading:
    """The references read from a citation, and what in it could not be understood."""

    references: tuple[ArchivalReference, ...] = ()
    problems: tuple[str, ...] = ()


def parse_references(source: str, archives: ArchiveTable | None = None) -> tuple[ArchivalReference, ...]:
    """Every archival reference of a citation's source part, in the order printed; at least one.

    Credits ("Translated by ...") are left out. A source that cannot be read gives one reference that has
    only its text and, where it names one, its archive.
    """
    table = archives or built_in()
    if references := read_references(source, table).references:
        return references
    plain = without_credits(tidy(source)).strip(" .,;") or tidy(source)
    mentions = table.mentions(tokens(plain[:LONGEST]))
    if mentions:
        first = mentions[0]
        name = plain[first.start : first.end]
        return (ArchivalReference(text=plain, archive=name, holder=first.archive.acronym),)
    acronym = _ACRONYM.match(plain)
    name = acronym[0] if acronym else ""
    return (ArchivalReference(text=plain, archive=name or None, holder=name or None),)


def read_references(source: str, archives: ArchiveTable | None = None) -> Reading:
    """The archival references in `source`, none if it holds no place in an archive. Cost: linear in its length."""
    plain = without_credits(tidy(source))
    if len(plain) > LONGEST:
        return Reading(problems=(f"{len(plain)} characters are too many for a citation; the most is {LONGEST}",))
    text = tokens(plain)
    pieces = list(_pieces(plain, text, (archives or built_in()).mentions(text)))
    table = archives or built_in()
    readings = [piece.read(table) for piece in pieces]
    references = tuple(reference for reading in readings for reference in reading.references)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += [
        f"the leaves {first}-{last} run backwards"
        for reference in references
        for first, last in reference.leaves
        if runs_backwards((first, last))
    ]
    return Reading(references, tuple(dict.fromkeys(problems)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of a citation that one archive, or none, is named for."""

    source: str
    text: Sequence[Token]
    mention: Mention | None
    elements: list[Element]

    def read(self, table: ArchiveTable) -> Reading:
        archive = self.mention.archive if self.mention else None
        if _by_fond(archive, self.elements):
            return _Assembler(self.source, self.mention, self.elements).read()
        if archive is not None and not archive.fonds:
            return Reading(tuple(shelf_marks(self.source, self.text, self.mention, table)))
        problems = [f"{element.label!r} without a number" for element in self.elements if element.kind == "lacking"]
        references = tuple(_protocols(self.source, self.mention, self.elements))
        if archive is None:
            references = references or tuple(file_number(self.source, self.text))
        elif not references and not problems and (bare := [e.value for e in self.elements if e.kind == "bare"]):
            problems = [f"numbers of {archive.acronym} need labels, such as f. 3, op. 65, d. 776; found {bare[0]!r}"]
        return Reading(references, tuple(problems))


def _by_fond(archive: Archive | None, elements: Sequence[Element]) -> bool:
    """Whether the elements make a reference by fond, opis and delo; in a shelf mark, single letters mean nothing."""
    found = {element.name for element in elements if element.kind == "part"}
    strong = {e.name for e in elements if e.kind == "part" and (e.label not in _WEAK or found & {"fond", "opis"})}
    if archive is not None and not archive.fonds:
        return "fond" in found and bool(found & {"opis", "delo"})
    return bool(strong & _PLACING)


_WEAK = frozenset({"file", "box", "folder", "inventory", "sheet", "sheets", "folio", "folios", "list", "lists", "fol"})


def _pieces(source: str, text: list[Token], mentions: Sequence[Mention]) -> Iterator[_Piece]:
    """The citation cut at the names of archives; a name may stand before its numbers or after them."""
    edges = [(m.first, m.last) for m in mentions]
    bounds = [0, *(edge for pair in edges for edge in pair), len(text)]
    gaps = [text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    scanned = [Scanner(source, gap).elements() for gap in gaps]
    placed = [any(e.kind == "part" and e.name in _PLACING and e.label not in _WEAK for e in found) for found in scanned]
    if not mentions:
        yield _Piece(source=source, text=text, mention=None, elements=scanned[0])
        return
    behind = placed[0] and not placed[-1]  # "f. 3, op. 65, d. 776 (APRF)"
    if placed[0] and not behind:
        yield _Piece(source=source, text=gaps[0], mention=None, elements=scanned[0])
    for n, mention in enumerate(mentions):
        where = n if behind else n + 1
        around = [*gaps[n], *gaps[n + 1]] if len(mentions) == 1 and not any(placed) else gaps[where]
        yield _Piece(source=source, text=around, mention=mention, elements=scanned[where])


def _protocols(source: str, mention: Mention | None, elements: Sequence[Element]) -> Iterator[ArchivalReference]:
    """References to resolutions by protocol and item alone."""
    for element in elements:
        if element.kind == "protocol":
            start = mention.start if mention and mention.start < element.start else element.start
            extent = next((e.value for e in elements if e.name == "extent"), None)
            yield ArchivalReference(
                text=source[start : element.end],
                archive=source[mention.start : mention.end] if mention else None,
                holder=mention.archive.acronym if mention else None,
                other=(("protocol", element.value), *((("extent", extent),) if extent else ())),
            )


def _wider(printed: Iterable[str], part: str) -> list[str]:
    """Of the parts printed for one reference, those that the next need not repeat before `part`."""
    levels = [name for name in printed if name in _LEVELS]
    if part in levels:
        return levels[: levels.index(part)]
    return [name for name in levels if part in _LEVELS and _LEVELS.index(name) < _LEVELS.index(part)]


@dataclass(slots=True)
class _Draft:
    """A reference while it is put together."""

    start: int
    end: int
    parts: dict[str, str] = field(default_factory=dict)
    leaves: list[tuple[str, str]] = field(default_factory=list)
    pages: list[Element] = field(default_factory=list)
    own: set[str] = field(default_factory=set)  # parts printed here, not repeated from the reference before
    last: str = ""  # the part printed last
    doubtful: set[str] = field(default_factory=set)  # parts printed twice, with nothing to tell which is right


class _Assembler:
    """Puts the elements of one piece together."""

    def __init__(self, source: str, mention: Mention | None, elements: Sequence[Element]) -> None:
        self._source = source
        self._mention = mention
        self._elements = elements
        self._drafts: list[_Draft] = []
        self._problems: list[str] = []
        self._joined = False  # a joiner stands before the element
        self._unread = 0  # words not understood since the last element

    def read(self) -> Reading:
        """The references, in printed order."""
        for element in self._elements:
            self._take(element)
        references = [self._finished(draft, first=n == 0) for n, draft in enumerate(self._drafts)]
        return Reading(tuple(references), tuple(self._problems))

    def _take(self, element: Element) -> None:
        if element.kind == "joiner":
            self._joined = True
        elif element.kind == "unread":
            self._unread += 1
        elif element.kind == "lacking":
            self._problems.append(f"{element.label!r} without a number")
        elif element.kind == "part":
            self._part(element)
            self._unread, self._joined = 0, False
        elif self._drafts:
            self._aside(element)

    def _part(self, element: Element) -> None:
        name = element.name
        if name == "page":
            if self._drafts and self._unread < _FAR:
                draft = self._drafts[-1]
                draft.pages.append(element)
                draft.end = element.end
            return
        if name in ("leaves", "extent"):
            draft = self._drafts[-1] if self._drafts else self._begin(element, None)
            draft.leaves += element.leaves
            if name == "extent":
                draft.parts.setdefault("extent", element.value)
        else:
            draft = self._place(element)
            draft.parts[name] = element.value
            draft.own.add(name)
        draft.end, draft.last = element.end, name

    def _place(self, element: Element) -> _Draft:
        """The draft that a part belongs to: the last, or a new one that repeats what need not be printed again."""
        draft = self._drafts[-1] if self._drafts else None
        if draft is None:
            return self._begin(element, None)
        name = element.name
        if name in draft.own and draft.last == name and self._is_slip(draft, element):
            self._problems.append(f"two numbers of the {name}: {draft.parts.get(name)} and {element.value}")
            draft.doubtful.add(name)
            return draft
        narrower = _LEVELS[_LEVELS.index(name) :] if name in _LEVELS else ()
        again = name in draft.own or (self._joined and (bool(draft.leaves) or any(n in draft.own for n in narrower)))
        return self._begin(element, draft) if again else draft

    def _is_slip(self, draft: _Draft, element: Element) -> bool:
        """Whether a part is printed twice with nothing between, as in "D.72 Delo 5"."""
        return not self._source[draft.end : element.start].strip()

    def _begin(self, element: Element, before: _Draft | None) -> _Draft:
        draft = _Draft(start=element.start, end=element.end)
        if before is not None:
            draft.parts |= {name: before.parts[name] for name in _wider(before.parts, element.name)}
        self._drafts.append(draft)
        return draft

    def _aside(self, element: Element) -> None:
        """A bare number, a bracket or a resolution's number after an element."""
        draft = self._drafts[-1]
        if element.kind == "protocol":
            draft.parts.setdefault("protocol", element.value)
        elif element.kind == "bracket" and not self._unread:
            name = {"fond": "fond_name", "delo": "file_title", "leaves": "file_title"}.get(draft.last)
            if name is None or len(element.value) < 2:
                return
            draft.parts.setdefault(name, element.value)
        elif element.kind == "bare" and not self._unread and not self._joined:
            (first, last), *_ = element.leaves
            if _YEAR.fullmatch(element.value) and draft.last in ("fond", "opis", "papka"):
                draft.parts.setdefault("year", element.value)
            elif draft.last == "delo" and "delo" in draft.own and not _YEAR.fullmatch(element.value):
                draft.leaves += element.leaves
            else:
                return
        else:
            return
        draft.end = element.end

    def _finished(self, draft: _Draft, *, first: bool) -> ArchivalReference:
        self._settle_pages(draft)
        if "por" in draft.parts and "papka" not in draft.parts:
            draft.parts["papka"] = draft.parts.pop("por")
        mention = self._mention
        start, end = draft.start, draft.end
        name, holder = None, None
        if mention is not None:
            name, holder = self._source[mention.start : mention.end], mention.archive.acronym
            start, end = (min(start, mention.start), max(end, mention.end)) if first else (start, end)
            end += start < mention.start and self._source[end : end + 1] == ")"
        elif unknown := self._unknown_archive():
            name = holder = unknown[0]
            start = min(start, unknown[1]) if first else start
        return ArchivalReference(
            text=self._source[start:end].strip(" ,;"),
            archive=name,
            holder=holder,
            **{name: draft.parts[name] for name in _FIELDS if name in draft.parts.keys() - draft.doubtful},
            leaves=tuple(draft.leaves),
            other=tuple((key, value) for key, value in draft.parts.items() if key not in _FIELDS),
        )

    def _settle_pages(self, draft: _Draft) -> None:
        """What p. and pp. mean: the papka in the archive of foreign policy, elsewhere a leaf of the file."""
        for page in draft.pages:
            single = len(page.leaves) == 1 and page.leaves[0][0] == page.leaves[0][1]
            after_file = "delo" in draft.parts and page.start > self._end_of(draft, "delo")
            foreign = self._mention is not None and self._mention.archive.acronym == "AVPRF"
            as_papka = single and page.label in ("p", "pp") and (foreign or not after_file or bool(draft.leaves))
            if as_papka and "papka" not in draft.parts:
                draft.parts["papka"] = page.leaves[0][0]
            elif after_file or "tetrad" in draft.parts or not single:
                draft.leaves += page.leaves
            else:
                printed = self._source[page.start : page.end]
                self._problems.append(f"{printed!r} can be a papka or a leaf")

    def _end_of(self, draft: _Draft, name: str) -> int:
        ends = [e.end for e in self._elements if e.name == name and draft.start <= e.start < draft.end]
        return ends[-1] if ends else -1

    def _unknown_archive(self) -> tuple[str, int] | None:
        """The name before the first part, if it is plainly that of an archive the table lacks."""
        head = self._source[: self._drafts[0].start].rstrip(" ,.:;(")
        chunk = re.split(r"[,.;:]\s|//", head)[-1].strip()
        if chunk and (_ACRONYM.fullmatch(chunk) or re.search(r"archiv|arkhiv|архив", chunk, re.IGNORECASE)):
            return chunk, self._source.rfind(chunk, 0, self._drafts[0].start)
        return None
