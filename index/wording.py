"""A text as its words, for finding where words stand: each word's key, equal for all prints of it, and its place.

Letter case, accents, ё/е, hyphens at line ends and letters of the other script that look the same do not count. As in
folding, nothing of this is ever shown: what is shown is the text at the place found.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from index.document import Span
from index.fold import folded_text

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(
    rf"[^\W_](?:[^\W_]|[\u0300-\u036f{_UNSEEN}]|[-‐‑\u00ad][^\S\n]*\n\s*(?=[^\W\d_]))*"  # hyphens at line ends included
)
_LOOK_ALIKE = str.maketrans("авекмнорстухі", "abekmhopctyxi")  # small letters for capitals that look alike
_BREVE = "\u0306"  # makes и another letter, й; every other accent only stresses
_IN_PRINT = re.compile(r"(?<!\d)[\s-]+|[\s-]+(?!\d)|[\"']|\s*//\s*")  # between digits a dash or a space tells something


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """What all prints of one word have in common."""
    plain = unicodedata.normalize("NFKD", word).lower()
    seen = (c for c, before in zip(plain, " " + plain, strict=False) if c.isalnum() or (c == _BREVE and before == "и"))
    return "".join(seen).translate(_LOOK_ALIKE)


def same_print(one: str, two: str) -> bool:
    """Whether two texts differ at most in quotation marks, dashes, spaces, accents, ё/е, case and line-end hyphens."""
    return _printed(one) == _printed(two)


def _printed(text: str) -> str:
    bare = _IN_PRINT.sub("", folded_text(text)).replace("…", "...")
    plain = unicodedata.normalize("NFKD", bare)
    seen = (
        c
        for c, before in zip(plain, " " + plain, strict=False)
        if not unicodedata.combining(c) or (c == _BREVE and before == "и")
    )
    return "".join(seen).translate(_LOOK_ALIKE)


@dataclass(frozen=True)
class Wording:
    """The words of `text` in order: their keys, and their spans within it."""

    text: str
    keys: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "Wording":
        """The words of `text`. Cost: linear, some 0.1 ms for a paragraph."""
        found = [(key, Span(*match.span())) for match in _WORD.finditer(text) if (key := word_key(match[0]))]
        return cls(text, tuple(key for key, _ in found), tuple(span for _, span in found))

    @cached_property
    def _joined(self) -> str:
        return "".join(self.keys)

    @cached_property
    def _starts(self) -> list[int]:
        """Where in the joined keys each word starts, and where the last one ends."""
        return list(accumulate(map(len, self.keys), initial=0))

    def places(self, sought: "Wording") -> Iterator[tuple[int, int]]:
        """First word, and one past the last, of every place where the words of `sought` (at least one) stand.

        Where words are parted does not count, for prints lose and add spaces; but a place is whole words.
        """
        starts, words = self._starts, sought._joined
        at = self._joined.find(words)
        while at >= 0:
            first, last = bisect_left(starts, at), bisect_left(starts, at + len(words))
            if starts[first] == at and starts[last] == at + len(words):
                yield first, last
            at = self._joined.find(words, at + 1)

    def span(self, first: int, last: int) -> Span:
        """The stretch of the text from word `first` up to, not including, word `last`; at least one word."""
        return Span(self.spans[first].start, self.spans[last - 1].end)

    def part(self, first: int, last: int) -> "Wording":
        """The words from `first` up to `last` alone, as a wording of their own stretch of the text."""
        stretch = self.span(first, last)
        spans = tuple(span.shifted(-stretch.start) for span in self.spans[first:last])
        return Wording(stretch.of(self.text), self.keys[first:last], spans)
