"""What a model thinks aloud is left out, however its words are cut into pieces."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rag.models.thoughts import without_thoughts

_WHOLE = re.compile(r"\A\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_TEXT = st.lists(
    st.sampled_from(
        ["<think>", "</think>", "<thinking>", "</thinking>", "<", "th", "ink", ">", "\n", " ", "Да", "yes"]
    ),
    max_size=12,
).map("".join)


@st.composite
def cut(draw):
    text = draw(_TEXT)
    at = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    return [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)]


@given(cut())
def test_the_pieces_are_the_whole_without_its_thoughts(pieces):
    shown = list(without_thoughts(pieces))
    assert "".join(shown) == _WHOLE.sub("", "".join(pieces), count=1).lstrip()
    assert all(shown)


def test_words_are_shown_as_soon_as_they_cannot_be_thoughts():
    coming = iter(["<thin", "g", " and more"])
    shown = without_thoughts(coming)
    assert next(shown) == "<thing"
    assert list(coming) == [" and more"]
