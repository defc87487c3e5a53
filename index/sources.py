"""Finds the archive's files in what a person pointed at, and tells which have changed.

Folders are walked; files whose name ends in .txt or .md are read, others are counted and passed over, hidden
ones not looked at. A link that leads out of the folder it lies in is refused, a link to a folder not followed.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import ArchiveError, SourceError

SUFFIXES = (".txt", ".md")
MOST_BYTES = 20_000_000  # a file; the longest record of such archives has under one million


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read, as an absolute path, and the sha256 of its bytes."""

    path: Path
    sha256: str


@dataclass(slots=True)
class Sources:
    """What a person pointed at: absolute `roots`, the `files` in them, and what is not a document."""

    roots: tuple[Path, ...]
    files: list[SourceFile] = field(default_factory=list)
    refused: list[SourceError] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)  # how many files of each other suffix

    def covers(self, path: str) -> bool:
        """Whether a file of this path would have been found, had it still been there."""
        return any(root == Path(path) or root in Path(path).parents for root in self.roots)


def find_sources(paths: Sequence[Path]) -> Sources:
    """The archive files among `paths`, which are files or folders, sorted by path, each once.

    Raises: ArchiveError if a path does not exist.
    """
    found = Sources(tuple(Path(os.path.abspath(path)) for path in paths))  # noqa: PTH100 - links stay as named
    seen: set[Path] = set()
    for root in found.roots:
        if not os.path.exists(root):  # noqa: PTH110 - Path.exists raises on a name that is too long
            raise ArchiveError(f"nothing at '{root}'; give the archive's files or a folder that holds them")
        for path in [root] if root.is_file() else sorted(_walk(root, found.refused)):
            if path not in seen:
                seen.add(path)
                _sort_in(path, root, found)
    return found


def _walk(root: Path, refused: list[SourceError]) -> Iterator[Path]:
    """The files under `root`, and the links to folders."""

    def refuse(error: OSError) -> None:
        refused.append(SourceError(Path(error.filename), f"the folder cannot be read: {error.strerror}"))

    for folder, inner, names in os.walk(root, onerror=refuse):
        inner[:] = [name for name in inner if not name.startswith(".")]
        links = [name for name in inner if (Path(folder) / name).is_symlink()]
        yield from (Path(folder) / name for name in names + links if not name.startswith("."))


def _sort_in(path: Path, root: Path, found: Sources) -> None:
    if path != root and path.suffix.casefold() not in SUFFIXES and not path.is_dir():
        found.passed_over[path.suffix or "no suffix"] += 1
        return
    try:
        found.files.append(SourceFile(path, _checked_hash(path, root)))
    except SourceError as error:
        found.refused.append(error)


def _checked_hash(path: Path, root: Path) -> str:
    """The sha256 of a file that may be read, without holding it in memory."""
    _refuse_strange_name(path)
    try:
        if path != root and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            raise SourceError(path, f"a link that leads out of '{root}'; name what it leads to instead")
        if path.is_dir():
            raise SourceError(path, "a link to a folder is not followed; name the folder itself")
        if not path.is_file():
            raise SourceError(path, "not a file; give the archive's files or a folder that holds them")
        if (size := path.stat().st_size) > MOST_BYTES:
            most = f"the most is {MOST_BYTES / 1e6:.0f} MB; split it into its records"
            raise SourceError(path, f"the file has {size / 1e6:.0f} MB, {most}")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from error


def _refuse_strange_name(path: Path) -> None:
    """A name that is not UTF-8 could be neither written into the catalogue nor shown."""
    name = os.fsencode(path)
    try:
        name.decode()
    except UnicodeDecodeError as error:
        shown = Path(name.decode(errors="backslashreplace"))
        raise SourceError(shown, "the name of the file, or of a folder it lies in, is not UTF-8; rename it") from error


def read_bytes(file: SourceFile) -> bytes:
    """The bytes of a file that was found.

    Raises: SourceError if it can no longer be read.
    """
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise SourceError(file.path, f"cannot be read: {error.strerror or error}") from error
