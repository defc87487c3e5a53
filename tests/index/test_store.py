"""An index is opened for reading, or refused with what to do."""

import json

import numpy as np
import pytest

from index import EmbedderSettings, Index
from index.errors import IndexDamagedError, IndexMissingError, IndexStaleError


def test_no_index_is_refused_with_how_to_make_one(tmp_path):
    with pytest.raises(IndexMissingError, match=r"no index at '.*/none'; make one with: delo index --index '.*/none'"):
        Index.open(tmp_path / "none")


def test_every_store_can_be_read(opened):
    document = opened.catalogue.document("112133")
    passages = opened.catalogue.passages(document)
    assert {p.id for p in passages if "ru" in p.spans} <= opened.vectors.ids("ru")
    assert {p.id for p in passages} <= set(opened.lexical.ids())
    assert opened.is_current()
    assert opened.scale.bilingual


def test_a_question_in_one_language_finds_the_passage_in_the_other(opened):
    (question,) = opened.embedder.questions(["When did trains begin to cross the bridge?"])
    assert opened.vectors.search("ru", question, 1)[0][0].startswith("700001:")
    assert opened.vectors.search("en", question, 1)[0][0].startswith("700001:")


def test_its_size_is_that_of_its_files(opened, built):
    on_disk = sum(f.stat().st_size for f in built.generation().rglob("*") if f.is_file() and f.name != "manifest.json")
    assert opened.size() == pytest.approx(on_disk, rel=0.1)


def test_opening_loads_no_engine(built):
    index = Index.open(built.home)
    assert not {"catalogue", "vectors", "lexical", "embedder"} & set(vars(index))
    index.close()


def test_a_closed_index_lets_go_of_its_generation(place):
    with Index.open(place.home) as index:
        index.catalogue.counts()
        index.lexical.ids()
        index.vectors.ids("en")
    old = place.generation()
    (place.archive / "700001.txt").unlink()
    place.update()
    assert not old.exists()


def test_an_index_of_another_version_is_refused(place):
    path = place.generation() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))
    with pytest.raises(
        IndexStaleError, match=r"has format 0.*, this Delo reads .*; make it anew with: delo index --rebuild"
    ):
        Index.open(place.home)


def test_an_index_is_opened_with_the_model_it_was_made_with(opened):
    assert opened.manifest.model.settings == EmbedderSettings()
    assert np.linalg.norm(opened.embedder.questions(["x"])) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("spoil", ["gone", "empty", "cut by a byte"])
def test_no_file_of_a_store_can_be_lost_or_cut_without_notice(place, spoil):
    generation = place.generation()
    files = [generation / name for name in json.loads((generation / "manifest.json").read_text())["files"]]
    assert {file.relative_to(generation).parts[0] for file in files} == {"catalogue.sqlite", "vectors", "lexical"}
    for file in files:
        content = file.read_bytes()
        if not content and spoil != "gone":
            continue
        file.unlink()
        if spoil != "gone":
            file.write_bytes(b"" if spoil == "empty" else content[:-1])
        with pytest.raises(
            IndexDamagedError, match=rf"missing, cut short or changed: .*{file.name}.*; mend it with: delo"
        ):
            Index.open(place.home)
        file.write_bytes(content)
    Index.open(place.home).close()
