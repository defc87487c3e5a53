import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval.intervals import (
    Estimate,
    difference,
    differences,
    least_detectable,
    prediction_powered,
    quantile,
    ratio,
    ratios,
    rule_of_three,
    wilson,
)

pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40).map(
    lambda rows: np.array([(min(a, b), b) for a, b in rows], float).T
)


@given(pairs)
def test_a_ratio_lies_within_its_interval_and_is_the_same_at_every_run(sums):
    found = ratio(*sums, seed=1)
    if not sums[1].sum():
        assert found is None
        return
    assert found == ratio(*sums, seed=1)
    assert found.value == pytest.approx(sums[0].sum() / sums[1].sum())
    assert 0 <= found.low <= found.high <= 1
    assert found.n == sums[1].sum()


def test_the_interval_of_a_rate_is_that_of_the_normal_approximation_where_that_holds():
    right = np.array([1.0] * 300 + [0.0] * 300)
    found = ratio(right, np.ones(600), seed=0)
    assert (found.low, found.high) == pytest.approx((0.5 - 1.96 * 0.0204, 0.5 + 1.96 * 0.0204), abs=0.005)


def test_two_kinds_that_agree_pair_by_pair_differ_by_nothing():
    right, asked = np.array([1.0, 0.0, 1.0, 1.0]), np.ones(4)
    found = difference((right, asked), (right, asked), seed=0)
    assert (found.value, found.low, found.high) == (0, 0, 0)
    assert difference((right, asked), (right, np.zeros(4)), seed=0) is None


def test_the_bootstrap_agrees_with_scipys():
    values = np.random.default_rng(3).beta(2, 3, 80)
    found = ratio(values, np.ones(80), seed=0)
    theirs = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=10_000, rng=1).confidence_interval
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=0.004)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """200 samples of 60 pairs whose two wordings share their luck; the wordings taken apart, 85 % would."""
    rng = np.random.default_rng(5)
    shared = rng.random((60, 200))
    right = sum((shared < 0.6) * (rng.random((60, 200)) < 0.9) for _ in range(2)).astype(float)
    found = ratios(right, np.full((60, 200), 2.0), seed=0)
    held = np.mean([one.low <= 0.54 <= one.high for one in found])
    assert 0.9 <= held <= 0.99


def _told(estimate):
    return (estimate.value, estimate.low, estimate.high, estimate.n)


def test_many_columns_come_out_as_each_alone():
    rng = np.random.default_rng(0)
    parts, wholes = rng.random((7, 150)), rng.integers(0, 2, (7, 150)).astype(float)
    together = ratios(parts, wholes, seed=4)
    apart = differences((parts, wholes), (wholes, np.ones((7, 150))), seed=4)
    for n in (0, 70, 149):
        one = parts[:, n], wholes[:, n]
        assert _told(together[n]) == pytest.approx(_told(ratio(*one, seed=4)))
        assert _told(apart[n]) == pytest.approx(_told(difference(one, (wholes[:, n], np.ones(7)), seed=4)))
    assert ratios(np.zeros((0, 2)), np.zeros((0, 2)), seed=0) == [None, None]


def test_a_quantile_is_one_of_the_values_that_the_share_does_not_exceed():
    seconds = np.array([5.0, 1.0, 4.0, 2.0, 3.0, 6.0, 8.0, 7.0, 10.0, 9.0])
    median = quantile(seconds, np.arange(10), 0.5, seed=0)
    assert (median.value, median.n) == (5.0, 10)
    assert quantile(seconds, np.arange(10), 0.95, seed=0).value == 10.0
    assert median.low < 5 < median.high
    assert quantile(seconds, np.zeros(10, dtype=int), 0.5, seed=0).low == 5.0  # one pair: nothing varies


def test_wilsons_interval_is_the_printed_one_and_scipys():
    low, high = wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)  # from printed tables
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 50)[0] == 0.0
    theirs = stats.binomtest(3, 40).proportion_ci(0.95, method="wilson")
    assert wilson(3, 40) == pytest.approx((theirs.low, theirs.high), abs=1e-4)


def test_of_what_was_never_seen_three_by_n_is_the_most():
    assert rule_of_three(30) == pytest.approx(0.1)
    assert rule_of_three(0) == rule_of_three(2) == 1.0
    assert (1 - rule_of_three(300)) ** 300 == pytest.approx(0.05, abs=0.002)  # what it stands for


@pytest.mark.parametrize(("n", "least"), [(50, 0.16), (100, 0.11), (200, 0.08), (400, 0.056)])
def test_the_least_difference_that_shows_is_the_printed_one(n, least):
    values = np.tile([0.4, -0.4], n // 2) * np.sqrt((n - 1) / n)  # of standard deviation 0.4
    assert least_detectable(values) == pytest.approx(least, abs=0.005)
    assert least_detectable(values[:1]) is None


def test_people_correct_what_a_judge_gets_wrong():
    """A judge that is too kind by 0.2: what it says of all is corrected by the few that people judged."""
    rng = np.random.default_rng(1)
    truth = (rng.random(2000) < 0.6).astype(float)
    judged = np.where(rng.random(2000) < 0.5, 1.0, truth)
    found = prediction_powered(judged, judged[:300], truth[:300])
    assert judged.mean() > 0.75
    assert found.low <= 0.6 <= found.high
    assert found.value == pytest.approx(judged.mean() + (truth[:300] - judged[:300]).mean())
    with pytest.raises(ValueError, match="two at least"):
        prediction_powered(judged, judged[:1], truth[:1])


def test_a_judge_that_is_always_right_leaves_only_the_chance_of_the_sample():
    judged = np.tile([1.0, 0.0], 200)
    found = prediction_powered(judged, judged[:40], judged[:40])
    half = 1.96 * judged.std(ddof=1) / 20
    assert (found.low, found.value, found.high) == pytest.approx((0.5 - half, 0.5, 0.5 + half))


def test_an_estimate_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        Estimate(value=float("nan"), low=0, high=1, n=1)
    with pytest.raises(ValueError, match="finite"):
        ratio(np.array([float("nan"), 1]), np.ones(2), seed=0)
