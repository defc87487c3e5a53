"""Indexes of our own evaluation set."""

import shutil
from pathlib import Path

import pytest

import eval as package
from index.build import update

SETS = Path(package.__file__).parent / "sets"


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
