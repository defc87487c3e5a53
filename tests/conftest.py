"""What every folder of tests shares."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("delo", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=2000)  # --hypothesis-profile=explore
settings.load_profile("delo")


@pytest.fixture(scope="session")
def sample() -> Path:
    """The document that Delo was made for."""
    return Path(__file__).parent.parent / "index" / "sample" / "archive" / "112133.txt"
