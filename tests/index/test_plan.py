"""What an update has to do, told from paths and hashes alone."""

import os
import shutil

import pytest

from index.catalogue import Held
from index.plan import plan_update
from index.sources import SourceFile, Sources


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def plan(archive):
    """The plan for files of these names and contents, given what is held: id, name, content."""

    def make(files, held):
        shutil.rmtree(archive, ignore_errors=True)
        archive.mkdir()
        for name, content in files.items():
            (archive / name).write_text(content)
        found = Sources((archive,), [SourceFile(archive / name, content) for name, content in sorted(files.items())])
        return plan_update(found, [Held(id_, os.path.abspath(archive / name), sha256) for id_, name, sha256 in held])

    return make


def fresh(plan):
    return [file.path.name for file in plan.fresh]


def moved(plan):
    return {document_id: file.path.name for document_id, file in plan.moved}


def test_a_file_that_is_as_it_was_is_not_read(plan):
    made = plan({"a": "1"}, [("A", "a", "1")])
    assert (fresh(made), made.moved, made.gone, made.unchanged) == ([], (), (), 1)


def test_a_new_file_and_a_changed_one_are_read(plan):
    made = plan({"a": "2", "b": "3"}, [("A", "a", "1")])
    assert (fresh(made), made.moved, made.gone, made.unchanged) == (["a", "b"], (), (), 0)
    assert [held.document_id for held in made.staying] == ["A"]


def test_a_document_whose_file_is_gone_goes(plan):
    made = plan({"b": "2"}, [("A", "a", "1"), ("B", "b", "2")])
    assert made.gone == ("A",)
    assert [held.document_id for held in made.staying] == ["B"]


def test_a_document_whose_file_lay_elsewhere_stays(plan, archive):
    (archive.parent / "elsewhere.txt").write_text("1")
    made = plan({"b": "2"}, [("A", "../elsewhere.txt", "1"), ("C", "../gone.txt", "3")])
    assert made.gone == ()


def test_a_renamed_file_moves_its_document(plan, archive):
    made = plan({"b": "1"}, [("A", "a", "1")])
    assert (fresh(made), moved(made), made.gone) == ([], {"A": "b"}, ())
    assert made.staying == (Held("A", str(archive / "b"), "1"),)


def test_files_that_change_places_move_their_documents(plan):
    made = plan({"a": "2", "b": "1"}, [("A", "a", "1"), ("B", "b", "2")])
    assert (fresh(made), moved(made), made.gone, made.unchanged) == ([], {"A": "b", "B": "a"}, (), 0)


def test_files_that_move_up_to_make_room_are_not_read_again(plan):
    made = plan({"1": "new", "2": "a", "3": "b"}, [("A", "1", "a"), ("B", "2", "b")])
    assert (fresh(made), moved(made), made.gone) == (["1"], {"A": "2", "B": "3"}, ())


def test_a_copy_of_a_file_that_is_still_there_moves_nothing(plan):
    made = plan({"a": "1", "b": "1"}, [("A", "a", "1")])
    assert (fresh(made), made.moved, made.gone, made.unchanged) == (["b"], (), (), 1)


def test_two_documents_of_the_same_bytes_go_and_move_one_by_one(plan):
    held = [("A", "a", "1"), ("B", "b", "1"), ("C", "c", "1")]
    assert plan({}, held).gone == ("A", "B", "C")
    made = plan({"d": "1"}, held)
    assert len(made.moved) == 1
    assert len(made.gone) == 2


def test_an_id_that_is_its_files_name_does_not_go_with_a_file_of_another_name(plan):
    made = plan({"b.txt": "1"}, [("a", "a.txt", "1")])
    assert (fresh(made), made.moved, made.gone) == (["b.txt"], (), ("a",))


def test_an_id_that_is_its_files_name_goes_with_it_to_another_folder(plan, archive):
    made = plan({"a.txt": "1"}, [("a", "../old/a.txt", "1")])
    assert moved(made) == {"a": "a.txt"}
