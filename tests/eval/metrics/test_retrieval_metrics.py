"""Ranks and recall against ir_measures and pytrec_eval, and what is easily got wrong in them."""

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Judged, R, Success, nDCG

from eval.forms.trec import in_order
from eval.metrics.gold import Aids
from eval.metrics.retrieval import (
    condensed_ndcg,
    doc_recall,
    evidence_hit,
    judged,
    leaf_recall,
    mrr,
    ndcg,
    scores,
    success,
)
from eval.metrics.units import Unit, evidence_leaves
from eval.runs import Outcome
from index.document import Span
from tests.eval.metrics.made import case, crashed, evidence, found

IDS = [f"d{n}" for n in range(14)]
GRADES = st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), min_size=1)
TIED = st.dictionaries(st.sampled_from(IDS), st.integers(0, 5).map(float), min_size=1)
APART = st.permutations(IDS).flatmap(lambda ids: st.integers(0, len(ids)).map(lambda n: ids[:n]))


def oracle(grades, scored):
    """What ir_measures says of one question."""
    measures = [nDCG @ 10, RR @ 10, R @ 5, R @ 10, Success @ 5]
    qrels = [ir_measures.Qrel("q", id_, grade) for id_, grade in grades.items()]
    run = [ir_measures.ScoredDoc("q", id_, score) for id_, score in scored.items()]
    return {str(m.measure): m.value for m in ir_measures.pytrec_eval.iter_calc(measures, qrels, run)}


def ours(grades, ranking):
    gold = [id_ for id_, grade in grades.items() if grade > 0]
    told = {
        "nDCG@10": ndcg(ranking, grades),
        "RR@10": mrr(ranking, gold),
        "R@5": doc_recall(ranking, gold, 5),
        "R@10": doc_recall(ranking, gold, 10),
        "Success@5": success(ranking, gold),
    }
    return {name: score.value or 0.0 for name, score in told.items()}


@given(GRADES, TIED)
def test_rankings_with_ties_have_the_scores_that_trec_eval_gives(grades, scored):
    ranking = [unit for unit, _ in in_order(scored)]
    assert ours(grades, ranking) == pytest.approx(oracle(grades, scored), abs=1e-9)


@given(GRADES, APART)
def test_judged_is_that_of_ir_measures(grades, ranking):
    if not ranking:
        assert judged(ranking, grades).value is None
        return
    run = [ir_measures.ScoredDoc("q", id_, -rank) for rank, id_ in enumerate(ranking)]
    qrels = [ir_measures.Qrel("q", id_, grade) for id_, grade in grades.items()]
    (told,) = ir_measures.iter_calc([Judged @ 10], qrels, run)
    assert judged(ranking, grades).value == pytest.approx(told.value, abs=1e-9)


def test_an_empty_ranking_finds_nothing_and_is_counted():
    assert set(ours({"d1": 3}, []).values()) == {0.0}
    assert ndcg([], {"d1": 3}).total == 1


@given(GRADES.filter(lambda grades: any(grades.values())), APART)
def test_scores_lie_between_none_and_all_and_the_best_order_has_all(grades, ranking):
    assert all(0 <= value <= 1 for value in ours(grades, ranking).values())
    best = sorted(grades, key=lambda id_: -grades[id_])
    assert ndcg(best, grades).value == pytest.approx(1)


@given(GRADES, APART)
def test_an_irrelevant_tail_never_raises_a_score(grades, ranking):
    longer = [*ranking, *(f"x{n}" for n in range(5))]
    assert ours(grades, longer) == ours(grades, ranking)


def test_gain_is_linear_not_exponential():
    """Grades 1 then 3: linear (1 + 3/log2 3) / (3 + 1/log2 3)."""
    expected = (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))
    assert ndcg(["a", "b"], {"a": 1, "b": 3}).value == pytest.approx(expected)


def test_a_question_with_one_gold_document_has_its_discount_for_ndcg():
    assert ndcg(["x", "a"], {"a": 3}).value == pytest.approx(1 / math.log2(3))


def test_several_passages_of_a_document_count_once():
    outcome = Outcome(case=case(grades={"d1": 3, "d2": 3}), found=found(*["d1"] * 9, "x", "d2"))
    told = scores(outcome, {}, Aids())
    assert told["doc_recall@5"].value == 1
    assert told["nDCG@10"].value == pytest.approx((3 + 3 / 2) / (3 + 3 / math.log2(3)))


def test_cutting_documents_in_another_way_changes_no_score_of_documents():
    told = [
        scores(Outcome(case=case(grades={"d2": 3}), found=found(*ids)), {}, Aids())
        for ids in (("d1", "d2"), ("d1", "d1", "d1", "d2", "d2"))
    ]
    names = [name for name in told[0] if name.startswith(("doc_", "nDCG", "MRR", "success"))]
    assert [told[0][name].value for name in names] == [told[1][name].value for name in names]


def test_twins_count_as_one_document_and_are_told_apart_beside():
    outcome = Outcome(case=case(grades={"d1/ru": 3}), found=found("x", "d1/en", "d1/ru"))
    told = scores(outcome, {}, Aids(twins={"d1/ru": "d1", "d1/en": "d1"}))
    assert (told["MRR@10"].value, told["MRR@10, uncollapsed"].value) == (1 / 2, 1 / 3)
    assert scores(outcome, {}, Aids())["MRR@10, uncollapsed"].value is None


def test_documents_that_nobody_judged_lower_judged_and_not_the_condensed_score():
    """A pool judged for another system: four strangers before the right document."""
    ranking, grades, known = ["x1", "x2", "x3", "x4", "d1"], {"d1": 3}, {"d1", "d9"}
    assert judged(ranking, known).value == 1 / 5
    assert ndcg(ranking, grades).value < condensed_ndcg(ranking, grades, known).value == 1
    assert condensed_ndcg(ranking, grades, {"d1"}).value is None


EDGES = {"all of it": (0, 100, 1), "nine tenths": (0, 90, 1), "less": (0, 89, 0), "another end": (10, 200, 1)}


@pytest.mark.parametrize(("start", "end", "hit"), EDGES.values(), ids=EDGES)
def test_a_passage_holds_the_evidence_from_nine_tenths_of_its_characters(start, end, hit):
    held = found("d1", spans={"ru": Span(start, end)})
    assert evidence_hit(held, [("d1", {"ru": Span(0, 100), "en": Span(0, 100)})], 5).value == hit


def test_two_passages_with_half_of_the_evidence_each_do_not_hold_it():
    halves = (*found("d1", spans={"en": Span(0, 50)}), *found("d1", spans={"en": Span(50, 100)}))
    assert evidence_hit(halves, [("d1", {"en": Span(0, 100)})], 5).value == 0


def test_evidence_is_held_in_its_own_document_and_among_the_first_alone():
    places = [("d1", {"en": Span(0, 50)})]
    assert evidence_hit(found("d2", "d3"), places, 5).value == 0
    assert (evidence_hit(found("d2", "d1"), places, 1).value, evidence_hit(found("d2", "d1"), places, 2).value) == (
        0,
        1,
    )


def test_documents_without_leaves_have_no_leaf_recall_and_never_one():
    outcome = Outcome(case=case(evidence=(evidence("d1"),)), found=found("d1"))
    told = scores(outcome, {}, Aids(leaves={"d1:0": ("30",)}))
    assert told["leaf_recall@10"].value is None
    assert told["doc_recall@10"].value == 1


def test_leaves_are_recalled_where_passages_tell_theirs():
    gold = evidence_leaves(case(evidence=(evidence("d1", ("30", "31ob")),)))
    assert gold == {Unit("d1", "30"), Unit("d1", "31")}
    held = found("d2", "d1")
    leaves = {"d2:0": ("30",), "d1:1": ("030", "30 об.")}
    assert leaf_recall(held, leaves, gold, 5).value == 1 / 2
    assert leaf_recall(held, leaves, gold, 1).value == 0
    assert leaf_recall(held, None, gold, 5).value is None


@pytest.mark.parametrize("asked", [case(answerable=False), case()], ids=["not answerable", "no gold"])
def test_a_question_without_an_answer_or_without_known_documents_has_no_score(asked):
    told = scores(Outcome(case=asked, found=found("d1")), {}, Aids())
    assert {score.value for score in told.values()} == {None}


def test_evidence_removed_that_is_found_all_the_same_is_told_and_is_no_hit():
    """A question without its documents may stay answerable from a twin; then a refusal would be wrong."""
    removed = Outcome(case=case(answerable=False, absence="evidence removed"), found=found("d1/en"))
    gold, twin = {"d1/ru": {"ru": Span(0, 9)}}, Aids(places=(("d1/en", {"en": Span(0, 9)}),))
    told = scores(removed, gold, twin)
    assert (told["ablation_leak@10"].value, told["evidence_hit@10"].value) == (1, None)
    assert scores(removed, gold, Aids())["ablation_leak@10"].value == 0
    assert scores(Outcome(case=case(), found=found("d1/en")), gold, twin)["ablation_leak@10"].value is None


def test_a_crash_found_nothing_and_is_counted():
    told = scores(crashed(of=case(evidence=(evidence("d1"),))), {"d1": {"en": Span(0, 9)}}, Aids())
    assert told["nDCG@10"].value == told["evidence_hit@5"].value == told["doc_recall@5"].value == 0
    assert told["Judged@10"].value is None
