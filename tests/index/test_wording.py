"""Words of a text by their keys: what print alone changes is not seen, anything else is."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.wording import Wording, same_print, word_key

WORDS = (
    "не",
    "нельзя",
    "наступление",
    "на",
    "юг",
    "ещё",
    "Нам",
    "Ир",
    "prepared",
    "unprepared",
    "1949",
    "the",
    "Kádár",
)
word_lists = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
SAME = {
    "quotation marks": ("“не начато”", "«не начато»"),
    "dashes and spaces": ("юг — это  юг", "юг - это\u00a0юг"),
    "ё and е": ("ещё", "еще"),
    "letter case": ("Нам Ир", "НАМ ир"),
    "a hyphen at the end of a line": ("Китай-\nской армии", "Китайской армии"),
    "a soft hyphen": ("неподго\u00adтовленным", "неподготовленным"),
    "Latin letters that look Cyrillic": ("HAM ИР", "Нам Ир"),
    "stress": ("за\u0301мок", "замок"),
    "accents": ("Kádár", "Kadar"),
    "lost spaces": ("кнастоящему времени", "к настоящему времени"),
    "a page break inside a word": ("на матери // ке", "на материке"),
    "apostrophes": ("Peoples' Army", "Peoples’ Army"),
}
OTHER = {
    "another word": ("подготовленным", "неподготовленным"),
    "й is no accented и": ("мой", "мои"),
    "a comma": ("казнить, нельзя", "казнить нельзя"),
    "a number run together": ("19 49", "1949"),
    "years from a span of years": ("1949–50", "194950"),
}


@pytest.mark.parametrize(("one", "two"), SAME.values(), ids=SAME)
def test_print_alone_does_not_count(one, two):
    assert same_print(one, two)
    assert list(Wording.of(f"вот {one} там").places(Wording.of(two)))


@pytest.mark.parametrize(("one", "two"), OTHER.values(), ids=OTHER)
def test_anything_else_does(one, two):
    assert not same_print(one, two)


@given(word_lists, word_lists, word_lists)
def test_words_are_found_where_they_stand(before, words, after):
    text = " ".join([*before, *words, *after])
    found = list(Wording.of(text).places(Wording.of(" ".join(words))))
    assert (len(before), len(before) + len(words)) in found
    keys = [word_key(w) for w in (*before, *words, *after)]
    for first, last in found:  # an oracle: the same letters, words parted as in the text
        assert "".join(keys[first:last]) == "".join(map(word_key, words))


@given(word_lists, st.data())
def test_a_part_of_a_word_is_no_place(words, data):
    word = data.draw(st.sampled_from([w for w in words if len(w) > 2] or ["наступление"]))
    inner = word[1:]
    text = " ".join(words)
    assume(word_key(inner) not in {word_key(w) for w in words})
    assume(inner not in "".join(words).replace(word, ""))
    assert not list(Wording.of(text).places(Wording.of(inner)))


@given(st.text(max_size=200))
def test_spans_hold_the_words_and_nothing_is_lost(text):
    wording = Wording.of(text)
    ends = [0, *(span.end for span in wording.spans)]
    assert all(before <= span.start < span.end for before, span in zip(ends, wording.spans, strict=False))
    rest = [text[before : span.start] for before, span in zip(ends, wording.spans, strict=False)]
    assert not any(word_key(gap) for gap in (*rest, text[ends[-1] :]) if gap.isalpha())
    assert [word_key(span.of(text)) for span in wording.spans] == list(wording.keys)


def test_a_part_is_the_wording_of_its_own_stretch():
    wording = Wording.of("Тов. Штыкову поручается встретиться с Ким Ир Сенем")
    part = wording.part(2, 5)
    assert part == Wording.of("поручается встретиться с")
    assert wording.span(2, 5).of(wording.text) == part.text
