"""Kernels of `prototypes.grids.turn`, and of scaling, tiling and mirroring."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import count_colours, main_colour, nothing
from peirce.agent.proposers.symbolic.grids.engine.types import Image


@kernel
def turn(code: int, image: Image) -> Image:
    """Apply one of the seven turns and mirrorings; bits: 1 columns, 2 rows, 4 transpose first."""
    height, width = image.shape
    columns, rows, swap = code & 1, code & 2, code & 4
    tall, wide = (width, height) if swap else (height, width)
    out = np.empty((tall, wide), np.uint8)
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            y = out.shape[0] - 1 - r if rows else r
            x = out.shape[1] - 1 - c if columns else c
            out[r, c] = image[x, y] if swap else image[y, x]
    return out


@kernel
def scale(image: Image, down: int, across: int, limit: int) -> Image:
    """Blow up every cell to a block."""
    height, width = image.shape
    if height * down * width * across > limit:
        return nothing()
    out = np.empty((height * down, width * across), np.uint8)
    for r in range(height * down):
        for c in range(width * across):
            out[r, c] = image[r // down, c // across]
    return out


@kernel
def scale_by_colours(image: Image, limit: int) -> Image:
    """Blow up every cell as many times as the image has colours."""
    factor = 0
    counts = count_colours(image)
    for colour in range(1, 10):
        factor += counts[colour] > 0
    factor = max(factor, 1)
    return scale(image, factor, factor, limit)


@kernel
def tile(image: Image, down: int, across: int, limit: int) -> Image:
    """Repeat the image downwards and to the right."""
    height, width = image.shape
    if height * down * width * across > limit:
        return nothing()
    out = np.empty((height * down, width * across), np.uint8)
    for r in range(height * down):
        for c in range(width * across):
            out[r, c] = image[r % height, c % width]
    return out


@kernel
def mirror(image: Image, side: int, limit: int) -> Image:
    """Put the mirror image to a side: 0 right, 1 left, 2 below, 3 above."""
    height, width = image.shape
    if 2 * height * width > limit:
        return nothing()
    if side < 2:
        out = np.empty((height, 2 * width), np.uint8)
    else:
        out = np.empty((2 * height, width), np.uint8)
    for r in range(height):
        for c in range(width):
            cell = image[r, c]
            if side == 0:
                out[r, c] = cell
                out[r, 2 * width - 1 - c] = cell
            elif side == 1:
                out[r, width + c] = cell
                out[r, width - 1 - c] = cell
            elif side == 2:
                out[r, c] = cell
                out[2 * height - 1 - r, c] = cell
            else:
                out[height + r, c] = cell
                out[height - 1 - r, c] = cell
    return out


@kernel
def substitute(image: Image, where_painted: bool, inverted: bool, limit: int) -> Image:
    """Replace every painted (or every empty) cell by the image or its inverse."""
    height, width = image.shape
    if height * height * width * width > limit:
        return nothing()
    out = np.zeros((height * height, width * width), np.uint8)
    colour = main_colour(image)
    for r in range(height):
        for c in range(width):
            if (image[r, c] != 0) != where_painted:
                continue
            for y in range(height):
                for x in range(width):
                    cell = image[y, x]
                    if inverted:
                        cell = 0 if cell != 0 else colour
                    out[r * height + y, c * width + x] = cell
    return out


@kernel
def add_mirror_images(image: Image) -> Image:
    """Fill empty cells from the three mirror images."""
    height, width = image.shape
    out = image.copy()
    for r in range(height):
        for c in range(width):
            if out[r, c] == 0:
                out[r, c] = image[r, width - 1 - c]
            if out[r, c] == 0:
                out[r, c] = image[height - 1 - r, c]
            if out[r, c] == 0:
                out[r, c] = image[height - 1 - r, width - 1 - c]
    return out


@inlined
def enlarge(code: int, arg: int, image: Image, limit: int) -> Image:
    """Apply an operation of the scaling group; `arg` packs the two factors as 10·down + across."""
    down, across = arg // 10, arg % 10
    if code == 0:
        return scale(image, down, across, limit)
    if code == 1:
        return scale_by_colours(image, limit)
    if code == 2:
        return tile(image, down, across, limit)
    if code == 3:
        return mirror(image, arg, limit)
    if code == 4:
        return substitute(image, True, False, limit)
    if code == 5:
        return substitute(image, False, False, limit)
    if code == 6:
        return substitute(image, True, True, limit)
    return add_mirror_images(image)
