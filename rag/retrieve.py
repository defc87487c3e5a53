"""Finds passages: each language by meaning and by words, then fused by passage.

A question in English that matches a translation so brings its Russian original with it. A passage counts by
the better of its two sides, so that one with a single side is not put behind. A way of searching that found
nothing adds nothing.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal, get_args

from index.document import Document, Language, Passage
from index.embed import Vectors
from index.lexical import MOST_OF_A_WORD, telling_stems
from index.store import Index
from rag.choice import Choice, Chooser
from rag.fuse import best_of, fuse
from rag.question import Question

Way = Literal["meaning", "words", "names"]
WAYS: frozenset[Way] = frozenset(get_args(Way))
_Legs = dict[tuple[str, Language | None], dict[str, float]]  # (way, language) -> what it found, best first

CANDIDATES = 40  # passages that each way of searching may name
HITS = 12  # passages that are kept, unless more are asked for


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
    """Searches one index in some `ways`; all of them is best, fewer show what each adds."""

    def __init__(self, index: Index, ways: Set[Way] = WAYS) -> None:
        self._index = index
        self._ways = ways
        self._chooser = Chooser(index)

    def retrieve(
        self, question: Question, *, count: int = HITS, among: Set[str] | None = None, vector: Vectors | None = None
    ) -> Search:
        """The `count` passages that fit `question` best, within its filters.

        `among` names the only documents wanted; `vector` is that of the question, if it is known already.

        Raises: IndexDamagedError, ModelError.
        """
        if vector is None:
            vector = self._index.embedder.questions([question.text])[0]
        choice = self._chosen(question, among)
        legs = self._legs(question, vector, choice)
        meaning = best_of(*(leg for (way, _), leg in legs.items() if way == "meaning"))
        words = best_of(*(leg for (way, _), leg in legs.items() if way == "words"))
        hits = self._hits(fuse(meaning, words, legs["names", None])[:count], legs)
        searched = self._searched(question, choice)
        return Search(hits=hits, vector=vector, documents=searched[0], passages=searched[1])

    def _chosen(self, question: Question, among: Set[str] | None) -> Choice | None:
        """What may be searched; None for all."""
        choice = self._chooser.of(question.filters)
        if among is None:
            return choice
        return self._chooser.among(among if choice is None else choice.documents & among, question.filters)

    def _searched(self, question: Question, choice: Choice | None) -> tuple[int, int]:
        """How many documents, and how many passages, `question` was put to."""
        held, languages = self._index.manifest.counts, question.filters.languages
        if choice is None:
            several = len(set(languages)) > 1
            return held["documents"], held["passages" if several else f"passages_{languages[0]}"]
        return len(choice.documents), len(frozenset().union(*choice.passages.values()))

    def _legs(self, question: Question, vector: Vectors, choice: Choice | None) -> _Legs:
        """What each way of searching found in each language, with its scores."""
        legs: _Legs = {}
        most, documents = self._most(question), choice.documents if choice else None
        for language in question.filters.languages:
            among = choice.passages[language] if choice else None
            if "meaning" in self._ways:
                by_meaning = self._index.vectors.search(language, vector, CANDIDATES, among)
                legs["meaning", language] = {id_: float(self._index.scale.read(s)) for id_, s in by_meaning if s > 0}
            if "words" in self._ways:
                words = telling_stems(language, question.text)
                by_words = self._index.lexical.search(language, words, CANDIDATES, documents)
                legs["words", language] = {id_: score / most for id_, score in by_words}
        legs["names", None] = self._by_names(question, documents) if "names" in self._ways else {}
        return legs

    def _by_names(self, question: Question, documents: Set[str] | None) -> dict[str, float]:
        """Passages that have the question's names in whatever spelling, with the share of what its names can tell."""
        lexical = self._index.lexical
        names = {name.key for name in self._index.names.mentions(question.language, question.text)}
        most = MOST_OF_A_WORD * sum(lexical.rarity("names", key) for key in names)
        return {id_: score / most for id_, score in lexical.search_names(names, CANDIDATES, documents)}

    def _most(self, question: Question) -> float:
        """The BM25 score of a passage that had all the question's words, as often as counts.

        What words find in the other script, a number at the most, is so worth no more than a number is.
        """
        language = question.language
        stems = set(telling_stems(language, question.text))
        return MOST_OF_A_WORD * sum(self._index.lexical.rarity(language, stem) for stem in stems) or 1.0

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
                found_by={_label(*leg): at[id_] for leg, at in places.items() if id_ in at},
            )
            for rank, (id_, score) in enumerate(fused, 1)
        )


def _label(way: str, language: Language | None) -> str:
    return f"{way}, {language}" if language else way
