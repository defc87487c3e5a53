"""Takes the Markdown out of what a language model writes, letter by letter, as it comes.

Marks of lists and headings, stars and back quotes go; a row of a table becomes its cells, parted by semicolons; the
words stay. A blank line stands wherever a list, a heading or a row begins anew.
"""

import re

_MARK = re.compile(r"[ \t]*(?:#{1,6}|[-*+•·–—>]|\d{1,3}[.)])[ \t]")
_MAY_BE_MARK = re.compile(r"[ \t]*(?:#{1,6}|[-*+•·–—>]|\d{1,3}[.)]?|`{1,2})?")
_RULE = re.compile(r"[-:= ]*")
_DROPPED = frozenset("*`_")
_LONGEST_ROW = 2_000  # characters of a row of a table; what is longer is no row


class Unmarked:
    """A stream of letters without its Markdown."""

    def __init__(self) -> None:
        self._held = ""  # of a line whose kind is not known yet, or of a row
        self._kind = "beginning"  # then "words", "row" or "fence"

    def feed(self, letter: str) -> str:
        """What is certain now that `letter` has come."""
        match self._kind:
            case "beginning":
                return self._begun(letter)
            case "row":
                return self._row(letter)
            case "fence":
                self._kind = "beginning" if letter == "\n" else "fence"
                return letter if letter == "\n" else ""
        if letter == "\n":
            self._kind = "beginning"
        return "" if letter in _DROPPED else letter

    def close(self) -> str:
        """What is left at the end."""
        held, self._held = self._held, ""
        return _cells(held) if self._kind == "row" else _bare(held)

    def _begun(self, letter: str) -> str:
        if letter == "\n":
            held, self._held = self._held, ""
            return _bare(held) + letter
        if letter.isspace() and self._held.isspace():
            return ""
        self._held += letter
        return self._told()

    def _told(self) -> str:
        """What is certain of the beginning of a line."""
        if _MARK.fullmatch(self._held):
            self._held = ""
            return "\n\n"
        if (bare := self._held.strip()) in ("```", "|"):
            self._kind, self._held = ("row" if bare == "|" else "fence"), ""
        elif not _MAY_BE_MARK.fullmatch(self._held):
            self._kind, held, self._held = "words", self._held, ""
            return _bare(held)
        return ""

    def _row(self, letter: str) -> str:
        if letter != "\n" and len(self._held) < _LONGEST_ROW:
            self._held += letter
            return ""
        held, self._held, self._kind = self._held, "", "beginning"
        return f"\n\n{_cells(held)}{letter}"


def _bare(words: str) -> str:
    return "".join(c for c in words if c not in _DROPPED)


def _cells(row: str) -> str:
    """The cells of a row, parted by semicolons; nothing of a line that only rules it off."""
    cells = [_bare(cell).strip() for cell in row.split("|")]
    told = [cell for cell in cells if not _RULE.fullmatch(cell)]
    return "; ".join(told)
