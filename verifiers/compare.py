"""Equality and closeness of values, decided on the host on decoded plain values only."""

from difflib import SequenceMatcher
from typing import Final, TypeGuard

from peirce.tasks.values import Grid, Value

TOLERANCE: Final = 1e-9
"""Relative tolerance between two floats; integers are compared exactly."""


def same(left: Value | None, right: Value | None) -> bool:
    """Exact equality; a bool is never an int, two floats may differ by `TOLERANCE`."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= TOLERANCE * max(1.0, abs(left), abs(right))
    return type(left) is type(right) and left == right


def closeness(got: Value | None, expected: Value) -> float:
    """How near a wrong output is, 0 to 1: the share of equal cells, items or characters.

    Grids of unequal shape share nothing cell by cell and count at most 0.2, by their sizes.
    """
    if same(got, expected):
        return 1.0
    if is_grid(got) and is_grid(expected):
        return _grid_closeness(got, expected)
    if isinstance(got, tuple) and isinstance(expected, tuple):
        return 0.95 * SequenceMatcher(None, got, expected, autojunk=False).ratio()
    if isinstance(got, str) and isinstance(expected, str):
        return 0.95 * SequenceMatcher(None, got[:2000], expected[:2000], autojunk=False).ratio()
    return 0.0


def is_grid(value: Value | None) -> TypeGuard[Grid]:
    """True for a non-empty rectangle of integers."""
    return (
        isinstance(value, tuple)
        and bool(value)
        and all(isinstance(row, tuple) and row and len(row) == len(value[0]) for row in value)  # type: ignore[arg-type]
        and all(type(cell) is int for row in value for cell in row)  # type: ignore[union-attr]
    )


def _grid_closeness(got: Grid, expected: Grid) -> float:
    shape, target = (len(got), len(got[0])), (len(expected), len(expected[0]))
    if shape != target:
        overlap = min(shape[0], target[0]) * min(shape[1], target[1])
        return 0.2 * overlap / max(shape[0] * shape[1], target[0] * target[1])
    pairs = [
        (left, right)
        for row, other in zip(got, expected, strict=True)
        for left, right in zip(row, other, strict=True)
    ]
    return 0.95 * sum(left == right for left, right in pairs) / len(pairs)
