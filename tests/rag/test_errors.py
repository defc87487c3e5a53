import inspect

import pytest

from index.errors import ArchiveError
from rag import errors

OURS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", OURS)
def test_every_error_is_caught_by_the_one_name_and_tells_what_it_was_given(kind):
    with pytest.raises(ArchiveError, match=r"^what is wrong$"):
        raise kind("what is wrong")
