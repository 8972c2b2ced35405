"""Putting items on grids and taking them off; what falls outside the grid is dropped."""

from collections.abc import Iterable

from peirce.prototypes.grids.objects import Item, Spot
from peirce.tasks.values import Grid


def paint(grid: Grid, *items: Item) -> Grid:
    """The grid with these items drawn on it, later ones on top."""
    rows = [list(row) for row in grid]
    height, width = len(rows), len(rows[0]) if rows else 0
    for item in items:
        for row, column, colour in item.cells:
            if 0 <= row < height and 0 <= column < width:
                rows[row][column] = colour
    return tuple(tuple(row) for row in rows)


def paint_under(grid: Grid, item: Item, ground: int = 0) -> Grid:
    """The grid with an item drawn only where the grid shows its ground."""
    free = (
        cell
        for cell in item.cells
        if 0 <= cell[0] < len(grid)
        and 0 <= cell[1] < len(grid[0])
        and grid[cell[0]][cell[1]] == ground
    )
    return paint(grid, Item(tuple(free)))


def erase(grid: Grid, items: Iterable[Item], ground: int = 0) -> Grid:
    """The grid with the places of these items set to the ground."""
    return paint(grid, *(item.recoloured(ground) for item in items))


def canvas(height: int, width: int, colour: int = 0) -> Grid:
    """A grid of one colour; sides are kept between 1 and 128."""
    height, width = (min(max(side, 1), 128) for side in (height, width))
    return ((colour,) * width,) * height


def cut_out(grid: Grid, item: Item) -> Grid:
    """What the grid shows in the box of an item; the whole grid if they do not meet."""
    rows = grid[max(item.top, 0) : item.bottom + 1]
    cut = tuple(row[max(item.left, 0) : item.right + 1] for row in rows)
    return cut if cut and cut[0] else grid


def slide(grid: Grid, item: Item, step: Spot, ground: int = 0) -> Item:
    """The item moved by equal steps until the next one would leave the grid or hit something."""
    down, across = step
    height, width = len(grid), len(grid[0]) if grid else 0
    own = item.spots
    distance = 0
    while step != (0, 0) and distance < height + width:
        distance += 1
        for row, column in own:
            place = (row + down * distance, column + across * distance)
            if not (0 <= place[0] < height and 0 <= place[1] < width) or (
                place not in own and grid[place[0]][place[1]] != ground
            ):
                return item.moved(down * (distance - 1), across * (distance - 1))
    return item


def slide_all(grid: Grid, items: Iterable[Item], step: Spot, ground: int = 0) -> Grid:
    """All these items slid at once, the foremost first, so that they pile up."""
    down, across = step
    ordered = sorted(
        items,
        key=lambda item: max(
            (row * down + column * across for row, column, _ in item.cells), default=0
        ),
        reverse=True,
    )
    for item in ordered:
        moved = slide(grid, item, step, ground)
        grid = paint(erase(grid, (item,), ground), moved)
    return grid


def stretch(grid: Grid, item: Item, step: Spot, ground: int = 0) -> Item:
    """The item together with all places it passes when it slides."""
    end = slide(grid, item, step, ground)
    distance = max(abs(end.top - item.top), abs(end.left - item.left))
    return Item.of(
        (row + step[0] * count, column + step[1] * count, colour)
        for count in range(distance, -1, -1)
        for row, column, colour in item.cells
    )
