"""Moving, inserting and removing items by position.

Every function is total: a position outside the list changes nothing. All return tuples and take
lists or tuples. Positions count from 0.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TypeVar

T = TypeVar("T")


def rotate_left(items: Sequence[T], steps: int) -> tuple[T, ...]:
    """Move that many items from the front to the back, going round as often as needed."""
    shift = steps % len(items) if items else 0
    return (*items[shift:], *items[:shift])


def swap(items: Sequence[T], first: int, second: int) -> tuple[T, ...]:
    """Exchange the items at two positions."""
    out = list(items)
    if 0 <= first < len(out) and 0 <= second < len(out):
        out[first], out[second] = out[second], out[first]
    return tuple(out)


def insert_at(items: Sequence[T], position: int, value: T) -> tuple[T, ...]:
    """Put a value in so that it stands at the position; beyond the end it is appended."""
    place = max(0, position)
    return (*items[:place], value, *items[place:])


def replace_at(items: Sequence[T], position: int, value: T) -> tuple[T, ...]:
    """Put a value in the place of the item at the position."""
    out = list(items)
    if 0 <= position < len(out):
        out[position] = value
    return tuple(out)


def remove_at(items: Sequence[T], position: int) -> tuple[T, ...]:
    """Leave out the item at the position."""
    return tuple(item for place, item in enumerate(items) if place != position)


def remove_first(items: Sequence[T], value: T) -> tuple[T, ...]:
    """Leave out the first item that equals the value."""
    return remove_at(items, items.index(value)) if value in items else tuple(items)


def move(items: Sequence[T], source: int, target: int) -> tuple[T, ...]:
    """Take the item at one position out and put it back in at another."""
    if not 0 <= source < len(items):
        return tuple(items)
    return insert_at(remove_at(items, source), target, items[source])


def interleave(left: Sequence[T], right: Sequence[T]) -> tuple[T, ...]:
    """Take items from two lists in turn; what is left of the longer one follows."""
    missing = object()
    return tuple(
        item  # pyright: ignore[reportReturnType]
        for pair in zip_longest(left, right, fillvalue=missing)
        for item in pair
        if item is not missing
    )


def repeat_each(items: Sequence[T], times: int) -> tuple[T, ...]:
    """Write every item that many times in a row."""
    return tuple(item for item in items for _ in range(times))


def alternate_ends(items: Sequence[T]) -> tuple[T, ...]:
    """First item, last item, second item, last but one, and so on to the middle."""
    half = (len(items) + 1) // 2
    return interleave(items[:half], items[half:][::-1])


def split_before(items: Sequence[T], value: T) -> tuple[T, ...]:
    """The items before the first one that equals the value; all if none does."""
    return tuple(items[: items.index(value)] if value in items else items)


def split_after(items: Sequence[T], value: T) -> tuple[T, ...]:
    """The items after the first one that equals the value; none if none does."""
    return tuple(items[items.index(value) + 1 :] if value in items else ())
