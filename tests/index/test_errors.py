"""One name catches everything that is shown to a person."""

import inspect
from pathlib import Path

import pytest

from index import errors
from index.errors import ArchiveError, IndexMissingError, SourceError, is_panic


def test_every_error_is_an_archive_error_and_stands_in_the_drawn_tree():
    found = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    assert len(found) == 8
    assert all(issubclass(kind, ArchiveError) for kind in found)
    assert all(kind.__name__ in errors.__doc__ for kind in found)


@pytest.mark.parametrize(
    ("line", "told"), [(7, "/a/b.txt, line 7: why"), (None, "/a/b.txt: why")], ids=["line", "none"]
)
def test_a_source_error_says_where_and_why(line, told):
    error = SourceError(Path("/a/b.txt"), "why", line=line)
    assert (str(error), error.path, error.line, error.reason) == (told, Path("/a/b.txt"), line, "why")


def test_a_missing_index_says_how_to_make_one():
    assert str(IndexMissingError(Path("x"))) == "no index at 'x'; make one with: delo index --index 'x' FOLDER-OR-FILE"


def test_an_ordinary_error_is_no_panic():
    assert not is_panic(ValueError("x"))
    assert not is_panic(KeyboardInterrupt())
