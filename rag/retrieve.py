"""Finds passages: each language by meaning and by words, then fused by passage.

A question in English that matches a translation so brings its Russian original with it. A passage counts by
the better of its two sides, so that one with a single side is not put behind. A way of searching that found
nothing adds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from index.document import Document, Language, Passage
from index.embed import Vectors
from index.lexical import telling_stems
from index.store import Index
from rag.fuse import best_of, fuse
from rag.question import Question

_Legs = dict[tuple[str, Language], dict[str, float]]  # (way, language) -> what it found, best first

CANDIDATES = 40  # passages that each way of searching may name
HITS = 10  # passages that are kept, unless more are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found: `rank` from 1, a larger `score` is better.

    `found_by` gives its rank in each way of searching that found it, such as {"meaning, ru": 3}.
    """

    passage: Passage
    document: Document
    rank: int
    score: float
    found_by: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a question found: `hits`, best first, and the vector (dimension,) that the question was given."""

    hits: tuple[Hit, ...]
    vector: Vectors
    documents: int  # how many documents were searched
    passages: int  # and how many passages they hold


class Retriever:
    """Searches one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def retrieve(self, question: Question, *, count: int = HITS) -> Search:
        """The `count` passages that fit `question` best, within its filters.

        Raises: IndexDamagedError, ModelError.
        """
        vector = self._index.embedder.questions([question.text])[0]
        documents = self._allowed(question)
        legs = self._legs(question, vector, documents)
        meaning = best_of(*(leg for (way, _), leg in legs.items() if way == "meaning"))
        words = best_of(*(leg for (way, _), leg in legs.items() if way == "words"))
        hits = self._hits(fuse(meaning, words)[:count], legs)
        searched = self._searched(question, documents)
        return Search(hits=hits, vector=vector, documents=searched[0], passages=searched[1])

    def _allowed(self, question: Question) -> set[str] | None:
        """Ids of the documents that may be searched; None for all."""
        filters = question.filters
        if not filters.choose_documents:
            return None
        return self._index.catalogue.select(after=filters.after, before=filters.before, archives=filters.archives)

    def _searched(self, question: Question, documents: set[str] | None) -> tuple[int, int]:
        """How many documents, and how many passages, `question` was put to."""
        held, languages = self._index.manifest.counts, question.filters.languages
        if documents is None:
            several = len(set(languages)) > 1
            return held["documents"], held["passages" if several else f"passages_{languages[0]}"]
        return len(documents), len({id_ for language in languages for id_ in self._ids(language, documents)})

    def _ids(self, language: Language, documents: Iterable[str]) -> list[str]:
        return self._index.catalogue.passage_ids(language, documents)

    def _legs(self, question: Question, vector: Vectors, documents: set[str] | None) -> _Legs:
        """What each way of searching found in each language, with its scores."""
        legs: _Legs = {}
        for language in question.filters.languages:
            among = None if documents is None else set(self._ids(language, documents))
            by_meaning = self._index.vectors.search(language, vector, CANDIDATES, among)
            words = telling_stems(language, question.text)
            by_words = self._index.lexical.search(language, words, CANDIDATES, documents)
            legs["meaning", language] = {id_: float(self._index.scale.read(s)) for id_, s in by_meaning if s > 0}
            legs["words", language] = dict(by_words)
        return legs

    def _hits(self, fused: list[tuple[str, float]], legs: _Legs) -> tuple[Hit, ...]:
        places = {leg: {id_: rank for rank, id_ in enumerate(found, 1)} for leg, found in legs.items()}
        wanted = dict.fromkeys(id_.rpartition(":")[0] for id_, _ in fused)
        documents = {document.id: document for document in self._index.catalogue.documents(wanted)}
        passages = {p.id: p for document in documents.values() for p in self._index.catalogue.passages(document)}
        return tuple(
            Hit(
                passage=passages[id_],
                document=documents[passages[id_].document_id],
                rank=rank,
                score=score,
                found_by={f"{way}, {language}": at[id_] for (way, language), at in places.items() if id_ in at},
            )
            for rank, (id_, score) in enumerate(fused, 1)
        )
