"""Layers about what lies around a cell.

Squares and rectangles of its colour, what most of its neighbours are, how far the nearest coloured
cell is.
"""

from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import Final

from peirce.prototypes.grids.cells_scene import (
    AROUND,
    NOTHING,
    Cell,
    Kind,
    Layer,
    Rows,
    Scene,
    most_common,
)


def _in_square(side: int) -> Callable[[Scene], Rows]:
    """1 for cells of a square of so many rows and columns that has one colour."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(0)
        steps = list(product(range(side), repeat=2))
        for row, column in product(range(scene.height - side + 1), range(scene.width - side + 1)):
            colour = scene.grid[row][column]
            if all(scene.grid[row + down][column + right] == colour for down, right in steps):
                for down, right in steps:
                    out[row + down][column + right] = 1
        return out

    return compute


def _around(*, background: bool) -> Callable[[Scene], Rows]:
    """The colour most of the up to eight neighbours have."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(NOTHING)
        for row, column in scene.cells():
            counts = Counter(
                scene.grid[row + down][column + right]
                for down, right in AROUND
                if scene.inside(row + down, column + right)
            )
            if not background:
                counts.pop(scene.background, None)
            out[row][column] = most_common(counts)
        return out

    return compute


def _largest_rectangle(scene: Scene) -> Rows:
    """1 for cells of the largest rectangles of their colour, all of them if several are equal."""
    out = scene.fill(0)
    for colour in scene.counts:
        best, boxes = 0, set[tuple[int, int, int, int]]()
        for area, box in _rectangles(scene, colour):
            if area > best:
                best, boxes = area, set()
            if area == best:
                boxes.add(box)
        for top, left, bottom, right in boxes:
            for row, column in product(range(top, bottom), range(left, right)):
                out[row][column] = 1
    return out


def _rectangles(scene: Scene, colour: int) -> list[tuple[int, tuple[int, int, int, int]]]:
    """Rectangles of the colour that no other one contains, with their areas.

    Row by row over the heights of the colour's columns (the largest rectangle under a histogram,
    each bar closed when a lower one comes).
    """
    found: list[tuple[int, tuple[int, int, int, int]]] = []
    heights = [0] * scene.width
    for row, line in enumerate(scene.grid):
        heights = [
            high + 1 if own == colour else 0 for high, own in zip(heights, line, strict=True)
        ]
        open_bars: list[tuple[int, int]] = []
        for column, high in enumerate([*heights, 0]):
            start = column
            while open_bars and open_bars[-1][1] > high:
                start, closed = open_bars.pop()
                box = (row + 1 - closed, start, row + 1, column)
                found.append((closed * (column - start), box))
            if high and (not open_bars or open_bars[-1][1] < high):
                open_bars.append((start, high))
    return found


def _nearest(measure: Callable[[Cell, Cell], int]) -> Callable[[Scene], Rows]:
    """A measure of each background cell and the filled cell nearest to it; 0 for filled cells."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(NOTHING)
        filled = [
            (row, column)
            for row, column in scene.cells()
            if scene.grid[row][column] != scene.background
        ]
        source = {cell: cell for cell in filled}
        for row, column in filled:
            out[row][column] = 0
        for cell in filled:
            for down, right in AROUND:
                near = (cell[0] + down, cell[1] + right)
                if scene.inside(*near) and near not in source:
                    source[near] = source[cell]
                    out[near[0]][near[1]] = measure(near, source[cell])
                    filled.append(near)
        return out

    return compute


BLOCKS: Final[dict[str, Layer]] = {
    "in_square": Layer("it lies in a square of four cells of its colour", Kind.FLAG, _in_square(2)),
    "in_large_square": Layer(
        "it lies in a square of nine cells of its colour", Kind.FLAG, _in_square(3)
    ),
    "in_largest_rectangle": Layer(
        "it lies in the largest rectangle of its colour", Kind.FLAG, _largest_rectangle
    ),
    "around_majority": Layer(
        "what most of its neighbours are", Kind.COLOUR, _around(background=True)
    ),
    "around_main": Layer(
        "the main colour of its neighbours", Kind.COLOUR, _around(background=False)
    ),
    "nearest_distance": Layer(
        "the distance to the nearest coloured cell",
        Kind.PLACE,
        _nearest(lambda a, b: max(abs(a[0] - b[0]), abs(a[1] - b[1]))),
    ),
    "nearest_rows": Layer(
        "the number of rows to the nearest coloured cell",
        Kind.PLACE,
        _nearest(lambda a, b: abs(a[0] - b[0])),
    ),
    "nearest_columns": Layer(
        "the number of columns to the nearest coloured cell",
        Kind.PLACE,
        _nearest(lambda a, b: abs(a[1] - b[1])),
    ),
}
"""Every layer of this module by name."""
