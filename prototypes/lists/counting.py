"""Which items there are and how often: distinct, repeated, rare and frequent items.

Items may be numbers or lists. All functions are total, take lists or tuples and return tuples;
where order matters it is the order of first appearance.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def unique(items: Sequence[T]) -> tuple[T, ...]:
    """Each distinct item once, in order of first appearance."""
    out: list[T] = []
    for item in items:
        if item not in out:
            out.append(item)
    return tuple(out)


def repeated(items: Sequence[T]) -> tuple[T, ...]:
    """Each item that occurs more than once, once."""
    return tuple(item for item in unique(items) if items.count(item) > 1)


def singles(items: Sequence[T]) -> tuple[T, ...]:
    """The items that occur exactly once."""
    return tuple(item for item in items if items.count(item) == 1)


def by_frequency(items: Sequence[T]) -> tuple[T, ...]:
    """Each distinct item once, the most frequent first, ties by first appearance."""
    return tuple(sorted(unique(items), key=lambda item: -items.count(item)))


def occurrences(items: Sequence[T]) -> tuple[int, ...]:
    """How often each distinct item occurs, in order of first appearance."""
    return tuple(items.count(item) for item in unique(items))


def tally(items: Sequence[int]) -> tuple[int, ...]:
    """Each distinct item followed by how often it occurs."""
    return tuple(part for item in unique(items) for part in (item, items.count(item)))


def positions(items: Sequence[T], value: T) -> tuple[int, ...]:
    """Where the value stands, counted from 0."""
    return tuple(place for place, item in enumerate(items) if item == value)


def shared(left: Sequence[T], right: Sequence[T]) -> tuple[T, ...]:
    """The items of the left list that also occur in the right one."""
    return tuple(item for item in left if item in right)


def without(left: Sequence[T], right: Sequence[T]) -> tuple[T, ...]:
    """The items of the left list that do not occur in the right one."""
    return tuple(item for item in left if item not in right)


def seen_before(items: Sequence[T]) -> tuple[int, ...]:
    """For each item, how many equal items stand before it."""
    return tuple(items[:place].count(item) for place, item in enumerate(items))


def ranks(items: Sequence[int]) -> tuple[int, ...]:
    """For each item, how many distinct values of the list are smaller."""
    order = sorted(set(items))
    return tuple(order.index(item) for item in items)
