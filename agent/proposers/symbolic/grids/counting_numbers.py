"""What can be counted in a grid, and the colours an answer may be drawn in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import AMOUNTS, Amount
from peirce.tasks.values import Grid

Cut: TypeAlias = Callable[[Grid], tuple[Item, ...]]

MAX_ITEMS: Final = 80
"""More things than this are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Something that can be counted or read in a grid."""

    code: str
    """Expression over `grid`."""
    words: str
    values: tuple[int, ...]
    """Its value in every input."""
    cost: float


CUTS: Final[tuple[tuple[str, str, Cut, float], ...]] = (
    ("grids.objects(grid)", "objects", grids.objects, 1),
    (
        "grids.objects(grid, diagonal=True)",
        "objects (corners connect)",
        partial(grids.objects, diagonal=True),
        1.5,
    ),
    (
        "grids.objects(grid, diagonal=True, mixed=True)",
        "objects of any colours",
        partial(grids.objects, diagonal=True, mixed=True),
        2,
    ),
    ("grids.colour_items(grid)", "colours", grids.colour_items, 1),
)
_FILTERS: Final[tuple[tuple[str, str, Callable[[Item], bool]], ...]] = (
    ("item.is_dot", "single cells", lambda item: item.is_dot),
    ("not item.is_dot", "with more than one cell", lambda item: not item.is_dot),
    ("item.is_line", "lines", lambda item: item.is_line),
    ("item.is_frame", "frames", lambda item: item.is_frame),
    (
        "item.is_solid and item.is_square",
        "full squares",
        lambda item: item.is_solid and item.is_square,
    ),
    ("item.is_solid", "full rectangles", lambda item: item.is_solid),
    ("item.is_symmetric", "symmetric", lambda item: item.is_symmetric),
    ("item.holes > 0", "with holes", lambda item: item.holes > 0),
    ("item.colour_count > 1", "with several colours", lambda item: item.colour_count > 1),
)


def numbers(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Number | None]:
    """Everything that can be counted and is not the same in all examples."""
    palette = sorted({cell for grid in inputs for row in grid for cell in row} - {0})
    for colour in palette:
        yield _varying(
            Number(
                code=f"grids.count_colour(grid, {colour})",
                words=f"the number of {colour_name(colour)} cells",
                values=tuple(grids.count_colour(grid, colour) for grid in inputs),
                cost=3,
            ),
            outputs,
        )
    for code, words, cut, cost in CUTS:
        scenes = [cut(grid) for grid in inputs]
        if any(len(items) > MAX_ITEMS for items in scenes):
            continue
        yield _varying(
            Number(
                code=f"len({code})",
                words=f"the number of {words}",
                values=tuple(map(len, scenes)),
                cost=cost + 1,
            ),
            outputs,
        )
        for colour in palette:
            yield _counted(
                code, words, f"item.colour == {colour}", colour_name(colour),
                scenes, partial(_has_colour, colour), cost, outputs,
            )  # fmt: skip
            for test_code, kind, test in _FILTERS[1:6]:
                yield _counted(
                    code, words, f"item.colour == {colour} and {test_code}",
                    f"{colour_name(colour)} {kind}", scenes,
                    partial(_has_colour_and, colour, test), cost + 1.5, outputs,
                )  # fmt: skip
        for test_code, kind, test in _FILTERS:
            yield _counted(code, words, test_code, kind, scenes, test, cost + 1, outputs)
        for amount in ("size", "height", "width", "holes"):
            yield _varying(_largest(code, words, amount, scenes, cost), outputs)


def _has_colour(colour: int, item: Item) -> bool:
    return item.colour == colour


def _has_colour_and(colour: int, test: Callable[[Item], bool], item: Item) -> bool:
    return item.colour == colour and test(item)


def _counted(
    code: str,
    words: str,
    test_code: str,
    kind: str,
    scenes: list[tuple[Item, ...]],
    test: Callable[[Item], bool],
    cost: float,
    outputs: tuple[Grid, ...],
) -> Number | None:
    return _varying(
        Number(
            code=f"len([item for item in {code} if {test_code}])",
            words=f"the number of {words} that are {kind}",
            values=tuple(sum(map(test, items)) for items in scenes),
            cost=cost + 3,
        ),
        outputs,
    )


def _largest(
    code: str, words: str, amount: Amount, scenes: list[tuple[Item, ...]], cost: float
) -> Number:
    return Number(
        code=f"max((item.{amount} for item in {code}), default=0)",
        words=f"the greatest {amount} among the {words}",
        values=tuple(max(map(AMOUNTS[amount], items), default=0) for items in scenes),
        cost=cost + 2.5,
    )


def _varying(number: Number, outputs: tuple[Grid, ...]) -> Number | None:
    return number if len(set(number.values[: len(outputs)])) > 1 else None


def drawing_colours(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Number]:
    """The colours an output may be drawn in."""
    for colour in sorted({cell for grid in outputs for row in grid for cell in row}):
        yield Number(
            code=str(colour),
            words=colour_name(colour),
            values=(colour,) * len(inputs),
            cost=1,
        )
    for code, words, cut, cost in CUTS:
        scenes = [cut(grid) for grid in inputs]
        if any(not 0 < len(items) <= MAX_ITEMS for items in scenes):
            continue
        for name, which, choose in (
            ("most", "largest", grids.most),
            ("least", "smallest", grids.least),
        ):
            yield Number(
                code=f'grids.{name}({code}, "size").colour',
                words=f"the colour of the {which} of the {words}",
                values=tuple(choose(items, "size").colour for items in scenes),
                cost=cost + 2,
            )
