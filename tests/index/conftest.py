"""A small archive, indexed once; tests that change it get a copy."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import EmbedderSettings, Index, update
from index.embed import Usem3
from tests.records import ARCHIVE, write_all


@dataclass(frozen=True)
class Place:
    """An archive, and the index that was made from it."""

    archive: Path
    home: Path

    def update(self, **settings):
        return update(self.home, [self.archive], **settings)

    def held(self):
        """Ids of the documents that a reader finds."""
        with Index.open(self.home) as index:
            return {held.document_id for held in index.catalogue.held()}

    def generation(self):
        return self.home / "generations" / (self.home / "CURRENT").read_text().strip()


@pytest.fixture(scope="session")
def model():
    """The default model, its weights loaded once."""
    return Usem3(EmbedderSettings())


@pytest.fixture(scope="session")
def _kept(tmp_path_factory, sample):
    """The archive and its index. The archive is indexed through a link, whose name the catalogue remembers."""
    folder = tmp_path_factory.mktemp("kept")
    write_all(folder / "records", ARCHIVE)
    shutil.copy(sample, folder / "records")
    (folder / "archive").symlink_to(folder / "records")
    update(folder / "index", [folder / "archive"])
    return folder


@pytest.fixture(scope="session")
def built(_kept):
    """The archive and its index, to be read."""
    return Place(_kept / "archive", _kept / "index")


@pytest.fixture(scope="session")
def opened(built):
    """The index, open for reading."""
    with Index.open(built.home) as index:
        yield index


@pytest.fixture
def place(_kept, tmp_path):
    """A copy of the archive and its index, to be changed: the link that the catalogue remembers leads to it."""
    shutil.copytree(_kept / "records", tmp_path / "records")
    shutil.copytree(_kept / "index", tmp_path / "index")
    _lead(_kept / "archive", tmp_path / "records")
    yield Place(_kept / "archive", tmp_path / "index")
    _lead(_kept / "archive", _kept / "records")


def _lead(link: Path, folder: Path) -> None:
    fresh = link.with_name("archive.new")
    fresh.symlink_to(folder)
    os.replace(fresh, link)


@pytest.fixture
def empty(tmp_path):
    """An empty archive folder, and a place for its index."""
    (tmp_path / "archive").mkdir()
    return Place(tmp_path / "archive", tmp_path / "index")
