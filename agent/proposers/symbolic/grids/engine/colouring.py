"""Kernels of `prototypes.grids.colour`: each is a table from old colours to new ones."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    count_colours,
    main_colour,
    rarest_colour,
)
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@kernel
def _set_content(table: np.ndarray, new: int) -> None:
    for colour in range(1, 10):
        table[colour] = new


@kernel
def _fixed_table(code: int, arg: int, table: np.ndarray) -> None:
    if code == 0:
        for colour in range(10):
            table[colour] = arg if colour == arg else 0
    elif code == 1:
        table[arg] = 0
    elif code == 2:
        _set_content(table, arg)
    else:
        table[0] = arg


@kernel
def _counted_table(code: int, image: Image, table: np.ndarray) -> None:
    most = main_colour(image)
    if code == 4:
        table[0] = most if most else 1
        _set_content(table, 0)
    elif code == 5:
        _swap_table(image, table)
    elif code == 6:
        table[0] = most
        table[most] = 0
    elif code == 7:
        table[0] = 0
        _set_content(table, 0)
        table[most] = most
    elif code == 8:
        table[most] = 0
    elif code == 9:
        rarest = rarest_colour(image)
        table[0] = 0
        _set_content(table, 0)
        table[rarest] = rarest
    elif code == 10:
        _set_content(table, most)
    else:
        _set_content(table, rarest_colour(image))


@kernel
def _swap_table(image: Image, table: np.ndarray) -> None:
    counts = count_colours(image)
    first, second, found = 0, 0, 0
    for colour in range(1, 10):
        if counts[colour]:
            first, second = second, colour
            found += 1
    if found == 2:
        table[first] = second
        table[second] = first


@kernel
def change_colours(code: int, arg: int, image: Image, top: int, left: int, out: Scratch) -> bool:
    """Apply an operation of the colour group."""
    height, width = image.shape
    table = np.empty(10, np.uint8)
    for colour in range(10):
        table[colour] = colour
    if code < 4:
        _fixed_table(code, arg, table)
    else:
        _counted_table(code, image, table)
    new = room(out, height, width, top, left)
    for r in range(new.shape[0]):
        for c in range(width):
            new[r, c] = table[image[r, c]]
    return new.size > 0
