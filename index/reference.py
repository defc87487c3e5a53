"""Archival references: `APRF, f. 3, op. 65, d. 776, ll. 30-32` and its kin, read from a citation.

A reference is put together from labelled elements in whatever order, script and punctuation they are printed.
What stands in the print is kept as printed; what cannot be read is None and told of, never guessed.
Shelf marks of archives without fonds are read by `index/shelfmark.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.archives import Archive, ArchiveTable, Mention, built_in
from index.assemble import ACRONYM, Assembler, Reading
from index.credits import without_credits
from index.document import ArchivalReference, Span
from index.elements import Element, Scanner
from index.leaves import runs_backwards
from index.shelfmark import file_number, shelf_marks
from index.tokens import Token, tidy, tokens

_WEAK = frozenset({"file", "box", "folder", "inventory", "sheet", "sheets", "folio", "folios", "list", "lists", "fol"})
LONGEST = 5000  # characters of a citation that is read; the longest in print have some 600
_PLACING = frozenset({"fond", "opis", "papka", "delo", "por", "per", "tetrad", "dok", "leaves", "protocol"})


def parse_references(source: str, archives: ArchiveTable | None = None) -> tuple[ArchivalReference, ...]:
    """Every archival reference of a citation's source part, in the order printed; at least one if there is any text.

    Credits ("Translated by ...") are left out. A source that cannot be read gives one reference that has
    only its text and, where it names one, its archive.
    """
    table = archives or built_in()
    if references := read_references(source, table).references:
        return references
    plain = without_credits(tidy(source)).strip(" .,;") or tidy(source)
    if not plain:
        return ()
    mentions = table.mentions(tokens(plain[:LONGEST]))
    if mentions:
        first = mentions[0]
        name = plain[first.start : first.end]
        return (ArchivalReference(text=plain, archive=name, holder=first.archive.acronym),)
    acronym = ACRONYM.match(plain)
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
            span = Span(self.text[0].start, self.text[-1].end)
            return Assembler(self.source, self.mention, self.elements, span).read()
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
    free = 0  # the first gap that no archive's name has taken yet
    for n, mention in enumerate(mentions):
        own = behind or (free == n and placed[n] and _in_brackets(text, mention))
        if placed[n] and free == n and not own:
            yield _Piece(source=source, text=gaps[n], mention=None, elements=scanned[n])
        where = n if own else n + 1
        around = [*gaps[n], *gaps[n + 1]] if len(mentions) == 1 and not any(placed) else gaps[where]
        yield _Piece(source=source, text=around, mention=mention, elements=scanned[where])
        free = where + 1
    if placed[-1] and free < len(gaps):
        yield _Piece(source=source, text=gaps[-1], mention=None, elements=scanned[-1])


def _in_brackets(text: Sequence[Token], mention: Mention) -> bool:
    """Whether the name stands in brackets by itself, as one does behind its numbers."""
    around = (text[mention.first - 1 : mention.first], text[mention.last : mention.last + 1])
    return [token.text for side in around for token in side] == ["(", ")"]


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
