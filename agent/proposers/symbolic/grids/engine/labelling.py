"""Connected cells: kernels of `prototypes.grids.split.connected_parts` and of what is enclosed.

One pass in reading order gives every cell the number of a neighbour above or to the left, and
notes which numbers meet; of numbers that meet the smallest stands for all (union-find).
"""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Image, Ints


@kernel
def _root(parents: Ints, number: int) -> int:
    while parents[number] != number:
        number = parents[number]
    return number


@kernel
def _meet(parents: Ints, number: int, other: int) -> int:
    """The number that stands for two that meet; 0 for a number not given yet."""
    if number == 0 or number == other:
        return other
    one, two = _root(parents, number), _root(parents, other)
    least = min(one, two)
    parents[one] = least
    parents[two] = least
    return least


@kernel
def _joined(cell: int, near: int, by_colour: bool) -> bool:
    return near != 0 and (near == cell or not by_colour)


@kernel
def _number_above(
    image: Image, labels: Ints, parents: Ints, r: int, c: int, reach: int, by_colour: bool
) -> int:
    """What the neighbours to the left and above say; 0 if none is joined to the cell."""
    width = image.shape[1]
    cell, number = image[r, c], 0
    if c > 0 and _joined(cell, image[r, c - 1], by_colour):
        number = labels[r, c - 1]
    if r > 0:
        for x in range(max(c - reach, 0), min(c + reach + 1, width)):
            if _joined(cell, image[r - 1, x], by_colour):
                number = _meet(parents, number, labels[r - 1, x])
    return number


@kernel
def label(image: Image, diagonally: bool, by_colour: bool) -> tuple[Ints, int]:
    """Number the connected parts from 1 in reading order; also how many there are."""
    height, width = image.shape
    labels = np.empty((height, width), np.int64)
    parents = np.empty(height * width + 1, np.int64)
    parents[0] = 0
    reach, count = 1 if diagonally else 0, 0
    for r in range(height):
        for c in range(width):
            number = 0
            if image[r, c] != 0:
                number = _number_above(image, labels, parents, r, c, reach, by_colour)
                if number == 0:
                    count += 1
                    parents[count] = count
                    number = count
            labels[r, c] = number
    return labels, _renumber(labels, parents, count)


@kernel
def _renumber(labels: Ints, parents: Ints, count: int) -> int:
    """Give the parts consecutive numbers; returns how many there are.

    A number's parent is smaller, so it stands for its part already when the number's turn comes.
    """
    parts = 0
    for number in range(1, count + 1):
        if parents[number] == number:
            parts += 1
            parents[number] = parts
        else:
            parents[number] = parents[parents[number]]
    height, width = labels.shape
    for r in range(height):
        for c in range(width):
            labels[r, c] = parents[labels[r, c]]
    return parts


@kernel
def enclosed(image: Image, diagonally: bool) -> np.ndarray:
    """Which empty cells no walk from the edge over empty cells reaches."""
    height, width = image.shape
    labels = np.empty((height, width), np.int64)
    parents = np.empty(height * width + 2, np.int64)
    parents[0] = 0
    parents[1] = 1
    reach, count = 1 if diagonally else 0, 1
    for r in range(height):
        for c in range(width):
            number = 0
            if image[r, c] == 0:
                if r == 0 or c == 0 or r == height - 1 or c == width - 1:
                    number = 1
                number = _empty_above(labels, parents, r, c, reach, number)
                if number == 0:
                    count += 1
                    parents[count] = count
                    number = count
            labels[r, c] = number
    for k in range(2, count + 1):
        parents[k] = parents[parents[k]]
    inside = np.empty((height, width), np.bool_)
    for r in range(height):
        for c in range(width):
            inside[r, c] = parents[labels[r, c]] > 1
    return inside


@kernel
def _empty_above(labels: Ints, parents: Ints, r: int, c: int, reach: int, number: int) -> int:
    """The number of an empty cell after meeting its empty neighbours to the left and above."""
    if c > 0 and labels[r, c - 1] != 0:
        number = _meet(parents, number, labels[r, c - 1])
    if r > 0:
        for x in range(max(c - reach, 0), min(c + reach + 1, labels.shape[1])):
            if labels[r - 1, x] != 0:
                number = _meet(parents, number, labels[r - 1, x])
    return number


@kernel
def boxes(labels: Ints, count: int) -> Ints:
    """Top, left, bottom, right (exclusive) of every numbered part; row 0 is unused."""
    height, width = labels.shape
    out = np.zeros((count + 1, 4), np.int64)
    for r in range(height):
        for c in range(width):
            k = labels[r, c]
            if k == 0:
                continue
            if out[k, 2] == 0:
                out[k, 0] = r
                out[k, 1] = c
                out[k, 3] = c + 1
            out[k, 1] = min(out[k, 1], c)
            out[k, 2] = r + 1
            out[k, 3] = max(out[k, 3], c + 1)
    return out
