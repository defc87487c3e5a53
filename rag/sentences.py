"""The sentences of passages with their vectors and stems: what is chosen from, and what is paired.

Made when a passage is first looked at closely, and kept for the next question.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from index.document import Document, Language, Passage, Span
from index.embed import Embedder, Vectors
from index.lexical import stems
from index.sentence import sentences

KEPT = 2_000  # sides of passages; some 20 MB of vectors


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one side of a passage: places in the document's text, vectors (n, dimension), stems."""

    spans: tuple[Span, ...]
    vectors: Vectors
    stems: tuple[frozenset[str], ...]


class SentenceBook:
    """Sides of passages by passage and language; safe to use from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._sides: OrderedDict[tuple[str, Language], Side] = OrderedDict()
        self._lock = Lock()

    def side(self, document: Document, passage: Passage, language: Language) -> Side:
        """One side of `passage`, which must have it. Cost: a model call the first time."""
        self.prepare([(document, passage, language)])
        with self._lock:
            return self._sides[passage.id, language]

    def prepare(self, wanted: list[tuple[Document, Passage, Language]]) -> None:
        """Make sides that are not kept yet, all of them in one go."""
        fresh = [
            (document, passage, language, sentences(document.texts[language], passage.spans[language]))
            for document, passage, language in wanted
            if not self._keeps(passage, language)
        ]
        words = [[s.of(document.texts[language]) for s in spans] for document, _, language, spans in fresh]
        vectors = self._embedder.passages([sentence for side in words for sentence in side])
        start = 0
        for (_, passage, language, spans), side in zip(fresh, words, strict=True):
            rows = vectors[start : start + len(spans)]
            start += len(spans)
            told = tuple(frozenset(stems(language, sentence)) for sentence in side)
            self._keep(passage, language, Side(tuple(spans), rows, told))

    def _keeps(self, passage: Passage, language: Language) -> bool:
        with self._lock:
            if (passage.id, language) not in self._sides:
                return False
            self._sides.move_to_end((passage.id, language))
            return True

    def _keep(self, passage: Passage, language: Language, side: Side) -> None:
        with self._lock:
            self._sides[passage.id, language] = side
            while len(self._sides) > KEPT:
                self._sides.popitem(last=False)
