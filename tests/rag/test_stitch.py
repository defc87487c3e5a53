"""Quotations put together from several places."""

from hypothesis import given
from hypothesis import strategies as st

from index.wording import Wording
from rag.shortlist import Region
from rag.stitch import LEAST_FRAGMENT, stitch

ONE = Region("1", "en", 0, Wording.of("The army of the North is not prepared for an attack on the South this year."))
TWO = Region("2", "en", 0, Wording.of("Comrade Shtykov reported that rice for the winter will have to be imported."))
word_lists = st.lists(st.sampled_from(["a", "b", "c"]), max_size=14)


def parts(text, *regions):
    return [(f.first, f.last, f.region.document_id, f.at) for f in stitch(Wording.of(text), regions)]


def test_the_halves_are_found_each_in_its_place():
    quotation = "Comrade Shtykov reported that rice is not prepared for an attack"
    assert parts(quotation, ONE, TWO) == [(0, 5, "2", 0), (5, 11, "1", 5)]


def test_what_one_place_has_whole_is_not_stitched():
    assert parts("The army of the North is not prepared for an attack", ONE, TWO) == []


def test_what_is_mostly_from_nowhere_is_not_stitched():
    assert parts("Comrade Shtykov reported that nobody ever said a word of it and is not prepared for", ONE, TWO) == []


def test_the_document_that_is_drawn_on_already_is_the_likelier_source():
    twin = Region("0", "en", 0, ONE.wording)
    quotation = "the South this year The army of the North"
    first, second = stitch(Wording.of(quotation), [twin, ONE])
    assert first.region.document_id == second.region.document_id


@given(word_lists, word_lists, word_lists)
def test_fragments_stand_where_they_are_said_to_and_do_not_overlap(sought, one, two):
    wording = Wording.of(" ".join(sought))
    regions = [Region(str(n), "en", 0, Wording.of(" ".join(words))) for n, words in enumerate((one, two))]
    end = 0
    for fragment in stitch(wording, regions):
        assert end <= fragment.first <= fragment.last - LEAST_FRAGMENT
        end = fragment.last
        held = fragment.region.wording.keys[fragment.at : fragment.at + fragment.size]
        assert held == wording.keys[fragment.first : fragment.last]
