import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.fuse import NAMES_WEIGHT, WORDS_WEIGHT, best_of, fuse

ids = st.sampled_from("abcdefgh")
likenesses = st.dictionaries(ids, st.integers(-100, 150).map(lambda n: n / 100), max_size=8)
matches = st.dictionaries(ids, st.integers(1, 300).map(lambda n: n / 10), max_size=8)


def reordered(leg, order):
    return {id_: leg[id_] for id_ in order if id_ in leg}


def rank(id_, meaning, words):
    return [found for found, _ in fuse(meaning, words, {})].index(id_)


def test_a_worked_example():
    """Found by its words or names alone, c and d are as like as the least like, b."""
    fused = fuse({"a": 0.5, "b": 0.2}, {"b": 0.6, "c": 0.2}, {"b": 0.5, "d": 0.1})
    assert [id_ for id_, _ in fused] == ["b", "a", "c", "d"]
    assert dict(fused) == pytest.approx(
        {
            "a": 0.5,
            "b": 0.2 + WORDS_WEIGHT * 0.6 + NAMES_WEIGHT * 0.5,
            "c": 0.2 + WORDS_WEIGHT * 0.2,
            "d": 0.2 + NAMES_WEIGHT * 0.1,
        }
    )


@given(likenesses, matches, matches)
def test_everything_that_was_found_is_ranked_once_and_nothing_else(meaning, words, names):
    assert sorted(id_ for id_, _ in fuse(meaning, words, names)) == sorted(meaning.keys() | words.keys() | names.keys())


@given(likenesses, matches, matches)
def test_scores_fall_and_equal_ones_are_ordered_by_id(meaning, words, names):
    keys = [(-score, id_) for id_, score in fuse(meaning, words, names)]
    assert keys == sorted(keys)


@given(likenesses, matches, matches, st.permutations("abcdefgh"))
def test_the_order_in_which_passages_were_found_changes_nothing(meaning, words, names, order):
    assert fuse(*(reordered(leg, order) for leg in (meaning, words, names))) == fuse(meaning, words, names)


@given(st.lists(matches, max_size=4), st.randoms())
def test_the_order_of_the_legs_changes_nothing(legs, random):
    shuffled = random.sample(legs, len(legs))
    assert best_of(*shuffled) == best_of(*legs)


@given(likenesses, matches, ids, st.integers(1, 100))
def test_a_higher_likeness_never_lowers_a_rank(meaning, words, id_, more):
    assume(id_ in meaning)
    assert rank(id_, meaning | {id_: meaning[id_] + more / 100}, words) <= rank(id_, meaning, words)


@given(likenesses, matches, ids, st.integers(1, 300))
def test_a_better_match_in_words_never_lowers_a_rank(meaning, words, id_, more):
    assume(id_ in words)
    assert rank(id_, meaning, words | {id_: words[id_] + more / 10}) <= rank(id_, meaning, words)


@given(likenesses)
def test_without_words_the_likenesses_stand_as_they_are(meaning):
    assert dict(fuse(meaning, {}, {})) == meaning


@given(matches)
def test_without_meaning_the_words_alone_decide(words):
    by_words = sorted(words, key=lambda id_: (-words[id_], id_))
    assert [id_ for id_, _ in fuse({}, words, {})] == by_words


@given(st.lists(matches, max_size=4))
def test_of_several_searches_the_best_score_counts(legs):
    best = best_of(*legs)
    assert best.keys() == {id_ for leg in legs for id_ in leg}
    assert all(score == max(leg[id_] for leg in legs if id_ in leg) for id_, score in best.items())
