"""Fit how much a program that fits its examples should weigh, on searches of known outcome.

    python scripts/ablate.py DATA... --json searched.jsonl
    python scripts/rank.py searched.jsonl...

The posterior of a prediction is the share of weight of the programs that make it, and the weight of
a program is 2 to the minus of its bits: its description length times a temper, and so many bits for
each sign against it. The bits are chosen so that right predictions get as much of the posterior as
possible (conditional logit: McFadden 1974), pulled towards the weights in use by a ridge. Tasks of
the third that nobody looks at are never fitted on; what the weights do there is printed beside.
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from ablate import Fit, Searched
from pydantic import TypeAdapter

from peirce.agent.calibration import METHOD_BITS, RANKING

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
RIDGE = 0.005
"""Leaving a weight in use by its scale is charged so much, squared, per task."""
TEMPER_SCALE = 0.02
"""How far the temper of the description length moves where the bits of a sign move by 1."""
FEWEST = 20
"""A method gets bits of its own from so many tasks on with a program that fits."""
ROUNDS = 400
RATE = 0.1


@dataclass(frozen=True, slots=True)
class Pool:
    """The programs that fit one task."""

    signs: Array
    """One row for each program: what `weights` multiplies."""
    answers: Array
    """The number of the prediction of each program."""
    right: Array
    """1 for programs that predict every test output."""


def main() -> None:
    """Read the searches, fit, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("searched", nargs="+", type=Path)
    options = parser.parse_args()
    reader = TypeAdapter(Searched)
    rows = [
        reader.validate_json(line)
        for path in options.searched
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if row.fits]
    methods = _methods(rows)
    start = np.array([*RANKING, *(METHOD_BITS.get(name, 0.0) for name in methods)])
    shown = [_pool(row.fits, methods) for row in rows if not row.aside]
    aside = [_pool(row.fits, methods) for row in rows if row.aside]
    weights = _fit(shown, start)
    for name, pools in (("fitted on", shown), ("third apart", aside)):
        print(f"{name}: {len(pools)} tasks with a program that fits")
        for label, used in (("in use", start), ("fitted", weights)):
            first, two, loss = _score(pools, used)
            print(f"  {label:<8} right first {first}, within two {two}, log loss {loss:.3f}")
        print(f"  some program right {sum(pool.right.any() for pool in pools)}")
    print("RANKING: Final = (" + ", ".join(f"{w:.2f}" for w in weights[: len(RANKING)]) + ")")
    print("METHOD_BITS: Final[dict[str, float]] = {")
    for name, bits in zip(methods, weights[len(RANKING) :], strict=True):
        print(f'    "{name}": {bits:.1f},')
    print("}")


def _methods(rows: Sequence[Searched]) -> list[str]:
    """The origins with enough tasks to learn from."""
    tasks: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for fit in row.fits:
            tasks[fit.origin].add(row.task)
    return sorted(name for name, found in tasks.items() if len(found) >= FEWEST)


def _pool(fits: Sequence[Fit], methods: Sequence[str]) -> Pool:
    shortest = min(fit.bits for fit in fits)
    signs = [
        [
            fit.bits - shortest,
            float(fit.copies != 0),
            float(fit.failures != 0),
            float(len(fit.surprises)),
            *(float(fit.origin == name) for name in methods),
        ]
        for fit in fits
    ]
    return Pool(
        np.array(signs),
        np.array([float(fit.answer) for fit in fits]),
        np.array([float(fit.right) for fit in fits]),
    )


def _shares(pool: Pool, weights: Array) -> Array:
    bits = pool.signs @ weights
    mass = np.exp2(-(bits - bits.min()))
    return mass / mass.sum()


def _fit(pools: Sequence[Pool], start: Array) -> Array:
    """Follow the gradient of the log share of right predictions (Adam, Kingma and Ba 2015)."""
    useful = [pool for pool in pools if pool.right.any() and not pool.right.all()]
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    scale = np.ones_like(start)
    scale[0] = TEMPER_SCALE
    for step in range(1, ROUNDS + 1):
        slope = 2 * RIDGE * len(useful) * (weights - start) / scale**2
        for pool in useful:
            shares = _shares(pool, weights)
            right = shares * pool.right
            slope += math.log(2) * ((right / right.sum() - shares) @ pool.signs)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        ahead = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
        weights = weights - RATE * scale * ahead
        weights[: len(RANKING)] = np.maximum(weights[: len(RANKING)], 0.0)
    return weights


def _score(pools: Sequence[Pool], weights: Array) -> tuple[int, int, float]:
    """How many are right first and within two, and the mean log loss where any is right."""
    first = two = 0
    losses: list[float] = []
    for pool in pools:
        shares = _shares(pool, weights)
        totals = {answer: shares[pool.answers == answer].sum() for answer in set(pool.answers)}
        order = sorted(totals, key=lambda answer: -totals[answer])
        good = set(pool.answers[pool.right > 0])
        first += order[0] in good
        two += any(answer in good for answer in order[:2])
        if good:
            losses.append(-math.log(max(1e-9, (shares * pool.right).sum())))
    return first, two, float(np.mean(losses)) if losses else 0.0


if __name__ == "__main__":
    main()
