"""Kernels of `prototypes.grids.shape`: insides, outlines and boxes."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import content_box, fill, main_colour
from peirce.agent.proposers.symbolic.grids.engine.labelling import enclosed
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@kernel
def fill_inside(code: int, image: Image, out: Image) -> None:
    """0: fill what is enclosed; 1: only what is enclosed; 2: only what is tightly enclosed."""
    height, width = image.shape
    inside = enclosed(image, code == 2)
    colour = np.uint8(main_colour(image))
    for r in range(height):
        for c in range(width):
            kept = image[r, c] if code == 0 else np.uint8(0)
            out[r, c] = colour if inside[r, c] else kept


@kernel
def _borders_empty(image: Image, r: int, c: int) -> bool:
    height, width = image.shape
    for y in range(r - 1, r + 2):
        for x in range(c - 1, c + 2):
            if y < 0 or y >= height or x < 0 or x >= width or image[y, x] == 0:
                return True
    return False


@kernel
def rim(image: Image, outer: bool, out: Image) -> None:
    """Painted cells next to something empty or the edge, or else all the other painted cells."""
    height, width = image.shape
    for r in range(height):
        for c in range(width):
            cell = image[r, c]
            if cell != 0 and _borders_empty(image, r, c) != outer:
                cell = np.uint8(0)
            out[r, c] = cell


@kernel
def _painted_near(image: Image, r: int, c: int, reach: int) -> bool:
    """Whether a neighbour is painted: 0 any, 1 over a side, 2 over a corner."""
    height, width = image.shape
    for y in range(max(r - 1, 0), min(r + 2, height)):
        for x in range(max(c - 1, 0), min(c + 2, width)):
            if image[y, x] != 0 and (reach == 0 or (y != r) + (x != c) == reach):
                return True
    return False


@kernel
def halo(image: Image, reach: int, out: Image) -> None:
    """Empty cells next to painted ones: 0 all around, 1 over sides, 2 over corners."""
    height, width = image.shape
    colour = np.uint8(main_colour(image))
    for r in range(height):
        for c in range(width):
            near = image[r, c] == 0 and _painted_near(image, r, c, reach)
            out[r, c] = colour if near else np.uint8(0)


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
        fill_inside(code, image, new)
    elif code < 5:
        rim(image, code == 3, new)
    elif code < 8:
        halo(image, code - 5, new)
    elif code < 11:
        box(code - 8, image, new)
    else:
        surround(image, new)
    return True
