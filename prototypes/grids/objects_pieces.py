"""Pieces of an item that a person names by where they lie in its box."""

from collections.abc import Callable
from typing import Final

from peirce.prototypes.grids.objects import Item

PIECES: Final[dict[str, Callable[[int, int, int, int], bool]]] = {
    "upper half": lambda row, column, height, width: 2 * row + 1 < height,
    "lower half": lambda row, column, height, width: 2 * row + 1 > height,
    "left half": lambda row, column, height, width: 2 * column + 1 < width,
    "right half": lambda row, column, height, width: 2 * column + 1 > width,
    "first row": lambda row, column, height, width: row == 0,
    "last row": lambda row, column, height, width: row == height - 1,
    "first column": lambda row, column, height, width: column == 0,
    "last column": lambda row, column, height, width: column == width - 1,
    "middle row": lambda row, column, height, width: abs(2 * row + 1 - height) <= 1,
    "middle column": lambda row, column, height, width: abs(2 * column + 1 - width) <= 1,
    "middle": lambda row, column, height, width: (
        max(abs(2 * row + 1 - height), abs(2 * column + 1 - width)) <= 1
    ),
    "falling diagonal": lambda row, column, height, width: row == column,
    "rising diagonal": lambda row, column, height, width: row + column == width - 1,
    "every second row": lambda row, column, height, width: row % 2 == 1,
    "every second column": lambda row, column, height, width: column % 2 == 1,
    "every second cell": lambda row, column, height, width: (row + column) % 2 == 1,
    "every second ring": lambda row, column, height, width: (
        min(row, column, height - 1 - row, width - 1 - column) % 2 == 1
    ),
}
"""Whether a cell belongs to the piece, by its row and column in the box and the box's size.

A half leaves out the middle row or column of an odd box; the middle of an even one is two wide;
every second one starts with the second.
"""


def piece(item: Item, name: str, colour: int) -> Item:
    """The cells of an item in one of the `PIECES` of its box, in one colour."""
    belongs, top, left = PIECES[name], item.top, item.left
    height, width = item.height, item.width
    return Item(
        tuple(
            (row, column, colour)
            for row, column, _ in item.cells
            if belongs(row - top, column - left, height, width)
        )
    )
