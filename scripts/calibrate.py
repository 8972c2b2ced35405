"""Fit the weights of `peirce.agent.calibration` on searches whose outcome is known.

    python scripts/measure.py DATA... --json measured.jsonl
    python scripts/calibrate.py measured.jsonl...

Prints the weights, and the Brier score and reliability under ten-fold cross-validation beside
those of the weights in use, and what each sign is worth: the score without it. Ridge-penalised
logistic regression by Newton's method.
"""

import argparse
import itertools
import json
from dataclasses import fields
from pathlib import Path
from typing import TypeAlias

import numpy as np

from peirce.agent.calibration import WEIGHTS, Signs

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
RIDGE = 1.0
FOLDS = 10


def main() -> None:
    """Read the measurements, fit, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("measured", nargs="+", type=Path)
    options = parser.parse_args()
    rows = [
        json.loads(line)
        for path in options.measured
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if row["signs"]]
    signs = np.array([row["signs"] for row in rows], dtype=np.float64)
    right = np.array([row["at_one"] for row in rows], dtype=np.float64)
    print(f"{len(rows)} answers that fit all examples, {right.mean():.1%} of them right")
    fresh = _cross_validate(signs, right)
    used = _sigmoid(signs @ np.array(WEIGHTS))
    print(f"Brier score of the weights in use {_brier(used, right):.4f}")
    print(f"Brier score refitted, cross-validated {_brier(fresh, right):.4f}")
    _reliability(fresh, right)
    _worth(signs, right)
    weights = ", ".join(f"{weight:.2f}" for weight in _fit(signs, right))
    print(f"WEIGHTS: Final = ({weights})")


def _fit(signs: Array, right: Array) -> Array:
    """Weights that minimise log loss plus a ridge on all but the constant."""
    weights = np.zeros(signs.shape[1])
    penalty = RIDGE * np.eye(signs.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(50):
        belief = _sigmoid(signs @ weights)
        slope = signs.T @ (right - belief) - penalty @ weights
        curve = (signs * (belief * (1 - belief))[:, None]).T @ signs + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _cross_validate(signs: Array, right: Array) -> Array:
    beliefs = np.zeros(len(right))
    folds = np.arange(len(right)) % FOLDS
    for fold in range(FOLDS):
        weights = _fit(signs[folds != fold], right[folds != fold])
        beliefs[folds == fold] = _sigmoid(signs[folds == fold] @ weights)
    return beliefs


def _reliability(belief: Array, right: Array) -> None:
    print("stated       answers   right")
    edges = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)
    for low, high in itertools.pairwise(edges):
        inside = (belief >= low) & (belief < high)
        if inside.any():
            print(f"{low:.2f}-{min(high, 1):.2f} {inside.sum():>10} {right[inside].mean():>8.1%}")


def _worth(signs: Array, right: Array) -> None:
    """The score when one sign is not known; signs that never vary are passed over."""
    print("without      Brier score")
    names = [field.name for field in fields(Signs)]
    for column, name in enumerate(names, start=1):
        if signs[:, column].std() > 0:
            rest = np.delete(signs, column, axis=1)
            print(f"{name:<13}{_brier(_cross_validate(rest, right), right):.4f}")


def _sigmoid(odds: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-odds))


def _brier(belief: Array, right: Array) -> float:
    return float(((belief - right) ** 2).mean())


if __name__ == "__main__":
    main()
