"""Files that were checked and wait for their reader's word: beside the index, an hour long, seen by nobody else.

.delo/received/staged/<id>/sent.json       whose they are, and what they were called
.delo/received/staged/<id>/0, 1, 2 ...     their bytes
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import ArchiveError
from index.generations import storage
from index.received import received_folder
from ui.server.sorting import Refusal, Sorting

MOST_STAGED = 200_000_000  # bytes that may wait in all: ten times what one reader may send
SECONDS = 3600.0  # that they wait; nobody looks at a preview for longer
_LIST = "sent.json"
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class StagedFullError(ArchiveError):
    """Too many files wait to be added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A text that waits: its name as `shown` to its reader, a safe `name`, and where its bytes lie."""

    shown: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What one reader sent, checked: the texts that wait, and what was refused."""

    id: str
    folder: Path
    texts: tuple[Waiting, ...]
    refused: tuple[Refusal, ...]

    def discard(self) -> None:
        """Take them away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def stage(home: Path, owner: str, sorting: Sorting) -> str:
    """Keep what was sorted until its `owner` says what is to become of it; gives its id, which cannot be guessed.

    Raises: StagedFullError if too much waits already; StorageError if the disk refuses.
    """
    sweep(home)
    waiting = sum(map(_size, _folder(home).glob("*/*")))
    if waiting + sum(len(text.content) for text in sorting.texts) > MOST_STAGED:
        raise StagedFullError("too many files of other readers wait to be added; try again in an hour")
    id_ = secrets.token_urlsafe(16)
    folder = _folder(home) / id_
    try:
        with storage(folder):
            folder.mkdir(parents=True)
            for n, text in enumerate(sorting.texts):
                (folder / str(n)).write_bytes(text.content)
            _list(folder, owner, sorting)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return id_


def staged(home: Path, id_: str, owner: str) -> Staged | None:
    """What waits under this id, if it is there and is this `owner`'s."""
    folder = _folder(home) / id_
    if not _ID.fullmatch(id_) or _age(folder) > SECONDS:
        return None
    try:
        plain = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if plain["owner"] != owner:
        return None
    texts = (Waiting(shown=shown, name=name, path=folder / str(n)) for n, (shown, name) in enumerate(plain["texts"]))
    refused = tuple(Refusal(**refusal) for refusal in plain["refused"])
    return Staged(id=id_, folder=folder, texts=tuple(texts), refused=refused)


def sweep(home: Path) -> None:
    """Take away what has waited for too long."""
    for folder in _held(home):
        if _age(folder) > SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _list(folder: Path, owner: str, sorting: Sorting) -> None:
    plain = {
        "owner": owner,
        "texts": [(text.shown, text.name) for text in sorting.texts],
        "refused": [asdict(refusal) for refusal in sorting.refused],
    }
    (folder / _LIST).write_text(json.dumps(plain), encoding="utf-8")


def _folder(home: Path) -> Path:
    return received_folder(home).parent / "staged"


def _held(home: Path) -> Iterator[Path]:
    folder = _folder(home)
    return folder.iterdir() if folder.is_dir() else iter(())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # discarded meanwhile
        return 0


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0
