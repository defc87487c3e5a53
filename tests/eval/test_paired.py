from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval.paired import holm, mcnemar, permutation, permutations

small = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=7)


def _p(new, old, *, seed=0):
    asked = np.ones(len(new))
    return permutation((np.array(new, float), asked), (np.array(old, float), asked), seed=seed)


@given(small)
def test_of_few_pairs_every_exchange_is_counted(rows):
    new, old = zip(*rows, strict=True)
    apart = [a - b for a, b in rows]
    every = [abs(sum(s * d for s, d in zip(signs, apart, strict=True))) for signs in product((1, -1), repeat=len(rows))]
    assert _p(new, old) == pytest.approx(np.mean([one >= abs(sum(apart)) for one in every]))


def test_the_permutation_test_is_scipys():
    rng = np.random.default_rng(2)
    new, old = rng.random(60) + 0.06, rng.random(60)
    theirs = stats.permutation_test(
        (new, old), lambda a, b: np.mean(a - b), permutation_type="samples", n_resamples=10_000, rng=1
    )
    assert _p(new, old) == pytest.approx(theirs.pvalue, abs=0.015)
    assert _p(new, old) == _p(new, old)


def test_a_ratio_of_sums_is_exchanged_with_its_wholes():
    """Two pairs, by hand: 3/3 against 1/4; exchanging one pair or the other gives 1/2 against 3/5, or the reverse."""
    new, old = (np.array([2.0, 1.0]), np.array([2.0, 1.0])), (np.array([0.0, 1.0]), np.array([1.0, 3.0]))
    every = [3 / 3 - 1 / 4, 1 / 2 - 3 / 5, 3 / 5 - 1 / 2, 1 / 4 - 3 / 3]  # neither, the first, the second, both
    assert (new[0][1] + old[0][0]) / (new[1][1] + old[1][0]) == 1 / 2
    assert permutation(new, old, seed=0) == np.mean([abs(one) >= 0.75 for one in every])


def test_runs_that_agree_differ_by_chance_for_certain():
    assert _p([1] * 40, [1] * 40) == 1.0
    assert _p([1], [0]) == 1.0  # one pair can tell nothing
    assert _p([1] * 6, [0] * 6) == 2 / 2**6


def test_under_no_difference_p_is_seldom_small():
    rng = np.random.default_rng(7)
    found = [_p(rng.random(30), rng.random(30)) for _ in range(60)]
    assert np.mean(np.array(found) < 0.05) <= 0.15


@pytest.mark.parametrize(("better", "worse"), [(0, 0), (5, 0), (9, 3), (40, 60), (700, 650)])
def test_mcnemars_test_is_the_binomial_one(better, worse):
    theirs = stats.binomtest(better, better + worse).pvalue if better + worse else 1.0
    assert mcnemar(better, worse) == pytest.approx(theirs)


def test_holms_correction_by_hand():
    """0.01·4, then 0.03·3, then what went before: 0.04·2 is less; Holm's own example of the procedure."""
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.05})
    assert found == pytest.approx({"a": 0.04, "b": 0.09, "c": 0.09, "d": 0.09})
    assert holm({"a": 0.6, "b": 0.7}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}


def test_many_columns_have_each_its_own_p():
    rng = np.random.default_rng(3)
    new, old = rng.random((40, 70)), rng.random((40, 70))
    new[5:, 7] = old[5:, 7]  # few pairs differ there: all exchanges are tried
    asked = np.ones((40, 70))
    together = permutations((new, asked), (old, asked), seed=2)
    for n in (0, 7, 69):
        assert together[n] == _p(new[:, n], old[:, n], seed=2)
