"""A generation is published only if its stores agree."""

import shutil

import pytest

from index import manifest as manifests
from index.errors import ArchiveError, IndexDamagedError
from index.generations import Generations
from index.manifest import STORES
from index.seal import seal
from index.stores import Stores


def seal_changed(place, change):
    """Copy the published generation, change its stores, and seal the copy."""
    generations = Generations(place.home)
    card = manifests.load(place.generation()).model
    with generations.writing():
        folder = generations.begin(STORES)
        with Stores(folder) as stores:
            change(stores)
        seal(generations, folder, card, [("/a.txt", "why")], "0" * 64)
    return folder


def test_a_sealed_generation_is_served_with_its_manifest(place):
    before = manifests.load(place.generation())
    folder = seal_changed(place, lambda stores: stores.remove("700001"))
    manifest = manifests.load(place.generation())
    assert manifest.generation == folder.name == place.generation().name
    assert manifest.counts["documents"] == before.counts["documents"] - 1
    assert manifest.rejected == (("/a.txt", "why"),)
    assert manifests.cut_short(folder, manifest) == manifests.altered(folder, manifest) == []
    assert "700001" not in place.held()


def test_stores_that_disagree_are_not_published(place):
    before = place.generation(), place.held()
    with pytest.raises(
        IndexDamagedError, match=r"does not hold together and is not published: vectors: .*; run it again"
    ):
        seal_changed(place, lambda stores: stores.vectors.remove(["700001:0001"]))
    assert (place.generation(), place.held()) == before
    assert len(list((place.home / "generations").iterdir())) == 1


def test_an_index_without_a_document_is_not_published(place):
    before = place.held()
    with pytest.raises(ArchiveError, match="no document would be left in the index; it stays as it was"):
        seal_changed(place, lambda stores: [stores.remove(id_) for id_ in before])
    assert place.held() == before


def test_the_moved_folder_of_an_index_is_read_where_it_is(place, tmp_path):
    shutil.move(place.home, tmp_path / "elsewhere")
    moved = type(place)(place.archive, tmp_path / "elsewhere")
    assert "112133" in moved.held()
