"""An index of made-up words, as large as one likes, to measure how long it takes to find something in it.

Words are as rare as Zipf's law has it. Nothing is embedded: the vectors are random.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from eval.synthetic import publish
from index.document import Document, Language, Passage, SentenceBead, Sentences, Source, Span, covering
from index.pack import packed
from index.passage import CutDocument, EmbeddedPassage

SENTENCES = 50  # of a text
_PASSAGE = 10  # sentences; each is a paragraph
_WORDS = 30_000  # different ones in a language
_DIMENSION = 512  # that of the built-in model, so that it can be searched
_SURE = 0.2  # of the pairs: too little for babble to be compared with babble
_LETTERS: Mapping[Language, tuple[str, str]] = {"ru": ("бвгдклмнпрст", "аеиоуя"), "en": ("bdfgklmnprst", "aeiou")}


def write_babble(home: Path, sentences: int, *, seed: int = 0) -> None:
    """Publish an index at `home` with at least that many sentences, half of them in each language, aligned in pairs."""
    rng = random.Random(f"{seed}/babble")  # noqa: S311 - the same archive at every run
    vectors = np.random.default_rng(seed)
    tongues = {language: _Tongue.made(rng, *letters) for language, letters in _LETTERS.items()}
    numbers = range(600_000, 600_000 + math.ceil(sentences / (2 * SENTENCES)))
    publish(home, (_record(str(n), tongues, rng, vectors) for n in numbers), dimension=_DIMENSION)


@dataclass(frozen=True, slots=True)
class _Tongue:
    """Words, the commonest first, and how common each and all before it are."""

    words: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def made(cls, rng: random.Random, consonants: str, vowels: str) -> "_Tongue":
        words = (_word(rng, consonants, vowels) for _ in range(_WORDS))
        return cls(list(words), list(accumulate(1 / rank for rank in range(1, _WORDS + 1))))

    def sentence(self, rng: random.Random) -> str:
        drawn = rng.choices(self.words, cum_weights=self.weights, k=rng.randint(8, 22))
        return " ".join(drawn).capitalize() + "."


def _word(rng: random.Random, consonants: str, vowels: str) -> str:
    return "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(rng.randint(1, 4)))


def _record(
    id_: str, tongues: Mapping[Language, _Tongue], rng: random.Random, vectors: np.random.Generator
) -> CutDocument:
    texts, spans = dict[Language, str](), dict[Language, list[Span]]()
    for language, tongue in tongues.items():
        texts[language], spans[language] = _set([tongue.sentence(rng) for _ in range(SENTENCES)])
    document = Document(
        id=id_,
        title=f"Babble {id_}",
        date=None,
        references=(),
        fields=(),
        url=None,
        texts=texts,
        source=Source(path=f"{id_}.txt", sha256=id_),
    )
    beads = tuple(SentenceBead({language: spans[language][n] for language in texts}, _SURE) for n in range(SENTENCES))
    starts = range(0, SENTENCES, _PASSAGE)
    passages = tuple(
        _passage(document, n, spans, slice(start, start + _PASSAGE), vectors) for n, start in enumerate(starts, 1)
    )
    return CutDocument(document, beads, passages)


def _set(told: Sequence[str]) -> tuple[str, list[Span]]:
    """A text of paragraphs, and the places of its sentences."""
    text, spans = "", list[Span]()
    for number, sentence in enumerate(told):
        text += "" if not number else " " if number % _PASSAGE else "\n\n"
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
    return text, spans


def _passage(
    document: Document, position: int, spans: Mapping[Language, list[Span]], part: slice, vectors: np.random.Generator
) -> EmbeddedPassage:
    sides = {language: covering(own[part]) for language, own in spans.items()}
    passage = Passage(
        id=f"{document.id}:{position:04d}",
        document_id=document.id,
        position=position,
        spans=sides,
        texts={language: span.of(document.texts[language]) for language, span in sides.items()},
        confidence=_SURE,
    )
    rows = {language: vectors.standard_normal((_PASSAGE, _DIMENSION)).astype(np.float32) for language in sides}
    return EmbeddedPassage(
        passage, {language: Sentences(tuple(spans[language][part]), packed(rows[language])) for language in sides}
    )
