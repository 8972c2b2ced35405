"""Insides, outsides, outlines and boxes of what is painted."""

from collections.abc import Callable

from peirce.prototypes.grids.part import (
    Part,
    Rows,
    content_box,
    content_cells,
    corner,
    main_colour,
    part_like,
)

_SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))
_AROUND = tuple((dr, dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1) if (dr, dc) != (0, 0))


def outside_cells(grid: Rows, *, diagonally: bool = False) -> set[tuple[int, int]]:
    """The empty cells that a walk from the edge over empty cells reaches."""
    height, width = len(grid), len(grid[0])
    steps = _AROUND if diagonally else _SIDES
    edge = [(r, c) for r in range(height) for c in (0, width - 1)]
    edge += [(r, c) for c in range(width) for r in (0, height - 1)]
    todo = [(r, c) for r, c in edge if not grid[r][c]]
    seen = set(todo)
    while todo:
        r, c = todo.pop()
        for dr, dc in steps:
            cell = (r + dr, c + dc)
            inside = 0 <= cell[0] < height and 0 <= cell[1] < width
            if inside and cell not in seen and not grid[cell[0]][cell[1]]:
                seen.add(cell)
                todo.append(cell)
    return seen


def _paint_where(grid: Rows, choose: Callable[[int, int], int]) -> Part:
    return part_like(grid, ((choose(r, c) for c in range(len(grid[0]))) for r in range(len(grid))))


def fill_enclosed(grid: Rows) -> Part:
    """Fill the enclosed background with the main colour."""
    outside, colour = outside_cells(grid), main_colour(grid)
    return _paint_where(grid, lambda r, c: grid[r][c] or (0 if (r, c) in outside else colour))


def enclosed_cells(grid: Rows) -> Part:
    """Only the enclosed background, painted in the main colour."""
    outside, colour = outside_cells(grid), main_colour(grid)
    return _paint_where(grid, lambda r, c: 0 if grid[r][c] or (r, c) in outside else colour)


def tightly_enclosed_cells(grid: Rows) -> Part:
    """Only the background that no walk from the edge reaches, not even diagonally."""
    outside, colour = outside_cells(grid, diagonally=True), main_colour(grid)
    return _paint_where(grid, lambda r, c: 0 if grid[r][c] or (r, c) in outside else colour)


def _touches_nothing(grid: Rows, r: int, c: int) -> bool:
    height, width = len(grid), len(grid[0])
    return any(
        not (0 <= r + dr < height and 0 <= c + dc < width) or not grid[r + dr][c + dc]
        for dr, dc in _AROUND
    )


def outline(grid: Rows) -> Part:
    """Only the painted cells that lie next to the background or the edge, diagonals counted."""
    return _paint_where(
        grid, lambda r, c: grid[r][c] if grid[r][c] and _touches_nothing(grid, r, c) else 0
    )


def core(grid: Rows) -> Part:
    """Only the painted cells with painted cells all around them."""
    return _paint_where(
        grid, lambda r, c: 0 if not grid[r][c] or _touches_nothing(grid, r, c) else grid[r][c]
    )


def halo(grid: Rows) -> Part:
    """Only the empty cells next to painted ones, diagonals counted, in the main colour."""
    colour = main_colour(grid)
    near = {(r + dr, c + dc) for r, c in content_cells(grid) for dr, dc in _AROUND}
    return _paint_where(grid, lambda r, c: colour if not grid[r][c] and (r, c) in near else 0)


def side_halo(grid: Rows) -> Part:
    """Only the empty cells that share a side with a painted one, in the main colour."""
    colour = main_colour(grid)
    near = {(r + dr, c + dc) for r, c in content_cells(grid) for dr, dc in _SIDES}
    return _paint_where(grid, lambda r, c: colour if not grid[r][c] and (r, c) in near else 0)


def corner_halo(grid: Rows) -> Part:
    """Only the empty cells that touch a painted one at a corner, in the main colour."""
    colour = main_colour(grid)
    near = {(r + d, c + e) for r, c in content_cells(grid) for d in (-1, 1) for e in (-1, 1)}
    return _paint_where(grid, lambda r, c: colour if not grid[r][c] and (r, c) in near else 0)


def bounding_box(grid: Rows) -> Part:
    """Fill the box around everything painted with the main colour."""
    top, left, bottom, right = content_box(grid)
    colour = main_colour(grid)
    return _paint_where(grid, lambda r, c: colour * (top <= r < bottom and left <= c < right))


def full_rectangle(grid: Rows) -> Part:
    """Paint all cells in the main colour."""
    colour = main_colour(grid)
    return _paint_where(grid, lambda r, c: colour)


def frame(grid: Rows) -> Part:
    """Only the outermost ring of cells, all painted in the main colour."""
    height, width, colour = len(grid), len(grid[0]), main_colour(grid)
    return _paint_where(grid, lambda r, c: colour * (r in (0, height - 1) or c in (0, width - 1)))


def surround(grid: Rows) -> Part:
    """Put a ring of the main colour around the grid."""
    top, left = corner(grid)
    colour = main_colour(grid)
    line = [colour] * (len(grid[0]) + 2)
    return Part([line, *([colour, *row, colour] for row in grid), line], top - 1, left - 1)


def centre(grid: Rows) -> Part:
    """The middle cell, or the middle two or four where a side is even, at their place."""
    height, width = len(grid), len(grid[0])
    top, left = corner(grid)
    r, c = (height - 1) // 2, (width - 1) // 2
    return Part((row[c : width - c] for row in grid[r : height - r]), top + r, left + c)
