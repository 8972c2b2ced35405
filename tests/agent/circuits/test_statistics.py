"""Effect sizes, permutation p-values that hold when prompts repeat, correction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.circuits.statistics import (
    benjamini_hochberg,
    cliffs_delta,
    contrast,
    permuted_sums,
)

LEVELS = (0.05, 0.1, 0.25, 0.5)
WORLDS = 300
"""Seeded, so that the shares below are the same in every run."""


def test_cliffs_delta_of_nothing_is_nothing():
    assert cliffs_delta(np.array([]), np.array([1.0])) == 0


@given(st.lists(st.floats(-5, 5), min_size=1), st.lists(st.floats(-5, 5), min_size=1))
def test_cliffs_delta_is_the_difference_of_wins(first: list[float], second: list[float]):
    wins = sum((a > b) - (a < b) for a in first for b in second) / (len(first) * len(second))
    assert cliffs_delta(np.array(first), np.array(second)) == pytest.approx(wins)


def null_world(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values that depend on the block alone, labels that lean by block: nothing to be found."""
    draws = np.random.default_rng(seed)
    blocks = np.repeat(np.arange(12), draws.integers(1, 9, 12))
    values = draws.normal(size=12)[blocks] + 0.01 * draws.normal(size=len(blocks))
    lean = draws.choice([0.0, 0.5, 1.0], 12)[blocks]
    return values, draws.random(len(blocks)) < lean, blocks


def assert_superuniform(p_values: np.ndarray) -> None:
    for level in LEVELS:
        slack = 3 * np.sqrt(level * (1 - level) / len(p_values))
        assert (p_values <= level).mean() <= level + slack


def test_p_values_are_superuniform_where_nothing_differs_however_often_prompts_repeat():
    found = [contrast(*null_world(seed), rounds=39, seed=seed).p_value for seed in range(WORLDS)]
    assert_superuniform(np.array(found))


def test_forgetting_the_blocks_would_find_differences_that_are_none():
    worlds = [null_world(seed) for seed in range(WORLDS)]
    alone = [
        contrast(values, labels, np.arange(len(values)), rounds=39, seed=seed).p_value
        for seed, (values, labels, _) in enumerate(worlds)
    ]
    assert (np.array(alone) <= 0.05).mean() > 0.15


def test_shuffled_sums_give_superuniform_p_values_where_rows_and_columns_are_unrelated():
    found: list[float] = []
    for seed in range(WORLDS):
        draws = np.random.default_rng(seed)
        fired = (draws.random((10, 6)) < 0.4) * draws.integers(1, 5, (10, 1))
        table = (fired @ (draws.random((10, 6)) < 0.4).T).astype(np.float32)
        sums = permuted_sums(table, rounds=39, draws=draws)
        found.append(float((sums >= np.trace(table)).sum() + 1) / 40)
    assert_superuniform(np.array(found))


def test_a_difference_inside_and_between_blocks_is_found():
    blocks = np.repeat(np.arange(20), 3)
    mixed = np.tile([True, True, False], 20)
    assert contrast(mixed.astype(np.float64), mixed, blocks, rounds=199, seed=1).p_value == 1 / 200
    whole = blocks < 10
    found = contrast(whole.astype(np.float64), whole, blocks, rounds=199, seed=1)
    assert (found.p_value, found.effect) == (1 / 200, 1)
    assert (len(found.first), len(found.second)) == (10, 10)


def test_one_group_alone_differs_from_nothing():
    alone = contrast(np.ones(4), np.ones(4, dtype=bool), np.arange(4), rounds=9, seed=0)
    assert alone.p_value == 1


def test_benjamini_hochberg_matches_the_textbook():
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.5]) == pytest.approx(
        (0.04, 0.16 / 3, 0.16 / 3, 0.5)
    )
