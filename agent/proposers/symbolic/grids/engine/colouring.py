"""Kernels of `prototypes.grids.colour`: at most two colours change, and all others alike."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    COLOURS,
    count_colours,
    main_colour,
    rarest_colour,
)
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, local

SAME = -1
"""Stands for the new colour of cells that stay as they are."""


@kernel
def _replace(image: Image, one: int, to: int, two: int, then: int, others: int, new: Image) -> None:
    """Give two colours their new ones, and all others one, or leave the others `SAME`."""
    size = image.size
    old, out = cut(image, 0, size), cut(new, 0, size)
    first, second, put, place = np.uint8(one), np.uint8(two), np.uint8(to), np.uint8(then)
    kept = np.uint8(255 if others == SAME else 0)
    added = np.uint8(0 if others == SAME else others)
    for i in range(size):
        cell = old[i]
        changed = np.uint8((cell & kept) | added)
        changed = place if cell == second else changed
        out[i] = put if cell == first else changed


@kernel
def _two_colours(image: Image) -> tuple[int, int]:
    """The two colours other than 0; twice 0 if there are not just two."""
    counts = local(COLOURS)
    count_colours(image, counts)
    first, second, found = 0, 0, 0
    for colour in range(1, COLOURS):
        if counts[colour]:
            first, second = second, colour
            found += 1
    return (first, second) if found == 2 else (0, 0)


@kernel
def _plan(code: int, arg: int, image: Image) -> tuple[int, int, int, int, int]:
    """One colour and its new one, another and its new one, and what becomes of all others."""
    if code == 0:
        return arg, arg, 0, 0, 0
    if code == 1:
        return arg, 0, 0, 0, SAME
    if code == 2:
        return 0, 0, 0, 0, arg
    if code == 3:
        return 0, arg, arg, arg, SAME
    if code == 5:
        first, second = _two_colours(image)
        return first, second, second, first, SAME
    return _plan_for_main(code, rarest_colour(image) if code in (9, 11) else main_colour(image))


@kernel
def _plan_for_main(code: int, main: int) -> tuple[int, int, int, int, int]:
    """The same for operations on the most or least frequent colour."""
    if code == 4:
        return 0, max(main, 1), 0, 0, 0
    if code == 6:
        return 0, main, main, 0, SAME
    if code == 7 or code == 9:
        return main, main, 0, 0, 0
    if code == 8:
        return main, 0, 0, 0, SAME
    return 0, 0, 0, 0, main


@inlined
def change_colours(code: int, arg: int, image: Image, top: int, left: int, out: Scratch) -> bool:
    """Apply an operation of the colour group."""
    new = room(out, image.shape[0], image.shape[1], top, left)
    if new.size == 0:
        return False
    one, to, two, then, others = _plan(code, arg, image)
    _replace(image, one, to, two, then, others, new)
    return True
