"""From one number to another: polynomials, powers, recurrences, and cases by remainder.

Formulas are solved for, not searched: exact rational arithmetic on as many points as the formula
has unknowns, and at least one more point has to agree. Cases split the inputs by their remainder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from math import lcm
from typing import Final, TypeAlias, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

DEGREE: Final = 4
"""Highest degree of a polynomial."""
BASES: Final = (2, 3, 4, 5, 6, 7, 8, 9, 10, -1, -2)
"""Numbers raised to the power of the input."""
MODULI: Final = (2, 3, 4)
"""Divisors whose remainders may split the inputs into cases."""
ORIGIN: Final = "symbolic.numbers.closed_form"
Points: TypeAlias = dict[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class _Formula:
    """Code over `number`, what it says, and how many choices it holds."""

    code: str
    words: str
    size: int
    setup: tuple[str, ...] = ()


def _propose(task: Task, clock: Clock) -> Found:
    yield None
    points = _points(task)
    whole = all(type(value) is int for value in (*task.inputs, *task.outputs))
    if points is None:
        return
    formulas = list(_formulas(points, whole=whole))
    if whole:
        formulas += _cases(points)
    formulas.sort(key=lambda formula: formula.size)
    for formula in islice(formulas, 4):
        if clock.left() <= 0:
            return
        yield _proposal(formula)


def _points(task: Task) -> Points | None:
    """The examples as exact points; nothing if two of them contradict each other."""
    out: Points = {}
    for example in task.train:
        left = Fraction(str(cast("int | float", example.input)))
        right = Fraction(str(cast("int | float", example.output)))
        if out.setdefault(left, right) != right:
            return None
    return out


def _formulas(points: Points, *, whole: bool) -> Iterator[_Formula]:
    polynomial = fit_polynomial(points)
    if polynomial is not None:
        yield _write_polynomial(polynomial, whole=whole)
    if whole and len(points) >= 3:
        yield from _powers(points)
        yield from _recurrences(points)


def fit_polynomial(points: Points) -> tuple[Fraction, ...] | None:
    """Coefficients, constant first, of a polynomial that at least one spare point confirms."""
    xs = list(points)
    for degree in range(min(DEGREE, len(xs) - 2) + 1):
        coefficients = _interpolate({x: points[x] for x in xs[: degree + 1]})
        if all(_value(coefficients, x) == y for x, y in points.items()):
            return coefficients
    return None


def _interpolate(points: Points) -> tuple[Fraction, ...]:
    """Newton's divided differences, multiplied out."""
    xs = list(points)
    column = [points[x] for x in xs]
    newton = [column[0]]
    for order in range(1, len(xs)):
        column = [
            (right - left) / (xs[index + order] - xs[index])
            for index, (left, right) in enumerate(pairwise(column))
        ]
        newton.append(column[0])
    out = [Fraction(0)] * len(xs)
    for x, coefficient in zip(reversed(xs), reversed(newton), strict=True):
        out = [coefficient - x * out[0]] + [lower - x * upper for lower, upper in pairwise(out)]
    return tuple(out)


def _value(coefficients: Sequence[Fraction], x: Fraction) -> Fraction:
    total = Fraction(0)
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


def _write_polynomial(coefficients: Sequence[Fraction], *, whole: bool) -> _Formula:
    size = sum(2 + len(str(c)) for c in coefficients if c) + len(coefficients)
    if not whole:
        code = _sum([(_number(c), power) for power, c in enumerate(coefficients) if c])
        return _Formula(code, f"the output is {_say(code)}", size)
    scale = lcm(*(c.denominator for c in coefficients))
    scaled = [int(c * scale) for c in coefficients]
    code = _sum([(str(c), power) for power, c in enumerate(scaled) if c])
    if scale > 1:
        code = f"({code}) // {scale}" if " " in code else f"{code} // {scale}"
    return _Formula(code, f"the output is {_say(code)}", size)


def _number(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else repr(float(value))


def _sum(parts: list[tuple[str, int]]) -> str:
    out = ""
    for coefficient, power in reversed(parts):
        sign = "-" if coefficient.startswith("-") else "+"
        size = coefficient.lstrip("-")
        variable = {0: "", 1: "number"}.get(power, f"number**{power}")
        factors = [part for part in (size if size != "1" or not power else "", variable) if part]
        term = " * ".join(factors)
        out = f"{out} {sign} {term}" if out else f"{sign.replace('+', '')}{term}"
    return out or "0"


def _say(code: str) -> str:
    return (
        code.replace("**2", " squared")
        .replace("**3", " cubed")
        .replace("**", " to the power of ")
        .replace(" // ", " divided by ")
        .replace(" * ", " times ")
        .replace(" + ", " plus ")
        .replace(" - ", " minus ")
        .replace("number", "the number")
    )


def _powers(points: Points) -> Iterator[_Formula]:
    """Shapes such as `3 * 2**number - 1`."""
    (x1, y1), (x2, y2) = list(points.items())[:2]
    if any(x < 0 or x > 200 for x in points):
        return
    for base in BASES:
        one, two = Fraction(base) ** int(x1), Fraction(base) ** int(x2)
        if one == two:
            continue
        factor = (y2 - y1) / (two - one)
        shift = y1 - factor * one
        if not factor or factor.denominator != 1 or shift.denominator != 1:
            continue
        if all(factor * Fraction(base) ** int(x) + shift == y for x, y in points.items()):
            power = f"{base}**number" if base > 0 else f"({base}) ** number"
            code = power if factor == 1 else f"{factor} * {power}"
            if shift:
                code += f" {'+' if shift > 0 else '-'} {abs(shift)}"
            size = 5 + len(str(factor)) + len(str(shift))
            yield _Formula(code, f"the output is {_say(code)}", size)


def _recurrences(points: Points) -> Iterator[_Formula]:
    """Values at consecutive inputs of which each follows from the two before it."""
    start = int(min(points))
    values = [points[x] for x in sorted(points)]
    if len(values) < 5 or sorted(points) != [Fraction(start + n) for n in range(len(values))]:
        return
    a, b, c, d = values[:4]
    determinant = a * c - b * b
    if not determinant:
        return
    older, newer = (c * c - b * d) / determinant, (a * d - b * c) / determinant
    if older.denominator != 1 or newer.denominator != 1 or not older:
        return
    rows = zip(values, values[1:], values[2:], strict=False)
    if any(older * x + newer * y != z for x, y, z in rows):
        return
    parts = [(n, name) for n, name in ((older, "first"), (newer, "second")) if n]
    step = " + ".join(name if n == 1 else f"{n} * {name}" for n, name in parts)
    setup = (
        f"first, second = {a}, {b}",
        f"for _ in range(number - {start}):" if start else "for _ in range(number):",
        f"    first, second = second, {step}",
    )
    said = f"{newer} times the one before it plus {older} times the one before that"
    words = f"the sequence starts with {a} and {b}, and each number is {said}"
    yield _Formula("first", words, 14, setup)


def _cases(points: Points) -> Iterator[_Formula]:
    """A polynomial for each remainder of the input."""
    for modulus in MODULI:
        groups: list[Points] = [
            {x: y for x, y in points.items() if x % modulus == rest} for rest in range(modulus)
        ]
        fits = [fit_polynomial(group) if len(group) > 1 else None for group in groups]
        parts = [_write_polynomial(fit, whole=True) for fit in fits if fit is not None]
        if len(parts) < modulus or len({part.code for part in parts}) == 1:
            continue
        code, said = parts[-1].code, f"otherwise {parts[-1].words}"
        for rest in reversed(range(modulus - 1)):
            code = f"{parts[rest].code} if number % {modulus} == {rest} else {code}"
            condition = f"if the remainder of the number divided by {modulus} is {rest}"
            said = f"{condition}, {parts[rest].words}, {said}"
        yield _Formula(code, said, 6 * modulus + sum(part.size for part in parts))


def _proposal(formula: _Formula) -> Proposal:
    lines = ["def transform(number):", *(f"    {line}" for line in formula.setup)]
    lines += [f"    return {formula.code}", ""]
    words = f"{formula.words[0].upper()}{formula.words[1:]}."
    return Proposal(
        hypothesis=Hypothesis(words=words, level=Level.WHOLE),
        program=Program(source="\n".join(lines)),
        origin=ORIGIN,
    )


def _promise(task: Task) -> float:
    if task.input_type != ValueType.NUMBER or task.output_type != ValueType.NUMBER:
        return 0.0
    return 0.9 if len(task.train) > 1 else 0.0


METHOD: Final = Method(name="numbers.closed_form", propose=_propose, promise=_promise)
METHODS: Final[tuple[Method, ...]] = (METHOD,)
"""The methods of this module."""
