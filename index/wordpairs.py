"""Which words of two texts face each other, learnt from how often they stand in the same beads.

Only what a document shows itself: no dictionary, no model. Words are compared by their beginnings, for endings change.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.document import LANGUAGES, Language, Span, other

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BEGINNING = {"ru": 7, "en": 6}  # letters by which forms of a word are one
_LEAST = 3  # beads that two words must share
_LIKENESS = 0.6  # Dice: twice the beads they share, over the beads each stands in
_PREFIX = re.compile(r"^(?:не|ни|un|in|im|non-?|dis)(?=\w{5})", re.IGNORECASE)


class WordPairs:
    """The words of facing texts, counted."""

    def __init__(self, sides: Sequence[Mapping[Language, str]]) -> None:
        self._beads = [{x: frozenset(_stems(x, side[x])) for x in LANGUAGES} for side in sides]
        self._counts = {x: Counter(stem for bead in self._beads for stem in bead[x]) for x in LANGUAGES}

    def facing(self, language: Language, word: str, text: str, near: float) -> Span | None:
        """Where in `text`, of the other language, the word stands that faces `word`; None if that is not clear.

        Of several the nearest to `near`, from 0 at the text's beginning to 1 at its end.
        """
        stem, there = _stem(language, word), other(language)
        shared = Counter(other_ for bead in self._beads if stem in bead[language] for other_ in bead[there])
        found: list[tuple[float, float, Span]] = []
        for match in _WORD.finditer(text):
            one = _stem(there, match[0])
            if shared[one] < _LEAST:
                continue
            likeness = 2 * shared[one] / (self._counts[language][stem] + self._counts[there][one])
            if likeness >= _LIKENESS:
                found.append((-likeness, abs(match.start() / len(text) - near), Span(*match.span())))
        return min(found)[2] if found else None


def _stems(language: Language, text: str) -> list[str]:
    return [_stem(language, word) for word in _WORD.findall(text)]


def _stem(language: Language, word: str) -> str:
    """The beginning of a word without a prefix that denies."""
    return _PREFIX.sub("", word.lower().replace("ё", "е"))[: _BEGINNING[language]]
