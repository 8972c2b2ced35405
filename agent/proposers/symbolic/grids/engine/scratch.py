"""`Scratch`: where an operation writes the images it makes, before they are stored."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Image, Ints
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, view

MAX_IMAGES = 256
"""Most images in one list."""


class Work(NamedTuple):
    """Room for what an operation notes on the way, about one image at a time."""

    cells: NDArray[np.uint8]
    """Enough for an image with a ring around it."""
    more: NDArray[np.uint8]
    """As much again."""
    places: Ints
    """One for every cell of an image, and one more."""


class Scratch(NamedTuple):
    """A list of images under construction."""

    cells: NDArray[np.uint8]
    """Cells of all images, one after the other."""
    heads: Heads
    """Per image: offset, height, width, top, left."""
    used: Ints
    """Cells used, images used."""
    work: Work


def new_scratch(cells: int, largest: int) -> Scratch:
    """A scratch for lists of up to so many cells (rounded up to whole words).

    Args:
        cells: Most cells of a list.
        largest: Most cells of an image that operations are applied to.
    """
    ringed = 3 * (largest + 2)
    return Scratch(
        np.zeros((cells // 8 + 2) * 8, np.uint8),
        np.zeros((MAX_IMAGES, 5), np.int32),
        np.zeros(2, np.int64),
        Work(
            np.zeros(max(ringed, 64), np.uint8),
            np.zeros(max(ringed, 64), np.uint8),
            np.zeros(largest + 1, np.int64),
        ),
    )


@inlined
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
    return view(scratch.cells, start, height, width)


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
def emit_stored(
    scratch: Scratch, cells: NDArray[np.uint8], heads: Heads, k: int, top: int, left: int
) -> bool:
    """Append a copy of the k-th stored image; false if it does not fit."""
    out = room(scratch, heads[k, 1], heads[k, 2], top, left)
    size = out.size
    image, copy = cut(cells, heads[k, 0], size), cut(out, 0, size)
    for i in range(size):
        copy[i] = image[i]
    return size > 0


@inlined
def image_at(cells: NDArray[np.uint8], heads: Heads, k: int) -> Image:
    """The k-th image as a view."""
    start, height, width = heads[k, 0], heads[k, 1], heads[k, 2]
    return view(cells, start, height, width)
