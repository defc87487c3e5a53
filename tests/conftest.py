"""What every folder of tests shares."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow]  # how busy the machine is proves nothing
settings.register_profile(
    "delo", max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "explore", deadline=None, max_examples=2000, suppress_health_check=_SLOW
)  # --hypothesis-profile=explore
settings.load_profile("delo")


@pytest.fixture(scope="session")
def sample() -> Path:
    """The document that Delo was made for."""
    return Path(__file__).parent.parent / "index" / "sample" / "archive" / "112133.txt"
