"""Takes in files that readers give: foretells what an update will make of each, and makes the update.

Both by the code that indexes every other file, so that what is foretold is what happens.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.archives import ArchiveTable, load_table
from index.build import BuildReport, Pace, write_update
from index.document import LANGUAGES, Document
from index.errors import SourceError
from index.generations import Generations
from index.intake import Entry, Intake, Progress
from index.passage import passages_of
from index.plan import Plan, plan_update
from index.read import Reading, read
from index.received import exchanged, received_folder, received_name, settle
from index.sources import SourceFile, Sources, find_sources
from index.store import Index

Fate = Literal["new", "replaces", "held", "elsewhere", "twice", "conflict", "unreadable"]

_CHARS_AT_A_TIME = 20_000  # embedded between two reports of progress, at each of which the work can be cancelled
PAIRED_CHARS = 20_000  # whose sentences are paired for a preview: two seconds of one core


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """What an update would make of a file, and under which name it would be kept.

    `fate`: its document is new, or replaces one received before; it is held already; it is held with another text,
    from a file `elsewhere`, which is not replaced; it is given `twice`, by an `other` file too, or with another text
    there, a `conflict`; or the file is `unreadable`, for this `reason`. `pairs` of facing sentences are counted only
    where there is time for it.
    """

    fate: Fate
    kept_as: str = ""
    document: Document | None = None
    remarks: tuple[str, ...] = ()
    reason: str = ""
    other: str = ""
    pairs: int | None = None

    @property
    def taken(self) -> bool:
        """Whether the update would take it."""
        return self.fate in ("new", "replaces")


def receive(home: Path, files: Mapping[str, Path], progress: Progress = lambda done, total: None) -> BuildReport:
    """Keep `files` by these names (`Foretold.kept_as`), and bring the index at `home` up to date: wholly or not at all.

    `progress` is told of each file, and of the publication as one step more. What it raises ends the work.

    Raises: IndexBusyError if another process writes this index; other ArchiveErrors if it cannot be written.
    """
    generations = Generations(home)
    steps = 1

    def told(done: int, total: int) -> None:
        nonlocal steps
        steps = total + 1
        progress(done, steps)

    pace = Pace(progress=told, publishing=lambda: progress(steps - 1, steps), chars=_CHARS_AT_A_TIME)
    with generations.writing():
        settle(generations)
        with exchanged(generations, files) as folder:
            return write_update(generations, find_sources([folder]), pace=pace)


def foretell(index: Index, files: Mapping[str, bytes]) -> dict[str, Foretold]:
    """What an update would make of `files`, by their names; nothing is written.

    Where a citation gives no record number, the file's name without its suffix is the document's id.
    """
    table = load_table(index.home)
    folder = received_folder(index.home)
    told: dict[str, Foretold] = {}
    first: dict[str, tuple[str, Reading]] = {}  # by the name to keep it under, the first file of a document
    for name, raw in files.items():
        try:
            reading = read(folder / name, raw, hashlib.sha256(raw).hexdigest(), table)
        except SourceError as error:
            place = f"line {error.line}: " if error.line else ""
            told[name] = Foretold(fate="unreadable", reason=f"{place}{error.reason}")
            continue
        before, of = first.setdefault(received_name(reading.document.id), (name, reading))
        if before != name:
            fate: Fate = "twice" if dict(of.document.texts) == dict(reading.document.texts) else "conflict"
            told[name] = Foretold(fate=fate, document=reading.document, other=before)
    fates = _fates(index, {folder / kept_as: reading for kept_as, (_, reading) in first.items()}, table)
    told |= {name: fates[kept_as] for kept_as, (name, _) in first.items()}
    return {name: told[name] for name in files}


def _fates(index: Index, readings: Mapping[Path, Reading], table: ArchiveTable) -> dict[str, Foretold]:
    """What an update would make of the folder of received files, if what was read lay there, at these paths."""
    folder = received_folder(index.home)
    sources = find_sources([folder]) if folder.is_dir() else Sources((folder,))
    found = [SourceFile(path, reading.document.source.sha256) for path, reading in readings.items()]
    found += [file for file in sources.files if file.path not in readings]
    sources.files = sorted(found, key=lambda file: file.path)
    plan = plan_update(sources, list(index.catalogue.held()))
    given = {path: _at(path, reading) for path, reading in readings.items()}
    entries = {entry.file.path: entry for entry in Intake(plan.staying, table).entries(plan.fresh, given)}
    return {path.name: _fate(path.name, given[path], entries.get(path), plan) for path in given}


def _at(path: Path, reading: Reading) -> Reading:
    """The same, as if read from the file at `path`."""
    document = reading.document
    return replace(reading, document=replace(document, source=replace(document.source, path=str(path))))


def _fate(kept_as: str, reading: Reading, entry: Entry | None, plan: Plan) -> Foretold:
    """Without an entry just this file was received before, or has lain elsewhere."""
    document = reading.document
    if entry is None or entry.holder is not None:
        fate: Fate = "held" if entry is None or entry.same else "elsewhere"
        return Foretold(fate=fate, kept_as=kept_as, document=document)
    replaces = any(held.document_id == document.id for held in plan.staying)
    fate = "replaces" if replaces else "new"
    return Foretold(fate=fate, kept_as=kept_as, document=document, remarks=reading.remarks)


def paired(index: Index, told: Mapping[str, Foretold]) -> dict[str, Foretold]:
    """What is foretold, with the pairs of facing sentences counted as far as there is time for it (PAIRED_CHARS)."""
    room = PAIRED_CHARS
    counted = dict(told)
    for name, one in told.items():
        if one.document is None or not one.taken:
            continue
        room -= sum(len(text) for text in one.document.texts.values())
        if room < 0:
            break
        counted[name] = replace(one, pairs=_pairs(index, one.document))
    return counted


def _pairs(index: Index, document: Document) -> int:
    (cut,) = passages_of([document], index.embedder, index.scale)
    return sum(len(bead.spans) == len(LANGUAGES) for bead in cut.beads)
