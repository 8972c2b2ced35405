"""Kernels of `prototypes.grids.count`: numbers as bars and squares, colours as a line."""

import numpy as np
from numba import njit

from peirce.agent.proposers.symbolic.grids.engine.images import (
    count_cells,
    count_colours,
    main_colour,
    nothing,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import label
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@njit(cache=True, nogil=True)
def count_of(image: Image, what: int) -> int:
    """How many there are: 0 painted cells, 1 colours, 2 connected pieces of one colour."""
    if what == 0:
        return count_cells(image)
    if what == 2:
        return label(image, False, True)[1]
    counts = count_colours(image)
    total = 0
    for colour in range(1, 10):
        total += counts[colour] > 0
    return total


@njit(cache=True, nogil=True)
def show_count(code: int, arg: int, image: Image, limit: int) -> Image:
    """0 row, 1 column, 2 square as long as the count `arg`; 3 and 4 the colours in a line."""
    if code >= 3:
        return _colour_line(image, code == 4)
    length = max(count_of(image, arg), 1)
    if length > 60 or (code == 2 and length * length > limit):
        return nothing()
    out = np.empty((1 if code == 0 else length, 1 if code == 1 else length), np.uint8)
    out[:] = main_colour(image)
    return out


@njit(cache=True, nogil=True)
def _colour_line(image: Image, upright: bool) -> Image:
    counts = count_colours(image)
    counts[0] = 0
    found = max(count_of(image, 1), 1)
    line = np.zeros(found, np.uint8)
    for k in range(found):
        best = 0
        for colour in range(1, 10):
            if counts[colour] > counts[best]:
                best = colour
        line[k] = best
        counts[best] = 0
    return line.reshape((found, 1)) if upright else line.reshape((1, found))
