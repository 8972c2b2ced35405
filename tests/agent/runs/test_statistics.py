import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.runs.statistics import (
    calibration,
    coverage,
    mcnemar,
    mean_interval,
    paired,
    ratio_interval,
)

OUTCOMES = st.lists(st.booleans(), min_size=1, max_size=40)
CLAIMS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize("total", range(9))
def test_mcnemar_is_the_chance_of_a_split_at_least_so_uneven(total: int):
    splits = list(itertools.product((0, 1), repeat=total))
    for left in range(total + 1):
        fewer = min(left, total - left)
        extreme = sum(min(sum(split), total - sum(split)) <= fewer for split in splits)
        assert mcnemar(left, total - left) == pytest.approx(extreme / len(splits))


def test_mcnemar_is_exact_far_beyond_floats():
    assert mcnemar(1500, 1500) == 1.0
    assert 0 < mcnemar(900, 1100) < 1e-4


@given(OUTCOMES)
def test_an_interval_holds_its_mean(outcomes: list[bool]):
    interval = mean_interval([float(outcome) for outcome in outcomes])
    assert interval is not None
    assert interval.value == pytest.approx(sum(outcomes) / len(outcomes))
    assert 0 <= interval.low <= interval.value + 1e-9
    assert interval.value - 1e-9 <= interval.high <= 1


def test_the_interval_of_a_known_share_is_about_two_standard_errors():
    interval = mean_interval([1.0] * 60 + [0.0] * 140)
    error = math.sqrt(0.3 * 0.7 / 200)
    assert interval is not None
    assert interval.low == pytest.approx(0.3 - 1.96 * error, abs=0.01)
    assert interval.high == pytest.approx(0.3 + 1.96 * error, abs=0.01)


def test_nothing_has_no_interval():
    assert mean_interval([]) is None
    assert ratio_interval([3.0, 4.0], [0.0, 0.0]) is None


def test_a_ratio_is_open_above_where_a_resample_may_hold_no_success():
    interval = ratio_interval([2.0, 2.0, 2.0], [1.0, 0.0, 0.0])
    assert interval is not None
    assert interval.value == 6.0
    assert math.isinf(interval.high)


@given(CLAIMS)
def test_bins_hold_every_task_once_and_keep_the_means(claims: list[tuple[float, bool]]):
    stated, right = [p for p, _ in claims], [outcome for _, outcome in claims]
    found = calibration(stated, right)
    assert found is not None
    assert sum(each.tasks for each in found.bins) == len(claims)
    assert sum(each.tasks * each.right for each in found.bins) == pytest.approx(sum(right))
    assert sum(each.tasks * each.stated for each in found.bins) == pytest.approx(sum(stated))
    assert all(each.low <= each.stated <= each.high + 1e-9 for each in found.bins)


def test_sure_and_right_is_perfectly_calibrated():
    found = calibration([1.0, 1.0, 0.0], [True, True, False])
    assert found is not None
    assert (found.brier, found.error) == (0.0, 0.0)


@given(CLAIMS, st.floats(0.5, 1))
def test_coverage_is_the_best_threshold_there_is(claims: list[tuple[float, bool]], wanted: float):
    stated, right = [p for p, _ in claims], [outcome for _, outcome in claims]
    found = coverage(stated, right, precision=wanted)
    shares = [0.0]
    for threshold in stated:
        answered = [outcome for p, outcome in claims if p >= threshold > 0]
        if answered and sum(answered) / len(answered) >= wanted:
            shares.append(len(answered) / len(claims))
    assert found.share == pytest.approx(max(shares))
    if found.threshold is not None and found.reached is not None:
        given_out = [outcome for p, outcome in claims if p >= found.threshold]
        assert found.reached == pytest.approx(sum(given_out) / len(given_out))
        assert found.reached >= wanted


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_swapping_two_runs_swaps_their_counts(pairs: list[tuple[bool, bool]]):
    first, second = [left for left, _ in pairs], [right for _, right in pairs]
    there, back = paired(first, second), paired(second, first)
    assert (there.only_first, there.only_second) == (back.only_second, back.only_first)
    assert there.p_value == back.p_value
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.both + there.neither + there.only_first + there.only_second == len(pairs)
