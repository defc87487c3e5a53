"""Whether both languages are served alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import by_pair, over_all
from eval.metrics.gold import Aids
from eval.metrics.parity import (
    content_agreement,
    decision_agreement,
    evidence_bias,
    gap,
    jaccard,
    lang_fidelity,
    pair_scores,
    pairs,
    rbo,
    scores,
    script,
)
from eval.score import none, of
from index.document import Span
from tests.eval.metrics.made import answered, case, citation_record, crashed, found, record, refused

RANKINGS = st.permutations([f"d{n}" for n in range(8)]).flatmap(lambda ids: st.integers(0, 8).map(lambda n: ids[:n]))


def naive_rbo(one, two, p=0.9, depth=600):
    """The series itself, with the agreement that the extrapolation supposes at every depth."""
    short, long = sorted((one, two), key=len)
    s, n = len(short), len(long)
    x_s = len(set(short) & set(long[:s]))
    x_l = len(set(short) & set(long))

    def agreement(d):
        if d <= s:
            return len(set(short[:d]) & set(long[:d])) / d
        if d <= n:
            return (len(set(short) & set(long[:d])) + x_s * (d - s) / s) / d
        return (x_l - x_s) / n + x_s / s

    return sum((1 - p) * p ** (d - 1) * agreement(d) for d in range(1, depth))


@given(RANKINGS.filter(bool), RANKINGS.filter(bool))
def test_rbo_is_the_sum_of_its_series(one, two):
    assert rbo(one, two).value == pytest.approx(naive_rbo(one, two), abs=1e-9)
    assert rbo(one, two).value == rbo(two, one).value


@given(RANKINGS.filter(bool))
def test_a_ranking_agrees_with_itself_and_with_no_stranger(ranking):
    assert rbo(ranking, ranking).value == pytest.approx(1)
    assert rbo(ranking, [f"x{id_}" for id_ in ranking]).value == 0


def test_agreement_at_the_head_weighs_more():
    assert rbo(["a", "b", "c", "d"], ["a", "b", "x", "y"]).value > rbo(["a", "b", "c", "d"], ["x", "y", "c", "d"]).value


def test_nothing_found_on_both_sides_is_not_applicable_and_on_one_is_0():
    assert rbo([], []).value is jaccard([], []).value is None
    assert rbo(["a"], []).value == jaccard(["a"], []).value == 0


def test_a_gap_is_english_less_russian_and_needs_both():
    assert gap(of(0.9, ""), of(0.7, "")).value == pytest.approx(0.2)
    assert gap(of(0.9, ""), none("")).value is None


def test_pairs_are_those_asked_in_both_languages():
    run = [answered("1-ru"), answered("1-en"), answered("2-en")]
    (pair,) = pairs(run)
    assert [outcome.case.language for outcome in pairs(run)[pair]] == ["en", "ru"]


def test_twins_count_as_one_document_of_a_pair():
    english, russian = answered("1-en", found=found("d1/en")), answered("1-ru", found=found("d1/ru"))
    assert pair_scores(english, russian, {})["Jaccard@10"].value == 0
    twins = {"d1/en": "d1", "d1/ru": "d1"}
    assert by_pair([english, russian], Aids(twins=twins))["1"]["Jaccard@10"].value == 1


def said(id_, text, words, **more):
    return answered(id_, answer=record((text, [citation_record(words, **more)])))


def test_one_fact_in_two_scripts_is_one():
    english = said("1-en", "Khrushchev wrote:", "On August 12, 1950 he asked for 50 wagons.")
    russian = said("1-ru", "Хрущёв пишет:", "12 августа 1950 г. он просил 50 вагонов.")
    assert content_agreement(english, russian).value == 1


def test_facts_of_one_answer_alone_are_listed():
    english, russian = said("1-en", "x", "He asked for 50 wagons."), said("1-ru", "x", "Он просил 70 вагонов.")
    score = content_agreement(english, russian)
    assert (score.hits, score.total) == (0, 2)
    assert "number 50" in score.reason
    assert "number 70" in score.reason


def test_what_faces_a_quotation_is_not_what_the_answer_tells():
    """Else two answers that quote different places in both languages would agree by their translations."""
    english = said("1-en", "x", "50 wagons", parallel="70 вагонов")
    assert content_agreement(english, said("1-ru", "x", "70 вагонов")).value == 0


def test_citations_of_a_pair_are_compared_by_leaf():
    english, russian = said("1-en", "x", "a", leaves=(("30", "31"),)), said("1-ru", "x", "a", leaves=(("31", "32"),))
    assert pair_scores(english, russian, {})["citation_Jaccard"].value == 1 / 3


DECISIONS = {
    "both answer": (answered(), answered("1-ru"), 1),
    "both refuse": (refused(), refused("1-ru"), 1),
    "one refuses": (answered(), refused("1-ru"), 0),
    "one crashes": (answered(), crashed("1-ru"), 0),
    "both crash": (crashed(), crashed("1-ru"), 0),
}


@pytest.mark.parametrize(("one", "two", "agree"), DECISIONS.values(), ids=DECISIONS)
def test_decisions_agree(one, two, agree):
    assert decision_agreement(one, two).value == agree


def test_quotations_in_the_other_language_are_no_lack_of_fidelity():
    answer = record(
        ("The letter says:", [citation_record("уголь и муку")]), ("уголь и муку", [citation_record("уголь и муку")])
    )
    assert scores(answered(answer=answer), [])["lang_fidelity"].value == 1


def test_an_answer_in_the_wrong_language_is_seen_whole():
    answer = record(("The letter says:", []), ("Письмо о Khrushchev гласит:", []))
    assert scores(answered("1-ru", answer=answer), [])["lang_fidelity"].value == 1 / 2


def test_sentences_without_letters_have_no_language():
    assert script("1950 — 12") is None
    assert lang_fidelity(["1950"], "en").value is None


def test_a_title_in_the_other_language_does_not_make_a_sentence_foreign():
    line = "Из документа “Politburo Decision to Confirm the Following Directive” (September 24, 1949):"
    assert lang_fidelity([line], "ru").value == 1
    assert lang_fidelity([line], "en").value == 0


def test_the_language_of_what_was_found_is_held_against_that_of_what_answers():
    held = (*found("d1", spans={"en": Span(0, 9)}), *found("d2", spans={"en": Span(0, 9), "ru": Span(0, 9)}))
    both = [{"en": Span(0, 9), "ru": Span(0, 9)}]
    assert evidence_bias(held, both, "en").value == pytest.approx(2 / 3 - 1 / 2)
    assert evidence_bias(held, both, "ru").value == pytest.approx(1 / 3 - 1 / 2)


def test_gold_in_one_language_alone_makes_no_bias_of_finding_it():
    held = found("d1", spans={"ru": Span(0, 9)})
    assert evidence_bias(held, [{"ru": Span(0, 9)}], "en").value == 0


def test_gaps_of_a_run_are_means_over_pairs_and_that_of_f1_is_of_the_sums():
    run = []
    for pair, english, russian in (("1", 1.0, 0.5), ("2", 0.5, 0.5)):
        for language, value, f1 in (("en", english, (2, 2)), ("ru", russian, (0, 1))):
            told = {"nDCG@10": of(value, ""), "refusal_F1": of(0, "")}
            told["refusal_F1"] = type(told["nDCG@10"])(hits=f1[0], total=f1[1], reason="")
            run.append(answered(f"{pair}-{language}", scores=told, case=case(f"{pair}-{language}")))
    told = over_all(run)
    assert told["gap nDCG@10"].value == pytest.approx(0.25)
    assert told["gap refusal_F1"].value == pytest.approx(1)
    assert by_pair(run)["1"]["gap nDCG@10"].value == pytest.approx(0.5)
