"""The folder of generations: one writer at a time, readers of what is published, one atomic step between.

    .delo/CURRENT               the name of the published generation
    .delo/lock                  held by the writer
    .delo/generations/<name>/   never changes once CURRENT has named it; `readers` is locked by who reads it
    .delo/received/             files that readers gave; index/received.py

A generation that CURRENT does not name and nobody reads is rubbish, whether it was replaced or its making
was cut off; the next writer clears it away.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import portalocker

from index.catalogue import copy_database
from index.errors import IndexBusyError, IndexDamagedError, IndexMissingError, StorageError

_SHARED = portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING
_ALONE = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
_TAKEN = (portalocker.LockException, portalocker.AlreadyLocked)
_DATABASES = (".sqlite", ".sqlite3")


class Generations:
    """The generations of the index at `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._folder = home / "generations"

    def current(self) -> str | None:
        """The name of the published generation, or None if nothing is published.

        Raises: StorageError if the disk refuses to tell.
        """
        with storage(self.home):
            try:
                name = (self.home / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
            except (FileNotFoundError, NotADirectoryError):
                return None
            return name if name.isdecimal() and self.path(name).is_dir() else None

    def path(self, name: str) -> Path:
        """The folder of a generation."""
        return self._folder / Path(name).name

    def read(self) -> tuple[str, IO[str]]:
        """The published generation, and a handle that keeps it from being dropped until it is closed.

        Raises: IndexMissingError if nothing is published here; IndexDamagedError if it cannot be held;
            StorageError if it may not be read.
        """
        while (name := self.current()) is not None:
            with storage(self.home):
                if (handle := _hold(self.path(name) / "readers")) is not None:
                    return name, handle
            if self.current() == name:
                raise IndexDamagedError(
                    f"the index at '{self.home}' is damaged: '{self.path(name) / 'readers'}' is missing or cannot be "
                    "locked; mend it with: delo check --repair"
                )
        raise IndexMissingError(self.home)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer; rubbish of earlier writers is cleared away before and after.

        Raises: IndexBusyError if another process is writing; StorageError if the disk refuses.
        """
        with storage(self.home):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = (self.home / "lock").open("a+b", buffering=0)
        with handle:
            try:
                portalocker.lock(handle, _ALONE)
            except _TAKEN as error:
                handle.seek(0)
                writer = handle.read().decode(errors="replace").strip() or "another process"
                raise IndexBusyError(
                    f"the index at '{self.home}' is being written by {writer}; wait until it is done, or stop it"
                ) from error
            with storage(self.home):
                _sign(handle)
                self._sweep()
            try:
                yield
            finally:
                self._sweep()
                handle.truncate(0)

    def begin(self, keeping: tuple[str, ...] = ()) -> Path:
        """A new, unpublished generation, with these stores of the published one copied into it."""
        names = [int(path.name) for path in self._folder.iterdir() if path.name.isdecimal()]
        folder = self.path(f"{max(names, default=0) + 1:06d}")
        with storage(folder):
            folder.mkdir()
            (folder / "readers").touch()
            if (published := self.current()) is not None:
                for store in keeping:
                    _copy(self.path(published) / store, folder / store)
        return folder

    def publish(self, folder: Path) -> None:
        """Make a finished generation the one that is served, in one step that happens wholly or not at all."""
        with storage(folder):
            for path in [*sorted(folder.rglob("*")), folder]:
                _flush(path)
            draft = self.home / "CURRENT.new"
            draft.write_text(folder.name + "\n", encoding="utf-8")
            _flush(draft)
            draft.replace(self.home / "CURRENT")
            _flush(self.home)

    def _sweep(self) -> None:
        """Drop every generation but the published one, unless somebody reads it."""
        current = self.current()
        for folder in self._folder.iterdir():
            if folder.name != current:
                _drop(folder)
            elif not (folder / "readers").exists():
                (folder / "readers").touch()  # lost somehow; without it nobody can read


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only one, of all threads and processes, that holds the file `path`, which is made; waits until it is so.

    Raises: StorageError if the disk refuses.
    """
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("a")
    with handle:
        portalocker.lock(handle, portalocker.LockFlags.EXCLUSIVE)
        yield


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """The operating system's refusals as StorageError."""
    try:
        yield
    except OSError as error:
        advice = "give it space and rights, or choose another --index folder"
        raise StorageError(f"cannot use '{path}': {error.strerror or error}; {advice}") from error


def _hold(readers: Path) -> IO[str] | None:
    """The file, open and locked against being dropped; None if it is not there, or is being dropped."""
    with ExitStack() as unless_held:
        try:
            handle = unless_held.enter_context(readers.open(encoding="utf-8"))
            portalocker.lock(handle, _SHARED)
        except (FileNotFoundError, *_TAKEN):
            return None
        if not os.fstat(handle.fileno()).st_nlink:
            return None
        unless_held.pop_all()
        return handle


def _sign(handle: IO[bytes]) -> None:
    handle.seek(0)
    handle.truncate()
    handle.write(f"process {os.getpid()}".encode())


def _drop(folder: Path) -> None:
    """Delete a generation, holding its lock meanwhile; leave it if somebody reads it."""
    readers = folder / "readers"
    if not readers.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        return
    with readers.open(encoding="utf-8") as handle:
        try:
            portalocker.lock(handle, _ALONE)
        except _TAKEN:
            return
        shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """Copy a store; its databases in a way that is whole even while a reader has them open."""
    if source.is_dir():
        target.mkdir()
        for part in source.iterdir():
            _copy(part, target / part.name)
    elif source.suffix in _DATABASES:
        copy_database(source, target)
    elif not source.name.endswith(".lock"):
        shutil.copyfile(source, target)


def _flush(path: Path) -> None:
    """Wait until the disk has a file, or a folder's list of files."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
