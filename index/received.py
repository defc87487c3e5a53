"""The files that an index was given by its readers: kept in a folder of its own, beside the generations.

    .delo/received/files/     the files of documents that are in the published index
    .delo/received/undo/      while an update takes files in: their names, and what lay there before

Whether a file stays is told by the published index alone: it holds the document of just this file, or the file is put
back as it was. So it does not matter whether an update ended well, badly or with the machine.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from index.catalogue import Catalogue
from index.generations import Generations, storage
from index.manifest import CATALOGUE

_NAMES = "names.json"
_LONGEST = 120  # bytes of a name before its suffix; file systems take 255
SUFFIX = ".txt"


def received_folder(home: Path) -> Path:
    """Where the received files of the index at `home` lie, as an absolute path."""
    return Path(os.path.abspath(home)) / "received" / "files"  # noqa: PTH100 - links stay as named


def received_name(document_id: str) -> str:
    """The name under which the file of a document is kept: the same document sent again takes its place."""
    plain = "".join(c if c.isalnum() or c in "-_. ()" else "_" for c in document_id)
    raw = plain.encode()
    if plain and plain == document_id and len(raw) <= _LONGEST and not plain.startswith("."):
        return document_id + SUFFIX
    short = raw[: _LONGEST - 20].decode(errors="ignore").lstrip(".")
    return f"{short}-{hashlib.sha256(document_id.encode()).hexdigest()[:16]}{SUFFIX}"


@contextmanager
def exchanged(generations: Generations, files: Mapping[str, Path]) -> Iterator[Path]:
    """The folder with `files` in it, by name; afterwards those stay that the published index holds.

    For the writer alone (`Generations.writing`).

    Raises: StorageError if the disk refuses; the folder is then as it was.
    """
    folder = received_folder(generations.home)
    if any(Path(name).name != name or name.startswith(".") for name in files):
        raise ValueError("a file is received under a plain name")
    try:
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _note_what_lies_there(folder, tuple(files))
            for name, path in files.items():
                _put(path, folder / name)
        yield folder
    finally:
        settle(generations)


def settle(generations: Generations) -> None:
    """Put back every file of an exchange that the published index does not hold; nothing, if none was begun.

    For the writer alone (`Generations.writing`).

    Raises: StorageError if the disk refuses; the next writer tries again.
    """
    folder = received_folder(generations.home)
    undo = folder.parent / "undo"
    with storage(undo):
        shutil.rmtree(_draft(undo), ignore_errors=True)
        if not undo.is_dir():
            return
        held = _held(generations)
        for name in json.loads((undo / _NAMES).read_text(encoding="utf-8")):
            if (str(folder / name), _sha256(folder / name)) not in held:
                _put_back(undo / "before" / name, folder / name)
        undo.rename(_draft(undo))
        shutil.rmtree(_draft(undo), ignore_errors=True)


def _note_what_lies_there(folder: Path, names: tuple[str, ...]) -> None:
    """Keep what is about to be replaced; complete, or not there at all."""
    undo = folder.parent / "undo"
    draft = _draft(undo)
    (draft / "before").mkdir(parents=True)
    (draft / _NAMES).write_text(json.dumps(names), encoding="utf-8")
    for name in names:
        if (folder / name).exists():
            shutil.copyfile(folder / name, draft / "before" / name)
    draft.rename(undo)


def _draft(undo: Path) -> Path:
    return undo.with_name("undo.draft")


def _put(source: Path, target: Path) -> None:
    """Copy a file so that it is there wholly or not at all."""
    draft = target.with_name(f".{target.name}")  # hidden: no update reads it
    with source.open("rb") as given, draft.open("wb") as taken:
        shutil.copyfileobj(given, taken)
        taken.flush()
        os.fsync(taken.fileno())
    draft.replace(target)


def _put_back(before: Path, target: Path) -> None:
    target.with_name(f".{target.name}").unlink(missing_ok=True)
    if before.exists():
        before.replace(target)
    else:
        target.unlink(missing_ok=True)


def _held(generations: Generations) -> set[tuple[str, str]]:
    """The path and sha256 of the file of each document that is published."""
    if (name := generations.current()) is None:
        return set()
    with closing(Catalogue.open(generations.path(name) / CATALOGUE)) as catalogue:
        return {(held.path, held.sha256) for held in catalogue.held()}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
