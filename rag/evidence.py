"""How far the passages that were found bear on the question: which of their sentences do, and how much.

A sentence's score is a weighed sum of its signals (`rag.signals`); a passage is as relevant as its best sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.document import Language, Span
from index.store import Index
from rag.question import Question
from rag.retrieve import Hit, Search
from rag.sentences import SentenceBook
from rag.signals import SIGNALS, Asked, Signals, signals

WEIGHTS = {  # learned by `python -m eval.weights`, DECISIONS.md, 1; the first three sum to 1
    "passage": 0.334,
    "around": 0.392,
    "sentence": 0.274,
    "words with the sentence before": 0.151,
    "words in passage": 0.26,
    "pieces": 0.18,
    "kind": 0.053,
    "numbers": 0.098,
    "length": 0.034,
}


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
    words: float = 0.0  # how much of what the question's words tell is in the passage


def weigh(question: Question, search: Search, book: SentenceBook, index: Index) -> list[Evidence]:
    """The evidence in the passages found, most relevant first; nothing is left out yet.

    Cost: some 0.2 ms a passage that is known already, 1 ms the first time.
    """
    told = signalled(question, search, book, index)
    found = [evidence_of(hit, of_hit) for hit, of_hit in zip(search.hits, told, strict=True)]
    return sorted(found, key=lambda evidence: -evidence.relevance)


def signalled(question: Question, search: Search, book: SentenceBook, index: Index) -> list[Signals]:
    """The signals of every sentence of the passages found, a Signals for each hit."""
    asked = Asked(question, search.vector, index)
    return [signals(asked, hit, book) for hit in search.hits]


def evidence_of(hit: Hit, told: Signals, weights: Mapping[str, float] = WEIGHTS) -> Evidence:
    """A passage weighed by the signals of its sentences."""
    scores = (told.rows @ np.array([weights[name] for name in SIGNALS], np.float32)).tolist()
    ranked = sorted(zip(told.spans, scores, strict=True), key=lambda pair: -pair[1])
    sentences = tuple(Weighed(hit=hit, language=told.language, span=s, score=score) for s, score in ranked)
    words = float(told.rows[0, SIGNALS.index("words in passage")])
    return Evidence(hit=hit, relevance=sentences[0].score, sentences=sentences, words=words)
