"""Functions and tests of one number, the ones a person would think of, as ready terms.

Small constants are taken from a fixed list and from the examples. Two functions that agree on all
numbers in sight are one; the cheaper description is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.lists.compiled import function
from peirce.agent.proposers.symbolic.lists.terms import ATOM, COMPARE, PLUS, TIMES, Kind, Op, Term

SMALL: Final = tuple(range(11))
"""Constants that are always tried."""


def constant_cost(number: int) -> int:
    """The price of writing a number."""
    if 0 <= number <= 2:
        return 1
    if 0 <= number <= 5 or number in (10, -1):
        return 2
    return 3 if 0 <= number <= 9 else 4


@dataclass(frozen=True, slots=True)
class _Form:
    """A function of `x` with a place `{c}` for a constant between two bounds."""

    kind: Kind
    cost: int
    code: str
    words: str
    binds: int = COMPARE
    least: int = 0
    most: int = 10**6


_FIXED: Final = (
    function(Kind.TEST, 2, "x % 2 == 0", "the item is even", COMPARE),
    function(Kind.TEST, 2, "x % 2 == 1", "the item is odd", COMPARE),
    function(Kind.TEST, 5, "is_prime(x)", "the item is prime", ATOM),
    function(Kind.TEST, 5, "is_square(x)", "the item is a square number", ATOM),
    function(Kind.TEST, 6, "len(set(digits(x))) == 1", "the item's digits are all equal", COMPARE),
    function(Kind.MAP, 3, "x * x", "the item squared", TIMES),
    function(Kind.MAP, 3, "-x", "minus the item", 12),
    function(Kind.MAP, 4, "abs(x)", "the item without its sign", ATOM),
    function(Kind.MAP, 4, "digit_sum(x)", "the digit sum of the item", ATOM),
    function(Kind.MAP, 4, "len(digits(x))", "the number of digits of the item", ATOM),
    function(Kind.MAP, 4, "digits(x)[0]", "the first digit of the item", ATOM),
    function(Kind.MAP, 5, "x * (x + 1) // 2", "the sum of the numbers up to the item", TIMES),
    function(Kind.MAP, 5, "x**3", "the item cubed", 13),
)
_WITH_CONSTANT: Final = (
    _Form(Kind.TEST, 1, "x > {c}", "the item is greater than {c}"),
    _Form(Kind.TEST, 1, "x < {c}", "the item is less than {c}"),
    _Form(Kind.TEST, 1, "x == {c}", "the item is {c}"),
    _Form(Kind.TEST, 2, "x != {c}", "the item is not {c}"),
    _Form(Kind.TEST, 3, "x % {c} == 0", "the item is divisible by {c}", least=3),
    _Form(Kind.TEST, 4, "x % {c} != 0", "the item is not divisible by {c}", least=3),
    _Form(Kind.TEST, 4, "x % 10 == {c}", "the last digit of the item is {c}", most=9),
    _Form(Kind.TEST, 5, "{c} in digits(x)", "the item has the digit {c}", most=9),
    _Form(Kind.MAP, 1, "x + {c}", "the item plus {c}", PLUS, least=1),
    _Form(Kind.MAP, 1, "x - {c}", "the item minus {c}", PLUS, least=1),
    _Form(Kind.MAP, 2, "{c} - x", "{c} minus the item", PLUS),
    _Form(Kind.MAP, 1, "x * {c}", "the item times {c}", TIMES, least=2),
    _Form(Kind.MAP, 2, "x // {c}", "the item divided by {c}, rounded down", TIMES, least=2),
    _Form(Kind.MAP, 2, "x % {c}", "the remainder of the item divided by {c}", TIMES, least=2),
    _Form(Kind.MAP, 3, "max(x, {c})", "the item, but at least {c}", ATOM, least=1),
    _Form(Kind.MAP, 3, "min(x, {c})", "the item, but at most {c}", ATOM, least=1),
)
_AFFINE: Final = (
    ("x * {f} + {c}", "the item times {f} plus {c}"),
    ("x * {f} - {c}", "the item times {f} minus {c}"),
)


def _with_constants(constants: Iterable[int]) -> Iterator[Op]:
    for c in constants:
        for form in _WITH_CONSTANT:
            if form.least <= c <= form.most:
                cost = form.cost + constant_cost(c)
                code, words = form.code.format(c=c), form.words.format(c=c)
                yield function(form.kind, cost, code, words, form.binds)


def _affine(constants: Iterable[int]) -> Iterator[Op]:
    numbers = [c for c in constants if 0 < c <= 10]
    for factor in numbers[1:]:
        for shift in numbers:
            cost = 2 + constant_cost(factor) + constant_cost(shift)
            for code, words in _AFFINE:
                named = (code.format(f=factor, c=shift), words.format(f=factor, c=shift))
                yield function(Kind.MAP, cost, *named, PLUS)


def lambda_terms(inputs: int, probes: Iterable[int], constants: Iterable[int]) -> list[Term]:
    """All functions and tests that differ on some probe, cheapest first."""
    chosen = sorted(set(constants))
    points = sorted(set(probes) | set(range(-3, 25)))
    points = [point for point in points if abs(point) < 10**6]
    ops = [*_FIXED, *_with_constants(chosen), *_affine(chosen)]
    seen: set[tuple[object, ...]] = {(Kind.MAP, *points)}
    out: list[Term] = []
    for op in sorted(ops, key=lambda op: op.cost):
        key = (op.gives, *map(op.run, points))
        if key not in seen:
            seen.add(key)
            out.append(Term(op, (), op.cost, (op.run,) * inputs))
    return out
