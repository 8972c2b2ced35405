"""The heuristics a neuron may implement: rules that hold for some problems and not for others.

The types follow "Arithmetic Without Algorithms" (arXiv 2410.21272, section 4): range, modulo,
digit pattern, identical operands, multi-result; on an operand, on both, or on the result. A
heuristic on the result is direct (the neuron promotes answers), one on operands is indirect.
Every heuristic has one spelling, which `parse_heuristic` reads back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias, assert_never

import numpy as np

from peirce.agent.circuits.arithmetic import Arithmetic, Grid, Mask, Operator

DIVISORS = (2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15)
"""The divisors of the paper's modulo heuristics."""


class On(StrEnum):
    """What a heuristic looks at."""

    LEFT = "op1"
    RIGHT = "op2"
    BOTH = "both"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Problems:
    """Many problems as three aligned arrays."""

    left: Grid
    right: Grid
    answer: Grid


@dataclass(frozen=True, slots=True)
class Range:
    """A number lies in [start, stop)."""

    on: On
    start: int
    stop: int

    def __str__(self) -> str:
        return f"{self.on} range {self.start}..{self.stop - 1}"

    def test(self, numbers: Grid) -> Mask:
        """Which numbers lie in the range."""
        return (numbers >= self.start) & (numbers < self.stop)


@dataclass(frozen=True, slots=True)
class Modulo:
    """A number leaves this remainder."""

    on: On
    divisor: int
    remainder: int

    def __str__(self) -> str:
        return f"{self.on} modulo {self.divisor} is {self.remainder}"

    def test(self, numbers: Grid) -> Mask:
        """Which numbers leave the remainder."""
        return numbers % self.divisor == self.remainder


@dataclass(frozen=True, slots=True)
class Pattern:
    """The zero-padded digits of a number fit a pattern; a dot stands for any digit."""

    on: On
    digits: str

    def __str__(self) -> str:
        return f"{self.on} pattern {self.digits}"

    def test(self, numbers: Grid) -> Mask:
        """Which numbers fit the pattern."""
        fits = numbers < 10 ** len(self.digits)
        for power, digit in enumerate(reversed(self.digits)):
            if digit != ".":
                fits = fits & (numbers // 10**power % 10 == int(digit))
        return fits


@dataclass(frozen=True, slots=True)
class Identical:
    """Both operands are the same number."""

    on: On = On.BOTH

    def __str__(self) -> str:
        return "both identical"


@dataclass(frozen=True, slots=True)
class MultiResult:
    """The result is one of a few unrelated numbers."""

    values: tuple[int, ...]
    on: On = On.RESULT

    def __str__(self) -> str:
        return f"result among {','.join(map(str, self.values))}"

    def test(self, numbers: Grid) -> Mask:
        """Which numbers are among the few."""
        return np.isin(numbers, self.values)


Heuristic: TypeAlias = Range | Modulo | Pattern | Identical | MultiResult


def holds(heuristic: Heuristic, problems: Problems) -> Mask:
    """For which problems a heuristic is true."""
    if isinstance(heuristic, Identical):
        return problems.left == problems.right
    match heuristic.on:
        case On.LEFT:
            return heuristic.test(problems.left)
        case On.RIGHT:
            return heuristic.test(problems.right)
        case On.RESULT:
            return heuristic.test(problems.answer)
        case On.BOTH:
            return heuristic.test(problems.left) & heuristic.test(problems.right)
    assert_never(heuristic.on)


def kind_of(heuristic: Heuristic) -> str:
    """The type of a heuristic with what it looks at, such as `op1 range`."""
    return " ".join(str(heuristic).split(" ")[:2])


def is_direct(heuristic: Heuristic) -> bool:
    """Whether a heuristic speaks of the result and is looked for in the KV map."""
    return heuristic.on is On.RESULT


@lru_cache(maxsize=1 << 14)
def parse_heuristic(text: str) -> Heuristic:
    """Read back what `str` wrote.

    Raises:
        ValueError: the text is no heuristic's spelling.
    """
    if text == "both identical":
        return Identical()
    if found := re.fullmatch(r"(op1|op2|both|result) range (\d+)\.\.(\d+)", text):
        return Range(On(found[1]), int(found[2]), int(found[3]) + 1)
    if found := re.fullmatch(r"(op1|op2|both|result) modulo ([1-9]\d*) is (\d+)", text):
        return Modulo(On(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(op1|op2|both|result) pattern ([\d.]+)", text):
        return Pattern(On(found[1]), found[2])
    if found := re.fullmatch(r"result among (\d+(?:,\d+)*)", text):
        return MultiResult(tuple(int(value) for value in found[1].split(",")))
    raise ValueError(f"not a heuristic: {text!r}; write for example 'result range 10..19'")


def list_heuristics(arithmetic: Arithmetic, operator: Operator) -> tuple[Heuristic, ...]:
    """Every heuristic looked for, multi-result apart (those are read off the neurons).

    Range lengths are the paper's 10, 30, 50 and 100 of 300 operands (2, 10, 100 for results of
    a division), scaled to this many operands; starts are a third of the length apart.
    """
    return tuple(_list_heuristics(arithmetic, operator))


def _list_heuristics(arithmetic: Arithmetic, operator: Operator) -> Iterator[Heuristic]:
    largest = int(arithmetic.answers(operator).max())
    for on in On:
        limit = largest + 1 if on is On.RESULT else arithmetic.operands
        short = on is On.RESULT and operator is Operator.DIVIDE
        yield from _ranges(on, limit, _lengths(arithmetic.operands, short), arithmetic.operands)
        for divisor in DIVISORS:
            if 2 * divisor <= limit:  # else a remainder names one number, not a class
                yield from (Modulo(on, divisor, remainder) for remainder in range(divisor))
        if on is not On.BOTH:
            yield from _patterns(on, limit)
    yield Identical()


def _lengths(operands: int, short: bool) -> tuple[int, ...]:
    paper = (2, 10, 100) if short else (10, 30, 50, 100)
    return tuple(sorted({max(2, round(length * operands / 300)) for length in paper}))


def _ranges(on: On, limit: int, lengths: tuple[int, ...], operands: int) -> Iterator[Range]:
    for length in lengths:
        stride = max(length // 3, operands // 30, 1)
        for start in range(0, max(limit - length, 0) + 1, stride):
            yield Range(on, start, start + length)


def _patterns(on: On, limit: int) -> Iterator[Pattern]:
    width = max(3, len(str(limit - 1)))
    texts = [f"{number:0{width}d}" for number in range(limit)]
    seen: dict[str, None] = {}
    for text in texts:
        for first in range(width):
            for second in range(first, width):
                fixed = {first, second}
                seen["".join(d if i in fixed else "." for i, d in enumerate(text))] = None
    for digits in seen:
        if not all(_fits(digits, text) for text in texts):
            yield Pattern(on, digits)


def _fits(digits: str, text: str) -> bool:
    return all(a in (".", b) for a, b in zip(digits, text, strict=True))
