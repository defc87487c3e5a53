"""The sample document as a source."""

import pytest

from eval.sourcefiles import read_sources


@pytest.fixture(scope="session")
def held(sample):
    return read_sources(sample.parent)


@pytest.fixture(scope="session")
def document(held):
    return held.get("112133")
