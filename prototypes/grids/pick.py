"""Choosing among parts by a property, and what properties there are.

Choosing from no parts gives one empty cell.
"""

from collections.abc import Callable, Iterable
from typing import Final

from peirce.prototypes.grids.part import Part, Rows, colours, content_cells, corner, main_colour
from peirce.prototypes.grids.shape import outside_cells
from peirce.prototypes.grids.split import Parts, connected_parts
from peirce.prototypes.grids.turn import flip_horizontal, flip_vertical


def _holes(grid: Rows) -> int:
    cells = len(grid) * len(grid[0])
    return cells - len(content_cells(grid)) - len(outside_cells(grid))


def _symmetries(grid: Rows) -> int:
    rows = Part(grid)
    return int(rows == flip_horizontal(grid)) + int(rows == flip_vertical(grid))


PROPERTIES: Final[dict[str, Callable[[Rows], int]]] = {
    "cells": lambda grid: len(content_cells(grid)),
    "area": lambda grid: len(grid) * len(grid[0]),
    "height": len,
    "width": lambda grid: len(grid[0]),
    "colours": lambda grid: len(colours(grid)),
    "pieces": lambda grid: len(connected_parts(grid)),
    "holes": _holes,
    "symmetries": _symmetries,
    "top": lambda grid: corner(grid)[0],
    "left": lambda grid: corner(grid)[1],
    "bottom": lambda grid: corner(grid)[0] + len(grid),
    "right": lambda grid: corner(grid)[1] + len(grid[0]),
    "minor cells": lambda grid: sum(cell not in (0, main_colour(grid)) for r in grid for cell in r),
}
"""What can be said of one part in a number: painted cells, box area, sides, number of colours,
one-coloured pieces, enclosed empty cells, mirror axes (0 to 2), the four edges, and the cells
that are not of the part's main colour."""


def _shape(grid: Rows) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(bool(cell) for cell in row) for row in grid)


def _repeats(keys: Iterable[object]) -> list[int]:
    items = list(keys)
    return [items.count(key) for key in items]


def measure(parts: Iterable[Rows], name: str) -> list[int]:
    """The property of each part; three more can be said of a part among others.

    These are "copies" (how many parts are equal to it), "shape copies" (how many have the same
    shape in whatever colours), "colour copies" (how many have the same main colour).
    """
    items = list(parts)
    match name:
        case "copies":
            return _repeats(tuple(tuple(row) for row in part) for part in items)
        case "shape copies":
            return _repeats(_shape(part) for part in items)
        case "colour copies":
            return _repeats(main_colour(part) for part in items)
        case _:
            return [PROPERTIES[name](part) for part in items]


def _one_of(parts: Parts) -> Part:
    return parts[0] if parts else Part([[0]])


def pick_most(parts: Iterable[Part], name: str) -> Part:
    """The part with the most of a property, the first of several."""
    return _one_of(keep_most(parts, name))


def pick_least(parts: Iterable[Part], name: str) -> Part:
    """The part with the least of a property, the first of several."""
    return _one_of(keep_least(parts, name))


def keep_most(parts: Iterable[Part], name: str) -> Parts:
    """All parts with the most of a property."""
    items = tuple(parts)
    values = measure(items, name)
    return tuple(part for part, value in zip(items, values, strict=True) if value == max(values))


def keep_least(parts: Iterable[Part], name: str) -> Parts:
    """All parts with the least of a property."""
    items = tuple(parts)
    values = measure(items, name)
    return tuple(part for part, value in zip(items, values, strict=True) if value == min(values))


def drop_most(parts: Iterable[Part], name: str) -> Parts:
    """All parts but those with the most of a property."""
    items = tuple(parts)
    values = measure(items, name)
    return tuple(part for part, value in zip(items, values, strict=True) if value != max(values))


def drop_least(parts: Iterable[Part], name: str) -> Parts:
    """All parts but those with the least of a property."""
    items = tuple(parts)
    values = measure(items, name)
    return tuple(part for part, value in zip(items, values, strict=True) if value != min(values))


def pick_first(parts: Iterable[Part]) -> Part:
    """The first part."""
    return _one_of(tuple(parts))


def pick_second(parts: Iterable[Part]) -> Part:
    """The second part; of fewer than two, the last."""
    items = tuple(parts)
    return _one_of(items[min(1, len(items) - 1) :] if items else ())


def pick_last(parts: Iterable[Part]) -> Part:
    """The last part."""
    return _one_of(tuple(parts)[-1:])


def sort_by(parts: Iterable[Part], name: str) -> Parts:
    """The parts in order of a property, the least first; equal ones stay in order."""
    items = tuple(parts)
    values = measure(items, name)
    order = sorted(range(len(items)), key=values.__getitem__)
    return tuple(items[index] for index in order)


def reverse(parts: Iterable[Part]) -> Parts:
    """The parts in the opposite order."""
    return tuple(parts)[::-1]
