"""Choosing, removing and changing colours."""

from collections.abc import Mapping

from peirce.prototypes.grids.part import (
    BACKGROUND,
    Part,
    Rows,
    colours,
    corner,
    main_colour,
    part_like,
)


def keep_colour(grid: Rows, colour: int) -> Part:
    """Keep one colour only."""
    return part_like(grid, ((cell if cell == colour else 0 for cell in row) for row in grid))


def remove_colour(grid: Rows, colour: int) -> Part:
    """Turn one colour into background."""
    return part_like(grid, ((0 if cell == colour else cell for cell in row) for row in grid))


def paint_content(grid: Rows, colour: int) -> Part:
    """Paint everything that is painted in one colour."""
    return part_like(grid, ((colour if cell else 0 for cell in row) for row in grid))


def paint_background(grid: Rows, colour: int) -> Part:
    """Paint the background in one colour."""
    return part_like(grid, ((cell if cell else colour for cell in row) for row in grid))


def recolour(grid: Rows, table: Mapping[int, int]) -> Part:
    """Change colours by a table; colours that are not in it stay."""
    return part_like(grid, ((table.get(cell, cell) for cell in row) for row in grid))


def ground_colour(grid: Rows) -> int:
    """The colour most cells have, 0 among them; the smaller number of two."""
    cells = [cell for row in grid for cell in row]
    return min(set(cells), key=lambda colour: (-cells.count(colour), colour))


def invert(grid: Rows) -> Part:
    """Swap content and background: empty cells take the main colour, painted ones get empty.

    An empty grid counts as one whose main colour is 1.
    """
    colour = main_colour(grid) or 1
    return part_like(grid, ((0 if cell else colour for cell in row) for row in grid))


def swap_colours(grid: Rows) -> Part:
    """Exchange the two colours of a grid that has exactly two, the background not counted."""
    found = colours(grid)
    if len(found) != 2:
        return part_like(grid, grid)
    return recolour(grid, {found[0]: found[1], found[1]: found[0]})


def swap_with_background(grid: Rows) -> Part:
    """Exchange the main colour and the background."""
    colour = main_colour(grid)
    return recolour(grid, {colour: BACKGROUND, BACKGROUND: colour})


def main_colour_cell(grid: Rows) -> Part:
    """One cell of the most frequent colour, at the corner of the grid."""
    return Part([[main_colour(grid)]], *corner(grid))


def rarest_colour(grid: Rows) -> int:
    """The least frequent colour other than the background; 0 for an empty grid."""
    return next(reversed(colours(grid)), BACKGROUND)


def keep_main_colour(grid: Rows) -> Part:
    """Keep the most frequent colour only."""
    return keep_colour(grid, main_colour(grid))


def remove_main_colour(grid: Rows) -> Part:
    """Turn the most frequent colour into background."""
    return remove_colour(grid, main_colour(grid))


def keep_rarest_colour(grid: Rows) -> Part:
    """Keep the least frequent colour only."""
    return keep_colour(grid, rarest_colour(grid))


def paint_in_main_colour(grid: Rows) -> Part:
    """Paint everything that is painted in the most frequent colour."""
    return paint_content(grid, main_colour(grid))


def paint_in_rarest_colour(grid: Rows) -> Part:
    """Paint everything that is painted in the least frequent colour."""
    return paint_content(grid, rarest_colour(grid))
