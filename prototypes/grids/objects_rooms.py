"""Rectangles inside a grid: of one colour and as large as they can be, or between four corners."""

from collections import defaultdict

from peirce.prototypes.grids.objects import Item, block
from peirce.tasks.values import Grid


def free_rectangles(grid: Grid, colour: int = 0, *, least: int = 2) -> tuple[Item, ...]:
    """The rectangles of one colour that cannot grow, with sides of at least `least` cells.

    They may overlap. Ordered by their first rows, then by their first columns.
    """
    height, width = len(grid), len(grid[0]) if grid else 0
    found: set[tuple[int, int, int, int]] = set()
    depths = [0] * width
    for row in range(height):
        depths = [depths[c] + 1 if grid[row][c] == colour else 0 for c in range(width)]
        below = [row + 1 < height and grid[row + 1][c] == colour for c in range(width)]
        for column in range(width):
            depth = depths[column]
            if depth < least:
                continue
            left = right = column
            while left and depths[left - 1] >= depth:
                left -= 1
            while right + 1 < width and depths[right + 1] >= depth:
                right += 1
            if right - left + 1 >= least and not all(below[left : right + 1]):
                found.add((row - depth + 1, left, row, right))
    return tuple(block(*sides, colour) for sides in sorted(found))


def full_rectangles(grid: Grid, ground: int | None = 0, *, least: int = 2) -> tuple[Item, ...]:
    """The rectangles of any colour but the ground that cannot grow, colour by colour."""
    colours = sorted({cell for row in grid for cell in row if cell != ground})
    return tuple(item for colour in colours for item in free_rectangles(grid, colour, least=least))


def marked_rectangles(grid: Grid, ground: int | None = 0) -> tuple[Item, ...]:
    """All cells between four corners of one colour that is seen nowhere else in the grid."""
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, line in enumerate(grid):
        for column, colour in enumerate(line):
            if colour != ground:
                places[colour].append((row, column))
    return tuple(
        Item(
            tuple(
                (row, column, grid[row][column])
                for row in range(spots[0][0], spots[3][0] + 1)
                for column in range(spots[0][1], spots[3][1] + 1)
            )
        )
        for spots in places.values()
        if len(spots) == 4 and _corners(spots)
    )


def _corners(spots: list[tuple[int, int]]) -> bool:
    """Whether four places in reading order are the corners of a rectangle with an inside."""
    (top, left), (_, right), (bottom, _), _ = spots
    wanted = [(top, left), (top, right), (bottom, left), (bottom, right)]
    return spots == wanted and min(bottom - top, right - left) > 1
