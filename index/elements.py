"""The elements that an archival reference is put together from: labels with their values, joiners, bare numbers.

A label is known by its romanised form, so ф., Ф., f., F. and Fond are one. What is no element is passed over here
and told of, never interpreted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.dates import MONTH_NAMES
from index.labels import LABELS, label_at
from index.leaves import Leaves, read_leaves
from index.tokens import DASHES, Token, romanised

Kind = Literal["part", "bare", "bracket", "joiner", "protocol", "lacking", "unread"]

_ENGLISH = frozenset({"file", "box", "folder", "list", "lists", "sheet", "sheets", "page", "pages", "inventory", "o"})
_ENGLISH |= {"listing"}  # with words such as these, what no number follows is prose
_NUMBER_SIGNS = frozenset({"no", "nos", "n", "nr"})
_JOINERS = frozenset({"and", "i", "und"})
_ITEM_CODES = frozenset({"p", "pb", "st"})  # of the Politburo's and the Secretariat's resolutions
_SPACED = re.compile(r"\s*([-‐‑‒–—/])\s*")
_NUMBER_WORDS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_NUMBER_WORDS |= {"odin", "dva", "tri", "chetyre", "piat", "shest", "sem", "vosem", "deviat", "desiat"}
_MONTHS = frozenset(map(romanised, MONTH_NAMES))
_ROMAN = re.compile(r"[ivxlc]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A stretch of a citation with a meaning of its own; `label` is the label as printed, in small Latin letters."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    label: str = ""
    value: str = ""
    leaves: Leaves = ()


class Scanner:
    """Reads the elements of a text one by one."""

    def __init__(self, source: str, text: Sequence[Token]) -> None:
        self._source = source
        self._text = text
        self._at = 0
        self._found: list[Element] = []

    def elements(self) -> list[Element]:
        """Every element, in order. Cost: linear, but for what a leaf list is read twice."""
        while self._at < len(self._text):
            before = self._at
            element = self._protocol() or self._labelled() or self._other()
            if element is not None:
                self._found.append(element)
            self._at = max(self._at, before + 1)
        return self._found

    def _mark(self, at: int) -> str:
        return self._text[at].text if at < len(self._text) and self._text[at].kind == "mark" else " "

    def _word(self, at: int) -> str:
        return self._text[at].plain if at < len(self._text) and self._text[at].kind == "word" else ""

    def _is_number(self, at: int) -> bool:
        return at < len(self._text) and self._text[at].kind == "number"

    def _made(self, kind: Kind, first: int, after: int, **rest: object) -> Element:
        """An element of the tokens from `first` to `after`, past which reading goes on."""
        self._at = after
        start, end = self._text[first].start, self._text[max(first, after - 1)].end
        return Element(kind=kind, start=start, end=end, **rest)  # type: ignore[arg-type]

    def _label(self, at: int) -> tuple[str, int]:
        return label_at(self._text, at)

    def _labelled(self) -> Element | None:
        first = self._at
        name, at = self._label(first)
        if not name or self._is_part_of_word(first) or self._is_initial(first) or self._is_death(first):
            return None
        label = self._text[first].plain
        if label == "k" and self._text[first].text in "Кк":
            name = "papka"
        if label in ("p", "pap") and self._text[first].text in "Пп":
            name = "papka"
        at += self._mark(at) in (".", ":")
        if self._mark(at) == "(" and self._label(at + 1)[0] == name:  # "Tetrad' (Te.) 6"
            closing = at + 2 + (self._mark(at + 2) == ".")
            at = closing + 1 if self._mark(closing) == ")" else at
        if self._mark(at) == "," and len(label) > 1 and self._text[at].glued and self._is_number(at + 1):
            at += 1  # "Te., 7"
        if label == "o" and at == first + 1 and not (self._is_number(at) and self._text[at].glued):
            return None
        return self._valued(name, label, first, at) or self._lacking(name, label, first, at)

    def _is_part_of_word(self, at: int) -> bool:
        """Whether the token is glued behind a hyphen or an apostrophe: the f of `XIX-J-1-f`."""
        return self._text[at].glued and self._mark(at - 1) in DASHES | {"'", "’", "/"} if at else False

    def _is_initial(self, at: int) -> bool:
        """Whether a letter is one of several with full stops: the D of "A. D. 1949", the f of "f.o.b. 30"."""
        if len(self._word(at)) != 1 or self._label(at)[1] != at + 1 or self._mark(at + 1) != ".":
            return False
        before, after = at - 2, at + 2
        if self._mark(at - 1) == "." and self._is_letter(before) and self._word(before) not in LABELS:
            return not (self._text[before].glued and (self._is_number(before - 1) or self._mark(before - 1) in DASHES))
        if not self._is_letter(after) or self._mark(after + 1) != "." or not self._text[after].glued:
            return False
        return not (self._is_number(after + 2) and self._text[after + 2].glued)  # "f.R.5446"

    def _is_letter(self, at: int) -> bool:
        return at >= 0 and len(self._word(at)) == 1

    def _is_death(self, at: int) -> bool:
        """Whether a citation that has named no place yet says when somebody died: "d. 5 March 1953"."""
        day = at + 1 + (self._mark(at + 1) == ".")
        month = day + 1
        year = month + 1 + (self._mark(month + 1) == ".")
        dated = self._is_number(day) and self._word(month) in _MONTHS and self._is_number(year)
        return dated and self._word(at) == "d" and not any(element.kind == "part" for element in self._found)

    def _valued(self, name: str, label: str, first: int, at: int) -> Element | None:
        at = self._past_number_sign(at)
        if name in ("leaves", "page"):
            leaves, after = read_leaves(self._text, at, self._source)
            return self._made("part", first, after, name=name, label=label, leaves=leaves) if leaves else None
        value, after = self._identifier(at)
        if value and label == "dd":
            value, after = self._listed(value, after)
        return self._made("part", first, after, name=name, label=label, value=value) if value else None

    def _past_number_sign(self, at: int) -> int:
        if self._mark(at) in "№#":
            return at + 1
        if self._word(at) in _NUMBER_SIGNS:
            here = at + 1 + (self._mark(at + 1) == ".")
            return here if self._is_number(here) else at
        return at

    def _listed(self, value: str, at: int) -> tuple[str, int]:
        while self._mark(at) == ",":
            further, after = self._identifier(at + 1)
            if not further:
                break
            value, at = f"{value}, {further}", after
        return value, at

    def _identifier(self, at: int) -> tuple[str, int]:
        """A number with its letters, such as 776, 059a, Р-1235, [120] or 1-24, and the token after it."""
        opened = self._mark(at) == "["
        at += opened
        start = at
        if len(self._word(at)) in (1, 2) and self._text[at].text[0].isupper():  # Р-1235, А 513
            own = self._word(at) not in LABELS  # "f. D. 5" is a fond that lacks its number
            dash = self._mark(at + 1) in DASHES or (own and self._mark(at + 1) == "." and self._is_number(at + 2))
            at += 1 + dash if dash or own else 0
        if not self._is_number(at):
            return "", start
        at = self._past_suffix(at + 1)
        while self._mark(at) in DASHES or self._mark(at) == "/":
            if not self._is_number(at + 1) and not self._is_letter_suffix(at):
                break
            at = self._past_suffix(at + 2)
        printed = self._source[self._text[start].start : self._text[at - 1].end]
        return _SPACED.sub(r"\1", printed), at + (opened and self._mark(at) == "]")

    def _is_letter_suffix(self, at: int) -> bool:
        """Whether a single letter hangs on the dash or stroke at `at`: `1-B`, `12/а`."""
        return len(self._word(at + 1)) in (1, 2) and self._text[at].glued and self._text[at + 1].glued

    def _past_suffix(self, at: int) -> int:
        word = self._word(at)
        if not word or not self._text[at].glued or len(word) > 3:
            return at
        behind = at + 1 + (self._mark(at + 1) == ".")
        begins_next = word in LABELS and self._is_number(behind) and self._text[behind].glued
        return at if begins_next and (len(word) > 1 or behind > at + 1) else at + 1  # "f45op1", "f.45d.3", but "23д."

    def _lacking(self, name: str, label: str, first: int, at: int) -> Element | None:
        """A label that no number follows; a word or an initial that only looks like a label is none."""
        following = self._word(at)
        ends = not following and not self._is_number(at)
        if label in _ENGLISH or (label in ("k", "s", "a", "per", "str", "te", "dok") and ends):
            return None
        if not (ends or self._label(at)[0] or following in _NUMBER_WORDS or following in (*_JOINERS, "not")):
            return None
        if name == "page":
            return None
        return self._made("lacking", first, at, name=name, label=label)

    def _protocol(self) -> Element | None:
        """A resolution by protocol and item: Pb 210/II, St 1-15, P95/1, P 97 (47)."""
        first = self._at
        if self._word(first) not in _ITEM_CODES or not self._text[first].text[0].isupper():
            return None
        if not self._is_number(first + 1):
            return None
        at = first + 2
        if self._mark(at) == "/" or (self._mark(at) in DASHES and self._word(first) != "p"):
            if self._is_number(at + 1) or _ROMAN.fullmatch(self._word(at + 1)):
                return self._made("protocol", first, at + 2, value=self._slice(first, at + 2))
        elif self._mark(at) == "(" and self._is_number(at + 1) and self._mark(at + 2) == ")":
            return self._made("protocol", first, at + 3, value=self._slice(first, at + 3))
        return None

    def _slice(self, first: int, after: int) -> str:
        return self._source[self._text[first].start : self._text[after - 1].end]

    def _other(self) -> Element | None:
        first = self._at
        token = self._text[first]
        if token.text == ";" or token.plain in _JOINERS or token.text == "&":
            return self._made("joiner", first, first + 1, value=token.plain)
        if token.text in "([":
            return self._bracket(first)
        if token.kind == "number" or (token.text == "[" and self._is_number(first + 1)):
            return self._bare(first)
        if token.kind == "word":
            return self._made("unread", first, first + 1, value=token.text)
        return None

    def _bracket(self, first: int) -> Element | None:
        """What stands in brackets, unless it holds elements itself and is read as if there were none."""
        closing = {"(": ")", "[": "]"}[self._text[first].text]
        after = next((n for n in range(first + 1, min(first + 40, len(self._text))) if self._mark(n) == closing), None)
        if after is None or self._is_number(first + 1):
            return self._bare(first) if self._text[first].text == "[" else None
        inner = Scanner(self._source, self._text[first + 1 : after])
        if any(element.kind in ("part", "protocol") for element in inner.elements()):
            return None
        return self._made("bracket", first, after + 1, value=self._slice(first + 1, after) if after > first + 1 else "")

    def _bare(self, first: int) -> Element | None:
        """A number without a label; it may be leaves, a year, or how many leaves there are in all."""
        leaves, after = read_leaves(self._text, first, self._source)
        if not leaves:
            return None
        name, behind = self._label(after)
        behind += self._mark(behind) == "."
        if name in ("leaves", "page") and not self._is_number(behind):
            return self._made("part", first, behind, name="extent", value=self._slice(first, behind))
        return self._made("bare", first, after, leaves=leaves, value=self._slice(first, after))
