"""What tells that a sentence bears on a question: a row of signals for each sentence of a passage.

Each signal is about 0 where there is nothing and about 1 where there is everything. None prefers the question's
language: what a sentence lacks in one language is read from the sentence that faces it in the other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from index.document import Language, Span
from index.embed import Vectors
from index.lexical import telling_stems
from index.model import Scale
from index.store import Index
from rag.kinds import Kind, Marks, answers, marks, wanted
from rag.pieces import pieces
from rag.question import Question
from rag.retrieve import Hit
from rag.sentences import SentenceBook, Side

SIGNALS = (
    "passage",
    "around",
    "sentence",
    "words with the sentence before",
    "words in passage",
    "pieces",
    "kind",
    "numbers",
    "length",
)
_WORD = re.compile(r"\w+")
_USUAL_LENGTH = 120  # characters of a sentence; the signal is how many times e longer it is


@dataclass(frozen=True)
class Asked:
    """A question with what its sentences are compared with, worked out once."""

    question: Question
    vector: Vectors
    index: Index

    @cached_property
    def words(self) -> Mapping[str, float]:
        """The share of each telling stem in all that the question's words tell."""
        language = self.question.language
        rarity = self.index.lexical.rarity
        return _shares({stem: rarity(language, stem) for stem in telling_stems(language, self.question.text)})

    @cached_property
    def pieces(self) -> frozenset[str]:
        """The pieces of its telling words."""
        language = self.question.language
        telling = (word for word in _WORD.findall(self.question.text) if _tells(language, word))
        return pieces(" ".join(telling))

    @cached_property
    def marks(self) -> Marks:
        """Its own numbers, dates and names."""
        return marks(self.question.language, self.question.text)

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """What kinds of thing it asks for."""
        return wanted(self.question.language, self.question.text)

    def covered(self, stems: frozenset[str]) -> float:
        """How much of what the question's words tell is among `stems`."""
        return sum(weight for stem, weight in self.words.items() if stem in stems)


@dataclass(frozen=True, slots=True)
class Signals:
    """The sentences of one side of a passage: their places, and a row (n, len(SIGNALS)) of signals for each."""

    language: Language
    spans: tuple[Span, ...]
    rows: Vectors


@lru_cache(maxsize=10_000)
def _tells(language: Language, word: str) -> bool:
    """Whether a word tells something: "the", "what" do not."""
    return bool(telling_stems(language, word))


def _shares(rare: Mapping[str, float]) -> dict[str, float]:
    total = sum(rare.values())
    return {term: weight / total for term, weight in rare.items()}


def signals(asked: Asked, hit: Hit, book: SentenceBook) -> Signals:
    """The signals of a passage's sentences in the question's language, or in the only one that may be searched."""
    allowed = asked.question.filters.languages
    sides = {x: book.side(hit.document, hit.passage, x) for x in hit.passage.spans if x in allowed}
    language = asked.question.language if asked.question.language in sides else next(iter(sides))
    side, text, scale = sides[language], hit.document.texts[language], asked.index.scale
    alike = {x: scale.read(held.vectors @ asked.vector) for x, held in sides.items()}
    count = len(side.spans)
    columns = (
        np.full(count, max(_whole(held, asked.vector, scale) for held in sides.values())),
        _around(side, asked.vector, scale),
        _with_facing(language, sides, alike),
        _words(asked, side) if language == asked.question.language else np.zeros(count),
        np.full(count, _words_in_passage(asked, sides)),
        np.array([_pieces(asked, span.of(text)) for span in side.spans]),
        np.array([_kind(asked, marks(language, span.of(text))) for span in side.spans]),
        np.array([_numbers(asked, marks(language, span.of(text))) for span in side.spans]),
        np.log([(span.end - span.start) / _USUAL_LENGTH for span in side.spans]),
    )
    return Signals(language, side.spans, np.stack(columns, axis=1).astype(np.float32))


def _whole(side: Side, vector: Vectors, scale: Scale) -> float:
    """The likeness of all sentences together, each weighing as much as it is long."""
    lengths = np.array([span.end - span.start for span in side.spans], np.float32)
    return float(_alike(lengths[None, :] @ side.vectors, vector, scale)[0])


def _alike(sums: Vectors, vector: Vectors, scale: Scale) -> Vectors:
    """The likeness to `vector` of texts whose sentences' vectors sum up to `sums`."""
    lengths = np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
    return np.asarray(scale.read(sums @ vector / lengths), np.float32)


def _around(side: Side, vector: Vectors, scale: Scale) -> Vectors:
    """The likeness of each sentence with the one before and with the one after, on average."""
    if len(side.spans) == 1:
        return np.asarray(scale.read(side.vectors @ vector), np.float32)
    pairs = _alike(side.vectors[:-1] + side.vectors[1:], vector, scale)
    alone = scale.read(side.vectors[[0, -1]] @ vector)
    return np.asarray((np.append(pairs, alone[1]) + np.append(alone[0], pairs)) / 2, np.float32)


def _facing(language: Language, sides: Mapping[Language, Side]) -> tuple[Side, Vectors] | None:
    """The other side, and for each sentence the row of the one there that is nearest to it in meaning."""
    others = [held for x, held in sides.items() if x != language and len(held.spans)]
    if not others:
        return None
    return others[0], np.argmax(sides[language].vectors @ others[0].vectors.T, axis=1)


def _with_facing(language: Language, sides: Mapping[Language, Side], alike: Mapping[Language, Vectors]) -> Vectors:
    """The likeness of each sentence, averaged with that of the sentence that faces it."""
    facing = _facing(language, sides)
    if facing is None:
        return alike[language]
    (other,) = (held for x, held in alike.items() if x != language)
    return np.asarray((alike[language] + other[facing[1]]) / 2, np.float32)


def _words(asked: Asked, side: Side) -> Vectors:
    """How much of the question's words each sentence has together with the one before it."""
    before = (frozenset[str](), *side.stems)
    return np.array([asked.covered(one | two) for one, two in zip(before, side.stems, strict=False)], np.float32)


def _words_in_passage(asked: Asked, sides: Mapping[Language, Side]) -> float:
    side = sides.get(asked.question.language)
    return asked.covered(frozenset().union(*side.stems)) if side else 0.0


def _pieces(asked: Asked, sentence: str) -> float:
    """The share of the pieces of the question's words that the sentence has, in either script."""
    return len(asked.pieces & pieces(sentence)) / len(asked.pieces) if asked.pieces else 0.0


def _kind(asked: Asked, sentence: Marks) -> float:
    """1 if the sentence tells something of each kind asked for, -1 if of none, 0 if no kind is asked for."""
    told = [1.0 if answers(kind, sentence, asked.marks) else -1.0 for kind in asked.kinds]
    return sum(told) / len(told) if told else 0.0


def _numbers(asked: Asked, sentence: Marks) -> float:
    """The share of the question's numbers and dates that the sentence has."""
    named = asked.marks.numbers | asked.marks.dates
    return len(named & (sentence.numbers | sentence.dates)) / len(named) if named else 0.0
