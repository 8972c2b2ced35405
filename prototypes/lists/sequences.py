"""How a sequence of numbers goes on: by constant differences, a constant ratio, a recurrence.

All functions are total: a sequence that does not follow the pattern is continued as far as the
pattern can be read from its last items; the empty sequence goes on with 0.
"""

from collections.abc import Sequence
from fractions import Fraction

from peirce.prototypes.lists.numeric import differences


def next_by_differences(items: Sequence[int]) -> int:
    """The next item if differences of some order stay constant."""
    total = 0
    row = tuple(items)
    while row and any(row):
        total += row[-1]
        row = differences(row)
    return total


def next_by_ratio(items: Sequence[int]) -> int:
    """The next item if each item is the one before it times a fixed number."""
    if len(items) < 2 or items[-2] == 0:
        return items[-1] if items else 0
    return items[-1] * items[-1] // items[-2]


def next_by_recurrence(items: Sequence[int]) -> int:
    """The next item if each is a fixed combination of the two before it."""
    if len(items) < 4:
        return next_by_differences(items)
    (a, b, c, d) = items[-4:]
    determinant = a * c - b * b
    if determinant == 0:
        return next_by_ratio(items)
    older = Fraction(c * c - b * d, determinant)
    newer = Fraction(a * d - b * c, determinant)
    return int(older * c + newer * d)


def continue_by_differences(items: Sequence[int], count: int) -> tuple[int, ...]:
    """That many next items if differences of some order stay constant."""
    known = list(items)
    for _ in range(count):
        known.append(next_by_differences(known))
    return tuple(known[len(items) :])
