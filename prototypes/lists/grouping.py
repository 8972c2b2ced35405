"""Cutting a list into parts, and putting parts together.

All functions are total, take lists or tuples and return tuples of tuples; joining the parts in
order gives the list back (but for `windows` and `split_on`).
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def runs(items: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """The groups of equal neighbours."""
    out: list[list[T]] = []
    for item in items:
        if out and out[-1][-1] == item:
            out[-1].append(item)
        else:
            out.append([item])
    return tuple(map(tuple, out))


def ascents(items: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The longest stretches in which every item is larger than the one before."""
    out: list[list[int]] = []
    for item in items:
        if out and out[-1][-1] < item:
            out[-1].append(item)
        else:
            out.append([item])
    return tuple(map(tuple, out))


def chunks(items: Sequence[T], size: int) -> tuple[tuple[T, ...], ...]:
    """Cut into pieces of that size; the last may be shorter. A size below 1 counts as 1."""
    step = max(1, size)
    return tuple(tuple(items[place : place + step]) for place in range(0, len(items), step))


def windows(items: Sequence[T], size: int) -> tuple[tuple[T, ...], ...]:
    """Every stretch of that many neighbours."""
    width = max(1, size)
    return tuple(tuple(items[place : place + width]) for place in range(len(items) - width + 1))


def split_on(items: Sequence[T], value: T) -> tuple[tuple[T, ...], ...]:
    """The parts between the items equal to the value, which are left out."""
    out: list[list[T]] = [[]]
    for item in items:
        if item == value:
            out.append([])
        else:
            out[-1].append(item)
    return tuple(map(tuple, out))


def prefixes(items: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """The first item, the first two, and so on to the whole list."""
    return tuple(tuple(items[:size]) for size in range(1, len(items) + 1))


def suffixes(items: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """The whole list, the list without its first item, and so on to the last item."""
    return tuple(tuple(items[start:]) for start in range(len(items)))


def halves(items: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """The first half and the second; the middle item of an odd list goes to the second."""
    middle = len(items) // 2
    return tuple(items[:middle]), tuple(items[middle:])


def flatten(parts: Sequence[Sequence[T]]) -> tuple[T, ...]:
    """The items of all parts in order."""
    return tuple(item for part in parts for item in part)


def transpose(parts: Sequence[Sequence[T]]) -> tuple[tuple[T, ...], ...]:
    """The first items of all parts, then the second ones, as far as the shortest part goes."""
    return tuple(zip(*parts, strict=False))
