"""Checks that the stores of an index agree with its catalogue, and rebuilds the derived ones from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index import manifest as manifests
from index.catalogue import Catalogue
from index.document import Document
from index.errors import ArchiveError, IndexDamagedError, IndexMissingError
from index.generations import Generations, storage
from index.lexical import LexicalIndex
from index.manifest import CATALOGUE, LEXICAL, STORES, VECTORS, Manifest
from index.names import load_names
from index.seal import seal
from index.stores import Stores, differences
from index.vectors import VectorIndex

_BATCH = 32  # documents whose passages are entered together


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is wrong: for each store that is at fault, what was found. `repaired` names those rebuilt."""

    generation: str
    faults: dict[str, list[str]]
    repaired: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong, or everything wrong was repaired."""
        return set(self.faults) <= set(self.repaired)


def check(home: Path) -> CheckReport:
    """Compare the stores of the published generation with its manifest and with each other.

    Raises: IndexMissingError if there is no index; IndexStaleError if another version made it;
        IndexDamagedError if its manifest cannot be read.
    """
    name, handle = Generations(home).read()
    with handle:
        folder = Generations(home).path(name)
        with storage(folder):
            return CheckReport(name, _faults(folder, manifests.load(folder)))


def repair(home: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> CheckReport:
    """Check, and publish a new generation in which the derived stores at fault are made anew from the catalogue.

    Raises: as `check`; IndexDamagedError if the catalogue itself is at fault.
    """
    generations = Generations(home)
    if generations.current() is None:
        raise IndexMissingError(home)
    with generations.writing():
        report = check(home)
        if CATALOGUE in report.faults:
            told = "; ".join(report.faults[CATALOGUE])
            raise IndexDamagedError(
                f"the catalogue of the index at '{home}' is damaged ({told}), and nothing else holds what it holds; "
                "make the index anew from the archive's files: delo index --rebuild FOLDER-OR-FILE"
            )
        if not report.faults:
            return report
        manifest = manifests.load(generations.path(report.generation))
        sound = tuple(store for store in STORES if store not in report.faults)
        folder, table = generations.begin(sound), load_names(home)
        with Stores(folder, table) as stores:
            _refill(stores, manifest, set(report.faults), progress)
        names = table.sha256 if LEXICAL in report.faults else manifest.names
        seal(generations, folder, manifest.model, manifest.rejected, names)
    return CheckReport(folder.name, report.faults, tuple(report.faults))


def _faults(folder: Path, manifest: Manifest) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for file in manifests.cut_short(folder, manifest):
        faults.setdefault(file.split("/")[0], []).append(f"{file} is missing or cut short")
    for file in manifests.altered(folder, manifest):
        if file.split("/")[0] not in faults:
            faults.setdefault(file.split("/")[0], []).append(f"{file} holds other bytes than when it was published")
    if CATALOGUE not in faults:
        for store, fault in _disagreements(folder, skip=set(faults)).items():
            faults.setdefault(store, []).append(fault)
    return faults


def _disagreements(folder: Path, skip: set[str]) -> dict[str, str]:
    """In what the derived stores differ from the catalogue; those in `skip` are not opened."""
    catalogue = Catalogue.open(folder / CATALOGUE)
    try:
        if internal := catalogue.faults():
            return {CATALOGUE: "; ".join(internal)}
        wrong: dict[str, str] = {}
        for store in {VECTORS, LEXICAL} - skip:
            try:
                wrong |= _compared(catalogue, folder, store)
            except IndexDamagedError as error:
                wrong[store] = str(error)
        return wrong
    finally:
        catalogue.close()


def _compared(catalogue: Catalogue, folder: Path, store: str) -> dict[str, str]:
    opened = VectorIndex(folder / store) if store == VECTORS else LexicalIndex.open(folder / store)
    try:
        if isinstance(opened, VectorIndex):
            return differences(catalogue, opened, None)
        return differences(catalogue, None, opened)
    finally:
        opened.close()


def _refill(stores: Stores, manifest: Manifest, wanted: set[str], progress: Callable[[int, int], None]) -> None:
    """Fill the stores in `wanted`, which are empty, with the catalogue's passages."""
    documents = stores.catalogue.documents()
    done, total = 0, manifest.counts["documents"]
    for batch in _batches(documents):
        passages = [p for document in batch for p in stores.catalogue.passages(document)]
        if LEXICAL in wanted:
            stores.add_words(passages)
        if VECTORS in wanted:
            stores.add_vectors(passages)
        done += len(batch)
        progress(done, total)
    if done != total:
        raise ArchiveError(f"the catalogue holds {done} documents, its manifest counts {total}; nothing was changed")


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(islice(documents, _BATCH)):
        yield batch
