"""The stores are compared with the manifest and the catalogue; a derived one is made anew from the catalogue."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from index import Index
from index.check import check, repair
from index.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from index.manifest import Manifest, load, measure_files
from index.vectors import VectorIndex
from tests.damage import cut, spoil


@pytest.fixture(scope="module")
def question(model):
    return model.questions(["a bridge over the river"])[0]


def by_meaning(home, question):
    with Index.open(home) as index:
        return {x: dict(index.vectors.search(x, question, 50)) for x in ("ru", "en")}


def by_words(home):
    with Index.open(home) as index:
        found = {x: sorted(index.lexical.search(x, ["bridg", "мост"], 50)) for x in ("ru", "en")}
        return found, sorted(index.lexical.ids())


def lose(place, pattern):
    (file,) = place.generation().glob(pattern)
    file.unlink() if file.is_file() else shutil.rmtree(file)


def test_a_sound_index_is_sound_and_repairing_it_does_nothing(place):
    before = place.generation()
    for report in (check(place.home), repair(place.home)):
        assert report.sound
        assert (report.faults, report.repaired, report.generation) == ({}, (), before.name)
    assert place.generation() == before


def test_it_stays_sound_after_being_read(place, question):
    by_meaning(place.home, question)
    by_words(place.home)
    assert check(place.home).sound


@pytest.mark.parametrize(
    ("damage", "stores"),
    [
        (lambda place: lose(place, "lexical"), {"lexical"}),
        (lambda place: lose(place, "lexical/meta.json"), {"lexical"}),
        (lambda place: cut(next(place.generation().glob("lexical/*.term"))), {"lexical"}),
        (lambda place: spoil(next(place.generation().glob("lexical/*.idx"))), {"lexical"}),
        (lambda place: cut(place.generation() / "vectors" / "chroma.sqlite3"), {"vectors"}),
        (lambda place: cut(next(place.generation().glob("vectors/*/data_level0.bin"))), {"vectors"}),
        (lambda place: [lose(place, store) for store in ("vectors", "lexical")], {"vectors", "lexical"}),
    ],
    ids=[
        "words lost", "a file of words lost", "words cut", "words spoilt", "the vectors' database cut",
        "vectors cut", "both lost",
    ],
)  # fmt: skip
def test_a_derived_store_is_made_anew_from_the_catalogue_and_answers_the_same(place, damage, stores, question):
    held = place.held()
    before = by_meaning(place.home, question), by_words(place.home)
    damage(place)
    assert set(check(place.home).faults) == stores
    assert not check(place.home).sound
    progress = []
    report = repair(place.home, lambda done, total: progress.append((done, total)))
    assert set(report.repaired) == stores
    assert report.sound
    assert progress[-1] == (6, 6)
    assert check(place.home).sound
    assert place.held() == held
    assert by_words(place.home) == before[1]
    assert by_meaning(place.home, question) == {x: pytest.approx(hits, abs=1e-4) for x, hits in before[0].items()}
    assert len(list((place.home / "generations").iterdir())) == 1


def test_a_vector_that_is_missing_is_found_and_restored(place):
    vectors = VectorIndex(place.generation() / "vectors")
    vectors.remove(["112133:0003"])
    vectors.close()
    fault = "2 passages of the catalogue are missing from it, 0 are in it that should not be"
    assert check(place.home).faults == {"vectors": [fault]}
    assert repair(place.home).repaired == ("vectors",)
    assert check(place.home).sound


@pytest.mark.parametrize("damage", [cut, spoil, lambda file: file.unlink()], ids=["cut", "spoilt", "lost"])
def test_a_damaged_catalogue_is_told_and_nothing_is_touched(place, damage):
    damage(place.generation() / "catalogue.sqlite")
    generation = place.generation()
    assert not check(place.home).sound
    assert set(check(place.home).faults) == {"catalogue.sqlite"}
    with pytest.raises(IndexDamagedError, match=r"the catalogue .* is damaged .*make the index anew .* --rebuild"):
        repair(place.home)
    (place.archive / "700001.txt").unlink()
    with pytest.raises(IndexDamagedError, match=r"catalogue|malformed"):
        place.update()
    assert place.generation() == generation


def test_a_lost_lock_file_is_mended(place):
    (place.generation() / "readers").unlink()
    with pytest.raises(IndexDamagedError, match="mend it with: delo check --repair"):
        check(place.home)
    assert repair(place.home).sound
    assert check(place.home).sound


def test_no_index_can_be_neither_checked_nor_repaired(tmp_path):
    for action in (check, repair):
        with pytest.raises(IndexMissingError, match="no index at"):
            action(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_index_of_another_version_is_refused(place):
    path = place.generation() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 999}))
    for action in (check, repair):
        with pytest.raises(IndexStaleError, match="format 999"):
            action(place.home)


def test_vectors_are_made_anew_without_their_model(place, tmp_path, question):
    """What they are made of is in the catalogue."""
    before = by_meaning(place.home, question)
    path = place.generation() / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["model"]["settings"]["name"] = str(tmp_path / "lost model")
    path.write_text(json.dumps(manifest))
    lose(place, "vectors")
    assert repair(place.home).repaired == ("vectors",)
    assert by_meaning(place.home, question) == {x: pytest.approx(hits, abs=1e-6) for x, hits in before.items()}


def test_a_side_of_a_passage_without_sentences_is_a_fault_of_the_catalogue(place):
    folder = place.generation()
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as changed, changed:
        changed.execute("DELETE FROM sentences WHERE passage = '112133:0003' AND language = 'ru'")
    Manifest.save(replace(load(folder), files=measure_files(folder)), folder)
    assert check(place.home).faults == {"catalogue.sqlite": ["1 sides of passages lack their sentences"]}
    with pytest.raises(IndexDamagedError, match="make the index anew from the archive's files"):
        repair(place.home)
