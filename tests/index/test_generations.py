"""One writer at a time, readers of what is published, and one atomic step between."""

import os
import shutil

import pytest

from index.build import update
from index.errors import IndexBusyError, IndexDamagedError, IndexMissingError, StorageError
from index.generations import Generations
from index.store import Index
from tests.processes import another_writer
from tests.records import BRIDGE, WEATHER


@pytest.fixture
def generations(tmp_path):
    return Generations(tmp_path / "index")


def publish(generations, content="x"):
    """Write and publish a generation that is one file."""
    with generations.writing():
        folder = generations.begin()
        (folder / "file").write_text(content)
        generations.publish(folder)
    return folder.name


def names(generations):
    return sorted(path.name for path in (generations.home / "generations").iterdir())


def test_nothing_is_published_at_first(generations):
    assert generations.current() is None
    with pytest.raises(IndexMissingError, match="no index at .*; make one with: delo index"):
        generations.read()


def test_what_is_published_is_read(generations):
    name = publish(generations)
    held, handle = generations.read()
    with handle:
        assert held == name == generations.current()
        assert (generations.path(name) / "file").read_text() == "x"


def test_the_next_generation_takes_the_place_of_the_last(generations):
    names_given = [publish(generations) for _ in range(3)]
    assert names_given == sorted(set(names_given))
    assert names(generations) == names_given[-1:]


def test_a_generation_that_is_not_published_is_cleared_away(generations):
    name = publish(generations)
    with generations.writing():
        (generations.begin() / "half").write_text("x")
    assert names(generations) == [name]


def test_a_generation_whose_making_failed_is_cleared_away_at_once(generations):
    name = publish(generations)

    def fail():
        with generations.writing():
            generations.begin()
            raise KeyboardInterrupt("stopped")

    with pytest.raises(KeyboardInterrupt, match="stopped"):
        fail()
    assert names(generations) == [name]


def test_stores_are_copied_into_the_next_generation(generations):
    first = publish(generations)
    store = generations.path(first) / "store"
    (store / "deep").mkdir(parents=True)
    (store / "deep" / "a").write_text("a")
    (store / ".tantivy.lock").write_text("")
    with generations.writing():
        folder = generations.begin(("store", "file"))
        assert (folder / "store" / "deep" / "a").read_text() == "a"
        assert not (folder / "store" / ".tantivy.lock").exists()
        assert (folder / "file").read_text() == "x"


class TestReaders:
    def test_a_generation_is_kept_while_somebody_reads_it(self, generations):
        old = publish(generations, "old")
        _, handle = generations.read()
        new = publish(generations, "new")
        assert names(generations) == [old, new]
        assert (generations.path(old) / "file").read_text() == "old"
        handle.close()
        newest = publish(generations)
        assert names(generations) == [newest]

    def test_several_may_read(self, generations):
        publish(generations)
        handles = [generations.read()[1] for _ in range(5)]
        for handle in handles:
            handle.close()

    def test_an_open_index_stays_as_it_is_and_notices_a_newer_one(self, place):
        with Index.open(place.home) as reader:
            before = [held.document_id for held in reader.catalogue.held()]
            assert reader.is_current()
            (place.archive / "700001.txt").unlink()
            place.update()
            assert not reader.is_current()
            assert [held.document_id for held in reader.catalogue.held()] == before
            assert reader.lexical.search("en", ["bridg"], 5)
            assert any(id_.startswith("700001") for id_ in reader.vectors.ids("ru"))
            with Index.open(place.home) as newer:
                assert newer.is_current()
                assert "700001" not in {held.document_id for held in newer.catalogue.held()}
                assert not any(id_.startswith("700001") for id_ in newer.vectors.ids("ru"))
        (place.archive / "700002.txt").unlink()
        place.update()
        assert len(names(Generations(place.home))) == 1

    def test_a_lost_lock_file_is_damage_that_the_next_writer_mends(self, generations):
        name = publish(generations)
        (generations.path(name) / "readers").unlink()
        with pytest.raises(
            IndexDamagedError, match="readers' is missing or cannot be locked; mend it with: delo check"
        ):
            generations.read()
        with generations.writing():
            pass
        generations.read()[1].close()


class TestWriters:
    def test_a_second_writer_is_refused_by_name_and_changes_nothing(self, place):
        WEATHER.write(place.archive, "700009.txt")
        before = place.held()
        with another_writer(place.home) as process:
            with pytest.raises(IndexBusyError, match=f"is being written by process {process}; wait until it is done"):
                place.update()
            assert place.held() == before
        place.update()

    def test_a_second_writer_in_the_same_process_is_refused(self, generations):
        with (
            generations.writing(),
            pytest.raises(IndexBusyError, match=f"process {os.getpid()}"),
            Generations(generations.home).writing(),
        ):
            pass

    def test_a_reader_is_not_kept_waiting_by_a_writer(self, place):
        with another_writer(place.home):
            assert "112133" in place.held()


class TestCurrent:
    @pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"..", b".", b"/etc", b"999999", b"manifest.json"])
    def test_a_garbled_one_names_no_index(self, generations, content):
        publish(generations)
        (generations.home / "CURRENT").write_bytes(content)
        with pytest.raises(IndexMissingError, match="no index at"):
            generations.read()

    def test_a_lost_generation_is_no_index(self, generations):
        shutil.rmtree(generations.path(publish(generations)))
        with pytest.raises(IndexMissingError, match="no index at"):
            generations.read()

    def test_after_a_lost_one_the_index_can_be_made_anew(self, empty):
        BRIDGE.write(empty.archive)
        empty.update()
        (empty.home / "CURRENT").unlink()
        assert update(empty.home, [empty.archive]).added == ["700001"]
        assert len(names(Generations(empty.home))) == 1


def test_a_file_where_the_index_should_be_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(StorageError, match="cannot use .*; give it space and rights, or choose another --index folder"),
        Generations(tmp_path / "file").writing(),
    ):
        pass
    with pytest.raises(IndexMissingError, match="no index at"):
        Index.open(tmp_path / "file")
