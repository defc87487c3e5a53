"""The vectors of sentences in little room: a byte a number.

Only the direction of a vector is kept, which is all that is ever asked for.
"""

import numpy as np

from index.document import Sentences
from index.embed import Vectors, of_length_one

_MOST = 127  # of a signed byte


def packed(vectors: Vectors) -> bytes:
    """Vectors (n, dimension), row after row; each is scaled so that its largest number fills a byte."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    scaled = np.asarray(np.rint(vectors * (_MOST / np.maximum(largest, 1e-12))), np.int8)
    return scaled.tobytes()


def unpacked(sentences: Sentences) -> Vectors:
    """The vectors of sentences, each of length 1, one row a sentence: (len(spans), dimension).

    Raises: ValueError if there cannot be as many.
    """
    rows = np.frombuffer(sentences.packed, np.int8).reshape(len(sentences.spans), -1)
    return of_length_one(rows.astype(np.float32))


def mean_vector(sentences: Sentences) -> Vectors:
    """The vector (dimension,) of a whole side: the mean of its sentences' vectors, weighted by length."""
    lengths = np.array([[span.end - span.start] for span in sentences.spans], np.float32)
    mean: Vectors = of_length_one((unpacked(sentences) * lengths).sum(axis=0, keepdims=True))[0]
    return mean
