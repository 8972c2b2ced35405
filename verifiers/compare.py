"""Equality and closeness of values, decided on the host on decoded plain values only."""

from difflib import SequenceMatcher
from typing import TypeGuard

from peirce.tasks.errors import TaskError
from peirce.tasks.values import Grid, Value, ValueType, check, same_value


def same(got: Value | None, expected: Value) -> bool:
    """Exact equality as a task means it; no value equals nothing."""
    return got is not None and same_value(got, expected)


def closeness(got: Value | None, expected: Value) -> float:
    """How near a wrong output is, 0 to 1: the share of equal cells, items or characters.

    Grids of unequal shape share nothing cell by cell and count at most 0.2, by their sizes.
    """
    if same(got, expected):
        return 1.0
    if _is_grid(got) and _is_grid(expected):
        return _grid_closeness(got, expected)
    if isinstance(got, tuple) and isinstance(expected, tuple):
        return 0.95 * SequenceMatcher(None, got, expected, autojunk=False).ratio()
    if isinstance(got, str) and isinstance(expected, str):
        return 0.95 * SequenceMatcher(None, got[:2000], expected[:2000], autojunk=False).ratio()
    return 0.0


def _is_grid(value: Value | None) -> TypeGuard[Grid]:
    try:
        return value is not None and check(value, ValueType.GRID) is None
    except TaskError:
        return False


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
