"""Turning and mirroring whole grids."""

from peirce.prototypes.grids.part import Part, Rows, part_like


def flip_horizontal(grid: Rows) -> Part:
    """Mirror left to right."""
    return part_like(grid, (tuple(row)[::-1] for row in grid))


def flip_vertical(grid: Rows) -> Part:
    """Mirror top to bottom."""
    return part_like(grid, tuple(grid)[::-1])


def rotate_half(grid: Rows) -> Part:
    """Turn by half a turn."""
    return flip_vertical(flip_horizontal(grid))


def transpose(grid: Rows) -> Part:
    """Mirror along the diagonal from top left, so that rows become columns."""
    return part_like(grid, zip(*grid, strict=True))


def anti_transpose(grid: Rows) -> Part:
    """Mirror along the diagonal from top right."""
    return rotate_half(transpose(grid))


def rotate_clockwise(grid: Rows) -> Part:
    """Turn a quarter clockwise."""
    return flip_horizontal(transpose(grid))


def rotate_counterclockwise(grid: Rows) -> Part:
    """Turn a quarter counterclockwise."""
    return flip_vertical(transpose(grid))


def transposed_if(grid: Rows, condition: bool) -> Part:
    """The grid mirrored along its diagonal where the condition holds, else as it is."""
    return transpose(grid) if condition else part_like(grid, grid)


def full_rows(grid: Rows) -> int:
    """How many rows are painted in one colour from end to end."""
    return sum(bool(row[0]) and len(set(row)) == 1 for row in grid)


def full_columns(grid: Rows) -> int:
    """How many columns are painted in one colour from end to end."""
    return full_rows(transpose(grid))
