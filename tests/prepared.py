"""Indexes that many tests read, made once for all processes of a run; each process reads a copy of its own."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import portalocker
import pytest

from index.build import update
from tests.records import ARCHIVE, write_all
from tests.small_archive import SAMPLE, write_archive

SECONDS = 120  # that another process may take to make one


def small_archive(factory: pytest.TempPathFactory) -> Path:
    """The folder of the small archive; it is everybody's, so nothing may change it."""
    return _prepared(factory, "small", _make_small) / "archive"


def small_index(factory: pytest.TempPathFactory) -> Path:
    """An index of the small archive."""
    return _copied(factory, _prepared(factory, "small", _make_small))


def sample_index(factory: pytest.TempPathFactory) -> Path:
    """An index of the sample alone."""
    return _copied(factory, _prepared(factory, "sample", lambda folder: update(folder / "index", [SAMPLE])))


def records_index(factory: pytest.TempPathFactory) -> Path:
    """An index of the invented records, ARCHIVE."""
    return _copied(factory, _prepared(factory, "records", _make_records))


def _make_records(folder: Path) -> None:
    update(folder / "index", [write_all(folder / "archive", ARCHIVE)])


def _make_small(folder: Path) -> None:
    update(folder / "index", [write_archive(folder / "archive")])


def _copied(factory: pytest.TempPathFactory, folder: Path) -> Path:
    return shutil.copytree(folder / "index", factory.mktemp(folder.name) / "index")


def _prepared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that only the first to ask for it makes."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = root / f"prepared-{name}", root / f"prepared-{name}.done"
    with portalocker.Lock(root / f"prepared-{name}.lock", timeout=SECONDS):
        if not done.exists():
            make(folder)
            done.touch()
    return folder
