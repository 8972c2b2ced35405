"""Drawing numbers: so many cells, bars of given lengths, pictures in a row."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypeAlias

from peirce.prototypes.grids.objects import Item, Spot
from peirce.prototypes.grids.objects_drawing import canvas, paint
from peirce.tasks.values import Grid

Order: TypeAlias = Literal[
    "rows", "columns", "rows_up", "columns_back", "diagonal", "every_second", "snake"
]
"""A way through the cells of a grid."""


def _rows(height: int, width: int) -> list[Spot]:
    return [(row, column) for row in range(height) for column in range(width)]


def _columns(height: int, width: int) -> list[Spot]:
    return [(row, column) for column in range(width) for row in range(height)]


def _snake(height: int, width: int) -> list[Spot]:
    return [
        (row, column if row % 2 == 0 else width - 1 - column)
        for row in range(height)
        for column in range(width)
    ]


ORDERS: Final[dict[Order, Callable[[int, int], list[Spot]]]] = {
    "rows": _rows,
    "columns": _columns,
    "rows_up": lambda height, width: [(height - 1 - r, c) for r, c in _rows(height, width)],
    "columns_back": lambda height, width: [(r, width - 1 - c) for r, c in _columns(height, width)],
    "diagonal": lambda height, width: [(place, place) for place in range(min(height, width))],
    "every_second": lambda height, width: [
        spot for spot in _rows(height, width) if (spot[0] * width + spot[1]) % 2 == 0
    ],
    "snake": _snake,
}


def count_colour(grid: Grid, colour: int) -> int:
    """How many cells have this colour."""
    return sum(row.count(colour) for row in grid)


def tally(
    height: int, width: int, count: int, colour: int, order: Order = "rows", ground: int = 0
) -> Grid:
    """A grid with its first cells, in some order, in one colour and the others ground."""
    spots = ORDERS[order](height, width)[: max(count, 0)]
    return paint(canvas(height, width, ground), Item.of((*spot, colour) for spot in spots))


def bars(items: Iterable[Item], lengths: Sequence[int], ground: int = 0, *, room: int = 0) -> Grid:
    """One row for each item: so many cells of its colour, from the left.

    There is room for the longest, or for so many cells.
    """
    pairs = [(item.colour, max(count, 0)) for item, count in zip(items, lengths, strict=False)]
    width = room or max((count for _, count in pairs), default=0)
    rows = tuple(
        ((colour,) * count + (ground,) * (width - count))[:width] for colour, count in pairs
    )
    return rows if width else canvas(1, 1, ground)


def frames(colours: Sequence[int], *, core: int = 1) -> Grid:
    """Square frames in each other, the outermost first; the last is a square of so many cells."""
    side = 2 * (len(colours) - 1) + core
    if not colours or side < 1:
        return canvas(1, 1)
    return tuple(
        tuple(
            colours[min(row, column, side - 1 - row, side - 1 - column, len(colours) - 1)]
            for column in range(side)
        )
        for row in range(side)
    )


def laid_down(pictures: Iterable[Grid], ground: int = 0) -> Grid:
    """Pictures below each other, narrower ones filled up on the right."""
    rows = [row for picture in pictures for row in picture]
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *((ground,) * (width - len(row)))) for row in rows) or ((ground,),)


def laid_across(pictures: Iterable[Grid], ground: int = 0) -> Grid:
    """Pictures beside each other, lower ones filled up at the bottom."""
    turned = (tuple(zip(*picture, strict=True)) for picture in pictures)
    return tuple(zip(*laid_down(turned, ground), strict=True))


def turned_up(grid: Grid) -> Grid:
    """Turned by 90 degrees counterclockwise: bars from the left become bars from the bottom."""
    return tuple(zip(*grid, strict=True))[::-1]
