"""Comparison of values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.values import Grid
from peirce.verifiers.compare import closeness, same

grids = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 9)] * width), min_size=1, max_size=6).map(
        tuple
    )
)


@given(grids, grids)
def test_closeness_is_one_only_for_equal_grids(left: Grid, right: Grid):
    assert (closeness(left, right) == 1.0) == (left == right)
    assert 0.0 <= closeness(left, right) <= 1.0


def test_a_boolean_is_never_an_integer():
    assert not same(True, 1)
    assert not same((True,), (1,))
    assert same(0.1 + 0.2, 0.3)


def test_no_value_equals_nothing():
    assert not same(None, ())
    assert closeness(None, ((0,),)) == 0.0


def test_grids_of_unequal_shape_are_never_close():
    assert closeness(((1, 1),), ((1, 1), (1, 1))) <= 0.2


@pytest.mark.parametrize(("got", "goal"), [("hello", "hallo"), ((1, 2, 3), (1, 2, 4))])
def test_one_changed_part_leaves_most_of_the_closeness(
    got: str | tuple[int, ...], goal: str | tuple[int, ...]
):
    assert 0.6 < closeness(got, goal) < 1.0
