"""Arithmetic on lists of integers, and on the digits and divisors of one integer.

All functions are total on integers: empty lists give empty lists (or the neutral element).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import isqrt, prod


def differences(items: Sequence[int]) -> tuple[int, ...]:
    """Each item minus the one before it; one item fewer than the list."""
    return tuple(right - left for left, right in pairwise(items))


def pair_sums(items: Sequence[int]) -> tuple[int, ...]:
    """Each item plus the one before it; one item fewer than the list."""
    return tuple(left + right for left, right in pairwise(items))


def running_sums(items: Sequence[int]) -> tuple[int, ...]:
    """At each position the sum of the items so far."""
    return tuple(accumulate(items))


def running_products(items: Sequence[int]) -> tuple[int, ...]:
    """At each position the product of the items so far."""
    return tuple(accumulate(items, lambda left, right: left * right))


def running_maxima(items: Sequence[int]) -> tuple[int, ...]:
    """At each position the largest item so far."""
    return tuple(accumulate(items, max))


def running_minima(items: Sequence[int]) -> tuple[int, ...]:
    """At each position the smallest item so far."""
    return tuple(accumulate(items, min))


def records(items: Sequence[int]) -> tuple[int, ...]:
    """The items that are larger than everything before them."""
    return tuple(
        item for place, item in enumerate(items) if all(earlier < item for earlier in items[:place])
    )


def climb(items: Sequence[int]) -> tuple[int, ...]:
    """Walk from each item to the next in steps of one, writing every number passed."""
    out = list(items[:1])
    for left, right in pairwise(items):
        step = 1 if right > left else -1
        out.extend(range(left + step, right + step, step) if left != right else ())
    return tuple(out)


def product(items: Sequence[int]) -> int:
    """All items multiplied; 1 for the empty list."""
    return prod(items)


def digits(number: int) -> tuple[int, ...]:
    """The decimal digits from left to right; the sign is dropped."""
    return tuple(int(char) for char in str(abs(number)))


def from_digits(items: Sequence[int]) -> int:
    """The number whose decimal digits are the items; 0 for the empty list."""
    number = 0
    for item in items:
        number = number * 10 + item
    return number


def digit_sum(number: int) -> int:
    """The sum of the decimal digits."""
    return sum(digits(number))


def divisors(number: int) -> tuple[int, ...]:
    """All positive divisors in increasing order; none for zero."""
    size = abs(number)
    small = [factor for factor in range(1, isqrt(size) + 1) if size % factor == 0]
    large = [size // factor for factor in reversed(small) if factor * factor != size]
    return (*small, *large)


def is_prime(number: int) -> bool:
    """Whether the number is prime."""
    return number > 1 and all(number % factor for factor in range(2, isqrt(number) + 1))


def is_square(number: int) -> bool:
    """Whether the number is the square of an integer."""
    return number >= 0 and isqrt(number) ** 2 == number
