"""Putting parts together: in place, in a line, or cell by cell.

Putting no parts together gives one empty cell.
"""

from collections import Counter
from collections.abc import Iterable

from peirce.prototypes.grids.part import BACKGROUND, Part, Rows, corner, part_like
from peirce.prototypes.grids.pick import sort_by


def overlay(parts: Iterable[Rows]) -> Part:
    """Lay the parts back in their places, later ones on top, and cut out what they span."""
    items = tuple(parts)
    if not items:
        return Part([[BACKGROUND]])
    top = min(corner(part)[0] for part in items)
    left = min(corner(part)[1] for part in items)
    bottom = max(corner(part)[0] + len(part) for part in items)
    right = max(corner(part)[1] + len(part[0]) for part in items)
    canvas = Part([[BACKGROUND] * (right - left)] * (bottom - top), top, left)
    for part in items:
        canvas = paint_over(canvas, part)
    return canvas


def overlay_small_on_large(parts: Iterable[Part]) -> Part:
    """Lay the parts back in their places, those with fewer painted cells on top."""
    return overlay(sort_by(parts, "cells")[::-1])


def paint_over(canvas: Rows, layer: Rows) -> Part:
    """Paint the layer's painted cells onto the canvas, in their place."""
    top, left = corner(canvas)
    dr, dc = corner(layer)[0] - top, corner(layer)[1] - left
    out = [list(row) for row in canvas]
    for r, row in enumerate(layer, start=dr):
        for c, cell in enumerate(row, start=dc):
            if cell and 0 <= r < len(out) and 0 <= c < len(out[0]):
                out[r][c] = cell
    return part_like(canvas, out)


def clear_where_empty(canvas: Rows, layer: Rows) -> Part:
    """Clear the canvas wherever the layer, laid in its place, is empty."""
    top, left = corner(canvas)
    dr, dc = corner(layer)[0] - top, corner(layer)[1] - left
    out = [list(row) for row in canvas]
    for r, row in enumerate(layer, start=dr):
        for c, cell in enumerate(row, start=dc):
            if not cell and 0 <= r < len(out) and 0 <= c < len(out[0]):
                out[r][c] = BACKGROUND
    return part_like(canvas, out)


def place(part: Rows, height: int, width: int) -> Part:
    """Lay a part in its place on an empty grid of the given size."""
    return paint_over(Part([[BACKGROUND] * max(width, 1)] * max(height, 1)), part)


def side_by_side(parts: Iterable[Rows]) -> Part:
    """Put the parts in a row from left to right, tops aligned."""
    items = tuple(parts)
    if not items:
        return Part([[BACKGROUND]])
    tallest = max(len(part) for part in items)
    return Part(
        [
            cell
            for part in items
            for cell in (part[r] if r < len(part) else [BACKGROUND] * len(part[0]))
        ]
        for r in range(tallest)
    )


def one_below_the_other(parts: Iterable[Rows]) -> Part:
    """Put the parts in a column from top to bottom, left sides aligned."""
    items = tuple(parts)
    if not items:
        return Part([[BACKGROUND]])
    widest = max(len(part[0]) for part in items)
    return Part((*row, *[BACKGROUND] * (widest - len(row))) for part in items for row in part)


def _cellwise(parts: Iterable[Rows]) -> list[list[tuple[int, ...]]]:
    items = tuple(parts) or (Part([[BACKGROUND]]),)
    height = min(len(part) for part in items)
    width = min(len(part[0]) for part in items)
    return [[tuple(part[r][c] for part in items) for c in range(width)] for r in range(height)]


def cells_in_all(parts: Iterable[Rows]) -> Part:
    """The cells painted in all parts laid on each other, in the colour of the first part."""
    return Part((cells[0] if all(cells) else 0 for cells in row) for row in _cellwise(parts))


def cells_in_any(parts: Iterable[Rows]) -> Part:
    """The cells painted in any of the parts laid on each other; earlier parts lie on top."""
    return Part(
        (next((cell for cell in cells if cell), 0) for cells in row) for row in _cellwise(parts)
    )


def cells_in_any_reversed(parts: Iterable[Rows]) -> Part:
    """The cells painted in any of the parts laid on each other; later parts lie on top."""
    return cells_in_any(tuple(parts)[::-1])


def cells_in_one(parts: Iterable[Rows]) -> Part:
    """The cells painted in exactly one of the parts laid on each other."""
    return Part(
        (sum(cells) if sum(map(bool, cells)) == 1 else 0 for cells in row)
        for row in _cellwise(parts)
    )


def cells_in_none(parts: Iterable[Rows]) -> Part:
    """The cells painted in none of the parts laid on each other, in colour 1."""
    return Part((int(not any(cells)) for cells in row) for row in _cellwise(parts))


def cells_in_first_only(parts: Iterable[Rows]) -> Part:
    """The cells painted in the first of the parts laid on each other and in no other."""
    return Part(
        (cells[0] if not any(cells[1:]) else 0 for cells in row) for row in _cellwise(parts)
    )


def majority(parts: Iterable[Rows]) -> Part:
    """The most frequent colour of each cell over all parts laid on each other.

    Of colours equally frequent the one that comes first among the parts is taken.
    """
    return Part((Counter(cells).most_common(1)[0][0] for cells in row) for row in _cellwise(parts))
