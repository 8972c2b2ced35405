"""Conditions on things: what an attribute says of each, and the splits that can be made of it.

The rows of a task are all items of its examples; a condition is a bit mask of the rows that meet
it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.attributes import Attribute
from peirce.agent.proposers.symbolic.grids.objects.scene import Trait

MAX_VALUES: Final = 12
"""Most values of one attribute that are conditions: one of more tells almost every item apart."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition on items, and the rows it holds for."""

    code: str
    words: str
    """A clause after 'that' or 'whose'."""
    train: int
    test: int
    cost: float


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute and its value in every row."""

    attribute: Attribute
    train: tuple[Trait, ...]
    test: tuple[Trait, ...]


def predicates_of(column: Column) -> Iterator[Predicate]:
    """Conditions on the value of one attribute that some train rows meet."""
    attribute = column.attribute
    values = sorted({value for value in column.train if value is not None}, key=repr)
    if attribute.kind == "flag":
        yield _predicate(column, lambda value: value == 1, *said(attribute, 1), 0)
        return
    for value in values[:MAX_VALUES]:
        yield _predicate(
            column,
            lambda own, value=value: own == value,
            *said(attribute, value),
            2.5 if attribute.kind != "label" else 6,
        )
    if attribute.kind != "number":
        return
    numbers = sorted(value for value in set(column.train) if isinstance(value, int))
    for number in numbers[1:]:
        yield _predicate(
            column,
            lambda own, number=number: isinstance(own, int) and own >= number,
            f"{attribute.code} >= {number}",
            f"whose {attribute.words} is at least {number}",
            2.5,
        )


def _predicate(
    column: Column, test: Callable[[Trait], bool], code: str, words: str, extra: float
) -> Predicate:
    train = sum(1 << row for row, value in enumerate(column.train) if test(value))
    tests = sum(1 << row for row, value in enumerate(column.test) if test(value))
    return Predicate(code, words, train, tests, column.attribute.cost + extra)


def negated(one: Predicate, rows: int, tests: int) -> Predicate:
    """The opposite condition, among so many rows."""
    code, words = _opposite(one.code, one.words)
    train, test = ((1 << rows) - 1) & ~one.train, ((1 << tests) - 1) & ~one.test
    return Predicate(code, words, train, test, one.cost + 1)


def _opposite(code: str, words: str) -> tuple[str, str]:
    return f"not ({code})" if " " in code else f"not {code}", f"other than one {words}"


def said(attribute: Attribute, value: Trait) -> tuple[str, str]:
    """The condition that the attribute has this value, as code and as a clause."""
    if attribute.kind == "flag":
        holds = (attribute.code, f"that {attribute.words}")
        return holds if value == 1 else _opposite(*holds)
    shown = colour_name(value) if attribute.kind == "colour" and isinstance(value, int) else value
    start = "whose" if attribute.is_own else "for which"
    return f"{attribute.code} == {value!r}", f"{start} {attribute.words} is {shown}"


def distinct(
    predicates: list[Predicate], everything: int, tests: int, *, oriented: bool = False
) -> list[Predicate]:
    """The cheapest predicate of each split of the rows, cheapest first; trivial ones left out.

    Unless `oriented`, a predicate and its opposite make the same split.
    """
    best: dict[tuple[int, int], Predicate] = {}
    for predicate in predicates:
        if predicate.train == 0 or (predicate.train == everything and not oriented):
            continue
        key = (predicate.train, predicate.test)
        turned = (everything & ~predicate.train, tests & ~predicate.test)
        if not oriented and turned in best:
            key = turned
        known = best.get(key)
        if known is None or predicate.cost < known.cost:
            best.pop(key, None)
            best[predicate.train, predicate.test] = predicate
    return sorted(best.values(), key=lambda predicate: predicate.cost)


def where(values: Sequence[Trait], wanted: Trait) -> int:
    """The rows that have this value."""
    return sum(1 << row for row, value in enumerate(values) if value == wanted)
