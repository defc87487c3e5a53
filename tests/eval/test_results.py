import json

import numpy as np
import pytest

from eval.errors import RunError
from eval.intervals import rule_of_three, wilson
from eval.results import results, results_of, summary
from eval.runs import Run
from eval.table import tabulate
from tests.eval.runs import outcome, provenance, scored


def _both(pair, english, russian, **other):
    return [
        outcome(f"{pair}-en", {"m": english}, pair=pair, language="en", **other),
        outcome(f"{pair}-ru", {"m": russian}, pair=pair, language="ru", **other),
    ]


def test_a_metric_is_the_mean_of_questions_and_the_share_of_all_it_counts():
    figure = results_of(scored([outcome("a", {"m": (1, 1)}), outcome("b", {"m": (0, 3)})])).whole.figures["m"]
    assert (figure.macro.value, figure.macro.n) == (0.5, 2)
    assert (figure.micro.value, figure.micro.n) == (0.25, 4)


def test_what_does_not_apply_counts_as_neither():
    told = [outcome("a", {"m": 1}), outcome("b", {"m": None}), outcome("c"), outcome("d", {"m": 0})]
    figure = results_of(scored(told)).whole.figures["m"]
    assert (figure.macro.value, figure.macro.n, figure.excluded) == (0.5, 2, 2)
    nowhere = results_of(scored([outcome("a", {"m": None})])).whole.figures["m"]
    assert (nowhere.main, nowhere.excluded) == (None, 1)


def test_questions_are_sliced_by_language_kind_sort_and_period():
    told = [
        *_both("1", 1, 0, kind="who", period="1950s"),
        *_both("2", 1, 1, kind="when", answerable=False),
    ]
    found = {(s.by, s.value): s for s in results_of(scored(told)).slices}
    assert set(found) == {
        ("", ""), ("language", "en"), ("language", "ru"), ("kind", "who"), ("kind", "when"),
        ("sort", "answerable"), ("sort", "absent"), ("period", "1950s"),
    }  # fmt: skip
    assert found["language", "ru"].figures["m"].macro.value == 0.5
    assert found["sort", "absent"].figures["m"].macro.value == 1
    assert (found["", ""].questions, found["", ""].pairs) == (4, 2)
    assert found["period", "1950s"].questions == 2


def test_two_wordings_are_one_draw_so_that_doubling_them_narrows_nothing():
    rng = np.random.default_rng(0)
    values = (rng.random(60) < 0.5).astype(float)
    once = results_of(scored([outcome(str(n), {"m": v}) for n, v in enumerate(values)]))
    twice = results_of(scored([one for n, v in enumerate(values) for one in _both(str(n), v, v)]))
    a, b = (found.whole.figures["m"].macro for found in (once, twice))
    assert (a.value, a.low, a.high) == (b.value, b.low, b.high)


def test_a_share_that_never_varies_has_an_interval_all_the_same():
    figure = results_of(scored([outcome(str(n), {"m": 1, "other": 0}) for n in range(30)])).whole.figures
    assert (figure["m"].macro.low, figure["m"].macro.high) == (1 - rule_of_three(30), 1)
    assert (figure["other"].macro.low, figure["other"].macro.high) == (0, 0.1)
    assert figure["m"].method == "rule of three"
    counted = results_of(scored([outcome(str(n), {"m": (3, 3)}) for n in range(30)])).whole.figures["m"]
    assert (counted.micro.low, counted.micro.high) == pytest.approx((0.9, 1))


def test_a_share_near_the_end_has_wilsons_interval():
    figure = results_of(scored([outcome(str(n), {"m": int(n > 1)}) for n in range(40)])).whole.figures["m"]
    assert (figure.macro.low, figure.macro.high) == pytest.approx(wilson(38, 40))
    assert figure.method == "wilson"


def test_what_is_no_share_keeps_the_bootstrap():
    figure = results_of(scored([outcome(str(n), {"m": 7.0}) for n in range(30)])).whole.figures["m"]
    assert (figure.macro.low, figure.macro.high, figure.method) == (7, 7, "bootstrap")
    figure = results_of(scored([outcome(str(n), {"overbroad": 1.0}) for n in range(30)])).whole.figures["overbroad"]
    assert (figure.macro.low, figure.macro.high) == (1, 1)


def test_f1_is_a_ratio_of_sums_not_a_mean():
    """Three refusals, two of them due, of four that are due: F1 = 4 / 7."""
    told = [(2, 2), (2, 2), (0, 1), (0, 1), (0, 1)]
    found = results_of(scored([outcome(str(n), {"refusal_F1": one}) for n, one in enumerate(told)]))
    figure = found.whole.figures["refusal_F1"]
    assert figure.macro is None
    assert figure.main.value == pytest.approx(4 / 7)


def test_the_gap_is_english_less_russian_of_pairs_that_have_both():
    told = [*_both("1", 1, 0), *_both("2", 1, 1), *_both("3", 0, None), outcome("4-en", {"m": 0}, language="en")]
    gap = results_of(scored(told)).gaps["m"]
    assert gap.value == 0.5
    assert gap.n == 4


def test_durations_flips_and_crashes_are_told():
    told = [
        outcome("a", seconds={"whole": 1.0, "verify": 0.5}, repeats=3, flips=1),
        outcome("b", seconds={"whole": 3.0}, repeats=3),
        outcome("c", error="ValueError: no", repeats=3),
    ]
    found = results_of(scored(told))
    assert found.seconds["whole"]["median"].value == 1.0
    assert found.seconds["whole"]["slowest twentieth"].value == 3.0
    assert found.seconds["verify"]["median"].n == 1
    assert found.flips.value == pytest.approx(1 / 6)
    assert found.crashes == ("c",)


@pytest.mark.parametrize("told", [[], [outcome("a", {"m": 1})], [outcome("a", {"m": None}, answerable=False)]])
def test_an_empty_run_one_question_and_none_answerable_are_defined(told):
    found = results(Run(provenance=provenance(), outcomes=tuple(told)))
    assert found.whole.questions == len(told)
    assert json.loads(json.dumps(found.record(), allow_nan=False))["schema"] == "delo.results/1"
    assert found == summary(provenance(), iter(told))


def test_a_duration_that_is_no_number_and_a_question_twice_are_refused():
    with pytest.raises(RunError, match="no duration"):
        tabulate([outcome("a", seconds={"whole": float("nan")})])
    with pytest.raises(RunError, match="'a' twice"):
        tabulate([outcome("a"), outcome("a")])
