"""What every kernel needs: filling and copying, counting colours, finding boxes.

Kernels are compiled twins of `peirce.prototypes.grids`: same values, or no result at all where a
step could only lead nowhere. Images are C-contiguous arrays of bytes.
"""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Image, Ints
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, local

COLOURS = 10
FIELD = 6
"""Bits of a counter, so that one word holds the counters of all colours."""
RUN = (1 << FIELD) - 1
"""As many cells can be counted in one word."""


@kernel
def fill(image: Image, colour: int) -> None:
    """Give every cell one colour."""
    cells = cut(image, 0, image.size)
    cell = np.uint8(colour)
    for i in range(cells.size):
        cells[i] = cell


@kernel
def copy_into(image: Image, out: Image) -> None:
    """Write an image over another of its size; nothing happens if the other has no cells."""
    size = out.size
    old, new = cut(image, 0, size), cut(out, 0, size)
    for i in range(size):
        new[i] = old[i]


@kernel
def count_colours(image: Image, counts: Ints) -> None:
    """How often each of the ten colours occurs."""
    size = image.size
    cells = cut(image, 0, size)
    for colour in range(COLOURS):
        counts[colour] = 0
    for start in range(0, size, RUN):
        packed = np.uint64(0)
        for i in range(start, min(start + RUN, size)):
            packed += np.uint64(1) << np.uint64(FIELD * cells[i])
        for colour in range(COLOURS):
            counts[colour] += np.int64(packed & np.uint64(RUN))
            packed >>= np.uint64(FIELD)


@kernel
def main_colour(image: Image) -> int:
    """The most frequent colour other than 0, the smaller on a tie; 0 for an empty image."""
    counts = local(COLOURS)
    count_colours(image, counts)
    return most_frequent(counts)


@kernel
def most_frequent(counts: Ints) -> int:
    """The colour other than 0 with the highest count, the smaller on a tie; 0 if there is none."""
    best, most = 0, 0
    for colour in range(1, COLOURS):
        if counts[colour] > most:
            best, most = colour, counts[colour]
    return best


@kernel
def rarest_colour(image: Image) -> int:
    """The least frequent colour other than 0, the larger on a tie; 0 for an empty image."""
    counts = local(COLOURS)
    count_colours(image, counts)
    best = 0
    for colour in range(1, COLOURS):
        if counts[colour] > 0 and (best == 0 or counts[colour] <= counts[best]):
            best = colour
    return best


@kernel
def number_of_colours(image: Image) -> int:
    """How many colours other than 0 there are."""
    cells, seen = cut(image, 0, image.size), np.uint64(0)
    for i in range(cells.size):
        seen |= np.uint64(1) << np.uint64(cells[i])
    total = 0
    for colour in range(1, COLOURS):
        if seen >> np.uint64(colour) & np.uint64(1):
            total += 1
    return total


@kernel
def count_cells(image: Image) -> int:
    """How many cells are painted."""
    cells, total = cut(image, 0, image.size), 0
    for i in range(cells.size):
        total += cells[i] != 0
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
