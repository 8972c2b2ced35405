"""Kernels of `prototypes.grids.count`: numbers as bars and squares, colours as a line."""

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    count_cells,
    count_colours,
    fill,
    main_colour,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import label
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, room
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
def show_count(code: int, arg: int, image: Image, limit: int, out: Scratch) -> bool:
    """0 row, 1 column, 2 square as long as the count `arg`; 3 and 4 the colours in a line."""
    if code >= 3:
        return _colour_line(image, code == 4, out)
    length = max(count_of(image, arg), 1)
    if length > 60 or (code == 2 and length * length > limit):
        return False
    new = room(out, 1 if code == 0 else length, 1 if code == 1 else length, 0, 0)
    fill(new, main_colour(image))
    return new.size > 0


@kernel
def _colour_line(image: Image, upright: bool, out: Scratch) -> bool:
    counts = count_colours(image)
    counts[0] = 0
    found = max(count_of(image, 1), 1)
    line = room(out, found if upright else 1, 1 if upright else found, 0, 0)
    for k in range(line.size):
        best = 0
        for colour in range(1, 10):
            if counts[colour] > counts[best]:
                best = colour
        line[k if upright else 0, 0 if upright else k] = best
        counts[best] = 0
    return line.size > 0
