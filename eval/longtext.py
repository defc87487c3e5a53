"""Where in a long source a sentence may stand: the stretches that have most of its words, or of its figures and names.

A text of millions of characters is not cut into sentences. Its words are noted once, by the blocks they stand in.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from index.document import Language, Span
from index.lexical import telling_stems
from index.spelling import name_keys

STRETCH = 30_000  # characters that are read closely
_STEP = STRETCH // 2  # between the starts of two stretches, so that each place is well inside one
_MOST = 3  # stretches read for a sentence
_BLOCK = 2_000  # characters whose words are noted together
_OVERLAP = 30  # characters of the next block, for a word at the border
_MARK = "zqzq"  # a word that no text has, to part words
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"[^\W\d_a-zа-яё][^\W\d_]{2,}")


class LongText:
    """The words of a long text in Russian or English, with the blocks that have them."""

    def __init__(self, text: str, language: Language) -> None:
        self._length = len(text)
        self._language = language
        self._text = text

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for n, start in enumerate(range(0, self._length, _BLOCK)):
            for word in set(_WORD.findall(self._text, start, start + _BLOCK + _OVERLAP)):
                found[word].append(n)
        return found

    @cached_property
    def _stems(self) -> Mapping[str, set[int]]:
        """The blocks of each stem of a telling word."""
        words = list(self._words)
        found: dict[str, set[int]] = defaultdict(set)
        at = 0
        for stem in telling_stems(self._language, f" {_MARK} ".join(words)):
            if stem == _MARK:
                at += 1
            else:
                found[stem].update(self._words[words[at]])
        return found

    @cached_property
    def _clues(self) -> Mapping[str, set[int]]:
        """The blocks of each number in digits and each key of a word with a capital."""
        found: dict[str, set[int]] = defaultdict(set)
        for word, blocks in self._words.items():
            for key in clues(word):
                found[key].update(blocks)
        return found

    def by_stems(self, stems: Iterable[str]) -> list[Span]:
        """The stretches that have most of a sentence's `stems`, the best first."""
        return self._best(self._stems, stems)

    def by_clues(self, claim: str) -> list[Span]:
        """The stretches that have most of the figures and names of a sentence in any language, the best first."""
        return self._best(self._clues, clues(claim))

    def _best(self, held: Mapping[str, set[int]], keys: Iterable[str]) -> list[Span]:
        """Of stretches, those about the two neighbouring blocks that have most of the keys."""
        seen: Counter[int] = Counter()
        for key in set(keys):
            blocks = held.get(key, set())
            seen.update(blocks | {n - 1 for n in blocks if n})
        found: dict[Span, None] = {}
        for n in sorted(seen, key=lambda n: (-seen[n], n)):
            found.setdefault(self._about(n))
            if len(found) == _MOST:
                break
        return list(found) or [self._about(0)]

    def _about(self, block: int) -> Span:
        """The stretch in whose middle a block is."""
        start = max(0, round((block * _BLOCK + _BLOCK - STRETCH / 2) / _STEP)) * _STEP
        start = max(0, min(start, (self._length - 1) // _STEP * _STEP))
        return Span(start, min(start + STRETCH, self._length))


def clues(words: str) -> frozenset[str]:
    """The numbers in digits and the keys of words with a capital: what one sentence in two languages may share."""
    names = frozenset[str]().union(*map(name_keys, _NAME.findall(words)))
    return names | frozenset(re.findall(r"\d+", words))
