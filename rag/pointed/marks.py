"""Quotation marks in a text, of all kinds and languages: which belong together, and which stand alone."""

from collections.abc import Iterator
from typing import NamedTuple

_OPENING = frozenset("«„‟“「『‹‘‚〝❝❮《〈｢⟪⟨⹂❠\U0001f676")
_CLOSING = frozenset("»”」』›〞〟❞❯》〉｣⟫⟩\U0001f677")
_EITHER = frozenset('"″＂ʺˮ‶‴〃״\U0001f678')
_SINGLE = frozenset("'’‘‚‛`´ʼʻʽʹ′‵＇❛❜❟")
MARKS = _OPENING | _CLOSING | _EITHER | _SINGLE
_CLOSES_SINGLE = _SINGLE - frozenset("‘‚‛❛❟")
_GERMAN = {"„": "“", "‚": "‘"}  # what opens low is closed by what opens elsewhere


class Marked(NamedTuple):
    """A quotation mark at `start`, and the one at `end` that closes it; None if nothing does."""

    start: int
    end: int | None


def marked(text: str) -> list[Marked]:
    """The outermost pairs of marks in `text`, and every mark that stands alone, in order of place.

    An apostrophe is none.
    """
    pairs: list[Marked] = []
    alone: list[Marked] = []
    opened: list[tuple[int, str]] = []
    for at, mark in _marks(text):
        if opened and _closes(mark, opened[-1][1]):
            pairs.append(Marked(opened.pop()[0], at))
        elif mark in _CLOSING or (mark in _SINGLE and not _begins_word(text, at)):
            alone.append(Marked(at, None))
        else:
            opened.append((at, mark))
    alone += [Marked(start, None) for start, _ in opened]
    return sorted([*_outermost(pairs), *(one for one in alone if not _held(one, pairs))])


def _outermost(pairs: list[Marked]) -> Iterator[Marked]:
    end = -1
    for pair in sorted(pairs):
        if pair.start > end and pair.end is not None:
            end = pair.end
            yield pair


def _held(one: Marked, pairs: list[Marked]) -> bool:
    return any(pair.start < one.start < (pair.end or 0) for pair in pairs)


def unmarked(text: str) -> str:
    """`text` without its quotation marks."""
    places = {at for at, _ in _marks(text)}
    return "".join(c for at, c in enumerate(text) if at not in places)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Every quotation mark, apostrophes left out."""
    opened = closed = 0  # single marks so far that begin a word, and that end one
    for at, mark in enumerate(text):
        if mark not in MARKS:
            continue
        if mark not in _SINGLE or not _is_apostrophe(text, at, more=opened > closed):
            yield at, mark
        if mark in _SINGLE:
            opened += _begins_word(text, at)
            closed += mark in _CLOSES_SINGLE and _ends_word(text, at)


def _is_apostrophe(text: str, at: int, *, more: bool) -> bool:
    """Whether a single mark is no quotation mark; `more` were opened before it than closed."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalnum() and after.isalnum():
        return True
    if after.isdigit() and not before.isalnum():
        return True  # ’50s
    if text[at] in "‘‚‛❛❟" or not before.isalnum() or (after and after in _SINGLE):
        return False
    return not more  # soldiers’


def _begins_word(text: str, at: int) -> bool:
    return not text[at - 1 : at].isalnum() and text[at + 1 : at + 2].strip() != ""


def _ends_word(text: str, at: int) -> bool:
    return text[at - 1 : at].strip() != "" and not text[at + 1 : at + 2].isalnum() and not _begins_word(text, at)


def _closes(mark: str, opening: str) -> bool:
    if mark in _SINGLE or opening in _SINGLE:
        return mark in _SINGLE and opening in _SINGLE and (mark in _CLOSES_SINGLE or _GERMAN.get(opening) == mark)
    return mark in _CLOSING or (mark in _EITHER and opening in _EITHER) or _GERMAN.get(opening) == mark
