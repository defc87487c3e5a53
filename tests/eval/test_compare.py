import json

import numpy as np
import pytest

from eval.compare import compare
from eval.errors import RunError, UnlikeRunsError
from tests.eval.runs import outcome, scored


def _run(values, name="support_lo", **other):
    return scored([outcome(f"{n}", {name: v}) for n, v in enumerate(values)], **other)


def test_a_run_against_itself_differs_by_nothing():
    run = _run([1, 0, 0.5, 1])
    (contrast,) = compare(run, run).contrasts
    assert (contrast.difference.value, contrast.difference.low, contrast.difference.high) == (0, 0, 0)
    assert (contrast.p, contrast.holm, contrast.wins, contrast.ties, contrast.losses) == (1, 1, 0, 4, 0)
    assert compare(run, run).changed == ()


def test_questions_are_paired_by_id_in_whatever_order_they_come():
    old = _run([1, 0, 0])
    new = scored([outcome(str(n), {"support_lo": v}) for n, v in ((2, 1), (0, 1), (1, 0))])
    (contrast,) = compare(old, new).contrasts
    assert (contrast.wins, contrast.ties, contrast.losses) == (1, 2, 0)
    assert contrast.difference.value == pytest.approx(1 / 3)
    assert compare(old, new).changed[0].id == "2"


def test_the_interval_is_that_of_the_paired_difference():
    rng = np.random.default_rng(0)
    old = rng.random(200)
    gain = rng.normal(0.05, 0.1, 200)
    (contrast,) = compare(_run(old), _run(old + gain)).contrasts
    half = 1.96 * gain.std(ddof=1) / 200**0.5
    assert contrast.difference.value == pytest.approx(gain.mean())
    assert (contrast.difference.low, contrast.difference.high) == pytest.approx(
        (gain.mean() - half, gain.mean() + half), abs=0.002
    )
    assert contrast.detectable == pytest.approx(2.8 * gain.std(ddof=1) / 200**0.5)


def test_what_applies_in_one_run_alone_is_left_out_and_counted():
    (contrast,) = compare(_run([1, None, 0]), _run([0, 1, 0])).contrasts
    assert (contrast.difference.n, contrast.unpaired, contrast.losses) == (2, 1, 1)
    assert contrast.mcnemar == 1.0


def test_less_is_better_where_it_is():
    (contrast,) = compare(_run([1, 1], "altered_rate"), _run([0, 1], "altered_rate")).contrasts
    assert (contrast.wins, contrast.losses, contrast.primary, contrast.holm) == (1, 0, False, None)


def test_f1_is_compared_as_a_ratio_of_sums():
    """Before 2·1 by 1+2, now 2·2 by 2+2."""
    old, new = [(2, 2), (0, 1), (0, 0)], [(2, 2), (2, 2), (0, 0)]
    (contrast,) = compare(_run(old, "refusal_F1"), _run(new, "refusal_F1")).contrasts
    assert contrast.difference.value == pytest.approx(4 / 4 - 2 / 3)
    assert contrast.p == 1.0  # one pair alone differs
    assert (contrast.wins, contrast.ties, contrast.losses) == (1, 1, 0)
    (contrast,) = compare(_run([(2, 2), (0, 0)], "refusal_F1"), _run([(2, 2), (0, 1)], "refusal_F1")).contrasts
    assert (contrast.wins, contrast.losses, contrast.lost) == (0, 1, ("1",))  # a refusal that was not due


def test_a_ratio_that_nothing_is_counted_in_before_is_not_compared():
    assert compare(_run([(0, 0)], "refusal_F1"), _run([(0, 1)], "refusal_F1")).contrasts == ()


def test_holm_counts_the_declared_metrics_alone():
    def run(shift):
        return scored([
            outcome(str(n), {"support_lo": min(1.0, n / 12 + shift), "nugget_all": n / 12, "quote_fidelity": 1})
            for n in range(12)
        ])  # fmt: skip

    found = {contrast.name: contrast for contrast in compare(run(0), run(0.1)).contrasts}
    assert found["support_lo"].holm == pytest.approx(2 * found["support_lo"].p)
    assert found["nugget_all"].holm is None
    assert next(iter(found)) == "quote_fidelity"  # the declared ones come first, as declared


@pytest.mark.parametrize("other", [{"questions": "c" * 64}, {"corpus": "c" * 64}])
def test_runs_of_other_questions_or_documents_are_refused_unless_asked_for(other):
    old, new = _run([1, 0]), _run([1, 0, 1], **other)
    with pytest.raises(UnlikeRunsError, match=r"not alike: .*differ"):
        compare(old, new)
    found = compare(old, new, anyway=True)
    assert (found.questions, found.only_baseline, found.only_new, len(found.notes)) == (2, 0, 1, 1)


def test_runs_with_nothing_in_common_or_unjudged_are_refused():
    other = scored([outcome("elsewhere", {"support_lo": 1})])
    with pytest.raises(RunError, match="no question in common"):
        compare(_run([1]), other, anyway=True)
    with pytest.raises(RunError, match="not been judged"):
        compare(_run([1]), scored([outcome("0")]))


def test_one_question_is_compared_and_all_of_it_is_json():
    found = compare(_run([1]), _run([0]))
    assert found.contrasts[0].p == 1
    assert found.contrasts[0].detectable is None
    assert json.loads(json.dumps(found.record(), allow_nan=False))["contrasts"][0]["losses"] == 1


def test_runs_judged_by_different_checkers_are_not_compared_unless_asked_for():
    old, new = _run([1, 0], checker="rules"), _run([1, 0], checker="rules, then a model")
    with pytest.raises(RunError, match=r"different checkers judged them \(rules, rules, then a model\)"):
        compare(old, new)
    assert compare(old, new, anyway=True).notes
