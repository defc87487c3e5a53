"""The support checker by rules: what it calls supported, what it flags, and where it keeps out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.rules import RuleChecker
from index.sentence import sentences
from tests.strategies import any_texts

SOURCE = (
    "On 12 August 1949 the ambassador met the minister in the capital. He handed over a list of 1,250 machines. "
    "The minister promised to send fifty thousand tons of grain in the autumn. Nobody spoke about the border railway."
)
RUSSIAN = (
    "12 августа 1949 г. посол встретился с министром в столице. Он передал список из 1250 станков. "
    "Министр обещал осенью отправить пятьдесят тысяч тонн зерна. Ещё раз о железной дороге не говорили."
)
CHECKER = RuleChecker()


@pytest.mark.parametrize("sentence", [span.of(SOURCE) for span in sentences(SOURCE)])
def test_a_copied_sentence_is_supported(sentence):
    assert CHECKER.score(sentence, [SOURCE]).verdict == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "The minister promised to send 50,000 tons of grain in the autumn.",
        "The minister promised to send 50 thousand tons of grain in the autumn [1].",
        "He handed over a list of 1250 machines (APRF, f. 3, op. 65, d. 830, ll. 12-14).",
        "3. He handed over a list of 1,250 machines.",
    ],
)
def test_formats_of_numbers_and_citations_are_no_departures(claim):
    assert CHECKER.score(claim, [SOURCE]).verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "kind", "instead"),
    [
        ("The minister promised to send 70,000 tons of grain in the autumn.", "number", "fifty thousand"),
        ("On 14 August 1949 the ambassador met the minister in the capital.", "date", "12 August 1949"),
    ],
)
def test_another_figure_of_the_same_thing_contradicts_and_is_shown(claim, kind, instead):
    found = CHECKER.score(claim, [SOURCE])
    assert found.verdict == "contradicted"
    assert [(flag.kind, flag.instead) for flag in found.flags] == [(kind, instead)]


def test_inflected_russian_without_dots_on_its_letters_is_supported():
    assert CHECKER.score("Министр обещал отправить осенью 50 тыс. тонн зерна.", [RUSSIAN]).verdict == "supported"
    assert CHECKER.score("Еще раз о железной дороге не говорили.", [RUSSIAN]).verdict == "supported"


def test_words_given_as_quoted_that_no_source_has_are_flagged():
    found = CHECKER.score('The minister said "we shall never send any grain at all" in the autumn.', [SOURCE])
    assert "quotation" in {flag.kind for flag in found.flags}
    assert found.verdict != "supported"


def test_a_negation_is_a_hint_and_decides_nothing():
    found = CHECKER.score("The minister did not promise to send fifty thousand tons of grain in the autumn.", [SOURCE])
    assert [flag.kind for flag in found.flags] == ["negation"]
    assert found.verdict == "supported"


@pytest.mark.parametrize(
    "text", ["部长答应秋天运送五万吨粮食。", "Der Minister hat versprochen, im Herbst Getreide zu schicken."]
)
def test_a_third_language_is_undecided_whichever_side_it_is_on(text):
    assert CHECKER.score(text, [SOURCE]).verdict == "undecided"
    assert CHECKER.score("The minister promised grain in the autumn.", [text]).verdict == "undecided"


def test_the_worst_sentence_of_several_counts():
    claim = "He handed over a list of 1,250 machines. Penguins breed upon antarctic ice shelves every winter."
    assert CHECKER.score(claim, [SOURCE]).verdict == "unsupported"


def test_a_source_of_five_million_characters_is_read_in_seconds():
    long = " ".join(f"Sentence {n} tells of machine {n % 977} and of grain." for n in range(110_000))
    start = time.perf_counter()
    CHECKER.score("The minister promised to send 50,000 tons of grain.", [long])
    assert time.perf_counter() - start < 10  # seconds; generous, for tests run beside each other


@given(any_texts, st.lists(any_texts, max_size=3))
def test_it_never_raises_and_says_the_same_twice(claim, sources):
    found = CHECKER.score(claim, sources)
    assert 0 <= found.score <= 1
    assert found == CHECKER.score(claim, sources)
