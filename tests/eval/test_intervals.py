import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.intervals import difference, ratio

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
