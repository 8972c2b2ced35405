"""Kernels of `prototypes.grids.count`: numbers as bars and squares, colours as a line."""

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    COLOURS,
    count_cells,
    count_colours,
    fill,
    main_colour,
    most_frequent,
    number_of_colours,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import count_parts
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, Work, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import local


@inlined
def count_of(image: Image, what: int, work: Work) -> int:
    """How many there are: 0 painted cells, 1 colours, 2 connected pieces of one colour."""
    if what == 0:
        return count_cells(image)
    if what == 2:
        return count_parts(image, work)
    return number_of_colours(image)


@kernel
def show_count(code: int, arg: int, image: Image, limit: int, out: Scratch) -> bool:
    """0 row, 1 column, 2 square as long as the count `arg`; 3 and 4 the colours in a line."""
    if code >= 3:
        return _colour_line(image, code == 4, out)
    length = max(count_of(image, arg, out.work), 1)
    if length > 60 or (code == 2 and length * length > limit):
        return False
    new = room(out, 1 if code == 0 else length, 1 if code == 1 else length, 0, 0)
    fill(new, main_colour(image))
    return new.size > 0


@kernel
def _colour_line(image: Image, upright: bool, out: Scratch) -> bool:
    counts = local(COLOURS)
    count_colours(image, counts)
    found = max(number_of_colours(image), 1)
    line = room(out, found if upright else 1, 1 if upright else found, 0, 0)
    for k in range(line.size):
        best = most_frequent(counts)
        line[k if upright else 0, 0 if upright else k] = best
        counts[best] = 0
    return line.size > 0
