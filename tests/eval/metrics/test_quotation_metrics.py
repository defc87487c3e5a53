"""Quotations counted by what became of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.quotation import quip25, quotations, scores
from eval.metrics.shingles import SIZE, Shingles
from index.fold import folded_text
from tests.eval.metrics.made import judgement, quote, sentence
from tests.strategies import texts


def told(*quotes, corpus=None, text=""):
    return scores(judgement(sentence("supported", quotations=quotes)), text, corpus)


def test_each_rate_is_counted_by_hand():
    found = told(
        quote(located=True),
        quote(status="typographic", located=False),
        quote(status="altered", critical=True),
        quote(status="altered"),
        quote(status="absent"),
    )
    values = {name: (score.hits, score.total) for name, score in found.items()}
    assert values["quote_strict"] == (1, 5)
    assert values["quote_fidelity"] == (2, 5)
    assert values["altered_rate"] == (2, 5)
    assert values["fabricated_rate"] == (1, 5)
    assert values["critical_alteration"] == (1, 5)
    assert values["quote_located"] == (1, 2)
    assert values["unmarked_translation"] == (0, 5)


def test_too_much_normalising_shows_as_a_gap_between_strict_and_fidelity():
    found = told(quote(status="typographic"), quote(status="typographic"))
    assert (found["quote_strict"].value, found["quote_fidelity"].value) == (0, 1)


def test_a_scare_quote_round_a_word_or_two_falls_out():
    found = told(quote("so-called", status="absent"), quote("friends", status="absent"))
    assert found["fabricated_rate"].total == 0
    assert found["quote_fidelity"].value is None


LENGTHS = {
    "four short words": ("a b c d", 1),
    "three": ("a b c", 0),
    "twenty characters": ("x" * 20, 1),
    "19": ("x" * 19, 0),
}


@pytest.mark.parametrize(("words", "count"), LENGTHS.values(), ids=LENGTHS)
def test_four_words_or_twenty_characters_are_enough(words, count):
    assert len(quotations(judgement(sentence("supported", quotations=(quote(words),))))) == count


def test_words_that_stand_in_many_places_are_told_as_such():
    assert "1 at 3 places or more" in told(quote(occurrences=3), quote(occurrences=1))["quote_fidelity"].reason


def test_an_error_of_the_source_put_right_stays_altered():
    found = told(quote("he sends regards to Stalin", status="altered", stands="he sends regards to Stalln"))
    assert (found["altered_rate"].value, found["critical_alteration"].value) == (1, 0)


def test_right_words_under_a_wrong_reference_are_true_but_not_located():
    found = told(quote(located=False), quote(located=None))
    assert (found["quote_fidelity"].value, found["quote_located"].value) == (1, 0)


def test_a_fabricated_quotation_is_no_matter_of_its_place():
    assert told(quote(status="absent", located=False))["quote_located"].value is None


def test_the_reason_names_what_is_wrong():
    assert "'five words that are quoted'" in told(quote(status="absent"))["fabricated_rate"].reason


def test_coverage_counts_sentences_in_need_of_a_source_with_a_true_quotation():
    answer = judgement(
        sentence("supported", quotations=(quote(),)),
        sentence("supported", quotations=(quote(status="altered"),)),
        sentence("supported"),
        sentence(worthy=False),
    )
    score = scores(answer, "")["quote_coverage"]
    assert (score.hits, score.total) == (1, 3)


def test_no_quotation_is_not_applicable_and_never_one():
    assert {score.value for name, score in told().items() if name != "quote_coverage"} == {None}


@given(st.lists(texts, max_size=4), texts)
def test_shingles_are_told_as_a_naive_search_tells_them(corpus, text):
    folded = [folded_text(one) for one in corpus]
    asked = folded_text(text)
    naive = [any(asked[n : n + SIZE] in one for one in folded) for n in range(len(asked) - SIZE + 1)]
    assert Shingles(corpus).holds(text) == (sum(naive), len(naive))


def test_copying_is_one_and_writing_anew_is_none():
    corpus = Shingles(["The first train carried coal and flour over the bridge."])
    assert quip25("THE FIRST train carried\ncoal and flour", corpus).value == 1
    assert quip25("A wholly different sentence of no archive at all.", corpus).value == 0
    assert quip25("short", corpus).value is quip25("any text", None).value is None


def test_a_text_with_a_lone_surrogate_is_searched_all_the_same():
    assert Shingles(["x" * 30 + "\ud800"]).holds("x" * 30 + "\ud800") == (7, 7)
