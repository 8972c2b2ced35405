"""Matching maps with heuristics, and waves."""

import numpy as np
import pytest

from peirce.agent.circuits.arithmetic import Arithmetic, Operator
from peirce.agent.circuits.fourier import view_fourier
from peirce.agent.circuits.heuristics import (
    Heuristic,
    Identical,
    Modulo,
    MultiResult,
    On,
    Problems,
    Range,
    holds,
    list_heuristics,
)
from peirce.agent.circuits.matching import correct, match_neurons, strongest_of_each_kind

ARITHMETIC = Arithmetic(operands=30, largest=58)
LEFT, RIGHT = (axis.ravel() for axis in np.indices((30, 30)))
PROBLEMS = Problems(LEFT, RIGHT, LEFT + RIGHT)
HEURISTICS = list_heuristics(ARITHMETIC, Operator.ADD)


def match(
    keys: np.ndarray,
    direct: np.ndarray | None = None,
    *,
    gated: bool = False,
    multiple: bool = False,
):
    silent = np.zeros_like(keys)
    return match_neurons(
        keys.astype(np.float32),
        (silent if direct is None else direct).astype(np.float32),
        PROBLEMS,
        HEURISTICS,
        gated=gated,
        multiple=multiple,
    )


@pytest.mark.parametrize(
    "heuristic", [Modulo(On.LEFT, 5, 2), Range(On.RIGHT, 4, 7), Identical(), Modulo(On.BOTH, 2, 0)]
)
def test_planted_heuristic_is_the_best_match_and_its_threshold_separates(heuristic: Heuristic):
    noise = np.random.default_rng(0).random(900) * 0.5
    planted = holds(heuristic, PROBLEMS) + noise
    best = match(planted[None])[0][0]
    assert best.heuristic == heuristic
    assert best.score == 1.0
    assert ((planted.astype(np.float32) >= best.threshold) == holds(heuristic, PROBLEMS)).all()


def test_low_values_match_only_in_gated_models():
    planted = -1.0 * holds(Modulo(On.LEFT, 5, 2), PROBLEMS)[None]
    assert match(planted, gated=True)[0][0].sign == -1
    assert Modulo(On.LEFT, 5, 2) not in [each.heuristic for each in match(planted)[0]]


def test_results_are_matched_on_the_direct_map_only():
    mask = holds(Range(On.RESULT, 20, 23), PROBLEMS)[None].astype(float)
    flat = np.random.default_rng(1).random((1, 900))
    assert match(flat, mask)[0][0].heuristic == Range(On.RESULT, 20, 23)
    assert match(flat, mask)[0][0].direct


def test_multiple_results_are_read_off_the_map():
    mask = holds(MultiResult((11, 37)), PROBLEMS)[None].astype(float)
    found = match(np.random.default_rng(1).random((1, 900)), mask, multiple=True)[0]
    assert MultiResult((11, 37)) in [each.heuristic for each in found]


def test_dead_neurons_match_nothing():
    assert match(np.zeros((1, 900))) == ((),)


def test_noise_matches_nothing_after_correction():
    noise = np.random.default_rng(2).random((20, 900))
    assert all(each.corrected < 0.6 for found in match(noise) for each in found)


def test_one_match_is_kept_for_each_kind():
    found = match(holds(Range(On.LEFT, 0, 10), PROBLEMS)[None].astype(float))[0]
    kept = strongest_of_each_kind(found)
    assert len(found) > len(kept) >= 1
    assert (holds(kept[0].heuristic, PROBLEMS) == holds(Range(On.LEFT, 0, 10), PROBLEMS)).all()


def test_correction_maps_luck_to_zero_and_perfection_to_one():
    assert correct(0.3, 0.3) == 0
    assert correct(1.0, 0.3) == 1
    assert correct(1.0, 1.0) == 0


def test_fourier_view_finds_the_axis_and_the_frequency():
    wave = np.cos(2 * np.pi * 3 * (LEFT + RIGHT) / 30).reshape(30, 30).astype(np.float32)
    view = view_fourier(wave)
    assert view.sum == pytest.approx(1)
    assert view.frequency == (3, 3)
    assert view.strongest == pytest.approx(1)
    left = view_fourier(np.cos(2 * np.pi * LEFT / 5).reshape(30, 30).astype(np.float32))
    assert left.left == pytest.approx(1)
    assert left.frequency == (6, 0)
    assert view_fourier(np.ones((4, 4), dtype=np.float32)).strongest == 0
