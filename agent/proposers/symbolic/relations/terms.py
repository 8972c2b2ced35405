"""Literals and clauses of function-free Prolog, and their texts.

A variable is a number, counted from the head; a constant is its text; None is the anonymous `_`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final, TypeAlias

Argument: TypeAlias = int | str | None

UNEQUAL: Final = "\\="
COUNT: Final = "#"
"""`#0edge` holds of a constant and the number of rows of `edge` that have it first."""
NAMES: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Literal:
    """A relation said, or denied, of some arguments."""

    name: str
    """Of a relation of the database, of the target, or `UNEQUAL`."""
    arguments: tuple[Argument, ...]
    negated: bool = False

    @property
    def variables(self) -> frozenset[int]:
        """Numbers of the variables in it."""
        return frozenset(item for item in self.arguments if isinstance(item, int))

    @property
    def equates(self) -> bool:
        """Whether it says that two variables are one."""
        return self.negated and self.name == UNEQUAL and len(self.variables) == 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A head holds if every literal of the body does. Head variables are 0, 1, 2, ..."""

    name: str
    arity: int
    body: tuple[Literal, ...]

    @property
    def size(self) -> int:
        """Literals, the head included."""
        return 1 + len(self.body)

    @property
    def variables(self) -> int:
        """How many variables it has."""
        found = [number for literal in self.body for number in literal.variables]
        return max([self.arity - 1, *found]) + 1

    @property
    def recursive(self) -> bool:
        """Whether the body speaks of the head's relation."""
        return any(literal.name == self.name for literal in self.body)

    def key(self) -> tuple[tuple[str, ...], ...]:
        """The same for clauses that differ in the order of literals or names of variables only."""
        if not self.body:
            return ()
        head = {number: number for number in range(self.arity)}
        keys = (
            tuple(sorted(_words(literal, head | named) for literal in self.body))
            for named in self._namings()
        )
        return min(keys)

    def _namings(self) -> Iterator[dict[int, int]]:
        """Ways to name the variables of the body; only those that look alike are permuted."""
        looks: dict[tuple[str, ...], list[int]] = {}
        for number in range(self.arity, self.variables):
            seen = tuple(
                sorted(
                    f"{literal.negated:d}{literal.name}/{place}"
                    for literal in self.body
                    for place, item in enumerate(literal.arguments)
                    if item == number
                )
            )
            looks.setdefault(seen, []).append(number)
        groups = [looks[key] for key in sorted(looks)]
        for orders in product(*(permutations(group) for group in groups)):
            numbers = [number for order in orders for number in order]
            yield {number: self.arity + place for place, number in enumerate(numbers)}


def _words(literal: Literal, renamed: dict[int, int]) -> tuple[str, ...]:
    arguments = (
        f"V{renamed[item]}" if isinstance(item, int) else "_" if item is None else f"c{item}"
        for item in literal.arguments
    )
    words = tuple(arguments)
    if literal.name == UNEQUAL:
        words = tuple(sorted(words))
    return ("-" if literal.negated else "+", literal.name, *words)


def shown(argument: Argument) -> str:
    """An argument as it is written in Prolog."""
    if argument is None:
        return "_"
    return NAMES[argument] if isinstance(argument, int) else argument
