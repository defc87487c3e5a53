"""Document -> aligned sentences -> passages, with the vectors of their sentences.

The sentences are what is embedded, once each. The vector of a passage's side is the mean of its sentences' vectors,
weighted by their lengths, and is always made of the vectors as they are kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.align import Bead, align
from index.cut import Run, bead_side, runs
from index.document import LANGUAGES, Document, Language, Passage, SentenceBead, Sentences, Span, covering
from index.embed import Embedder, Scale, Vectors
from index.facing import Units
from index.pack import packed
from index.units import beginnings, units_of


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage with the sentences of each of its sides."""

    passage: Passage
    sides: Mapping[Language, Sentences]


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A document with its sentences aligned, and cut into passages; both hold every sentence once, in order."""

    document: Document
    beads: tuple[SentenceBead, ...]
    passages: tuple[EmbeddedPassage, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a document: its sentences, their vectors, and which of them begin a paragraph."""

    spans: list[Span]
    vectors: Vectors
    begins: list[int]

    @property
    def lengths(self) -> list[int]:
        return [span.end - span.start for span in self.spans]


_NO_TEXT = _Text([], np.zeros((0, 0), np.float32), [])
_Texts = Mapping[Language, _Text]


def passages_of(documents: Sequence[Document], embedder: Embedder, scale: Scale) -> Iterator[CutDocument]:
    """Each document cut up, their sentences embedded together to fill the model's batches.

    Raises: ModelError if the model fails.
    """
    units = [(d, language, units_of(d, language)) for d in documents for language in d.languages]
    vectors = embedder.passages([span.of(d.texts[language]) for d, language, spans in units for span in spans])
    texts: dict[str, dict[Language, _Text]] = {d.id: {} for d in documents}
    done = 0
    for document, language, spans in units:
        rows = vectors[done : done + len(spans)]
        texts[document.id][language] = _Text(spans, rows, beginnings(document, language, spans))
        done += len(spans)
    for document in documents:
        yield _cut(document, texts[document.id], scale)


def _cut(document: Document, texts: _Texts, scale: Scale) -> CutDocument:
    beads = _beads(texts, scale)
    left, right = (texts.get(language, _NO_TEXT) for language in LANGUAGES)
    parts = runs(beads, (left.begins, right.begins), (left.lengths, right.lengths))
    return CutDocument(
        document=document,
        beads=tuple(SentenceBead(_spans(texts, [bead]), bead.confidence) for bead in beads),
        passages=tuple(_passage(document, n, beads, part, texts) for n, part in enumerate(parts, 1)),
    )


def _beads(texts: _Texts, scale: Scale) -> list[Bead]:
    """Beads with Russian on the left and English on the right."""
    if len(texts) == len(LANGUAGES):
        left, right = (Units(texts[x].lengths, texts[x].vectors, texts[x].begins) for x in LANGUAGES)
        return align(left, right, scale)
    ((language, text),) = texts.items()
    alone = [(n, n + 1) for n in range(len(text.spans))]
    return [Bead(unit, (0, 0), 0.0) if language == LANGUAGES[0] else Bead((0, 0), unit, 0.0) for unit in alone]


def _sides(beads: Sequence[Bead]) -> Iterator[tuple[Language, slice]]:
    """The units that a run of beads holds, of each text that it holds any of."""
    for side, language in enumerate(LANGUAGES):
        first, last = bead_side(beads[0], side)[0], bead_side(beads[-1], side)[1]
        if first < last:
            yield language, slice(first, last)


def _spans(texts: _Texts, beads: Sequence[Bead]) -> dict[Language, Span]:
    return {language: covering(texts[language].spans[units]) for language, units in _sides(beads)}


def _passage(document: Document, position: int, beads: Sequence[Bead], part: Run, texts: _Texts) -> EmbeddedPassage:
    held = beads[slice(*part)]
    spans = _spans(texts, held)
    passage = Passage(
        id=f"{document.id}:{position:04d}",
        document_id=document.id,
        position=position,
        spans=spans,
        texts={language: span.of(document.texts[language]) for language, span in spans.items()},
        confidence=_confidence(held, texts) if len(spans) > 1 else 0.0,
    )
    sides = {
        language: Sentences(tuple(texts[language].spans[units]), packed(texts[language].vectors[units]))
        for language, units in _sides(held)
    }
    return EmbeddedPassage(passage, sides)


def _confidence(beads: Sequence[Bead], texts: _Texts) -> float:
    """That of the beads, each counting by the characters that it holds."""
    weights = [
        sum(texts[x].lengths[n] for x, units in _sides([b]) for n in range(units.start, units.stop)) for b in beads
    ]
    return sum(w * bead.confidence for w, bead in zip(weights, beads, strict=True)) / sum(weights)
