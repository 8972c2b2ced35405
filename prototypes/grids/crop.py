"""Taking a part of a grid, or leaving rows and columns out."""

from itertools import groupby

from peirce.prototypes.grids.part import Part, Rows, content_box, part_like, window


def crop_to_content(grid: Rows) -> Part:
    """Cut out the box around everything painted; an empty grid gives its first cell."""
    return window(grid, *content_box(grid))


def crop_to_colour(grid: Rows, colour: int) -> Part:
    """Cut out the box around one colour; without that colour, the first cell."""
    return window(grid, *content_box([[int(cell == colour) for cell in row] for row in grid]))


def move_to_corner(grid: Rows) -> Part:
    """Forget where the part was cut from."""
    return Part(grid)


def top_half(grid: Rows) -> Part:
    """The upper half, without the middle row; a single row stays."""
    return window(grid, 0, 0, max(len(grid) // 2, 1), len(grid[0]))


def bottom_half(grid: Rows) -> Part:
    """The lower half, without the middle row; a single row stays."""
    return window(grid, len(grid) - max(len(grid) // 2, 1), 0, len(grid), len(grid[0]))


def left_half(grid: Rows) -> Part:
    """The left half, without the middle column; a single column stays."""
    return window(grid, 0, 0, len(grid), max(len(grid[0]) // 2, 1))


def right_half(grid: Rows) -> Part:
    """The right half, without the middle column; a single column stays."""
    return window(grid, 0, len(grid[0]) - max(len(grid[0]) // 2, 1), len(grid), len(grid[0]))


def trim_border(grid: Rows) -> Part:
    """Take off the outermost ring of cells; a grid under three cells high or wide stays."""
    if len(grid) < 3 or len(grid[0]) < 3:
        return part_like(grid, grid)
    return window(grid, 1, 1, len(grid) - 1, len(grid[0]) - 1)


def drop_empty_lines(grid: Rows) -> Part:
    """Take out every row and column in which nothing is painted."""
    rows = [row for row in grid if any(row)]
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    return part_like(grid, zip(*columns, strict=True)) if columns else window(grid, 0, 0, 1, 1)


def merge_equal_lines(grid: Rows) -> Part:
    """Keep one of each run of equal neighbouring rows, then the same for columns."""
    rows = [row for row, _ in groupby(tuple(row) for row in grid)]
    columns = [column for column, _ in groupby(zip(*rows, strict=True))]
    return part_like(grid, zip(*columns, strict=True))
