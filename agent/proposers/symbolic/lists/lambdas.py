"""Functions and tests of one number, the ones a person would think of, as ready terms.

Small constants are taken from a fixed list and from the examples. Two functions that agree on all
numbers in sight are one; the cheaper description is kept.
"""

from collections.abc import Callable, Iterable
from typing import Final

from peirce.agent.proposers.symbolic.lists.terms import (
    ATOM,
    COMPARE,
    PLUS,
    TIMES,
    Kind,
    Op,
    Term,
)
from peirce.prototypes import lists as words

SMALL: Final = tuple(range(11))
"""Constants that are always tried."""


def constant_cost(number: int) -> int:
    """The price of writing a number."""
    if 0 <= number <= 2:
        return 1
    if 0 <= number <= 5 or number in (10, -1):
        return 2
    return 3 if 0 <= number <= 9 else 4


def _op(
    kind: Kind, cost: int, run: Callable[[int], object], code: str, text: str, binds: int
) -> Op:
    return Op((), kind, cost, run, code, text, binds)


def _maps(constants: Iterable[int]) -> list[Op]:
    m = Kind.MAP
    out = [
        _op(m, 3, lambda x: x * x, "x * x", "the item squared", TIMES),
        _op(m, 3, lambda x: -x, "-x", "minus the item", 12),
        _op(m, 4, words.digit_sum, "digit_sum(x)", "the digit sum of the item", ATOM),
        _op(
            m,
            4,
            lambda x: len(words.digits(x)),
            "len(digits(x))",
            "the number of digits of the item",
            ATOM,
        ),
        _op(m, 4, abs, "abs(x)", "the item without its sign", ATOM),
        _op(
            m,
            4,
            lambda x: x * (x + 1) // 2,
            "x * (x + 1) // 2",
            "the sum of the numbers up to the item",
            TIMES,
        ),
        _op(
            m, 4, lambda x: words.digits(x)[0], "digits(x)[0]", "the first digit of the item", ATOM
        ),
        _op(m, 5, lambda x: x**3, "x**3", "the item cubed", 13),
    ]
    for c in constants:
        cost = constant_cost(c)
        if c > 0:
            out.append(
                _op(m, 1 + cost, lambda x, c=c: x + c, f"x + {c}", f"the item plus {c}", PLUS)
            )
            out.append(
                _op(m, 1 + cost, lambda x, c=c: x - c, f"x - {c}", f"the item minus {c}", PLUS)
            )
        out.append(_op(m, 2 + cost, lambda x, c=c: c - x, f"{c} - x", f"{c} minus the item", PLUS))
        if c > 1:
            out += [
                _op(m, 1 + cost, lambda x, c=c: x * c, f"x * {c}", f"the item times {c}", TIMES),
                _op(
                    m,
                    2 + cost,
                    lambda x, c=c: x // c,
                    f"x // {c}",
                    f"the item divided by {c}, rounded down",
                    TIMES,
                ),
                _op(
                    m,
                    2 + cost,
                    lambda x, c=c: x % c,
                    f"x % {c}",
                    f"the remainder of the item divided by {c}",
                    TIMES,
                ),
                _op(
                    m,
                    3 + cost,
                    lambda x, c=c: max(x, c),
                    f"max(x, {c})",
                    f"the item, but at least {c}",
                    ATOM,
                ),
                _op(
                    m,
                    3 + cost,
                    lambda x, c=c: min(x, c),
                    f"min(x, {c})",
                    f"the item, but at most {c}",
                    ATOM,
                ),
            ]
    return out


def _affine(constants: Iterable[int]) -> list[Op]:
    numbers = [c for c in constants if c > 0]
    out: list[Op] = []
    for factor in (n for n in numbers if n > 1):
        for shift in numbers:
            cost = 2 + constant_cost(factor) + constant_cost(shift)
            out.append(
                _op(
                    Kind.MAP,
                    cost,
                    lambda x, f=factor, s=shift: x * f + s,
                    f"x * {factor} + {shift}",
                    f"the item times {factor} plus {shift}",
                    PLUS,
                )
            )
            out.append(
                _op(
                    Kind.MAP,
                    cost,
                    lambda x, f=factor, s=shift: x * f - s,
                    f"x * {factor} - {shift}",
                    f"the item times {factor} minus {shift}",
                    PLUS,
                )
            )
    return out


def _tests(constants: Iterable[int]) -> list[Op]:
    t = Kind.TEST
    out = [
        _op(t, 2, lambda x: x % 2 == 0, "x % 2 == 0", "the item is even", COMPARE),
        _op(t, 2, lambda x: x % 2 == 1, "x % 2 == 1", "the item is odd", COMPARE),
        _op(t, 5, words.is_prime, "is_prime(x)", "the item is prime", ATOM),
        _op(t, 5, words.is_square, "is_square(x)", "the item is a square number", ATOM),
        _op(
            t,
            5,
            lambda x: _same(words.digits(x)),
            "len(set(digits(x))) == 1",
            "all digits of the item are the same",
            COMPARE,
        ),
    ]
    for c in constants:
        cost = constant_cost(c)
        out += [
            _op(
                t,
                1 + cost,
                lambda x, c=c: x > c,
                f"x > {c}",
                f"the item is greater than {c}",
                COMPARE,
            ),
            _op(
                t, 1 + cost, lambda x, c=c: x < c, f"x < {c}", f"the item is less than {c}", COMPARE
            ),
            _op(t, 1 + cost, lambda x, c=c: x == c, f"x == {c}", f"the item is {c}", COMPARE),
            _op(t, 2 + cost, lambda x, c=c: x != c, f"x != {c}", f"the item is not {c}", COMPARE),
        ]
        if c > 2:
            out.append(
                _op(
                    t,
                    3 + cost,
                    lambda x, c=c: x % c == 0,
                    f"x % {c} == 0",
                    f"the item is divisible by {c}",
                    COMPARE,
                )
            )
            out.append(
                _op(
                    t,
                    4 + cost,
                    lambda x, c=c: x % c != 0,
                    f"x % {c} != 0",
                    f"the item is not divisible by {c}",
                    COMPARE,
                )
            )
        if 0 <= c <= 9:
            out.append(
                _op(
                    t,
                    5 + cost,
                    lambda x, c=c: c in words.digits(x),
                    f"{c} in digits(x)",
                    f"the item has the digit {c}",
                    COMPARE,
                )
            )
            out.append(
                _op(
                    t,
                    4 + cost,
                    lambda x, c=c: x % 10 == c,
                    f"x % 10 == {c}",
                    f"the last digit of the item is {c}",
                    COMPARE,
                )
            )
    return out


def _same(parts: tuple[int, ...]) -> bool:
    return len(set(parts)) == 1


def lambda_terms(inputs: int, probes: Iterable[int], constants: Iterable[int]) -> list[Term]:
    """All functions and tests that differ on some probe, cheapest first."""
    chosen = sorted(set(constants))
    points = sorted(set(probes) | set(range(-3, 25)))
    ops = [*_tests(chosen), *_maps(chosen), *_affine(n for n in chosen if n <= 10)]
    seen: set[tuple[object, ...]] = {(Kind.MAP, *points)}
    out: list[Term] = []
    for op in sorted(ops, key=lambda op: op.cost):
        key = (op.gives, *map(op.run, points))
        if key not in seen:
            seen.add(key)
            out.append(Term(op, (), op.cost, (op.run,) * inputs))
    return out
