"""The sentences of a passage with their vectors in little room: a byte a number.

Only the direction of a vector is kept, which is all that is ever asked for.
"""

from dataclasses import dataclass

import numpy as np

from index.document import Span
from index.embed import Vectors, of_length_one

_MOST = 127  # of a signed byte


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one side of a passage: places in the document's text, and their vectors, packed."""

    spans: tuple[Span, ...]
    packed: bytes

    @property
    def vectors(self) -> Vectors:
        """The vectors, each of length 1, one row a sentence: (len(spans), dimension).

        Raises: ValueError if there cannot be as many.
        """
        rows = np.frombuffer(self.packed, np.int8).reshape(len(self.spans), -1)
        return of_length_one(rows.astype(np.float32))

    @property
    def vector(self) -> Vectors:
        """The vector (dimension,) of the whole side: the mean of its sentences' vectors, weighted by length."""
        lengths = np.array([[span.end - span.start] for span in self.spans], np.float32)
        mean: Vectors = of_length_one((self.vectors * lengths).sum(axis=0, keepdims=True))[0]
        return mean


def packed(vectors: Vectors) -> bytes:
    """Vectors (n, dimension), row after row; each is scaled so that its largest number fills a byte."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    scaled = np.asarray(np.rint(vectors * (_MOST / np.maximum(largest, 1e-12))), np.int8)
    return scaled.tobytes()
