"""Passages are runs of beads: whole sentences, paragraphs where both texts have them, and not too long."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.align import Bead
from index.cut import LONGEST_PASSAGE, runs

_shapes = st.lists(st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (2, 2)]), min_size=1, max_size=40)


@st.composite
def aligned(draw):
    """Beads over two texts, which units begin paragraphs, and how long the units are."""
    beads, places = [], (0, 0)
    for shape in draw(_shapes):
        ends = (places[0] + shape[0], places[1] + shape[1])
        beads.append(Bead((places[0], ends[0]), (places[1], ends[1]), 0.5))
        places = ends
    begins = tuple(draw(st.sets(st.integers(0, max(0, count - 1)), max_size=count)) for count in places)
    lengths = tuple(draw(st.lists(st.integers(1, 900), min_size=count, max_size=count)) for count in places)
    return beads, begins, lengths


def size(beads, lengths):
    """Characters of the longer side of some beads."""
    sides = ([bead.left for bead in beads], [bead.right for bead in beads])
    return max(sum(sum(lengths[x][a:b]) for a, b in sides[x]) for x in (0, 1))


@given(aligned())
def test_runs_hold_every_bead_once_and_are_not_too_long(given_beads):
    beads, begins, lengths = given_beads
    found = runs(beads, begins, lengths)
    assert [found[0][0], *(end for _, end in found)] == [start for start, _ in found] + [len(beads)]
    for start, end in found:
        assert end - start == 1 or size(beads[start:end], lengths) <= LONGEST_PASSAGE


@given(aligned())
def test_a_passage_ends_where_a_paragraph_ends_in_both_texts_and_elsewhere_only_if_too_long(given_beads):
    beads, begins, lengths = given_beads
    ends = (beads[-1].left[1], beads[-1].right[1])
    both = [
        at
        for at, bead in enumerate(beads)
        if all(
            side[0] in {0, end, *begin} for side, begin, end in zip((bead.left, bead.right), begins, ends, strict=True)
        )
    ]
    found = {start for start, _ in runs(beads, begins, lengths)}
    assert set(both) <= found
    for start, end in pairwise([*both, len(beads)]):
        if size(beads[start:end], lengths) <= LONGEST_PASSAGE:
            assert not found & set(range(start + 1, end))


def test_what_is_too_long_is_cut_near_its_middle_where_a_paragraph_begins():
    beads = [Bead((n, n + 1), (n, n + 1), 1.0) for n in range(10)]
    lengths = ([300] * 10, [310] * 10)
    assert runs(beads, ({0}, {0}), lengths) == [(0, 5), (5, 10)]
    assert runs(beads, ({0}, {0, 6}), lengths) == [(0, 6), (6, 10)]
    assert runs(beads, ({0, 4}, {0}), lengths) == [(0, 4), (4, 10)]


def test_a_sentence_is_never_cut():
    assert runs([Bead((0, 1), (0, 1), 1.0)], ({0}, {0}), ([5000], [5000])) == [(0, 1)]


def test_a_text_alone_is_cut_at_its_paragraphs():
    beads = [Bead((0, 0), (n, n + 1), 0.0) for n in range(5)]
    assert runs(beads, ((), {0, 3}), ((), [100] * 5)) == [(0, 3), (3, 5)]
