"""The input, or a thing in it, repeated or enlarged as often as something can be counted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final, NamedTuple

from peirce.agent.proposers.symbolic.grids.counting_ideas import Idea
from peirce.agent.proposers.symbolic.grids.counting_numbers import CUTS, MAX_ITEMS, Number
from peirce.prototypes import grids
from peirce.tasks.values import Grid

MOST: Final = 4
"""Numbers tried for each side."""
LONGEST: Final = 60
"""Longest side of an answer."""
_SUMS: Final = ((1, 0), (1, 1), (1, -1), (2, 0), (2, -1), (2, 1))
"""Multiples of a number, with what is added to them."""


def sides(wanted: Sequence[int], counted: Sequence[Number], inputs: int) -> list[Number]:
    """Numbers that are the wanted ones in the examples, constants included, cheapest first.

    A number may be doubled, and one more or less.
    """
    found = [
        derived
        for number in counted
        for factor, summand in _SUMS
        if (derived := _derived(number, factor, summand)).values[: len(wanted)] == tuple(wanted)
    ]
    if len(set(wanted)) == 1:
        constant = str(wanted[0])
        found.append(Number(code=constant, words=constant, values=(wanted[0],) * inputs, cost=1))
    return sorted(found, key=lambda number: number.cost)


def _derived(number: Number, factor: int, summand: int) -> Number:
    if (factor, summand) == (1, 0):
        return number
    code, words = number.code, number.words
    if factor > 1:
        code, words = f"{factor} * {code}", f"twice {words}"
    if summand:
        code = f"{code} {'+' if summand > 0 else '-'} {abs(summand)}"
        words = f"one {'more' if summand > 0 else 'less'} than {words}"
    return replace(
        number,
        code=code,
        words=words,
        values=tuple(factor * value + summand for value in number.values),
        cost=number.cost + (factor > 1) + (summand != 0),
    )


def repeats(
    inputs: tuple[Grid, ...], outputs: tuple[Grid, ...], counted: Sequence[Number]
) -> Iterator[Idea | None]:
    """The input or a thing in it repeated, or enlarged, so many times down and across."""
    for base in (Base("grid", "the grid", inputs), *_things(inputs)):
        yield None
        yield from _of_base(base, outputs, counted)


class Base(NamedTuple):
    """What is repeated."""

    code: str
    words: str
    pictures: tuple[Grid, ...]
    """It in every input."""
    cost: float = 0.0


def _things(inputs: tuple[Grid, ...]) -> Iterator[Base]:
    """The largest and the smallest thing of each kind."""
    for code, words, cut, cost in CUTS:
        scenes = [cut(grid) for grid in inputs]
        if any(not 1 < len(items) <= MAX_ITEMS for items in scenes):
            continue
        for name, which, choose in (
            ("most", "largest", grids.most),
            ("least", "smallest", grids.least),
        ):
            yield Base(
                f'grids.{name}({code}, "size").picture()',
                f"the {which} of the {words}",
                tuple(choose(items, "size").picture() for items in scenes),
                cost + 1,
            )


def _of_base(base: Base, outputs: tuple[Grid, ...], counted: Sequence[Number]) -> Iterator[Idea]:
    sizes = [(len(grid), len(grid[0])) for grid in base.pictures]
    wanted = [(len(output), len(output[0])) for output in outputs]
    pairs = list(zip(sizes, wanted, strict=False))
    if any(h % a or w % b for (a, b), (h, w) in pairs) or sizes[: len(wanted)] == wanted:
        return
    downs = sides([h // a for (a, _), (h, _) in pairs], counted, len(sizes))[:MOST]
    acrosses = sides([w // b for (_, b), (_, w) in pairs], counted, len(sizes))[:MOST]
    for (name, words, run), down, across in product(_WAYS, downs, acrosses):
        if down.code.isdigit() and across.code.isdigit():
            continue
        counts = list(zip(sizes, down.values, across.values, strict=True))
        if any(not (0 < a * n <= LONGEST and 0 < b * m <= LONGEST) for (a, b), n, m in counts):
            continue
        yield Idea(
            lines=(f"return grids.{name}({base.code}, {down.code}, {across.code})",),
            words=f"{words.format(base.words)}: down {down.words}, across {across.words}.",
            results=tuple(
                grids_of(run(picture, n, m))
                for picture, (_, n, m) in zip(base.pictures, counts, strict=True)
            ),
            cost=2 + base.cost + down.cost + (0 if down.code == across.code else across.cost),
        )


def grids_of(rows: Sequence[Sequence[int]]) -> Grid:
    """Rows as a grid."""
    return tuple(tuple(row) for row in rows)


_WAYS: Final[tuple[tuple[str, str, Callable[[Grid, int, int], grids.Part]], ...]] = (
    ("tile", "The answer is {} repeated as often as these numbers say", grids.tile),
    ("scale", "The answer is {} enlarged as much as these numbers say", grids.scale),
)
