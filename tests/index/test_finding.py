"""Words are found in a text in every form, whatever the typography, and only there."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.finding import finds
from index.lexical import stems
from index.wording import Wording, word_key

RUSSIAN = "Наступление на юг. О наступлении не говорили, а насту-\nпать, «НАСТУПЛЕ\u00adНИЕ» или ещё: все.\n\nна\n\nюг"
ENGLISH = "The partisans’ movement; a partisan moved. He moves partisan movements.\n\nCafe, café, f. 3, 33, 3a."


def words(language, text, sought):
    return [span.of(text) for span in finds(language, text, sought)]


@pytest.mark.parametrize(
    ("language", "text", "sought", "found"),
    [
        ("ru", RUSSIAN, "наступления", ["Наступление", "наступлении", "НАСТУПЛЕ\u00adНИЕ"]),
        ("ru", RUSSIAN, "наступать", ["насту-\nпать"]),
        ("ru", RUSSIAN, "еще", ["ещё"]),
        ("ru", RUSSIAN, "наступление на юг", ["Наступление на юг"]),
        ("ru", RUSSIAN, "на юг", ["на юг"]),
        ("ru", RUSSIAN, "partisan", []),
        ("en", ENGLISH, "partisan", ["partisans", "partisan", "partisan"]),
        ("en", ENGLISH, "moving partisans", ["moves partisan"]),
        ("en", ENGLISH, "«Partisan», MOVEMENT", ["partisans’ movement", "partisan movements"]),
        ("en", ENGLISH, "cafe", ["Cafe", "café"]),
        ("en", ENGLISH, "3", ["3"]),
        ("en", ENGLISH, "...", []),
    ],
    ids=str,
)
def test_what_is_found(language, text, sought, found):
    assert words(language, text, sought) == found


LETTERS = st.text("абиаеёйьяАЕ ,-\n3\u0301", min_size=1, max_size=60)


@given(LETTERS, st.text("абиеёй3", min_size=1, max_size=3))
def test_a_single_word_is_found_wherever_its_key_stands_and_every_find_has_its_key_or_its_stem(text, sought):
    spans = list(finds("ru", text, sought))
    key = word_key(sought)
    wording = Wording.of(text)
    exact = {span for found, span in zip(wording.keys, wording.spans, strict=True) if found == key}
    assert exact <= set(spans)
    for span in spans:
        assert span in wording.spans
        assert word_key(span.of(text)) == key or stems("ru", span.of(text)) == stems("ru", sought)


@given(LETTERS, LETTERS)
def test_finds_are_in_order_and_apart(text, sought):
    spans = list(finds("ru", text, sought))
    assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["-\n" * 5000, "а\u0301" * 5000, ". " * 5000, "ab" * 5000, "é-\n" * 500], ids=range(5))
def test_no_words_make_a_search_slow(text):
    started = time.process_time()
    for sought in ("a " * 60, "é" * 100, "ß ŉ ʼn " * 20, "ab " * 60, "happy happier " * 10):
        list(finds("en", text, sought))
        list(finds("ru", text, sought))
    assert time.process_time() - started < 5
