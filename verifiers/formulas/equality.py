"""Whether two formulas are the same: a ladder from the cheap to the expensive, inside one process.

Same text; same expression; same value at random points (a difference there settles that they are
not); difference that simplifies to zero; agreement at every point tried. Texts that are no plain
formula, such as LaTeX, are left to math-verify where the extra `math` is installed.
"""

import random
from collections.abc import Sequence
from typing import Final, TypeAlias, cast

import sympy

from peirce.verifiers.formulas.reading import FormulaRefused, read_formula

Place: TypeAlias = tuple[sympy.Basic, sympy.Basic]
POINTS: Final = 12
DIGITS: Final = 30
NEAR: Final = sympy.Rational(1, 10**18)
"""Relative difference up to which two values of 30 digits are one."""


def same_formula(expected: str, answer: str) -> bool:
    """Whether `answer` says the same as `expected`.

    Raises:
        FormulaRefused: one of them cannot be read, and math-verify is not there to try.
    """
    if expected.strip() == answer.strip():
        return True
    try:
        left, right = read_formula(expected), read_formula(answer)
    except FormulaRefused:
        from peirce.verifiers.formulas.latex import same_latex

        return same_latex(expected, answer)
    if left == right:
        return True
    agreed = _agreement(left, right)
    if agreed is False:
        return False
    return agreed is True or sympy.simplify(left - right) == 0


def _agreement(left: sympy.Expr, right: sympy.Expr) -> bool | None:
    """False if they differ at a point, True if they agree at enough points, else None."""
    names = sorted(left.free_symbols | right.free_symbols, key=str)
    rng = random.Random(20_011)
    tries = POINTS if names else 1
    agreed = 0
    for _ in range(tries):
        point = [(name, sympy.Rational(rng.randint(-999, 999), 131)) for name in names]
        first, second = _value(left, point), _value(right, point)
        if first is None or second is None:
            continue
        if abs(first - second) > NEAR * sympy.Max(1, abs(first), abs(second)):
            return False
        agreed += 1
    return True if agreed >= max(1, tries // 2) else None


def _value(formula: sympy.Expr, point: Sequence[Place]) -> sympy.Expr | None:
    value = cast("sympy.Expr", formula.subs(point)).evalf(DIGITS)
    return value if value.is_number and value.is_finite else None
