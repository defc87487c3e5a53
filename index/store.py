"""An index opened for reading: the published generation, its stores opened when first used."""

import sys
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from index import manifest as manifests
from index.catalogue import Catalogue
from index.generations import Generations
from index.lexical import LexicalIndex
from index.listing import Listing
from index.manifest import CATALOGUE, LEXICAL, VECTORS, Manifest
from index.model import Scale
from index.names import NameTable, load_names

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.vectors import VectorIndex


class Index:
    """One published generation. It stays as it is, even when a newer one is published meanwhile.

    Opening reads the manifest alone; Chroma, tantivy, numpy and the model are loaded when they are first needed.
    """

    def __init__(self, home: Path, manifest: Manifest, folder: Path, handle: IO[str]) -> None:
        self.home = home
        self.manifest = manifest
        self._folder = folder
        self._handle = handle  # while it is open, no writer drops this generation

    @classmethod
    def open(cls, home: Path) -> "Index":
        """The index at `home`.

        Raises: IndexMissingError, IndexStaleError, IndexDamagedError.
        """
        generations = Generations(home)
        name, handle = generations.read()
        try:
            folder = generations.path(name)
            manifest = manifests.load(folder)
            manifests.refuse_damage(folder, manifest)
        except BaseException:
            handle.close()
            raise
        return cls(home, manifest, folder, handle)

    def is_current(self) -> bool:
        """Whether no newer generation has been published. Cost: reading one small file."""
        return Generations(self.home).current() in (self.manifest.generation, None)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The source of truth."""
        return Catalogue.open(self._folder / CATALOGUE)

    @cached_property
    def listing(self) -> Listing:
        """Lists of what the catalogue holds."""
        return Listing(self.catalogue)

    @cached_property
    def vectors(self) -> "VectorIndex":
        """Search by meaning."""
        from index.vectors import VectorIndex

        return VectorIndex(self._folder / VECTORS)

    @cached_property
    def lexical(self) -> LexicalIndex:
        """Search by words."""
        return LexicalIndex.open(self._folder / LEXICAL)

    @cached_property
    def names(self) -> NameTable:
        """The table of names, that of the index's folder included.

        Raises: ArchiveError if that is not of the table's form.
        """
        return load_names(self.home)

    @cached_property
    def embedder(self) -> "Embedder":
        """The model the index was made with; it is never downloaded here."""
        from index.embed import open_embedder

        return open_embedder(self.manifest.model.settings)

    @property
    def scale(self) -> Scale:
        """How the model's similarities are to be read."""
        return self.manifest.model.scale

    def size(self) -> int:
        """Bytes on disk."""
        return sum(length for length, _ in self.manifest.files.values())

    def close(self) -> None:
        """Let go of every file."""
        for name in ("catalogue", "vectors", "lexical"):
            if (store := self.__dict__.pop(name, None)) is not None:
                store.close()
        self._handle.close()

    def __del__(self) -> None:
        if not sys.is_finalizing():  # a retriever inside llama-index, say, is never closed by anybody
            self.close()

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
