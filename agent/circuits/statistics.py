"""The few statistics the comparison needs: effect size, permutation p-value, correction.

Everything is exact or seeded; nothing here assumes a distribution.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def cliffs_delta(first: Values, second: Values) -> float:
    """How often a value of the first group exceeds one of the second, minus the reverse."""
    if not len(first) or not len(second):
        return 0.0
    ordered = np.sort(second)
    below = np.searchsorted(ordered, first, side="left").sum()
    above = len(first) * len(second) - np.searchsorted(ordered, first, side="right").sum()
    return float(below - above) / (len(first) * len(second))


def permutation_p(first: Values, second: Values, *, rounds: int, seed: int) -> float:
    """Two-sided p-value of the difference of means under shuffled group labels."""
    if not len(first) or not len(second):
        return 1.0
    pooled = np.concatenate([first, second])
    observed = abs(float(first.mean() - second.mean()))
    draws = np.random.default_rng(seed)
    hits = 0
    for _ in range(rounds):
        draws.shuffle(pooled)
        difference = pooled[: len(first)].mean() - pooled[len(first) :].mean()
        hits += abs(float(difference)) >= observed - 1e-12
    return (hits + 1) / (rounds + 1)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """P-values adjusted so that rejecting those under q keeps false discoveries under q."""
    count = len(p_values)
    order = sorted(range(count), key=lambda index: p_values[index])
    adjusted = [1.0] * count
    running = 1.0
    for rank in range(count, 0, -1):
        index = order[rank - 1]
        running = min(running, p_values[index] * count / rank)
        adjusted[index] = running
    return tuple(adjusted)
