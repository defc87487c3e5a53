"""A source's text made plain for finding quotations, with the way back to where the words stand.

As `index.fold`, and footnote marks are gone too. A text of 5 MB is folded in parts, and the places of its characters
are worked out only for the parts in which something was found.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from index.document import Span
from index.fold import Folded, fold, folded_text

_PART = 4_000  # characters folded at a time, and more up to a place where a text can be cut
_CUT = re.compile(r"(?<=[\w.,;:!?])\s+(?=\w)")  # before and after it, folding sees nothing of the other side
_FOOTNOTE = re.compile(r"(?<=[\w.,;:!?»”\"])(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]+|[*†‡]+)")
_UNSEEN = "\u200b"  # folding drops it, so a mark made of it leaves all places as they were
_MOST_KEPT = 50_000_000  # characters of texts whose plain form is kept
_WORD = re.compile(r"\w")
_SPACE = re.compile(r"\s+")
_DOTS = re.compile(r"\.{3,}|\. \. \.")


def collapsed(text: str) -> str:
    """`text` composed (NFC), its white space single."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def without_footnotes(text: str) -> str:
    """`text` of the same length, its footnote marks unseen."""
    return _FOOTNOTE.sub(lambda mark: _UNSEEN * len(mark[0]), text)


def plain(text: str) -> str:
    """The words of a quotation as they are looked for."""
    return folded_text(without_footnotes(unicodedata.normalize("NFC", text))).strip()


def same_but_for_typography(one: str, two: str) -> bool:
    """Whether two texts agree but for what NORM allows: letter case counts, except in the first letter."""
    return _typography(one) == _typography(two)


def _typography(text: str) -> str:
    """`text` folded but for its letter case; the case of the first letter is lost."""
    kept = without_footnotes(unicodedata.normalize("NFC", text))
    folded = fold(kept)
    cased = "".join(_case(kept[at], low) for low, at in zip(folded.text, folded.origin, strict=True))
    dotted = _DOTS.sub("…", cased.strip())
    first = next((n for n, c in enumerate(dotted) if c.isalpha()), 0)
    return dotted[:first] + dotted[first : first + 1].lower() + dotted[first + 1 :]


def _case(stood: str, low: str) -> str:
    return low.upper() if stood.isupper() and len(low.upper()) == 1 else low


def to_the_letter(words: str, text: str) -> Iterator[Span]:
    """Where `words` stand in a text to the letter, as whole words, in order; nothing has to be folded for it."""
    at = text.find(words) if words else -1
    while at >= 0:
        if _is_edge(text, at) and _is_edge(text, at + len(words)):
            yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def _is_edge(text: str, at: int) -> bool:
    """Whether a place in a text lies in no word."""
    return not (_WORD.match(text[at - 1 : at]) and _WORD.match(text[at : at + 1]))


class PlainText:
    """A text, its plain form, and places of the one in the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: dict[int, Folded] = {}

    @cached_property
    def plain(self) -> str:
        """The plain form."""
        return "".join(self._told)

    @cached_property
    def _unmarked(self) -> str:
        return without_footnotes(self.text)

    @cached_property
    def _parts(self) -> list[Span]:
        return list(_parts(self._unmarked))

    @cached_property
    def _told(self) -> list[str]:
        return [folded_text(part.of(self._unmarked)) for part in self._parts]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self._told), initial=0))[:-1]

    def places(self, words: str) -> Iterator[Span]:
        """Where the plain `words` stand, as whole words, in order: places in the text as it is."""
        return (self.original(*span) for span in to_the_letter(words, self.plain))

    def original(self, start: int, end: int) -> Span:
        """The place in the text of a stretch, not empty, of its plain form."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the plain form."""
        return frozenset(re.findall(r"\w+", self.plain))

    def _origin(self, at: int) -> int:
        part = bisect_right(self._starts, at) - 1
        if part not in self._folded:
            self._folded[part] = fold(self._parts[part].of(self._unmarked))
        return self._parts[part].start + self._folded[part].origin[at - self._starts[part]]


def _parts(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        cut = _CUT.search(text, start + _PART)
        end = cut.end() if cut else len(text)
        yield Span(start, end)
        start = end


class PlainTexts:
    """The plain forms of texts, those used last kept, by whatever names a text."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], PlainText] = OrderedDict()
        self._size = 0

    def of(self, id_: str, language: str, text: str) -> PlainText:
        """The plain form of the text that a source, by its id, has in a language."""
        key = (id_, language)
        found = self._kept.get(key)
        if found is None or found.text != text:
            self._size += len(text) - (len(found.text) if found else 0)
            found = self._kept[key] = PlainText(text)
        self._kept.move_to_end(key)
        while self._size > _MOST_KEPT and len(self._kept) > 1:
            self._size -= len(self._kept.popitem(last=False)[1].text)
        return found
