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
from index.read import read
from index.received import exchanged, received_folder, received_name, settle
from index.sources import SourceFile, Sources, find_sources, read_bytes
from index.store import Index

Fate = Literal["new", "replaces", "held", "elsewhere", "twice", "conflict", "unreadable"]

_CHARS_AT_A_TIME = 20_000  # embedded between two reports of progress: under a second on two cores
PAIRED_CHARS = 200_000  # whose sentences are paired for a preview: a few seconds on two cores


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
    told: dict[str, Foretold] = {}
    first: dict[str, tuple[str, Document]] = {}  # by the name to keep it under, the first file of a document
    for name, raw in files.items():
        try:
            document = read(received_folder(index.home) / name, raw, "", table).document
        except SourceError as error:
            place = f"line {error.line}: " if error.line else ""
            told[name] = Foretold(fate="unreadable", reason=f"{place}{error.reason}")
            continue
        before, of = first.setdefault(received_name(document.id), (name, document))
        if before != name:
            fate: Fate = "twice" if dict(of.texts) == dict(document.texts) else "conflict"
            told[name] = Foretold(fate=fate, document=document, other=before)
    fates = _fates(index, {kept_as: files[name] for kept_as, (name, _) in first.items()}, table)
    told |= {name: replace(fates[kept_as], document=document) for kept_as, (name, document) in first.items()}
    return {name: told[name] for name in files}


def _fates(index: Index, files: Mapping[str, bytes], table: ArchiveTable) -> dict[str, Foretold]:
    """What an update would make of the folder of received files, if `files` lay there by these names."""
    folder = received_folder(index.home)
    given = {folder / kept_as: raw for kept_as, raw in files.items()}
    sources = find_sources([folder]) if folder.is_dir() else Sources((folder,))
    found = [SourceFile(path, hashlib.sha256(raw).hexdigest()) for path, raw in given.items()]
    found += [file for file in sources.files if file.path not in given]
    sources.files = sorted(found, key=lambda file: file.path)
    plan = plan_update(sources, list(index.catalogue.held()))
    intake = Intake(plan.staying, table)
    read_anew = intake.entries(plan.fresh, lambda file: given[file.path] if file.path in given else read_bytes(file))
    entries = {entry.file.path: entry for entry in read_anew}
    return {path.name: _fate(path.name, entries.get(path), plan) for path in given}


def _fate(kept_as: str, entry: Entry | None, plan: Plan) -> Foretold:
    if entry is None:  # just this file was received before, or has lain elsewhere
        return Foretold(fate="held", kept_as=kept_as)
    if entry.reading is None:
        return Foretold(fate="unreadable", reason=entry.error.reason if entry.error else "")
    if entry.holder is not None:
        return Foretold(fate="held" if entry.same else "elsewhere", kept_as=kept_as)
    replaces = any(held.document_id == entry.reading.document.id for held in plan.staying)
    return Foretold(fate="replaces" if replaces else "new", kept_as=kept_as, remarks=entry.reading.remarks)


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
