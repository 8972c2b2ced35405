"""`Part`: a grid that remembers where it was cut from, and the small questions about any grid.

Colour 0 is the background: it is what is not painted. Every function of this vocabulary takes any
sequence of rows and returns a `Part` or a tuple of parts; a `Part` is a plain tuple of tuples
with a corner. Nothing here raises for a rectangular grid of at least one cell.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

BACKGROUND: Final = 0
"""The colour of what is not painted."""

Rows: TypeAlias = Sequence[Sequence[int]]
"""Anything that reads as a grid: rows from top to bottom, cells from left to right."""


class Part(tuple[tuple[int, ...], ...]):
    """A grid that remembers the row and column its top left cell came from."""

    top: int
    left: int

    def __new__(cls, rows: Iterable[Iterable[int]], top: int = 0, left: int = 0) -> "Part":
        """Freeze `rows` and note the corner."""
        part = super().__new__(cls, tuple(tuple(row) for row in rows))
        part.top = top
        part.left = left
        return part


def corner(grid: Rows) -> tuple[int, int]:
    """The row and column a grid was cut from; (0, 0) for a grid that was not cut."""
    return (grid.top, grid.left) if isinstance(grid, Part) else (0, 0)


def part_like(grid: Rows, rows: Iterable[Iterable[int]]) -> Part:
    """New rows at the corner of `grid`."""
    return Part(rows, *corner(grid))


def blank(height: int, width: int) -> Part:
    """An empty grid of at least one cell."""
    return Part([[BACKGROUND] * max(width, 1)] * max(height, 1))


def height(grid: Rows) -> int:
    """How many rows the grid has."""
    return len(grid)


def width(grid: Rows) -> int:
    """How many columns the grid has."""
    return len(grid[0])


def content_cells(grid: Rows) -> list[tuple[int, int]]:
    """Row and column of every painted cell, in reading order."""
    return [(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell]


def colours(grid: Rows) -> tuple[int, ...]:
    """The colours other than the background, most frequent first, then by number."""
    counts = Counter(cell for row in grid for cell in row if cell)
    return tuple(sorted(counts, key=lambda colour: (-counts[colour], colour)))


def main_colour(grid: Rows) -> int:
    """The most frequent colour other than the background; 0 for an empty grid."""
    return next(iter(colours(grid)), BACKGROUND)


def content_box(grid: Rows) -> tuple[int, int, int, int]:
    """First row, first column, last row + 1, last column + 1 of what is painted.

    For an empty grid it is the box of the top left cell.
    """
    cells = content_cells(grid)
    if not cells:
        return 0, 0, 1, 1
    rows = [r for r, _ in cells]
    columns = [c for _, c in cells]
    return min(rows), min(columns), max(rows) + 1, max(columns) + 1


def window(grid: Rows, top: int, left: int, bottom: int, right: int) -> Part:
    """The cells of some rows and columns, with the corner they came from."""
    row, column = corner(grid)
    return Part((line[left:right] for line in grid[top:bottom]), row + top, column + left)
