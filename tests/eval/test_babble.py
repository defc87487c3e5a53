"""Babble is an index like any other: sound, aligned, and every word of it is found."""

import pytest

from eval.babble import SENTENCES, write_babble
from index.check import check
from index.store import Index
from rag.counterpart import Counterparts
from rag.quote import locate_quotation


def test_an_index_of_babble_is_sound_and_what_it_holds_is_found(tmp_path):
    write_babble(tmp_path / "index", 300)
    assert check(tmp_path / "index").sound
    with Index.open(tmp_path / "index") as index:
        document = index.catalogue.document("600001")
        beads = index.catalogue.beads(document)
        words = document.texts["en"].split()[100:120]
        located = locate_quotation(index, Counterparts(index.catalogue), " ".join(words))
    assert len(beads) == SENTENCES
    assert located.verdict == "exact"
    assert {stand.document.id for stand in located.stands} == {document.id}
    assert located.stands[0].parallel.language == "ru"


@pytest.mark.slow
def test_the_same_seed_gives_the_same_babble(tmp_path):
    texts = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_babble(tmp_path / name, 100, seed=seed)
        with Index.open(tmp_path / name) as index:
            texts.append(index.catalogue.document("600000").texts)
    assert texts[0] == texts[1] != texts[2]
