"""Everything that can go wrong with an archive and is shown to its user as it stands.

    ArchiveError                  catch this one name
    ├── SourceError               a file of the archive is not a readable document
    ├── IndexMissingError         no index at this path
    ├── IndexBusyError            another process is writing this index
    ├── IndexStaleError           the index was made by another version or with another model
    ├── IndexDamagedError         a store of the index is missing, cut short or unreadable
    ├── StorageError              the disk would not take what had to be written
    └── ModelError                an embedding model is absent or answered nonsense

A message says what, where, what was found and what to do. Mistakes of the programmer are ValueErrors
and are never caught.
"""

from pathlib import Path


class ArchiveError(Exception):
    """Trouble that a person can mend; its text is meant for that person."""


class SourceError(ArchiveError):
    """A file of the archive is not a readable document."""

    def __init__(self, path: Path, reason: str, *, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        place = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{place}: {reason}")


class IndexMissingError(ArchiveError):
    """There is no index where one was looked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"no index at '{path}'; make one with: delo index --index '{path}' FOLDER-OR-FILE")


class IndexBusyError(ArchiveError):
    """Another process holds the index's writing lock."""


class IndexStaleError(ArchiveError):
    """The index was made by another version of Delo, or with another embedding model."""


class IndexDamagedError(ArchiveError):
    """A store of the index is missing, cut short or unreadable."""


class StorageError(ArchiveError):
    """The disk would not take what had to be written; the published index is untouched."""


class ModelError(ArchiveError):
    """An embedding model is absent, cannot be loaded, or answered nonsense."""


def is_panic(error: BaseException) -> bool:
    """Whether an engine written in Rust gave up; its error is no Exception, and has no name to import."""
    return type(error).__name__ == "PanicException"
