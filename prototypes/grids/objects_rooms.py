"""Rectangles of one colour inside a grid, as large as they can be."""

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
