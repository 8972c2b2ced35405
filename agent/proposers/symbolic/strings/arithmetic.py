"""Numbers and dates: texts that come from calculating with numbers found in the inputs.

Constants are fitted, not searched: where outputs hold numbers, the difference, the quotient or the
line between them and a number of the inputs gives the constant. What is calculated is then written
in the formats people use, and may stand beside other pieces in the output.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from math import log2
from typing import Final

from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.quoting import numeral, text_literal
from peirce.agent.proposers.symbolic.strings.texts import Problem
from peirce.agent.proposers.symbolic.strings.tokens import ORDINALS, several
from peirce.prototypes import strings

Number = int | float

LARGEST: Final = 1e15
"""Numbers beyond this are left alone."""

PLAIN_COST: Final = 3.5
"""Quantities that take this many bits or more are not calculated with in pairs."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number per input, as an expression."""

    code: str
    words: str
    cost: float
    values: tuple[Number, ...]
    compound: bool = False
    """Whether the expression needs parentheses inside another."""

    @property
    def operand(self) -> str:
        """The expression fit to stand beside an operator."""
        return f"({self.code})" if self.compound else self.code


def quantities(problem: Problem) -> list[Quantity]:
    """Numbers read off the inputs, distinct in their values, cheapest first."""
    best: dict[tuple[Number, ...], Quantity] = {}
    for index, column in enumerate(problem.columns):
        name, owner = problem.name(index), problem.owner(index)
        for quantity in _read(name, owner, column, problem.train):
            if any(abs(value) > LARGEST for value in quantity.values):
                continue
            known = best.get(quantity.values)
            if known is None or quantity.cost < known.cost:
                best[quantity.values] = quantity
    return sorted(best.values(), key=lambda quantity: quantity.cost)


def _read(name: str, owner: str, column: Sequence[str], train: int) -> Iterator[Quantity]:
    found = [re.findall(r"\d+", text) for text in column]
    least = min(len(numbers) for numbers in found[:train])
    if least:
        values = tuple(strings.to_number(text) for text in column)
        yield Quantity(f"strings.to_number({name})", f"the number in {owner}", 2.0, values)
    for nth in (*range(min(least, 4)), -1):
        if least and (nth != -1 or least > 1):
            values = tuple(strings.whole(strings.number(text, nth)) for text in column)
            code = f"strings.whole(strings.number({name}{f', {nth}' if nth else ''}))"
            yield Quantity(code, f"the {ORDINALS[nth]} number of {owner}", 2.6, values)
    lengths = tuple(len(text) for text in column)
    yield Quantity(f"len({name})", f"the number of characters of {owner}", 2.5, lengths)
    counts = tuple(len(text.split()) for text in column)
    yield Quantity(f"len({name}.split())", f"the number of words of {owner}", 3.0, counts)
    if least and any(len(numbers) > 1 for numbers in found[:train]):
        yield from _folded(name, owner, found)
    months = tuple(strings.month_number(text) for text in column)
    if all(months[:train]):
        yield Quantity(f"strings.month_number({name})", f"the month of {owner}", 2.6, months)
    for mark in sorted({char for text in column[:train] for char in text if not char.isalnum()}):
        often = tuple(text.count(mark) for text in column)
        code = f"{name}.count({text_literal(mark)})"
        yield Quantity(code, f"the number of {several(mark)} of {owner}", 3.4, often)


def _folded(name: str, owner: str, found: Sequence[Sequence[str]]) -> Iterator[Quantity]:
    whole = [[int(number[:300]) for number in numbers] or [0] for numbers in found]
    numbers = f"map(int, re.findall(strings.DIGITS, {name}))"
    totals = tuple(sum(row) for row in whole)
    yield Quantity(f"sum({numbers})", f"the sum of the numbers of {owner}", 3.6, totals)
    if all(found):
        most, least = tuple(max(row) for row in whole), tuple(min(row) for row in whole)
        yield Quantity(f"max({numbers})", f"the largest number of {owner}", 3.6, most)
        yield Quantity(f"min({numbers})", f"the smallest number of {owner}", 3.8, least)


def calculated(
    base: Sequence[Quantity], targets: Sequence[tuple[Number, ...]]
) -> Iterator[Quantity]:
    """What can be calculated from one or two quantities, with constants fitted to the targets."""
    yield from base
    for quantity in base:
        for target in targets:
            yield from _fitted(quantity, target)
    varied = [q for q in base if len(set(q.values)) > 1 and q.cost < PLAIN_COST]
    for left, right in permutations(varied, 2):
        for target in targets:
            yield from _weighted(left, right, target)
    for left, right in combinations(varied, 2):
        yield _two(left, right, "+", "plus", lambda a, b: a + b)
        yield _two(left, right, "*", "times", lambda a, b: a * b)
    for left, right in permutations(varied, 2):
        yield _two(left, right, "-", "minus", lambda a, b: a - b)
        if all(right.values):
            yield _two(left, right, "/", "divided by", lambda a, b: a / b)
            yield _two(left, right, "//", "divided without remainder by", lambda a, b: a // b)
            yield _two(left, right, "%", "modulo", lambda a, b: a % b)


def _two(
    left: Quantity,
    right: Quantity,
    sign: str,
    words: str,
    make: Callable[[Number, Number], Number],
) -> Quantity:
    values = tuple(make(a, b) for a, b in zip(left.values, right.values, strict=True))
    code = f"{left.operand} {sign} {right.operand}"
    return Quantity(
        code, f"{left.words} {words} {right.words}", left.cost + right.cost + 2.5, values, True
    )


def _fitted(quantity: Quantity, target: Sequence[Number]) -> Iterator[Quantity]:
    """The quantity changed by constants so that it gives the target on the examples."""
    pairs = list(zip(quantity.values, target, strict=False))
    shift = pairs[0][1] - pairs[0][0]
    if shift and all(abs(y - x - shift) < 1e-9 for x, y in pairs):
        sign, size = ("+", shift) if shift > 0 else ("-", -shift)
        yield _changed(quantity, sign, _tidy(size), lambda x: x + shift)
    ratios = [y / x for x, y in pairs if x]
    if not ratios:
        return
    ratio = ratios[0]
    if ratio and ratio != 1 and all(abs(y - x * ratio) < 1e-9 * max(1, abs(y)) for x, y in pairs):
        factor = _tidy(ratio)
        if isinstance(factor, int) or abs(factor) > 1e-6:
            yield _changed(quantity, "*", factor, lambda x: x * factor)
        if abs(ratio) < 1 and abs(1 / ratio - round(1 / ratio)) < 1e-9:
            divisor = round(1 / ratio)
            yield _changed(quantity, "/", divisor, lambda x: x / divisor)
    for divisor in (2, 3, 5, 7, 10, 12, 24, 60, 100, 1000):
        if all(y == x // divisor for x, y in pairs):
            yield _changed(quantity, "//", divisor, lambda x, d=divisor: x // d)
        if all(y == x % divisor for x, y in pairs):
            yield _changed(quantity, "%", divisor, lambda x, d=divisor: x % d)
        if all(y == (x - 1) % divisor + 1 for x, y in pairs):
            yield _wrapped(quantity, divisor)
    yield from _line(quantity, pairs)


def _weighted(left: Quantity, right: Quantity, target: Sequence[Number]) -> Iterator[Quantity]:
    """So many times one quantity plus another: hours and minutes, feet and inches."""
    triples = list(zip(left.values, right.values, target, strict=False))
    factors = {_tidy((y - b) / a) for a, b, y in triples if a}
    if len(factors) != 1 or any(not a and y != b for a, b, y in triples):
        return
    factor = factors.pop()
    if isinstance(factor, int) and factor not in (0, 1, -1):
        yield _two(
            _changed(left, "*", factor, lambda a: a * factor),
            right,
            "+",
            "plus",
            lambda a, b: a + b,
        )


def _wrapped(quantity: Quantity, divisor: int) -> Quantity:
    values = tuple((x - 1) % divisor + 1 for x in quantity.values)
    code = f"({quantity.operand} - 1) % {divisor} + 1"
    words = f"{quantity.words} counted round from one to {divisor}"
    return Quantity(code, words, quantity.cost + 5.0, values, True)


def _line(quantity: Quantity, pairs: Sequence[tuple[Number, Number]]) -> Iterator[Quantity]:
    distinct = sorted(set(pairs))
    if len(distinct) < 3 or distinct[0][0] == distinct[-1][0]:
        return
    (x0, y0), (x1, y1) = distinct[0], distinct[-1]
    slope = _tidy((y1 - y0) / (x1 - x0))
    offset = _tidy(y0 - slope * x0)
    if slope in (0, 1) or offset == 0:
        return
    if all(abs(slope * x + offset - y) < 1e-6 for x, y in pairs):
        scaled = _changed(quantity, "*", slope, lambda x: x * slope)
        sign, size = ("+", offset) if offset > 0 else ("-", -offset)
        yield _changed(scaled, sign, size, lambda x: x + offset)


def _changed(
    quantity: Quantity, sign: str, constant: Number, make: Callable[[Number], Number]
) -> Quantity:
    words = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
    name = words.get(sign) or ("divided without remainder by" if sign == "//" else "modulo")
    code = f"{quantity.operand} {sign} {constant!r}"
    cost = quantity.cost + 2.5 + log2(2 + abs(constant)) * 0.7
    cost += 0 if isinstance(constant, int) else 2.0
    values = tuple(make(value) for value in quantity.values)
    return Quantity(code, f"{quantity.words} {name} {constant!r}", cost, values, True)


def _tidy(value: Number) -> Number:
    """A whole number where it is one, else a short decimal."""
    short = round(value, 9)
    return int(short) if float(short).is_integer() else short


def number_pieces(problem: Problem) -> Iterator[Piece | None]:
    """Numbers calculated from the inputs in every format found in all outputs."""
    outputs = problem.outputs
    if not all(re.search(r"\d|[A-Z][a-z]{2}", output) for output in outputs):
        return
    base = quantities(problem)[:8]
    yield None
    seen: set[tuple[str, ...]] = set()
    for count, quantity in enumerate(calculated(base, _targets(outputs))):
        if count % 32 == 0:
            yield None
        for form in FORMATS:
            if any(abs(value) > LARGEST for value in quantity.values):
                break
            values = form.write(quantity.values)
            if values is None or values in seen:
                continue
            pairs = zip(values, outputs, strict=False)
            if all(text and text in output for text, output in pairs):
                seen.add(values)
                code = form.code.format(quantity.code, quantity.operand)
                words = form.words.format(quantity.words)
                yield Piece(code, words, quantity.cost + form.cost, values)


def _targets(outputs: Sequence[str]) -> list[tuple[Number, ...]]:
    """The numbers that stand at the same place in every output."""
    found = [re.findall(r"-?\d+(?:,\d{3})*(?:\.\d+)?", output) for output in outputs]
    least = min(len(numbers) for numbers in found)
    places = [*range(min(least, 3)), *([-1] if least > 1 else [])]
    return [tuple(strings.to_number(numbers[nth]) for numbers in found) for nth in places]


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing numbers."""

    code: str
    """Expression with `{0}` for the number."""
    words: str
    cost: float
    one: Callable[[Number], str]
    whole: bool = False
    """Whether it is for whole numbers only."""

    def write(self, values: Sequence[Number]) -> tuple[str, ...] | None:
        """All numbers written, or nothing if one cannot be."""
        if self.whole and not all(isinstance(value, int) for value in values):
            return None
        return tuple(self.one(value) for value in values)


def _formats() -> Iterator[Format]:
    yield Format("strings.as_text({0})", "{0}", 1.0, strings.as_text)
    yield Format("strings.grouped({0})", "{0} with thousands commas", 2.5, strings.grouped)
    for places in range(4):
        words = f"{{0}} rounded to {numeral(places)} decimal place{'' if places == 1 else 's'}"
        code = f"strings.rounded({{0}}{f', {places}' if places else ''})"
        cost = 2.5 + 0.4 * places
        yield Format(code, words, cost, lambda value, places=places: strings.rounded(value, places))
        if places:
            yield Format(
                f"strings.grouped({{0}}, {places})",
                f"{words} with thousands commas",
                cost + 1.5,
                lambda value, places=places: strings.grouped(value, places),
            )
    for width in range(2, 7):
        words = f"{{0}} padded with zeros to {numeral(width)} digits"
        yield Format(
            f"str({{0}}).zfill({width})",
            words,
            2.6 + 0.3 * width,
            lambda value, width=width: str(value).zfill(width),
            True,
        )
    yield Format(
        "strings.ordinal({0})",
        "{0} as an ordinal",
        2.5,
        lambda value: strings.ordinal(int(value)),
        True,
    )
    yield Format(
        "strings.month_name({0})",
        "the name of the month with the number that is {0}",
        2.5,
        lambda value: strings.month_name(int(value)),
        True,
    )
    yield Format(
        "strings.month_name({0})[:3]",
        "the short name of the month with the number that is {0}",
        3.2,
        lambda value: strings.month_name(int(value))[:3],
        True,
    )


FORMATS: Final = tuple(_formats())
"""The ways of writing numbers, plain first."""
