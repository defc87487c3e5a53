"""How far the passages that were found bear on the question: which sentences do, and whether any does enough.

The relevance of a passage is the likeness of its best sentence to the question, on the model's scale, plus what
share of the question's telling words stand in the passage, and in its best sentence. Below a floor the archive is
taken to hold no answer. The more passages are searched, the nearer the best of them comes to any question by
chance, and the higher the floor.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.document import Language, Span
from index.embed import Vectors
from index.lexical import telling_stems
from index.model import Scale
from rag.question import Question
from rag.retrieve import Hit, Search
from rag.sentences import SentenceBook, Side

FLOOR = 0.14  # for one passage; the figures: DECISIONS.md, "Relevance floor"
FLOOR_RISE = 0.19  # for ten times as many passages
FLOOR_MOST = 0.6  # reached at some 300 passages; nothing larger was measured
WORDS_WEIGHT = 0.3  # of all the question's telling words, against a step from unrelated to translated
WEIGHED = 5  # passages looked at sentence by sentence; the right one is among them 99 times in 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A sentence of a passage that was found; a larger `score` bears more on the question."""

    hit: Hit
    language: Language
    span: Span
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that was found, its relevance, and its sentences in the language to quote, best first."""

    hit: Hit
    relevance: float
    sentences: tuple[Weighed, ...]


def weigh(question: Question, search: Search, book: SentenceBook, scale: Scale) -> list[Evidence]:
    """The evidence in the best passages found, most relevant first; nothing is left out yet."""
    hits = search.hits[:WEIGHED]
    allowed = question.filters.languages
    book.prepare(
        [(h.document, h.passage, language) for h in hits for language in h.passage.spans if language in allowed]
    )
    words = {language: frozenset(telling_stems(language, question.text)) for language in allowed}
    found = [_weighed(question, hit, search.vector, words, book, scale) for hit in hits]
    return sorted(found, key=lambda evidence: -evidence.relevance)


def _weighed(
    question: Question,
    hit: Hit,
    vector: Vectors,
    words: dict[Language, frozenset[str]],
    book: SentenceBook,
    scale: Scale,
) -> Evidence:
    sides = {side: book.side(hit.document, hit.passage, side) for side in hit.passage.spans if side in words}
    likeness = {language: scale.read(side.vectors @ vector) for language, side in sides.items()}
    shares = {language: _shares(side, words[language]) for language, side in sides.items()}
    covered = max(_share(frozenset().union(*side.stems), words[language]) for language, side in sides.items())
    language = question.language if question.language in sides else next(iter(sides))
    scores = likeness[language] + WORDS_WEIGHT * shares[language]
    ranked = sorted(zip(sides[language].spans, scores.tolist(), strict=True), key=lambda pair: -pair[1])
    best = max(float(values.max()) for values in likeness.values())
    in_sentence = max(float(values.max()) for values in shares.values())
    return Evidence(
        hit=hit,
        relevance=best + WORDS_WEIGHT * (covered + in_sentence),
        sentences=tuple(Weighed(hit=hit, language=language, span=s, score=score) for s, score in ranked),
    )


def _shares(side: Side, words: frozenset[str]) -> Vectors:
    return np.array([_share(stems, words) for stems in side.stems], np.float32)


def _share(stems: frozenset[str], words: frozenset[str]) -> float:
    return len(stems & words) / len(words) if words else 0.0


def floor(passages: int) -> float:
    """The least relevance that counts as an answer where so many passages were searched."""
    return min(FLOOR_MOST, FLOOR + FLOOR_RISE * math.log10(max(1, passages)))


def relevant(evidence: Sequence[Evidence], passages: int) -> list[Evidence]:
    """The evidence that reaches the floor for so many passages searched."""
    return [found for found in evidence if found.relevance >= floor(passages)]
