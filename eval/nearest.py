"""The stretch of a text that is most like some words: of windows that share words with them, letter by letter."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from eval.answers import Source
from eval.plainform import PlainText
from index.document import Span
from rag.difference import aligned

_WORD = re.compile(r"\w+")
_LEAST_SHARED = 0.3  # of the different words; a text with fewer of them is not looked at
_WHOLE = 2_000  # characters of a text that is compared as it is
_BIN = 64  # characters by which windows may differ and still be one
_WINDOWS = 3  # compared of one text
_MOST_PLACES = 300  # of one word; a commoner one tells nothing of where
_LONGEST = 4_000  # characters compared; a longer quotation by its beginning


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of a source's text, and how like the words sought it is, 0 to 1."""

    likeness: float
    source: Source
    language: str
    span: Span


def nearest_in(words: str, source: Source, language: str, text: PlainText) -> Iterator[Near]:
    """The stretches of a text that come nearest to plain `words`, one for each window looked at."""
    sought = words[:_LONGEST]
    different = set(_WORD.findall(sought))
    if not different or len(different & text.vocabulary) < _LEAST_SHARED * len(different):
        return
    for window in _windows(sought, text.plain):
        likeness, first, last = aligned(sought, window.of(text.plain))
        if first < last:
            span = _whole_words(text.plain, Span(first, last).shifted(window.start))
            yield Near(likeness, source, language, text.original(*span))


def _windows(words: str, text: str) -> list[Span]:
    if len(text) <= _WHOLE:
        return [Span(0, len(text))]
    votes: Counter[int] = Counter()
    for word in {word for word in _WORD.findall(words) if len(word) > 2}:
        places = list(_places(word, text))
        offset = words.find(word)
        if len(places) < _MOST_PLACES:
            votes.update({(at - offset) // _BIN for at in places})
    joined = Counter({place: count + votes[place + 1] for place, count in votes.items()})
    margin = len(words) // 4 + _BIN
    starts = [place * _BIN for place, _ in joined.most_common(_WINDOWS)]
    return [Span(max(0, start - margin), min(len(text), start + _BIN * 2 + len(words) + margin)) for start in starts]


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(word, at + 1)


def _whole_words(text: str, span: Span) -> Span:
    """`span` with the words whole that its ends cut, and without what is no word at its ends."""
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end - 1 and not text[start].isalnum():
        start += 1
    while end - 1 > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)
