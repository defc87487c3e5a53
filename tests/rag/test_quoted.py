"""A quotation as a person gives it."""

import time

import pytest

from rag.errors import LocatorError
from rag.quoted import Quoted

REFUSED = {
    "nothing": ("", "is empty"),
    "no letters": ("«…» — !", "is empty"),
    "one word": ("«неподготовленным»", "'неподготовленным' is too short: one word stands almost anywhere"),
    "five thousand words": ("слово " * 5000, "30000 characters, the most is 20000"),
    "too many words": ("слово " * 2000, "2000 words, the most is 1000"),
    "Chinese": ("朝鲜人民军 还没有 准备好", "neither Latin nor Cyrillic"),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_looked_for_is_refused_at_once(text, told):
    start = time.perf_counter()
    with pytest.raises(LocatorError, match=told):
        Quoted.of(text)
    assert time.perf_counter() - start < 1


def test_marks_round_the_whole_are_not_part_of_it():
    assert Quoted.of(" “the «South» is  ready” ").text == "the «South» is ready"


@pytest.mark.parametrize("mark", ["...", "…", "[...]", "[…]", "(...)", "<...>", ". . ."])
def test_marked_omissions_part_it(mark):
    quoted = Quoted.of(f"the attack can turn {mark} into a prolonged operation")
    assert [piece.words.text for piece in quoted.pieces] == ["the attack can turn", "into a prolonged operation"]
    assert quoted.abridged


def test_words_in_brackets_may_be_the_quoters_own():
    quoted = Quoted.of("he [Shtykov] agreed")
    assert [piece.words.text for piece in quoted.pieces] == ["he", "agreed"]
    assert len(quoted.words.keys) == 3
    assert not Quoted.of("he agreed").abridged


def test_languages_are_those_of_its_letters():
    assert Quoted.of("HAM ИР said").languages == ("ru", "en")
    assert Quoted.of("Нам Ир").languages == ("ru",)
    assert Quoted.of("1,500 and 776").languages == ("en",)
    assert Quoted.of("12, 776, 30").languages == ("ru", "en")
