"""Kernels of `prototypes.grids.count`: numbers as bars and squares, colours as a line."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    count_cells,
    count_colours,
    main_colour,
    nothing,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import label
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@kernel
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


@kernel
def filled(height: int, width: int, colour: int) -> Image:
    """An image of one colour."""
    out = np.empty((height, width), np.uint8)
    for r in range(height):
        for c in range(width):
            out[r, c] = colour
    return out


@kernel
def show_count(code: int, arg: int, image: Image, limit: int) -> Image:
    """0 row, 1 column, 2 square as long as the count `arg`; 3 and 4 the colours in a line."""
    if code >= 3:
        return _colour_line(image, code == 4)
    length = max(count_of(image, arg), 1)
    if length > 60 or (code == 2 and length * length > limit):
        return nothing()
    return filled(1 if code == 0 else length, 1 if code == 1 else length, main_colour(image))


@kernel
def _colour_line(image: Image, upright: bool) -> Image:
    counts = count_colours(image)
    counts[0] = 0
    found = max(count_of(image, 1), 1)
    line = filled(found, 1, 0) if upright else filled(1, found, 0)
    for k in range(found):
        best = 0
        for colour in range(1, 10):
            if counts[colour] > counts[best]:
                best = colour
        line[k if upright else 0, 0 if upright else k] = best
        counts[best] = 0
    return line
