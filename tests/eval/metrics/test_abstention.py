"""Refusals, right and wrong, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import abstention, over_all
from eval.metrics.abstention import aurc, risk_coverage
from eval.metrics.decision import decision
from eval.runs import Outcome
from eval.score import Score
from tests.eval.metrics.made import answered, case, cite, crashed, judgement, record, refused, sentence

ABSENT = case("2-en", answerable=False)


def pooled(*outcomes, found=True):
    """Each figure over the questions, as hits by totals."""
    told = [abstention.scores(outcome, found) for outcome in outcomes]
    sums = {name: (sum(t[name].hits for t in told), sum(t[name].total for t in told)) for name in told[0]}
    return {name: hits / total if total else None for name, (hits, total) in sums.items()}


def test_precision_recall_and_f1_by_hand():
    """Three unanswerable, two of them refused; one answerable refused, two answered: P 2/3, R 2/3, F1 2/3."""
    found = pooled(
        *[refused(of=ABSENT)] * 2, answered(case=ABSENT), refused(), *[answered()] * 2
    )  # fmt: skip
    assert found["refusal_precision"] == found["refusal_recall"] == found["refusal_F1"] == pytest.approx(2 / 3)
    assert (found["over_refusal"], found["over_refusal_any"]) == (1 / 3, 1 / 3)
    assert found["confident_wrong"] == 1 / 3


def test_f1_is_the_harmonic_mean():
    found = pooled(refused(of=ABSENT), refused(), refused(), answered(case=ABSENT), answered())
    precision, recall = found["refusal_precision"], found["refusal_recall"]
    assert found["refusal_F1"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_refusal_where_nothing_was_found_is_not_the_composers():
    found = pooled(refused(), answered(), found=False)
    assert (found["over_refusal"], found["over_refusal_unfound"], found["over_refusal_any"]) == (None, 1 / 2, 1 / 2)


def test_where_the_right_document_is_not_known_neither_split_applies():
    found = pooled(refused(), found=None)
    assert (found["over_refusal"], found["over_refusal_unfound"], found["over_refusal_any"]) == (None, None, 1)


def test_each_way_of_absence_is_told():
    near = case("3-en", answerable=False, absence="near miss")
    found = pooled(refused(of=ABSENT), answered(case=near), answered())
    assert (found["refusal_recall, absent"], found["refusal_recall, near miss"]) == (1, 0)
    assert found["refusal_recall, evidence removed"] is None


def test_a_partial_answer_is_a_third_class():
    partial = answered(case=ABSENT, judgement=judgement(sentence("supported", cite()), refused=True))
    assert decision(partial) == "partial"
    found = pooled(partial)
    assert (found["partial_answers"], found["refusal_recall"], found["confident_wrong"]) == (1, 0, 0)
    assert found["refusal_precision"] is None


def test_a_refusal_that_explains_itself_is_no_partial_answer():
    assert decision(answered(judgement=judgement(sentence(worthy=False), refused=True))) == "refused"


def test_a_refusal_is_told_by_its_flag_without_a_judgement():
    assert decision(Outcome(case=case(), answer=record(reason="no"))) == "refused"
    assert decision(Outcome(case=case(), answer=record(("x", [])))) == "answered"


def test_answered_without_a_citation_is_not_confident():
    assert pooled(answered(case=ABSENT, judgement=judgement(sentence())))["confident_wrong"] == 0


def test_a_crash_is_no_refusal():
    found = pooled(crashed(of=ABSENT), crashed())
    assert (found["refusal_recall"], found["refusal_F1"], found["errors"]) == (0, 0, 1)
    assert found["refusal_precision"] is found["over_refusal"] is found["over_refusal_any"] is None


def test_all_unanswerable_and_all_answerable_leave_what_does_not_apply():
    assert pooled(answered())["refusal_F1"] is None
    assert pooled(refused(of=ABSENT))["over_refusal_any"] is None


def test_risk_and_coverage_by_hand():
    """Sure 0.9 right, 0.8 wrong, 0.7 right; a fourth question refused."""
    sure = [(0.7, 0.0), (0.9, 0.0), (0.8, 1.0)]
    assert risk_coverage(sure, 4) == [(1 / 4, 0), (2 / 4, 1 / 2), (3 / 4, pytest.approx(1 / 3))]
    assert aurc(sure).value == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_answers_of_one_confidence_stand_or_fall_together():
    assert risk_coverage([(0.5, 0.0), (0.5, 1.0)], 2) == [(1.0, 0.5)]
    assert aurc([(0.5, 0.0), (0.5, 1.0)]).value == 0.5


SURE = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.sampled_from([0.0, 0.5, 1.0])), min_size=1)


@given(SURE, st.randoms())
def test_the_order_of_answers_changes_no_area(sure, rng):
    shuffled = rng.sample(sure, len(sure))
    assert aurc(shuffled).value == pytest.approx(aurc(sure).value)
    assert 0 <= aurc(sure).value <= 1


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=8))
def test_without_ties_the_area_is_the_mean_of_naive_risks(losses):
    sure = [(1 - n / 10, loss) for n, loss in enumerate(losses)]
    naive = [sum(losses[:n]) / n for n in range(1, len(losses) + 1)]
    assert aurc(sure).value == pytest.approx(sum(naive) / len(naive))


def test_the_area_of_a_run_weighs_lacking_nuggets_and_answers_that_should_not_be():
    half = Score(hits=1, total=2, reason="by hand")
    right = answered(confidence=0.9, scores={"nugget_vital_strict": half})
    wrong = answered("2-en", confidence=0.8, case=ABSENT)
    run = [right, wrong, refused("3-en"), crashed("4-en"), answered("5-en")]
    assert over_all(run)["AURC"].value == pytest.approx((0.5 + (0.5 + 1) / 2) / 2)
    assert over_all([refused()])["AURC"].value is None
