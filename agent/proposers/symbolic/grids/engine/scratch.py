"""`Scratch`: where an operation writes the images it makes, before they are stored."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.borrowing import image_view
from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Image, Ints

MAX_IMAGES = 256
"""Most images in one list."""


class Scratch(NamedTuple):
    """A list of images under construction."""

    cells: NDArray[np.uint8]
    """Cells of all images, one after the other."""
    heads: Heads
    """Per image: offset, height, width, top, left."""
    used: Ints
    """Cells used, images used."""


def new_scratch(cells: int) -> Scratch:
    """A scratch for lists of up to so many cells (rounded up to whole words)."""
    return Scratch(
        np.zeros((cells // 8 + 2) * 8, np.uint8),
        np.zeros((MAX_IMAGES, 5), np.int32),
        np.zeros(2, np.int64),
    )


@kernel
def room(scratch: Scratch, height: int, width: int, top: int, left: int) -> Image:
    """Append an image and return it to be written, every cell; without cells if it does not fit."""
    start, count = scratch.used[0], scratch.used[1]
    size = height * width
    if size == 0 or start + size > scratch.cells.size - 8 or count >= scratch.heads.shape[0]:
        height, width = 0, 0
    else:
        head = scratch.heads[count]
        head[0], head[1], head[2], head[3], head[4] = start, height, width, top, left
        scratch.used[0] = start + size
        scratch.used[1] = count + 1
    return image_view(scratch.cells, start, height, width)


@kernel
def emit(scratch: Scratch, image: Image, top: int, left: int) -> bool:
    """Append a copy of an image; false if it has no cells or does not fit."""
    height, width = image.shape
    out = room(scratch, height, width, top, left)
    if out.size == 0:
        return False
    for r in range(height):
        for c in range(width):
            out[r, c] = image[r, c]
    return True


@kernel
def image_at(cells: NDArray[np.uint8], heads: Heads, k: int) -> Image:
    """The k-th image as a view."""
    start, height, width = heads[k, 0], heads[k, 1], heads[k, 2]
    return image_view(cells, start, height, width)
