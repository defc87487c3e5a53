"""The sample document as a source; the small archive, indexed once for all tests of eval."""

import pytest

from eval.sourcefiles import read_sources
from index.build import update
from tests.small_archive import write_archive


@pytest.fixture(scope="session")
def held(sample):
    return read_sources(sample.parent)


@pytest.fixture(scope="session")
def document(held):
    return held.get("112133")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A folder with the small archive in `archive`, and its index in `index`."""
    folder = tmp_path_factory.mktemp("eval")
    update(folder / "index", [write_archive(folder / "archive")])
    return folder
