"""The stretches of sources that lie nearest to a sentence: what a model reads that cannot read the sources whole."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.document import Span, stripped, whole_characters
from index.embed import Embedder, open_embedder
from index.model import EmbedderSettings
from index.sentence import sentences
from index.tokens import romanised

LONGEST_PIECE = 400  # characters; one vector says too little of more, and a text may have no sentences at all
MOST_PIECES = 200  # of a text that are compared by meaning; documents are mostly shorter, and a book would take minutes
KEPT_TEXTS = 64
KEPT_VECTORS = 20_000  # some 40 MB
_KEY = 5  # letters that words of one stem mostly share
_WORD = re.compile(r"\d+|[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one of the sources, from 0, and how near its nearest sentence is: a cosine."""

    source: int
    span: Span
    nearness: float


class Nearest:
    """Finds the stretches of sources that lie nearest to a sentence, in either language; safe in several threads."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder or open_embedder(EmbedderSettings())
        self._texts: OrderedDict[str, _Text] = OrderedDict()
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def windows(self, claim: str, sources: Sequence[str], *, count: int, longest: int) -> list[Window]:
        """At most `count` stretches of at most `longest` characters, the nearest first; none share a character.

        Each is a sentence that lies near, with those beside it. `longest` is at least LONGEST_PIECE. Of a text of more
        than MOST_PIECES sentences, those are compared that share most words, names and numbers with `claim`. Cost:
        embeds each sentence that is compared, once.
        """
        with self._lock:
            texts = [self._text(source) for source in sources]
            near = [(number, *found) for number, text in enumerate(texts) for found in self._near(text, claim)]
        found: list[Window] = []
        for number, piece, value in sorted(near, key=lambda one: -one[2]):
            if len(found) == count:
                break
            taken = [window.span for window in found if window.source == number]
            span = _grown(texts[number].pieces, piece, taken, longest)
            if span is not None:
                found.append(Window(number, span, value))
        return found

    def _text(self, source: str) -> "_Text":
        text = self._texts.pop(source, None) or _Text(source)
        self._texts[source] = text
        while len(self._texts) > KEPT_TEXTS:
            self._texts.popitem(last=False)
        return text

    def _near(self, text: "_Text", claim: str) -> Iterator[tuple[int, float]]:
        rows = text.likely(claim)
        if rows:
            vector, *vectors = self._embedded([claim, *(text.piece(row) for row in rows)])
            yield from zip(rows, (np.stack(vectors) @ vector).tolist(), strict=True)

    def _embedded(self, words: Sequence[str]) -> list[NDArray[np.float32]]:
        sendable = [whole_characters(each) for each in words]
        new = [each for each in dict.fromkeys(sendable) if each not in self._vectors]
        self._vectors.update(zip(new, self._embedder.passages(new), strict=True) if new else ())
        found = [self._vectors[each] for each in sendable]
        while len(self._vectors) > KEPT_VECTORS:
            self._vectors.popitem(last=False)
        return found


class _Text:
    """A source cut into pieces."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.pieces = list(pieces(source))

    def piece(self, row: int) -> str:
        return self.pieces[row].of(self._source)

    @cached_property
    def _keys(self) -> list[set[str]]:
        known: dict[str, str] = {}
        return [_keys(self.piece(row), known) for row in range(len(self.pieces))]

    def likely(self, claim: str) -> list[int]:
        """The pieces that are worth comparing with `claim`: all, or those that share most with it."""
        if len(self.pieces) <= MOST_PIECES:
            return list(range(len(self.pieces)))
        wanted = _keys(claim, {})
        shared = [len(wanted & keys) for keys in self._keys]
        return sorted(sorted(range(len(shared)), key=lambda row: -shared[row])[:MOST_PIECES])


def pieces(text: str) -> Iterator[Span]:
    """The sentences of `text`, those longer than LONGEST_PIECE cut at white space, or anywhere if there is none."""
    for sentence in sentences(text):
        rest = sentence
        while rest.end - rest.start > LONGEST_PIECE:
            cut = max(text.rfind(" ", rest.start, rest.start + LONGEST_PIECE), rest.start)
            cut = cut if cut > rest.start else rest.start + LONGEST_PIECE
            yield Span(rest.start, cut)
            rest = stripped(text, Span(cut, rest.end))
        if rest.end > rest.start:
            yield rest


def _keys(words: str, known: dict[str, str]) -> set[str]:
    """Beginnings of words in Latin letters, and numbers; `known` remembers what was romanised before."""
    found = set(_WORD.findall(words))
    for word in found:
        if word not in known:
            known[word] = word if word.isdigit() else romanised(word)[:_KEY]
    return {known[word] for word in found}


def _grown(spans: Sequence[Span], at: int, taken: Sequence[Span], longest: int) -> Span | None:
    """The piece `at` with those beside it, as many as there is room for and are not taken; None if it is taken."""
    grown = spans[at]
    if any(grown.meets(other) for other in taken):
        return None
    first = last = at
    while True:
        sides = [(first - 1, last), (first, last + 1)]
        for low, high in sides if at - first <= last - at else reversed(sides):
            if low >= 0 and high < len(spans):
                span = Span(spans[low].start, spans[high].end)
                if span.end - span.start <= longest and not any(span.meets(other) for other in taken):
                    first, last, grown = low, high, span
                    break
        else:
            return grown
