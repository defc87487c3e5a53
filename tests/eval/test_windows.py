"""The stretches of sources that lie nearest to a sentence."""

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eval.windows import LONGEST_PIECE, MOST_PIECES, Nearest, pieces

NEAREST = Nearest()
FILLER = ["The harvest was good.", "Snow fell in the hills.", "A new school opened.", "Trains ran late again."]


@given(st.text(alphabet="ab .!\n?Я", max_size=3_000))
def test_pieces_are_short_in_order_and_leave_out_only_white_space(text):
    found = list(pieces(text))
    assert all(0 < span.end - span.start <= LONGEST_PIECE for span in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())


@given(st.lists(st.lists(st.sampled_from(FILLER), max_size=30).map(" ".join), max_size=4), st.integers(1, 5))
def test_windows_are_few_short_apart_and_the_nearest_first(sources, count):
    found = NEAREST.windows("The school is new.", sources, count=count, longest=LONGEST_PIECE)
    assert len(found) == min(count, len(found))
    assert bool(found) == any(sources)
    for window in found:
        assert 0 <= window.span.start < window.span.end <= len(sources[window.source])
        assert window.span.end - window.span.start <= LONGEST_PIECE
    for one in found:
        assert not any(one.span.meets(two.span) for two in found if two is not one and two.source == one.source)
    assert [window.nearness for window in found] == sorted((window.nearness for window in found), reverse=True)


def test_the_sentence_that_says_it_in_the_other_language_is_found():
    sources = [" ".join(FILLER * 9), " ".join([*FILLER * 9, "Мост через реку был взорван ночью.", *FILLER * 9])]
    (best, *_) = NEAREST.windows("The bridge over the river was blown up.", sources, count=2, longest=LONGEST_PIECE)
    assert best.source == 1
    assert "Мост через реку" in best.span.of(sources[1])


def test_a_source_of_a_megabyte_is_searched_by_what_shares_most_with_the_sentence():
    many = [f"Clerk {number} counted the crates of tea." for number in range(26_000)]
    many[19_000] = "Товарищ Ковалёв взорвал мост 14 мая."
    source = " ".join(many)
    assert len(source) > 1_000_000
    begun = time.monotonic()
    found = NEAREST.windows("Comrade Kovalev blew up the bridge on 14 May.", [source], count=2, longest=LONGEST_PIECE)
    assert time.monotonic() - begun < 60
    assert any("Ковалёв" in window.span.of(source) for window in found)
    assert len(many) > MOST_PIECES
