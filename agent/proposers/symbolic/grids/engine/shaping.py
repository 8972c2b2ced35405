"""Kernels of `prototypes.grids.shape`: insides, outlines and boxes."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    content_box,
    fill,
    main_colour,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import (
    find_enclosed,
    frame_for,
    put_in_frame,
    take_from_frame,
)
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, Work, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut

BESIDE, ITSELF = 1, 2
"""What is noted of a cell: a cell to the left or right of it is painted, it is painted itself."""


@kernel
def fill_inside(code: int, image: Image, out: Image, work: Work) -> None:
    """0: fill what is enclosed; 1: only what is enclosed; 2: only what is tightly enclosed."""
    height, width = image.shape
    inside = frame_for(image, work)
    find_enclosed(image, code == 2, inside, work.places)
    colour = np.uint8(main_colour(image))
    for r in range(height):
        for c in range(width):
            kept = image[r, c] if code == 0 else np.uint8(0)
            out[r, c] = colour if inside[r + 1, c + 1] else kept


@kernel
def rim(image: Image, outer: bool, out: Image, work: Work) -> None:
    """Painted cells next to something empty or the edge, or else all the other painted cells."""
    frame = frame_for(image, work)
    put_in_frame(image, frame)
    wide, inner = frame.shape[1], frame.size - 2 * frame.shape[1]
    cells, across = cut(frame, 0, frame.size), cut(work.more, 0, frame.size)
    for i in range(1, cells.size - 1):
        across[i] = min(cells[i - 1], cells[i], cells[i + 1])
    here = cut(cells, wide, inner)
    above, middle = cut(across, 0, inner), cut(across, wide, inner)
    below = cut(across, 2 * wide, inner)
    for i in range(1, inner - 1):
        least = min(above[i], middle[i], below[i])
        here[i] = here[i] if (least == 0) == outer else np.uint8(0)
    take_from_frame(frame, out)


@kernel
def halo(image: Image, reach: int, out: Image, work: Work) -> None:
    """Empty cells next to painted ones: 0 all around, 1 over sides, 2 over corners."""
    frame = frame_for(image, work)
    put_in_frame(image, frame)
    wide, inner = frame.shape[1], frame.size - 2 * frame.shape[1]
    cells, across = cut(frame, 0, frame.size), cut(work.more, 0, frame.size)
    for i in range(1, cells.size - 1):
        beside = BESIDE if (cells[i - 1] | cells[i + 1]) != 0 else 0
        across[i] = np.uint8(beside + (ITSELF if cells[i] != 0 else 0))
    vertical = np.uint8(BESIDE + ITSELF if reach == 0 else ITSELF if reach == 1 else BESIDE)
    level = np.uint8(BESIDE if reach < 2 else 0)
    colour = np.uint8(main_colour(image))
    here, middle = cut(cells, wide, inner), cut(across, wide, inner)
    above, below = cut(across, 0, inner), cut(across, 2 * wide, inner)
    for i in range(1, inner - 1):
        near = ((above[i] | below[i]) & vertical) | (middle[i] & level)
        here[i] = colour if near != 0 and here[i] == 0 else np.uint8(0)
    take_from_frame(frame, out)


@kernel
def box(code: int, image: Image, out: Image) -> None:
    """0: fill the box around the content; 1: the whole image; 2: its outermost ring."""
    height, width = image.shape
    colour = np.uint8(main_colour(image))
    if code == 1:
        fill(out, colour)
        return
    top, left, bottom, right = 0, 0, height, width
    if code == 0:
        top, left, bottom, right = content_box(image, 0)
    for r in range(height):
        for c in range(width):
            painted = top <= r < bottom and left <= c < right
            if code == 2:
                painted = r == 0 or c == 0 or r == height - 1 or c == width - 1
            out[r, c] = colour if painted else np.uint8(0)


@kernel
def surround(image: Image, out: Image) -> None:
    """Put a ring of the main colour around the image."""
    height, width = image.shape
    fill(out, main_colour(image))
    for r in range(height):
        for c in range(width):
            out[r + 1, c + 1] = image[r, c]


@inlined
def reshape(code: int, image: Image, top: int, left: int, limit: int, out: Scratch) -> bool:
    """Apply an operation of the shape group."""
    ring = 1 if code == 11 else 0
    height, width = image.shape[0] + 2 * ring, image.shape[1] + 2 * ring
    if ring and height * width > limit:
        return False
    new = room(out, height, width, top - ring, left - ring)
    if new.size == 0:
        return False
    if code < 3:
        fill_inside(code, image, new, out.work)
    elif code < 5:
        rim(image, code == 3, new, out.work)
    elif code < 8:
        halo(image, code - 5, new, out.work)
    elif code < 11:
        box(code - 8, image, new)
    else:
        surround(image, new)
    return True
