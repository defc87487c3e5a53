"""The sentences of passages with their vectors and stems: what an answer is chosen from.

They are read from the catalogue when a passage is first looked at closely, and kept for the next question.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from index.catalogue import Catalogue
from index.document import Document, Language, Passage, Span
from index.embed import Vectors
from index.lexical import stems
from index.pack import unpacked

KEPT = 2_000  # sides of passages; some 20 MB of vectors


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one side of a passage: places in the document's text, vectors (n, dimension), stems."""

    spans: tuple[Span, ...]
    vectors: Vectors
    stems: tuple[frozenset[str], ...]


class SentenceBook:
    """Sides of passages by passage and language; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sides: OrderedDict[tuple[str, Language], Side] = OrderedDict()
        self._lock = Lock()

    def side(self, document: Document, passage: Passage, language: Language) -> Side:
        """One side of `passage`, which must have it. Cost: reads it from the disk the first time.

        Raises: IndexDamagedError if the catalogue lacks it.
        """
        with self._lock:
            if (kept := self._sides.get((passage.id, language))) is not None:
                self._sides.move_to_end((passage.id, language))
                return kept
        made = self._made(document, passage, language)
        with self._lock:
            side = self._sides.setdefault((passage.id, language), made)
            while len(self._sides) > KEPT:
                self._sides.popitem(last=False)
            return side

    def _made(self, document: Document, passage: Passage, language: Language) -> Side:
        held = self._catalogue.sentences(passage.id, language)
        words = (span.of(document.texts[language]) for span in held.spans)
        return Side(held.spans, unpacked(held), tuple(frozenset(stems(language, sentence)) for sentence in words))
