"""What a language model said before, by what it was asked: a file of JSON lines, so that a run can be repeated offline.

A line has `key`, `said`, and `model` for whoever reads it. Several processes may add to one file: a line is one write.
"""

import json
import os
from pathlib import Path
from threading import Lock

from eval.errors import RunError


class Recordings:
    """The answers in the file at `path`, which need not be there yet; safe to use from several threads.

    Lines that were cut short by a crash, or are not of this form, count as not recorded.

    Raises: RunError if the file cannot be read.
    """

    def __init__(self, path: Path, model: str) -> None:
        self._path, self._model = path, model
        self._lock = Lock()
        self._known: dict[str, str] = {}
        try:
            lines = path.read_bytes().split(b"\n") if path.exists() else []
        except OSError as error:
            raise RunError(f"the recorded answers in '{path}' cannot be read: {error}") from error
        self._torn = bool(lines and lines[-1])
        for line in lines:
            if (pair := _pair(line)) is not None:
                self._known[pair[0]] = pair[1]

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: str) -> str | None:
        """What was said to `key`; None if that is not recorded."""
        return self._known.get(key)

    def add(self, key: str, said: str) -> None:
        """Record an answer. Raises: RunError if the disk does not take it."""
        line = json.dumps({"key": key, "said": said, "model": self._model}, ensure_ascii=True) + "\n"
        with self._lock:
            self._known[key] = said
            try:
                self._write(("\n" if self._torn else "") + line)
            except OSError as error:
                raise RunError(f"an answer could not be recorded in '{self._path}': {error}") from error
            self._torn = False

    def _write(self, text: str) -> None:
        """One write at the end of the file, which no other process's write can come into."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)


def _pair(line: bytes) -> tuple[str, str] | None:
    try:
        plain = json.loads(line)
        key, said = plain["key"], plain["said"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return (key, said) if isinstance(key, str) and isinstance(said, str) else None
