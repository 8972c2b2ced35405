"""What every kernel needs: filling and copying, counting colours, finding boxes.

Kernels are compiled twins of `peirce.prototypes.grids`: same values, or no result at all where a
step could only lead nowhere. Images are C-contiguous arrays of bytes.
"""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@kernel
def fill(image: Image, colour: int) -> None:
    """Give every cell one colour."""
    height, width = image.shape
    cell = np.uint8(colour)
    for r in range(height):
        for c in range(width):
            image[r, c] = cell


@kernel
def copy_into(image: Image, out: Image) -> None:
    """Write an image over another; nothing happens if the other has no cells."""
    height, width = out.shape
    for r in range(height):
        for c in range(width):
            out[r, c] = image[r, c]


@kernel
def count_colours(image: Image) -> np.ndarray:
    """How often each of the ten colours occurs."""
    counts = np.zeros(10, np.int64)
    height, width = image.shape
    for r in range(height):
        for c in range(width):
            counts[image[r, c]] += 1
    return counts


@kernel
def main_colour(image: Image) -> int:
    """The most frequent colour other than 0, the smaller on a tie; 0 for an empty image."""
    counts = count_colours(image)
    best = 0
    for colour in range(1, 10):
        if counts[colour] > 0 and (best == 0 or counts[colour] > counts[best]):
            best = colour
    return best


@kernel
def rarest_colour(image: Image) -> int:
    """The least frequent colour other than 0, the larger on a tie; 0 for an empty image."""
    counts = count_colours(image)
    best = 0
    for colour in range(1, 10):
        if counts[colour] > 0 and (best == 0 or counts[colour] <= counts[best]):
            best = colour
    return best


@kernel
def count_cells(image: Image) -> int:
    """How many cells are painted."""
    height, width = image.shape
    total = 0
    for r in range(height):
        for c in range(width):
            total += image[r, c] != 0
    return total


@kernel
def _counts_as(cell: int, colour: int) -> bool:
    return cell != 0 and (colour == 0 or cell == colour)


@kernel
def content_box(image: Image, colour: int) -> tuple[int, int, int, int]:
    """Box of one colour, or of all content when `colour` is 0: top, left, bottom, right.

    Bottom and right are exclusive; all are 0 when there is nothing.
    """
    height, width = image.shape
    top, left, bottom, right = height, width, 0, 0
    for r in range(height):
        first = 0
        while first < width and not _counts_as(image[r, first], colour):
            first += 1
        if first == width:
            continue
        last = width - 1
        while not _counts_as(image[r, last], colour):
            last -= 1
        top = min(top, r)
        left = min(left, first)
        bottom = r + 1
        right = max(right, last + 1)
    if bottom == 0:
        return 0, 0, 0, 0
    return top, left, bottom, right
