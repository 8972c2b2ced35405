"""The few statistics the comparison needs: effect size, permutation p-values, correction.

Everything is exact or seeded; nothing here assumes a distribution. A p-value is the share
of permutations at least as extreme as what was observed, which counts as one of them: (hits + 1) /
(rounds + 1), valid and never 0 (Phipson and Smyth 2010). Answers to the same prompt share
most activations, so they are no independent witnesses: permutations move whole blocks of them, or
labels within a block, and p-values hold however often a prompt was asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Labels = NDArray[np.bool_]
Blocks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two groups of values, one of each block that occurs in a group, and how they differ."""

    first: Values
    second: Values
    p_value: float
    """Two-sided, of the difference of means."""

    @property
    def effect(self) -> float:
        """Cliff's delta."""
        return cliffs_delta(self.first, self.second)


def cliffs_delta(first: Values, second: Values) -> float:
    """How often a value of the first group exceeds one of the second, minus the reverse."""
    if not len(first) or not len(second):
        return 0.0
    ordered = np.sort(second)
    below = np.searchsorted(ordered, first, side="left").sum()
    above = len(first) * len(second) - np.searchsorted(ordered, first, side="right").sum()
    return float(below - above) / (len(first) * len(second))


def permuted_sums(table: NDArray[np.float32], *, rounds: int, draws: np.random.Generator) -> Values:
    """For each round the sum of `table[i, order[i]]` over all i, the order being drawn anew."""
    rows = np.arange(len(table))
    orders = draws.permuted(np.tile(rows, (rounds, 1)), axis=1)
    return table[rows, orders].sum(axis=1, dtype=np.float64)


def contrast(values: Values, first: Labels, blocks: Blocks, *, rounds: int, seed: int) -> Contrast:
    """Do labelled values differ from the others, beyond what their blocks explain?

    A block's values with one label are averaged. Blocks that have one label trade it with other
    such blocks as a whole; in blocks that have both, labels are shuffled inside.
    """
    draws = np.random.default_rng(seed)
    pairs: list[tuple[float, float]] = []
    whole: dict[bool, list[float]] = {True: [], False: []}
    shuffled = np.zeros((2, rounds))
    for block in np.unique(blocks):
        inside, labels = values[blocks == block], first[blocks == block]
        if labels.all() or not labels.any():
            whole[bool(labels[0])].append(float(inside.mean()))
            continue
        pairs.append((float(inside[labels].mean()), float(inside[~labels].mean())))
        shuffled += _shuffle(inside, int(labels.sum()), rounds, draws, np.mean)
    pool = np.array([*whole[True], *whole[False]])
    shuffled += _shuffle(pool, len(whole[True]), rounds, draws, np.sum)
    ours = np.array([*whole[True], *(pair[0] for pair in pairs)])
    others = np.array([*whole[False], *(pair[1] for pair in pairs)])
    if not len(ours) or not len(others):
        return Contrast(first=ours, second=others, p_value=1.0)
    observed = abs(float(ours.mean() - others.mean()))
    luck = np.abs(shuffled[0] / len(ours) - shuffled[1] / len(others))
    hits = int((luck >= observed - 1e-12).sum())
    return Contrast(first=ours, second=others, p_value=(hits + 1) / (rounds + 1))


def _shuffle(
    values: Values,
    count: int,
    rounds: int,
    draws: np.random.Generator,
    combine: Callable[..., Values],
) -> Values:
    """[2, rounds]: `count` values and the rest, dealt anew in every round, each combined to one."""
    dealt = draws.permuted(np.tile(values, (rounds, 1)), axis=1)
    return np.stack([combine(dealt[:, :count], axis=1), combine(dealt[:, count:], axis=1)])


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """P-values adjusted so that rejecting those under q keeps false discoveries under q.

    Proven for independent and for positively dependent tests (Benjamini and Yekutieli 2001).
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda index: p_values[index])
    adjusted = [1.0] * count
    running = 1.0
    for rank in range(count, 0, -1):
        index = order[rank - 1]
        running = min(running, p_values[index] * count / rank)
        adjusted[index] = running
    return tuple(adjusted)
