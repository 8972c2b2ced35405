"""Kernels of `prototypes.grids.shape`: insides, outlines and boxes."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import content_box, main_colour, nothing
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@kernel
def _reach(outside: Image, image: Image, stack: np.ndarray, size: int, r: int, c: int) -> int:
    height, width = image.shape
    if 0 <= r < height and 0 <= c < width and image[r, c] == 0 and outside[r, c] == 0:
        outside[r, c] = 1
        stack[size] = r * width + c
        return size + 1
    return size


@kernel
def outside_cells(image: Image, diagonally: bool) -> Image:
    """1 for every empty cell that a walk from the edge over empty cells reaches."""
    height, width = image.shape
    outside = np.zeros((height, width), np.uint8)
    stack = np.empty(height * width, np.int64)
    size = 0
    for r in range(height):
        size = _reach(outside, image, stack, size, r, 0)
        size = _reach(outside, image, stack, size, r, width - 1)
    for c in range(width):
        size = _reach(outside, image, stack, size, 0, c)
        size = _reach(outside, image, stack, size, height - 1, c)
    while size > 0:
        size -= 1
        r, c = stack[size] // width, stack[size] % width
        for dr in range(-1, 2):
            for dc in range(-1, 2):
                if diagonally or dr == 0 or dc == 0:
                    size = _reach(outside, image, stack, size, r + dr, c + dc)
    return outside


@kernel
def fill_inside(code: int, image: Image) -> Image:
    """0: fill what is enclosed; 1: only what is enclosed; 2: only what is tightly enclosed."""
    height, width = image.shape
    outside = outside_cells(image, code == 2)
    colour = main_colour(image)
    out = np.zeros((height, width), np.uint8)
    for r in range(height):
        for c in range(width):
            if image[r, c] == 0:
                out[r, c] = 0 if outside[r, c] else colour
            elif code == 0:
                out[r, c] = image[r, c]
    return out


@kernel
def _borders_empty(image: Image, r: int, c: int) -> bool:
    height, width = image.shape
    for y in range(r - 1, r + 2):
        for x in range(c - 1, c + 2):
            if y < 0 or y >= height or x < 0 or x >= width or image[y, x] == 0:
                return True
    return False


@kernel
def rim(image: Image, outer: bool) -> Image:
    """Painted cells next to something empty or the edge, or else all the other painted cells."""
    height, width = image.shape
    out = np.zeros((height, width), np.uint8)
    for r in range(height):
        for c in range(width):
            if image[r, c] != 0 and _borders_empty(image, r, c) == outer:
                out[r, c] = image[r, c]
    return out


@kernel
def halo(image: Image, reach: int) -> Image:
    """Empty cells next to painted ones: 0 all around, 1 over sides, 2 over corners."""
    height, width = image.shape
    colour = main_colour(image)
    out = np.zeros((height, width), np.uint8)
    for r in range(height):
        for c in range(width):
            if image[r, c] == 0:
                continue
            for y in range(max(r - 1, 0), min(r + 2, height)):
                for x in range(max(c - 1, 0), min(c + 2, width)):
                    bend = (y != r) + (x != c)
                    if image[y, x] == 0 and (reach == 0 or bend == reach):
                        out[y, x] = colour
    return out


@kernel
def box(code: int, image: Image) -> Image:
    """0: fill the box around the content; 1: the whole image; 2: its outermost ring."""
    height, width = image.shape
    colour = main_colour(image)
    if code == 0:
        top, left, bottom, right = content_box(image, 0)
    else:
        top, left, bottom, right = 0, 0, height, width
    out = np.zeros((height, width), np.uint8)
    for r in range(top, bottom):
        for c in range(left, right):
            if code < 2 or r == 0 or c == 0 or r == height - 1 or c == width - 1:
                out[r, c] = colour
    return out


@kernel
def surround(image: Image, limit: int) -> Image:
    """Put a ring of the main colour around the image."""
    height, width = image.shape
    if (height + 2) * (width + 2) > limit:
        return nothing()
    out = np.empty((height + 2, width + 2), np.uint8)
    colour = main_colour(image)
    for r in range(height + 2):
        for c in range(width + 2):
            inside = 0 < r <= height and 0 < c <= width
            out[r, c] = image[r - 1, c - 1] if inside else colour
    return out


@inlined
def reshape(code: int, image: Image, limit: int) -> Image:
    """Apply an operation of the shape group."""
    if code < 3:
        return fill_inside(code, image)
    if code < 5:
        return rim(image, code == 3)
    if code < 8:
        return halo(image, code - 5)
    if code < 11:
        return box(code - 8, image)
    return surround(image, limit)
