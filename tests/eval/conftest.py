"""What the evaluation is tested on: the sample as a source, the small archive, our own set; each indexed once."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import eval as package
from eval.sourcefiles import read_sources
from index.build import update
from tests.prepared import small_archive, small_index

SETS = Path(package.__file__).parent / "sets"


@pytest.fixture(scope="session")
def held(sample):
    return read_sources(sample.parent)


@pytest.fixture(scope="session")
def document(held):
    return held.get("112133")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The small archive, a folder, and its index, `home`."""
    return SimpleNamespace(archive=small_archive(tmp_path_factory), home=small_index(tmp_path_factory))


@pytest.fixture(scope="session")
def own_report(tmp_path_factory, sample):
    """An index of our own documents and the sample, and the report of its making."""
    home = tmp_path_factory.mktemp("own")
    return home, update(home, [SETS / "archive", sample])


@pytest.fixture(scope="session")
def own_home(own_report):
    return own_report[0]


@pytest.fixture(scope="session")
def overlay_report(tmp_path_factory, own_home):
    """The same with the hostile documents over it."""
    home = tmp_path_factory.mktemp("overlay") / "index"
    shutil.copytree(own_home, home)
    return home, update(home, [SETS / "hostile"])
