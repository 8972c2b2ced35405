"""Ways of cutting a grid into items: what a person would call the things in it.

Every view returns items in reading order of their first cells and leaves the ground out. The
ground is one colour, or `None` when every cell belongs to something.
"""

from collections import Counter
from itertools import pairwise, product
from typing import Final

from peirce.prototypes.grids.objects import Item
from peirce.prototypes.grids.objects_places import AROUND, SIDES, Spot, connected
from peirce.tasks.values import Grid

_NEAR: Final[tuple[Spot, ...]] = tuple(
    (down, across) for down, across in product(range(-2, 3), repeat=2) if (down, across) != (0, 0)
)
"""Steps to all cells with at most one cell between."""


def commonest(grid: Grid) -> int:
    """The colour of most cells; of equally frequent ones the smallest."""
    counts = Counter(cell for row in grid for cell in row)
    return min(counts, key=lambda colour: (-counts[colour], colour))


def objects(
    grid: Grid, *, diagonal: bool = False, mixed: bool = False, ground: int | None = 0
) -> tuple[Item, ...]:
    """Connected things; `diagonal` lets corners connect, `mixed` lets colours differ."""
    return _parts(grid, AROUND if diagonal else SIDES, mixed, ground)


def clusters(grid: Grid, *, mixed: bool = False, ground: int | None = 0) -> tuple[Item, ...]:
    """Things that may be dotted: cells with at most one cell between them belong together.

    `mixed` lets colours differ.
    """
    return _parts(grid, _NEAR, mixed, ground)


def _parts(
    grid: Grid, steps: tuple[Spot, ...], mixed: bool, ground: int | None
) -> tuple[Item, ...]:
    """What hangs together by these steps, in reading order of the first cells."""
    colours = {
        (row, column): colour
        for row, line in enumerate(grid)
        for column, colour in enumerate(line)
        if colour != ground
    }
    if mixed:
        parts = list(connected(colours, steps))
    else:
        groups: dict[int, list[Spot]] = {}
        for spot, colour in colours.items():
            groups.setdefault(colour, []).append(spot)
        parts = [part for spots in groups.values() for part in connected(spots, steps)]
    items = (Item(tuple((*spot, colours[spot]) for spot in sorted(part))) for part in parts)
    return tuple(sorted(items, key=lambda item: item.cells[0]))


def spaces(grid: Grid, colour: int = 0, *, diagonal: bool = False) -> tuple[Item, ...]:
    """The connected areas of one colour, by default the empty ones."""
    spots = [
        (row, column)
        for row, line in enumerate(grid)
        for column, cell in enumerate(line)
        if cell == colour
    ]
    return tuple(
        Item(tuple((*spot, colour) for spot in sorted(part)))
        for part in connected(spots, AROUND if diagonal else SIDES)
    )


def colour_items(grid: Grid, ground: int | None = 0) -> tuple[Item, ...]:
    """All cells of one colour as one item, for every colour but the ground."""
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for row, line in enumerate(grid):
        for column, colour in enumerate(line):
            if colour != ground:
                groups.setdefault(colour, []).append((row, column, colour))
    return tuple(Item(tuple(cells)) for cells in groups.values())


def dots(grid: Grid, ground: int | None = 0) -> tuple[Item, ...]:
    """Every cell that is not ground as an item of its own."""
    return tuple(
        Item(((row, column, colour),))
        for row, line in enumerate(grid)
        for column, colour in enumerate(line)
        if colour != ground
    )


def row_items(grid: Grid) -> tuple[Item, ...]:
    """Every row as an item."""
    return tuple(
        Item(tuple((row, column, colour) for column, colour in enumerate(line)))
        for row, line in enumerate(grid)
    )


def column_items(grid: Grid) -> tuple[Item, ...]:
    """Every column as an item."""
    return tuple(
        Item(tuple((row, column, line[column]) for row, line in enumerate(grid)))
        for column in range(len(grid[0]) if grid else 0)
    )


def separators(grid: Grid) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows and columns of one colour that split the grid; the colour is the same for all."""
    columns = tuple(zip(*grid, strict=True))
    rows_by = {row: line[0] for row, line in enumerate(grid) if len(set(line)) == 1}
    columns_by = {column: line[0] for column, line in enumerate(columns) if len(set(line)) == 1}
    counts = Counter([*rows_by.values(), *columns_by.values()])
    lines = [colour for colour in counts if colour != commonest(grid)] or list(counts)
    if not lines:
        return (), ()
    colour = max(lines, key=lambda value: (counts[value], value))
    return (
        tuple(row for row, value in rows_by.items() if value == colour),
        tuple(column for column, value in columns_by.items() if value == colour),
    )


def panel_items(grid: Grid) -> tuple[Item, ...]:
    """The rectangles between the separating lines, each with all its cells."""
    rows, columns = separators(grid)
    spans_down = _spans(rows, len(grid))
    spans_across = _spans(columns, len(grid[0]) if grid else 0)
    return tuple(
        Item(
            tuple(
                (row, column, grid[row][column])
                for row in range(top, bottom)
                for column in range(left, right)
            )
        )
        for top, bottom in spans_down
        for left, right in spans_across
    )


def _spans(cuts: tuple[int, ...], end: int) -> list[tuple[int, int]]:
    edges = [-1, *cuts, end]
    return [(first + 1, last) for first, last in pairwise(edges) if last > first + 1]
