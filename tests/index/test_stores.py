"""The three stores of a generation are written and compared as one."""

import pytest

from index.embed import measure_scale
from index.errors import IndexDamagedError
from index.passage import passages_of
from index.read import read
from index.stores import Stores, differences
from tests.records import ARCHIVE


@pytest.fixture(scope="module")
def embedded(model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("read")
    documents = [read(folder / f"{r.number}.txt", r.text.encode(), "0").document for r in ARCHIVE]
    return list(passages_of(documents, model, measure_scale(model)))


@pytest.fixture
def stores(tmp_path, embedded):
    with Stores(tmp_path) as made:
        made.add(embedded)
    return tmp_path


def compared(folder):
    with Stores(folder) as opened:
        return differences(opened.catalogue, opened.vectors, opened.lexical)


def test_stores_that_were_filled_together_agree(stores):
    assert compared(stores) == {}


def test_a_document_struck_out_is_struck_out_everywhere(stores):
    with Stores(stores) as opened:
        opened.remove("700001")
        opened.remove("no such")
    assert compared(stores) == {}
    with Stores(stores) as opened:
        assert opened.catalogue.counts()["documents"] == len(ARCHIVE) - 1
        assert not any(id_.startswith("700001") for id_ in [*opened.lexical.ids(), *opened.vectors.ids("en")])


def test_a_document_struck_out_and_entered_again_is_there_once(stores, embedded):
    with Stores(stores) as opened:
        opened.remove(embedded[0].document.id)
        opened.add(embedded[:1])
    assert compared(stores) == {}


def test_passages_that_a_derived_store_lacks_are_counted(stores):
    with Stores(stores) as opened:
        opened.vectors.remove(["700001:0001"])
        opened.lexical.remove("700003")
    assert compared(stores) == {
        "vectors": "2 passages of the catalogue are missing from it, 0 are in it that should not be",
        "lexical": "2 passages of the catalogue are missing from it, 0 are in it that should not be",
    }


def test_passages_that_a_derived_store_should_not_have_are_counted(stores, embedded):
    with Stores(stores) as opened:
        opened.catalogue.remove("700005")
        opened.add_words([embedded[0].passages[0].passage])
    assert compared(stores) == {
        "vectors": "0 passages of the catalogue are missing from it, 2 are in it that should not be",
        "lexical": "0 passages of the catalogue are missing from it, 3 are in it that should not be",
    }


def test_all_stores_are_closed_even_if_one_refuses(tmp_path, embedded):
    """Chroma would give a client that is left open to the next who opens the same path."""
    stores = Stores(tmp_path)
    stores.add(embedded)
    stores.catalogue.close()
    with pytest.raises(IndexDamagedError, match="Cannot operate on a closed database"):
        stores.__exit__(None, None, None)
    assert compared(tmp_path) == {}
