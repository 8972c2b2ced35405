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
