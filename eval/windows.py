"""The stretches of sources that lie nearest to a sentence: what a model reads that cannot read the sources whole."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.document import Span, stripped
from index.embed import Embedder, Vectors, open_embedder
from index.model import EmbedderSettings
from index.sentence import sentences
from index.tokens import romanised

LONGEST_PIECE = 400  # characters; one vector says too little of more, and a text may have no sentences at all
MOST_PIECES = 2_000  # of a text that are compared by meaning: 2 s or so on two cores
KEPT = 64  # texts whose vectors are remembered, some 4 MB each at the most
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
        self._kept: OrderedDict[str, _Text] = OrderedDict()
        self._lock = Lock()

    def windows(self, claim: str, sources: Sequence[str], *, count: int, longest: int) -> list[Window]:
        """At most `count` stretches of at most `longest` characters, the nearest first; none share a character.

        Each is a sentence that lies near, with those beside it. `longest` is at least LONGEST_PIECE. Of a text of more
        than MOST_PIECES sentences, those are compared that share most words and numbers with `claim`. Cost: about 1 ms
        a sentence of a source that was not seen before.
        """
        vector = self._embedder.passages([claim])[0]
        texts = [(number, self._text(source)) for number, source in enumerate(sources)]
        near = [(number, piece, value) for number, text in texts for piece, value in self._near(text, claim, vector)]
        found: list[Window] = []
        for number, piece, value in sorted(near, key=lambda found: -found[2]):
            if len(found) == count:
                break
            taken = [window.span for window in found if window.source == number]
            span = _grown(texts[number][1].pieces, piece, taken, longest)
            if span is not None:
                found.append(Window(number, span, value))
        return found

    def _text(self, source: str) -> "_Text":
        with self._lock:
            text = self._kept.get(source)
            if text is None:
                text = self._kept[source] = _Text(source)
            self._kept.move_to_end(source)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return text

    def _near(self, text: "_Text", claim: str, vector: NDArray[np.float32]) -> Iterator[tuple[int, float]]:
        rows = text.likely(claim)
        vectors = text.vectors(self._embedder) if len(rows) == len(text.pieces) else text.embed(self._embedder, rows)
        yield from zip(rows, (vectors @ vector).tolist(), strict=True)


class _Text:
    """A source cut into pieces, with their vectors once they were asked for."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.pieces = list(pieces(source))
        self._vectors: Vectors | None = None

    def vectors(self, embedder: Embedder) -> Vectors:
        if self._vectors is None:
            self._vectors = self.embed(embedder, range(len(self.pieces)))
        return self._vectors

    def embed(self, embedder: Embedder, rows: Sequence[int]) -> Vectors:
        return embedder.passages([self.pieces[row].of(self._source) for row in rows])

    def likely(self, claim: str) -> list[int]:
        """The pieces that are worth comparing with `claim`: all, or those that share most with it."""
        if len(self.pieces) <= MOST_PIECES:
            return list(range(len(self.pieces)))
        wanted = _keys(claim, {})
        known: dict[str, str] = {}
        shared = [len(wanted & _keys(piece.of(self._source), known)) for piece in self.pieces]
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
    for word in found - known.keys():
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
