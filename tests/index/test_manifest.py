"""The manifest says what a generation was made of, and refuses one that cannot be served."""

import json
import shutil
from dataclasses import replace

import pytest

from index.errors import IndexDamagedError, IndexStaleError
from index.manifest import FORMAT, NAME, altered, cut_short, load, refuse_damage


@pytest.fixture
def folder(built, tmp_path):
    """A copy of the published generation, at the same depth as in an index."""
    return shutil.copytree(built.generation(), tmp_path / "index" / "generations" / "000001")


@pytest.fixture
def manifest(folder):
    return load(folder)


def spoil(folder, change):
    plain = json.loads((folder / NAME).read_text())
    change(plain)
    (folder / NAME).write_text(json.dumps(plain))


def test_what_was_saved_is_loaded(folder, manifest):
    assert manifest.counts["documents"] == 6
    assert manifest.counts["passages"] >= manifest.counts["passages_en"] > manifest.counts["passages_ru"] > 8
    assert manifest.model.dimension == 512
    assert manifest.model.settings.name == "usem3"
    assert manifest.engines["chromadb"][0].isdigit()
    (folder / NAME).unlink()
    replace(manifest, rejected=(("a", "b"),)).save(folder)
    assert load(folder) == replace(manifest, rejected=(("a", "b"),))


def test_every_file_of_the_stores_is_measured(folder, manifest):
    stores = {name.split("/")[0] for name in manifest.files}
    assert stores == {"catalogue.sqlite", "vectors", "lexical"}
    assert cut_short(folder, manifest) == altered(folder, manifest) == []
    refuse_damage(folder, manifest, thoroughly=True)


@pytest.mark.parametrize("field", ["format", "analysis"])
def test_an_index_of_another_version_is_refused_with_what_to_do(folder, field):
    spoil(folder, lambda plain: plain.update({field: 99}))
    with pytest.raises(IndexStaleError, match=rf"format .*99.*, this Delo reads {FORMAT}\.\d+; .* --rebuild"):
        load(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.pop("format"),
        lambda plain: plain.pop("counts"),
        lambda plain: plain.update(model=None),
        lambda plain: plain.update(files=["x"]),
        lambda plain: plain.update(files={"x": 1}),
        lambda plain: plain["model"].update(scale={"unrelated": 0.1}),
        lambda plain: plain.update(surplus=1),
    ],
    ids=["no format", "no counts", "no model", "files in a list", "a file without hash", "half a scale", "surplus"],
)
def test_a_manifest_with_a_part_missing_is_damaged(folder, change):
    spoil(folder, change)
    with pytest.raises(IndexDamagedError, match=r"the manifest at .* cannot be read: .*; make the index anew"):
        load(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1, "ana'])
def test_a_manifest_that_is_cut_or_garbled_is_damaged(folder, content):
    (folder / NAME).write_bytes(content)
    with pytest.raises(IndexDamagedError, match="the manifest at"):
        load(folder)


def test_a_missing_manifest_is_damage(folder):
    (folder / NAME).unlink()
    with pytest.raises(IndexDamagedError, match="No such file"):
        load(folder)


def test_a_lost_and_a_cut_file_are_named(folder, manifest):
    (folder / "lexical" / "meta.json").unlink()
    database = folder / "vectors" / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:-1])
    assert set(cut_short(folder, manifest)) == {"lexical/meta.json", "vectors/chroma.sqlite3"}
    with pytest.raises(IndexDamagedError, match=r"meta\.json.*chroma\.sqlite3|chroma.*meta; mend it with: delo check"):
        refuse_damage(folder, manifest)


def test_a_lost_catalogue_cannot_be_mended_from_the_other_stores(folder, manifest):
    (folder / "catalogue.sqlite").unlink()
    with pytest.raises(IndexDamagedError, match="--rebuild FOLDER-OR-FILE .the catalogue cannot be made"):
        refuse_damage(folder, manifest)


def test_a_changed_byte_is_found_by_a_thorough_look_alone(folder, manifest):
    catalogue = bytearray((folder / "catalogue.sqlite").read_bytes())
    catalogue[-1] ^= 1
    (folder / "catalogue.sqlite").write_bytes(catalogue)
    refuse_damage(folder, manifest)
    assert altered(folder, manifest) == ["catalogue.sqlite"]
    with pytest.raises(IndexDamagedError, match=r"changed: catalogue\.sqlite"):
        refuse_damage(folder, manifest, thoroughly=True)
