"""Readers and their passwords, in a file of the form that htpasswd writes: `name:$2b$12$...`, a line for each.

bcrypt is imported here and nowhere else. It reads 72 bytes of a password and no more; so a longer one is refused.
"""

import os
import re
import sys
import unicodedata
from pathlib import Path
from threading import BoundedSemaphore, Lock

from index.errors import ArchiveError, SourceError

LONGEST = 72  # bytes of UTF-8 that bcrypt reads of a password
_COST = 12  # a quarter of a second on one core; htpasswd -B takes 5, unless told otherwise
_HIGHEST_COST = 15  # some seconds
_HASH = re.compile(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}")
_LONGEST_NAME = 64  # characters
_AT_ONCE = max(1, (os.cpu_count() or 1) // 2)  # passwords looked at at the same time; half the cores stay for reading
_WAITING = 8  # more who wait for that are sent away


class BadPasswordError(ArchiveError):
    """A password, or a name, that cannot be kept."""


class TooManyAtTheDoor(ArchiveError):  # noqa: N818 - a state, told as it stands
    """So many passwords wait to be looked at that another must not."""


def line(name: str, password: str) -> str:
    """The line of a reader for the file.

    Raises: BadPasswordError.
    """
    import bcrypt

    name = plain(name)
    if not _is_name(name):
        raise BadPasswordError(
            f"{name!r} cannot be a reader's name: it needs 1 to {_LONGEST_NAME} characters, no colon, no # at its "
            "beginning, and nothing that cannot be printed"
        )
    told = plain(password)
    if not told or not told.isprintable():
        raise BadPasswordError("the password is empty, or holds what cannot be typed; choose another")
    if (size := len(told.encode())) > LONGEST:
        raise BadPasswordError(
            f"the password has {size} bytes in UTF-8 (a Cyrillic letter has two), and bcrypt reads only the first "
            f"{LONGEST}; choose a shorter one"
        )
    return f"{name}:{bcrypt.hashpw(told.encode(), bcrypt.gensalt(_COST)).decode()}"


class Readers:
    """Those who may read, as their file names them; it is read again when it was changed. Safe to use from threads.

    Raises: SourceError if the file is malformed, ArchiveError if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = _state(path)
        self._hashes, self._decoy = _read(path)
        self._slots = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._waiting = 0

    def hash_of(self, name: str) -> str:
        """What the file has of the password of `name`; empty, if there is no such reader (any more)."""
        self._read_again()
        return self._hashes.get(plain(name), "")

    def matches(self, name: str, password: str) -> bool:
        """Whether this is the password of `name`; that takes as long for an unknown name. Works for a while.

        Raises: TooManyAtTheDoor.
        """
        import bcrypt

        kept = self.hash_of(name)
        told = plain(password).encode("utf-8", "replace")
        with self._lock:
            if self._waiting >= _AT_ONCE + _WAITING:
                raise TooManyAtTheDoor("too many people are logging in; try again in a few seconds")
            self._waiting += 1
        try:
            with self._slots:
                right = bcrypt.checkpw(told[:LONGEST], (kept or self._decoy).encode())
        finally:
            with self._lock:
                self._waiting -= 1
        return right and bool(kept) and len(told) <= LONGEST

    def _read_again(self) -> None:
        """Read the file if it was changed; while there is no sound one, what it said before holds."""
        with self._lock:
            state = _state(self._path)
            if state in {None, self._seen}:
                return
            self._seen = state
            try:
                self._hashes, self._decoy = _read(self._path)
            except ArchiveError as error:
                sys.stderr.write(f"delo: {error}; the readers stay as they were\n")


def _read(path: Path) -> tuple[dict[str, str], str]:
    """The hashes of a file by name, and one that is none of them and takes as long as the slowest."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SourceError(path, f"is not UTF-8 text: {error.reason}; save it as UTF-8") from error
    except OSError as error:
        raise ArchiveError(
            f"the readers' file '{path}' cannot be read: {error.strerror}; make it with: delo password NAME > FILE"
        ) from error
    hashes: dict[str, str] = {}
    for number, told in enumerate(lines, 1):
        if told.strip() and not told.startswith("#"):
            name, kept = _parsed(path, number, told.strip())
            if name in hashes:
                raise SourceError(path, f"{name!r} is here a second time; keep one of the two lines", line=number)
            hashes[name] = kept
    if not hashes:
        raise SourceError(path, "names no reader; add a line with: delo password NAME >> FILE")
    slowest = max(hashes.values(), key=_cost)
    return hashes, slowest[:7] + "." * 53


def _parsed(path: Path, number: int, told: str) -> tuple[str, str]:
    name, _, kept = told.partition(":")
    found = _HASH.fullmatch(kept)
    if not _is_name(plain(name)) or found is None:
        raise SourceError(
            path,
            "is not a name, a colon and a password hashed by bcrypt; make the line with: delo password NAME",
            line=number,
        )
    if not 4 <= int(found[1]) <= _HIGHEST_COST:
        raise SourceError(path, f"the cost {found[1]} is not between 04 and {_HIGHEST_COST}", line=number)
    return plain(name), kept


def _cost(kept: str) -> str:
    return kept[4:6]


def _is_name(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME and ":" not in name and name[0] != "#" and name.isprintable()


def plain(told: str) -> str:
    """What was typed, however a keyboard puts its letters together."""
    return unicodedata.normalize("NFC", told)


def _state(path: Path) -> tuple[int, ...] | None:
    """What of a file changes when it does; None, if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
