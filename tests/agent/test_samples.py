"""Samples that hold none of the wrong examples, whichever these are."""

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.agent.samples import ENOUGH, LEAST, Sample, samples_without


def drawn(
    wrong: int, doubts: Sequence[float], most: int = 6, seed: int = 0, rounds: int = 6
) -> list[Sample]:
    return samples_without(wrong, doubts, most=most, rounds=rounds, lots=random.Random(seed))


def plan(wrong: int, count: int, most: int = 6, seed: int = 0) -> list[tuple[int, ...]]:
    """Samples where nothing speaks against any example."""
    return [sample.chosen for sample in drawn(wrong, [0.0] * count, most, seed)]


@pytest.mark.parametrize(("wrong", "count"), [(1, 8), (2, 8), (2, 11), (3, 10)])
def test_nearly_every_set_of_wrong_examples_is_avoided_by_some_sample(wrong: int, count: int):
    samples = [set(sample) for sample in plan(wrong, count)]
    sets = list(combinations(range(count), wrong))
    avoided = sum(any(sample.isdisjoint(each) for sample in samples) for each in sets)
    assert avoided >= ENOUGH * len(sets)


def test_where_no_example_may_be_wrong_one_sample_as_large_as_asked_is_enough():
    assert [len(sample) for sample in plan(0, 300, most=9)] == [9]


def test_halves_are_enough_where_one_example_may_be_wrong():
    first, second = plan(1, 11)
    assert len(first) == len(second) == 5
    assert not set(first) & set(second)


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 60), st.floats(0.0, 0.45), st.integers(2, 8), st.integers(0, 9))
def test_samples_are_sorted_distinct_and_of_one_size(
    count: int, share: float, most: int, seed: int
):
    most = min(most, count)
    samples = plan(int(share * count), count, most, seed)
    assert 1 <= len(samples) <= 6
    (size,) = {len(sample) for sample in samples}
    assert min(most, LEAST) <= size <= most
    for sample in samples:
        assert list(sample) == sorted(set(sample))
        assert 0 <= sample[0] <= sample[-1] < count
    assert plan(int(share * count), count, most, seed) == samples


def test_examples_unlike_the_others_are_left_out_first():
    doubts = [0.0, 5.0, 0.0, 0.0, 0.0, 5.0, 0.0, 0.0]
    first, *others = drawn(2, doubts)
    assert not {1, 5} & set(first.chosen)
    assert first.chance > 0.5
    assert 1 + len(others) < len(plan(2, 8))


def test_the_chances_of_the_rounds_are_that_each_is_the_first_without_a_wrong_example():
    samples = drawn(2, [0.0, 1.0, 2.0, 0.0, 3.0, 0.0, 0.5, 0.0])
    assert ENOUGH <= sum(sample.chance for sample in samples) <= 1 + 1e-9
    assert all(sample.chance > 0 for sample in samples)


def test_of_hundreds_of_examples_the_doubted_are_left_out_of_every_sample():
    doubts = [20.0 if index < 10 else 0.0 for index in range(100)]
    for sample in drawn(10, doubts):
        assert not set(sample.chosen) & set(range(10))
