"""Support as an interval, its flags, and nuggets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import nuggets, support
from eval.metrics.nuggets import exact_match, matched, normalised, token_f1
from eval.metrics.text import answer_text, own_words, told_text
from tests.eval.metrics.made import citation_record, flag, judgement, nugget, record, sentence

VERDICTS = st.sampled_from(["supported", "contradicted", "unsupported", "undecided"])


def told(*sentences):
    return {name: score.value for name, score in support.scores(judgement(*sentences)).items()}


def test_support_by_hand():
    found = told(*map(sentence, ["supported", "undecided", "unsupported", "contradicted"]))
    assert (found["support_lo"], found["support_hi"], found["red_rate"]) == (1 / 4, 2 / 4, 2 / 4)


@given(st.lists(VERDICTS, min_size=1))
def test_the_interval_is_one_and_what_is_over_it_is_red(verdicts):
    found = told(*map(sentence, verdicts))
    assert found["support_lo"] <= found["support_hi"]
    assert found["support_hi"] + found["red_rate"] == pytest.approx(1)


def test_what_sources_neither_say_nor_deny_counts_as_unsupported():
    assert told(sentence("unsupported"))["support_hi"] == 0


def test_an_answer_without_a_sentence_is_not_applicable_and_never_one():
    assert set(told().values()) == set(told(sentence(worthy=False)).values()) == {None}


def test_the_mean_by_sentence_and_that_by_answer_can_both_be_had():
    one = support.scores(judgement(sentence("supported")))["support_lo"]
    two = support.scores(judgement(*[sentence("unsupported")] * 3))["support_lo"]
    assert (one.hits + two.hits) / (one.total + two.total) == 1 / 4
    assert (one.value + two.value) / 2 == 1 / 2


def test_flags_are_counted_by_sentence():
    found = told(
        sentence("unsupported", flags=(flag("number"), flag("number"))),
        sentence("unsupported", flags=(flag("name"),)),
        sentence("contradicted", flags=(flag("date", "1951", instead="1950"),)),
        sentence("supported"),
    )
    assert [found[name] for name in ("number_not_in_evidence", "name_not_in_evidence", "date_conflict")] == [1 / 4] * 3


def test_a_date_that_no_source_has_is_no_conflict_without_another_in_its_place():
    assert told(sentence("unsupported", flags=(flag("date"),)))["date_conflict"] == 0


def test_a_negation_is_a_hint_and_never_counted():
    found = told(sentence("supported", flags=(flag("negation", "not"),)))
    assert {found[name] for name in ("red_rate", "number_not_in_evidence", "name_not_in_evidence")} == {0}


def test_the_date_that_stands_instead_is_told():
    score = support.scores(judgement(sentence("contradicted", flags=(flag("date", "1951", instead="1950"),))))
    assert "1951, not 1950" in score["date_conflict"].reason


def test_an_error_of_citing_is_told_from_an_invention():
    found = told(sentence("supported", elsewhere="uncited"), sentence("supported", elsewhere="archive"))
    assert (found["supported_elsewhere"], found["from_corpus"]) == (1 / 2, 1 / 2)
    assert (found["support_lo"], found["red_rate"]) == (1, 0), "an error of citing, no invention"


def scored(text, *given, aliases=()):
    return {name: score.value for name, score in nuggets.scores(given, text, aliases).items()}


def test_nuggets_by_hand():
    """One of two vital ones and one of two others: 1/2; (1 + 0.5) / (2 + 1)."""
    given = [
        nugget(en=("coal",)),
        nugget(en=("iron",)),
        nugget(en=("flour",), vital=False),
        nugget(en=("x",), vital=False),
    ]
    found = scored("Coal and flour.", *given)
    assert (found["nugget_vital_strict"], found["nugget_all"]) == (1 / 2, 1.5 / 3)


def test_without_nuggets_or_aliases_nothing_applies():
    assert set(scored("Coal.").values()) == {None}
    assert scored("Coal.", nugget(en=("coal",), vital=False))["nugget_vital_strict"] is None


def test_nothing_said_has_no_nugget():
    assert scored("", nugget(en=("coal",)))["nugget_vital_strict"] == 0


MATCHES = {
    "case": ("COAL", {"en": ("coal",)}),
    "yo in the text": ("Хрущёв", {"ru": ("хрущев",)}),
    "yo in the pattern": ("Хрущев", {"ru": ("хрущёв",)}),
    "yo in a class": ("Хрущёв", {"ru": ("хрущ[ёо]в",)}),
    "a broken line": ("coal\n and flour", {"en": ("coal and flour",)}),
    "either language": ("уголь", {"en": ("coal",), "ru": ("угол",)}),
    "escaped words": ("No. 3 (secret)", {"en": (re.escape("no. 3 (SECRET)"),)}),
    "a literal over a line": ("coal and flour", {"en": (re.escape("coal\nand\u00a0flour"),)}),
    "a sign for any": ("coal", {"en": ("c.al",)}),
    "a decomposed letter": ("Хруще\u0308в", {"ru": ("хрущёв",)}),
    "another pattern": ("3", {"en": ("three", r"\b3\b")}),
}


@pytest.mark.parametrize(("text", "patterns"), MATCHES.values(), ids=MATCHES)
def test_a_pattern_matches(text, patterns):
    assert matched([nugget(**patterns)], text) == [True]


def test_nuggets_match_what_the_reader_sees_in_either_language():
    answer = record(("The commandant writes:", [citation_record("уголь и муку", parallel="coal and flour")]))
    assert answer_text(answer).split("\n") == ["The commandant writes:", "уголь и муку", "coal and flour"]
    assert told_text(answer).split("\n") == ["The commandant writes:", "уголь и муку"]
    assert (
        matched([nugget(en=("coal",)), nugget(ru=("муку",)), nugget(en=("commandant",))], answer_text(answer))
        == [True] * 3
    )


def test_own_words_are_those_outside_quotations():
    answer = record(("He says «уголь и муку» again", [citation_record("уголь и муку")]), ("x", [citation_record("x")]))
    assert own_words(answer) == ["He says « » again"]


SQUAD = {
    "case and punctuation": ("The Coal!", ["coal"], 1, 1),
    "an article within": ("coal and the flour", ["coal and flour"], 1, 1),
    "half": ("coal flour", ["coal"], 0, 2 / 3),
    "the best alias": ("coal", ["iron", "coal"], 1, 1),
    "nothing shared": ("iron", ["coal"], 0, 0),
    "repeated words": ("coal coal", ["coal"], 0, 2 / 3),
    "yo": ("Хрущёв", ["хрущев"], 1, 1),
    "russian has no articles": ("а уголь", ["уголь"], 0, 2 / 3),
    "only an article": ("the", ["a"], 1, 1),
    "only one is empty": ("the", ["coal"], 0, 0),
}


@pytest.mark.parametrize(("answer", "aliases", "exact", "f1"), SQUAD.values(), ids=SQUAD)
def test_short_answers_by_hand(answer, aliases, exact, f1):
    assert exact_match(answer, aliases).value == exact
    assert token_f1(answer, aliases).value == pytest.approx(f1)


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_and_an_answer_is_itself(text):
    assert normalised(normalised(text)) == normalised(text)
    assert exact_match(text, [text]).value == token_f1(text, [text]).value == 1
