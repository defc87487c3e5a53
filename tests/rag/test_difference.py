"""What differs between a quotation and what stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.wording import Wording
from rag.difference import differences, likeness, nearest

words = st.lists(st.sampled_from("abcde"), min_size=1, max_size=7)


def edits(one, two):
    """Levenshtein's distance by its definition."""
    if not one or not two:
        return len(one) + len(two)
    same = edits(one[1:], two[1:]) + (one[0] != two[0])
    return same if one[0] == two[0] else min(same, edits(one[1:], two) + 1, edits(one, two[1:]) + 1)


@given(words, words)
def test_the_nearest_stretch_is_as_near_as_any(sought, held):
    count, first, last = nearest(sought, held)
    every = [held[a:b] for a in range(len(held) + 1) for b in range(a, len(held) + 1)]
    assert count == min(edits(sought, stretch) for stretch in every) == edits(sought, held[first:last])


def told(quoted, stands, language="en"):
    return [(d.quoted, d.stands, d.marks) for d in differences(language, Wording.of(quoted), Wording.of(stands))]


@pytest.mark.parametrize(
    ("language", "quoted", "stands", "expected"),
    [
        ("en", "the attack is prepared", "the attack is now prepared", [("", "now", ())]),
        ("en", "it is now prepared for", "it is not now prepared for", [("", "not", ("negation",))]),
        ("en", "some 40 tanks were sent", "some 50 tanks were sent", [("40", "50", ("number",))]),
        ("en", "he told Molotov of it", "he told Malenkov of it", [("Molotov", "Malenkov", ("name",))]),
        ("en", "we, comrades, agree with you", "we comrades agree with you",
         [("we, comrades, agree with you", "we comrades agree with you", ("punctuation",))]),
        ("en", "“we agree”  with you", "We ‘agree’ with you", []),
        ("ru", "является подготовленным", "является неподготовленным",
         [("подготовленным", "неподготовленным", ("negation",))]),
        ("ru", "на материке Китая", "на матери // ке Ки тая", []),
    ],
)  # fmt: skip
def test_each_difference_is_told_with_what_weighs_in_it(language, quoted, stands, expected):
    assert told(quoted, stands, language) == expected


@given(
    st.lists(st.sampled_from(["tanks", "sent", "army", "south", "peace", "rice"]), min_size=3, max_size=9), st.data()
)
def test_what_is_said_to_differ_makes_the_one_into_the_other(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from([[], ["harbour"], [text[at], "harbour"]]))
    changed = [*text[:at], *new, *text[at + 1 :]]
    for difference in differences("en", Wording.of(" ".join(changed)), Wording.of(" ".join(text))):
        assert difference.quoted in " ".join(changed)
        assert difference.stands in " ".join(text)
        assert difference.quoted != difference.stands


def test_likeness():
    whole = Wording.of("one two three four five six seven eight nine ten")
    assert likeness(whole, whole) == 1
    assert likeness(Wording.of("one two three four five six seven eight nine xxx"), whole) == pytest.approx(0.9)
    misprinted = likeness(Wording.of("one two thrce four five six seven eight nine ten"), whole)
    assert 0.97 < misprinted < 1
    assert likeness(Wording.of("nothing of all this"), whole) < 0.2
