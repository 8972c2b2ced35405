"""Patterns shown once and wanted elsewhere: completing copies, reading legends."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from peirce.prototypes.grids.objects import Item, Spot
from peirce.prototypes.grids.objects_drawing import paint
from peirce.tasks.values import Grid

MAX_COLOURS: Final = 4
"""A template of more colours is not looked for."""


def enlarged(item: Item, factor: int) -> Item:
    """Every cell as a block of cells, the top left corner of its box kept."""
    top, left = item.top, item.left
    return Item.of(
        (top + (row - top) * factor + down, left + (column - left) * factor + across, colour)
        for row, column, colour in item.cells
        for down in range(factor)
        for across in range(factor)
    )


def copies(item: Item, *, turned: bool = True, largest: int = 1) -> tuple[Item, ...]:
    """The item at scales 1 to `largest`, mirrored and turned too if wanted; no two the same."""
    scaled = [enlarged(item, factor) for factor in range(1, largest + 1)]
    if not turned:
        return tuple(scaled)
    return tuple(dict.fromkeys(copy for one in scaled for copy in one.turns()))


def complete_copies(
    grid: Grid,
    templates: Iterable[Item],
    *,
    turned: bool = True,
    largest: int = 1,
    ground: int = 0,
) -> Grid:
    """Templates drawn wherever all their cells of some colours show and the others are free.

    More cells shown count before fewer. A single cell only shows where, not how to turn or scale.
    """
    templates = tuple(item for item in templates if len(item.palette) <= MAX_COLOURS)
    taken = {spot for template in templates for spot in template.spots}
    for copy, key in _keys(templates, turned, largest):
        for down, across in _shifts(grid, key):
            moved = copy.moved(down, across)
            if taken.isdisjoint(moved.spots) and _fits(grid, moved, ground):
                shown = {(row + down, column + across) for row, column, _ in key.cells}
                if _free(grid, moved, shown, ground):
                    grid = paint(grid, moved)
                    taken |= moved.spots
    return grid


def _keys(templates: Iterable[Item], turned: bool, largest: int) -> list[tuple[Item, Item]]:
    """Copies with a part that may show, the largest parts first."""
    pairs: list[tuple[Item, Item]] = []
    for template in templates:
        for number, copy in enumerate(copies(template, turned=turned, largest=largest)):
            for count in range(1, len(copy.palette)):
                for colours in combinations(copy.palette, count):
                    key = Item(tuple(cell for cell in copy.cells if cell[2] in colours))
                    if key.size > 1 or number == 0:
                        pairs.append((copy, key))
    return sorted(pairs, key=lambda pair: -pair[1].size)


def _shifts(grid: Grid, key: Item) -> Iterator[Spot]:
    """Where the key shows in the grid, as steps from where it is."""
    first_row, first_column, first = key.cells[0]
    for row, line in enumerate(grid):
        for column, colour in enumerate(line):
            if colour == first:
                down, across = row - first_row, column - first_column
                if _shows(grid, key, down, across):
                    yield (down, across)


def _shows(grid: Grid, key: Item, down: int, across: int) -> bool:
    height, width = len(grid), len(grid[0])
    return all(
        0 <= row + down < height
        and 0 <= column + across < width
        and grid[row + down][column + across] == colour
        for row, column, colour in key.cells
    )


def _fits(grid: Grid, item: Item, ground: int) -> bool:
    """The item lies on the grid, on cells that are ground or already as it has them."""
    height, width = len(grid), len(grid[0])
    return all(
        0 <= row < height and 0 <= column < width and grid[row][column] in (ground, colour)
        for row, column, colour in item.cells
    )


def _free(grid: Grid, item: Item, shown: set[Spot], ground: int) -> bool:
    """Some cell of the item is still missing."""
    return any(
        (row, column) not in shown and grid[row][column] == ground for row, column, _ in item.cells
    )


def legend(items: Iterable[Item]) -> dict[int, int]:
    """From the first to the second colour of every item that is just two cells of two colours."""
    return {
        item.cells[0][2]: item.cells[1][2]
        for item in items
        if item.size == 2 and item.colour_count == 2
    }


def pairs_across(item: Item) -> dict[int, int]:
    """From the first to the last colour in each of its rows."""
    rows: dict[int, list[int]] = {}
    for row, _, colour in item.cells:
        rows.setdefault(row, []).append(colour)
    return {colours[0]: colours[-1] for colours in rows.values() if len(colours) > 1}


def pairs_down(item: Item) -> dict[int, int]:
    """From the first to the last colour in each of its columns."""
    return pairs_across(item.transposed())


def turned_around(table: dict[int, int]) -> dict[int, int]:
    """A legend read from right to left."""
    return {value: key for key, value in table.items()}


def both_ways(table: dict[int, int]) -> dict[int, int]:
    """A legend in which the two colours of a pair stand for each other."""
    return {**turned_around(table), **table}
