"""The folder that records of answers are kept in: a file for each, named by its address."""

import json
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import StorageError
from index.whole import write_whole
from rag.errors import RecordError
from rag.saved import DIGITS, SCHEMA, address

MOST_BYTES = 50_000_000  # of a record; a large one has a tenth of a million
_ADDRESS = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


class Records:
    """The records in one folder, which is made when the first is kept; safe to use from several processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ready(self) -> "Records":
        """Itself, once its folder is there and takes files, so that nothing is asked in vain.

        Raises: StorageError.
        """
        with _refusals(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                return self

    def keep(self, record: Mapping[str, Any]) -> str:
        """Keep a record wholly or not at all; gives its address. A whole one that is there already stays as it is.

        Raises: StorageError if the folder or the disk refuses.
        """
        told = str(record["address"])
        path = self.path(told)
        if path.is_file() and _is_whole(path):
            return told
        with _refusals(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        return told

    def read(self, told: str) -> dict[str, Any]:
        """The record of this address.

        Raises: RecordError if it is no address, if there is no such record here, or if it is damaged.
        """
        path = self.path(told)
        if not path.is_file():
            raise RecordError(
                f"no record {told!r} in '{self.folder}'; give the address that delo ask --record told, and its folder"
            )
        record = read_record(path)
        if record["address"] != told:
            raise RecordError(f"'{path}' holds another record, {record['address']}; it was renamed by hand: name it so")
        return record

    def path(self, told: str) -> Path:
        """The file of a record.

        Raises: RecordError if `told` is no address.
        """
        if not is_address(told):
            raise RecordError(f"{told!r} is not the address of a record, which has {DIGITS} digits, 0 to 9 and a to f")
        return self.folder / f"{told}.json"


def is_address(told: str) -> bool:
    """Whether words have the form of the address of a record."""
    return _ADDRESS.fullmatch(told) is not None


def read_record(path: Path) -> dict[str, Any]:
    """The record in a file, as it was kept.

    Raises: RecordError if there is none, or what is there is no record or was changed since.
    """
    try:
        plain = json.loads(_content(path).decode("utf-8-sig"))
    except OSError as error:
        raise RecordError(f"cannot read '{path}': {error.strerror or error}; name the file of a record") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"'{path}' is no record of an answer, or was cut short: it is not JSON ({error})") from error
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        found = plain.get("schema") if isinstance(plain, dict) else type(plain).__name__
        raise RecordError(f"'{path}' is no record of an answer: expected {SCHEMA!r}, found {found!r}")
    if (holds := address(plain)) != plain.get("address"):
        raise RecordError(
            f"'{path}' was changed since it was kept: its address says {plain.get('address')!r}, and what it holds "
            f"{holds!r}; take it from a copy"
        )
    return plain


def _content(path: Path) -> bytes:
    """What is in a file; a pipe or a device is none, and would never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise RecordError(f"'{path}' is no file; name the file of a record")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise RecordError(f"'{path}' is too large for a record: more than {MOST_BYTES // 1_000_000} MB")
    return content


def _is_whole(path: Path) -> bool:
    try:
        read_record(path)
    except RecordError:
        return False
    return True


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """The operating system's refusals as StorageError."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"cannot keep records in '{folder}': {error.strerror or error}; name a folder that can be written, and has "
            "space, with --record"
        ) from error
