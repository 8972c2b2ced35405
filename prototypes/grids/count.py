"""Counting, and showing a number as a bar or a square."""

from peirce.prototypes.grids.part import Part, Rows, colours, content_cells, main_colour
from peirce.prototypes.grids.split import connected_parts


def _number(grid: Rows, what: str) -> int:
    match what:
        case "cells":
            return len(content_cells(grid))
        case "colours":
            return len(colours(grid))
        case _:
            return len(connected_parts(grid))


def count_row(grid: Rows, what: str) -> Part:
    """A row of the main colour as long as there are "cells", "colours" or "pieces"."""
    return Part([[main_colour(grid)] * max(_number(grid, what), 1)])


def count_column(grid: Rows, what: str) -> Part:
    """A column of the main colour as long as there are "cells", "colours" or "pieces"."""
    return Part([[main_colour(grid)]] * max(_number(grid, what), 1))


def count_square(grid: Rows, what: str) -> Part:
    """A square of the main colour with as many rows as there are "cells", "colours", "pieces"."""
    side = max(_number(grid, what), 1)
    return Part([[main_colour(grid)] * side] * side)


def colour_row(grid: Rows) -> Part:
    """The colours of the grid in a row, the most frequent first."""
    return Part([colours(grid) or (0,)])


def colour_column(grid: Rows) -> Part:
    """The colours of the grid in a column, the most frequent first."""
    return Part([[colour] for colour in colours(grid)] or [[0]])
