"""Puts labelled elements together into archival references, in whatever order they are printed.

A part printed again begins the next reference, which by GOST need not repeat the wider parts before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.archives import Mention
from index.document import ArchivalReference, Span
from index.elements import Element

_LEVELS = ("fond", "opis", "per", "por", "papka", "tetrad", "delo", "dok")  # from the wide to the narrow
_FIELDS = ("fond", "opis", "delo", "papka")
_YEAR = re.compile(r"1[789]\d\d|20[012]\d")
_FAR = 3  # words not understood after which a page is of something else
_JOINING = re.compile(r"(?:[\s,;.]+(?:and|и|und|&)?)+$")  # what leads on to the next reference, or ends the last
_ARCHIVE_WORD = re.compile(r"archiv|arkhiv|архив", re.IGNORECASE)
ACRONYM = re.compile(r"[A-ZА-ЯЁ][\w-]*[A-ZА-ЯЁ][\w-]*(?:[ ][A-ZА-ЯЁ]{2,}\w*)*")  # ГАСО, TsA FSB RF


class Reading(NamedTuple):
    """The references read from a citation, and what in it could not be understood."""

    references: tuple[ArchivalReference, ...] = ()
    problems: tuple[str, ...] = ()


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


class Assembler:
    """Puts the elements of one piece together."""

    def __init__(self, source: str, mention: Mention | None, elements: Sequence[Element], span: Span) -> None:
        self._source = source
        self._mention = mention
        self._elements = elements
        self._span = span  # of the piece
        self._drafts: list[_Draft] = []
        self._problems: list[str] = []
        self._joined = False  # a joiner stands before the element
        self._unread = 0  # words not understood since the last element

    def read(self) -> Reading:
        """The references, in printed order."""
        for element in self._elements:
            self._take(element)
        ends = [*(draft.start for draft in self._drafts[1:]), self._span.end]
        references = [
            self._finished(draft, end, n == 0) for n, (draft, end) in enumerate(zip(self._drafts, ends, strict=True))
        ]
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
        elif element.kind == "bare" and self._mention is not None and not self._unread:
            self._problems.append(f"the number {element.value!r} has no label")

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
            if name is None or not element.value[:1].isupper() or len(element.value) < 2:
                return
            draft.parts.setdefault(name, element.value)
        elif element.kind == "bare" and not self._unread and not self._joined:
            if _YEAR.fullmatch(element.value) and draft.last in ("fond", "opis", "papka"):
                draft.parts.setdefault("year", element.value)
            elif draft.last == "delo" and "delo" in draft.own and not _YEAR.fullmatch(element.value):
                draft.leaves += element.leaves
            else:
                return
        else:
            return
        draft.end = element.end

    def _finished(self, draft: _Draft, end: int, first: bool) -> ArchivalReference:
        """The reference, its text from where it begins up to `end`."""
        self._settle_pages(draft)
        if "por" in draft.parts and "papka" not in draft.parts:
            draft.parts["papka"] = draft.parts.pop("por")
        name, holder, start = self._archive()
        if first and start is not None:
            end = end if start < draft.start else self._past_bracket(end)
            start = min(start, draft.start)
        else:
            start = self._span.start if first else draft.start
        return ArchivalReference(
            text=_JOINING.sub("", self._source[start:end]).lstrip(" ,;)"),
            archive=name,
            holder=holder,
            **{name: draft.parts[name] for name in _FIELDS if name in draft.parts.keys() - draft.doubtful},
            leaves=tuple(draft.leaves),
            other=tuple((key, value) for key, value in draft.parts.items() if key not in _FIELDS),
        )

    def _archive(self) -> tuple[str | None, str | None, int | None]:
        """The archive's name as printed, its acronym, and where the name stands."""
        if self._mention is not None:
            mention = self._mention
            return self._source[mention.start : mention.end], mention.archive.acronym, mention.start
        if unknown := self._unknown_archive():
            return unknown[0], unknown[0], unknown[1]
        return None, None, None

    def _past_bracket(self, end: int) -> int:
        """Where the archive's name ends that follows the reference, with the bracket round it."""
        end = max(end, self._mention.end if self._mention else end)
        return end + (self._source[end : end + 1] == ")")

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
        if chunk and (ACRONYM.fullmatch(chunk) or _ARCHIVE_WORD.search(chunk)):
            return chunk, self._source.rfind(chunk, 0, self._drafts[0].start)
        return None
