"""Cuts a document into passages: its paragraphs, each with its counterpart in the other language.

The passages of a document hold every paragraph of both texts once, in order. A paragraph too long to be
one unit is first cut between sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.align import Bead, Units, align
from index.document import LANGUAGES, Document, Language, Passage, Span, covering, stripped
from index.embed import Embedder, Vectors
from index.model import Scale
from index.sentence import sentences

LONGEST_UNIT = 2000  # characters; longer paragraphs are cut, since one vector says too little of them


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage with the vector of each of its sides."""

    passage: Passage
    vectors: dict[Language, Vectors]


def passages_of(
    documents: Sequence[Document], embedder: Embedder, scale: Scale
) -> Iterator[tuple[Document, list[EmbeddedPassage]]]:
    """Each document with its passages, embedded together to fill the model's batches.

    Raises: ModelError if the model fails.
    """
    units = [(d, language, units_of(d, language)) for d in documents for language in d.languages]
    vectors = iter(embedder.passages([s.of(d.texts[language]) for d, language, spans in units for s in spans]))
    embedded: dict[str, dict[Language, tuple[list[Span], Vectors]]] = {d.id: {} for d in documents}
    for document, language, spans in units:
        embedded[document.id][language] = (spans, np.stack([next(vectors) for _ in spans]))
    beads = {d.id: _beads(embedded[d.id], scale) for d in documents}
    merged = _merged(documents, embedded, beads, embedder)
    for document in documents:
        sides = embedded[document.id]
        yield document, [_passage(document, n, bead, sides, merged) for n, bead in enumerate(beads[document.id], 1)]


def embed_passages(passages: Sequence[Passage], embedder: Embedder) -> list[EmbeddedPassage]:
    """Passages that are cut already, with the vectors of their sides."""
    sides = [(passage.id, language, text) for passage in passages for language, text in passage.texts.items()]
    rows = zip(sides, embedder.passages([text for _, _, text in sides]), strict=True)
    vectors: dict[str, dict[Language, Vectors]] = {passage.id: {} for passage in passages}
    for (passage_id, language, _), row in rows:
        vectors[passage_id][language] = row
    return [EmbeddedPassage(passage, vectors[passage.id]) for passage in passages]


def units_of(document: Document, language: Language) -> list[Span]:
    """The paragraphs of one text, those over LONGEST_UNIT characters cut between sentences."""
    text = document.texts[language]
    return [unit for paragraph in document.paragraphs(language) for unit in _cut(text, paragraph)] or [
        Span(0, len(text))
    ]


def _cut(text: str, paragraph: Span) -> list[Span]:
    if paragraph.end - paragraph.start <= LONGEST_UNIT:
        return [paragraph]
    units: list[list[Span]] = [[]]
    for sentence in (piece for s in sentences(text, paragraph) for piece in _slices(text, s)):
        if units[-1] and sentence.end - units[-1][0].start > LONGEST_UNIT:
            units.append([])
        units[-1].append(sentence)
    return [covering(unit) for unit in units]


def _slices(text: str, sentence: Span) -> Iterator[Span]:
    """A stretch without any sentence end, as in a table, is cut at white space; where there is none, anywhere."""
    start = sentence.start
    while start < sentence.end:
        end = min(start + LONGEST_UNIT, sentence.end)
        if end < sentence.end and (space := _last_space(text, start, end)) > start:
            end = space
        piece = stripped(text, Span(start, end))
        if piece.start < piece.end:
            yield piece
        start = end


def _last_space(text: str, start: int, end: int) -> int:
    return next((at for at in range(end, start, -1) if text[at].isspace()), start)


def _beads(sides: dict[Language, tuple[list[Span], Vectors]], scale: Scale) -> list[Bead]:
    """Beads with Russian on the left and English on the right."""
    if len(sides) == len(LANGUAGES):
        left, right = (Units([s.end - s.start for s in sides[x][0]], sides[x][1]) for x in LANGUAGES)
        return align(left, right, scale)
    ((language, (spans, _)),) = sides.items()
    alone = [(n, n + 1) for n in range(len(spans))]
    return [Bead(unit, (0, 0), 0.0) if language == LANGUAGES[0] else Bead((0, 0), unit, 0.0) for unit in alone]


_Side = tuple[str, Language, int, int]  # document, language, and the units of a bead's side


def _sides(bead: Bead) -> Iterator[tuple[Language, int, int]]:
    for language, (first, last) in zip(LANGUAGES, (bead.left, bead.right), strict=True):
        if first < last:
            yield language, first, last


def _merged(
    documents: Sequence[Document],
    embedded: dict[str, dict[Language, tuple[list[Span], Vectors]]],
    beads: dict[str, list[Bead]],
    embedder: Embedder,
) -> dict[_Side, Vectors]:
    """Vectors of the sides that hold two units, which have not been embedded as one yet."""
    texts = {
        (d.id, language, first, last): covering(embedded[d.id][language][0][first:last]).of(d.texts[language])
        for d in documents
        for bead in beads[d.id]
        for language, first, last in _sides(bead)
        if last - first > 1
    }
    return dict(zip(texts, embedder.passages(list(texts.values())), strict=True))


def _passage(
    document: Document,
    position: int,
    bead: Bead,
    sides: dict[Language, tuple[list[Span], Vectors]],
    merged: dict[_Side, Vectors],
) -> EmbeddedPassage:
    spans = {language: covering(sides[language][0][a:b]) for language, a, b in _sides(bead)}
    vectors = {
        language: merged.get((document.id, language, a, b), sides[language][1][a]) for language, a, b in _sides(bead)
    }
    passage = Passage(
        id=f"{document.id}:{position:04d}",
        document_id=document.id,
        position=position,
        spans=spans,
        texts={language: span.of(document.texts[language]) for language, span in spans.items()},
        confidence=bead.confidence,
    )
    return EmbeddedPassage(passage, vectors)
