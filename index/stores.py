"""The three stores of a generation, written and compared as one."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np

from index.catalogue import Catalogue
from index.document import LANGUAGES, Passage
from index.lexical import LexicalIndex
from index.manifest import STORES
from index.names import NameTable, built_in_names
from index.pack import mean_vector
from index.passage import CutDocument
from index.vectors import VectorIndex

CATALOGUE, VECTORS, LEXICAL = STORES


class Stores:
    """The stores of an unpublished generation, open for writing; those not yet there are made.

    `names` tells which names the passages have; None for the table that comes with Delo.
    """

    def __init__(self, folder: Path, names: NameTable | None = None) -> None:
        self._names = names or built_in_names()
        catalogue, vectors, lexical = (folder / store for store in STORES)
        self.catalogue = Catalogue.writable(catalogue) if catalogue.exists() else Catalogue.create(catalogue)
        self.vectors = VectorIndex(vectors) if vectors.exists() else VectorIndex.create(vectors)
        self.lexical = LexicalIndex.open(lexical) if lexical.exists() else LexicalIndex.create(lexical)

    def __enter__(self) -> "Stores":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with ExitStack() as all_closed:  # even if one of them fails
            for store in (self.catalogue, self.vectors, self.lexical):
                all_closed.callback(store.close)

    def add(self, documents: Sequence[CutDocument]) -> None:
        """Enter documents, cut into passages, in all three stores."""
        for cut in documents:
            sides = {(e.passage.id, language): held for e in cut.passages for language, held in e.sides.items()}
            self.catalogue.add(cut.document, [e.passage for e in cut.passages], cut.beads, sides)
        passages = [e.passage for cut in documents for e in cut.passages]
        self.add_vectors(passages)
        self.add_words(passages)

    def add_vectors(self, passages: Sequence[Passage]) -> None:
        """Enter the sides of passages, whose sentences the catalogue has, in the store of vectors."""
        for language in LANGUAGES:
            ids = [passage.id for passage in passages if language in passage.spans]
            if ids:
                vectors = np.stack([mean_vector(self.catalogue.sentences(id_, language)) for id_ in ids])
                self.vectors.add(language, ids, vectors)

    def add_words(self, passages: Sequence[Passage]) -> None:
        """Enter passages in the store of words, with the names in them."""
        for passage in passages:
            names = {
                name.key for language, text in passage.texts.items() for name in self._names.mentions(language, text)
            }
            self.lexical.add(passage.id, passage.document_id, passage.texts.items(), names)

    def remove(self, document_id: str) -> None:
        """Strike a document out of all three stores."""
        self.vectors.remove(self.catalogue.remove(document_id))
        self.lexical.remove(document_id)


def differences(catalogue: Catalogue, vectors: VectorIndex | None, lexical: LexicalIndex | None) -> dict[str, str]:
    """Which derived store does not hold just the catalogue's passages, and by how many it errs."""
    wanted = {language: set(catalogue.passage_ids(language)) for language in LANGUAGES}
    wrong = {}
    if vectors is not None:
        found = {language: vectors.ids(language) for language in LANGUAGES}
        if wanted != found:
            lacking = sum(len(wanted[language] - found[language]) for language in LANGUAGES)
            wrong[VECTORS] = _told(lacking, sum(len(found[language] - wanted[language]) for language in LANGUAGES))
    if lexical is not None:
        passages, ids = set().union(*wanted.values()), lexical.ids()
        if passages != set(ids) or len(ids) != len(passages):
            wrong[LEXICAL] = _told(len(passages - set(ids)), len(ids) - len(passages & set(ids)))
    return wrong


def _told(lacking: int, surplus: int) -> str:
    return f"{lacking} passages of the catalogue are missing from it, {surplus} are in it that should not be"
