"""Kernels of `prototypes.grids.turn`, and of scaling, tiling and mirroring."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    COLOURS,
    main_colour,
    most_frequent,
    number_of_colours,
)
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, local


@kernel
def _mirrored(image: Image, columns: bool, rows: bool, out: Image) -> None:
    height, width = image.shape
    if columns and rows:
        size = image.size
        old, new = cut(image, 0, size), cut(out, 0, size)
        for i in range(size):
            new[i] = old[size - 1 - i]
        return
    for r in range(height):
        y = height - 1 - r if rows else r
        if columns:
            for c in range(width):
                out[r, c] = image[y, width - 1 - c]
        else:
            for c in range(width):
                out[r, c] = image[y, c]


@kernel
def _transposed(image: Image, columns: bool, rows: bool, out: Image) -> None:
    height, width = image.shape
    for r in range(width):
        x = width - 1 - r if rows else r
        if columns:
            for c in range(height):
                out[r, c] = image[height - 1 - c, x]
        else:
            for c in range(height):
                out[r, c] = image[c, x]


@inlined
def turn(code: int, image: Image, top: int, left: int, out: Scratch) -> bool:
    """Apply one of the seven turns and mirrorings; bits: 1 columns, 2 rows, 4 transpose first."""
    height, width = image.shape
    if code & 4:
        height, width = width, height
    new = room(out, height, width, top, left)
    if new.size == 0:
        return False
    if code & 4:
        _transposed(image, code & 1 != 0, code & 2 != 0, new)
    else:
        _mirrored(image, code & 1 != 0, code & 2 != 0, new)
    return True


@kernel
def scale(image: Image, down: int, across: int, top: int, left: int, out: Scratch) -> bool:
    """Blow up every cell to a block."""
    height, width = image.shape
    new = room(out, height * down, width * across, top, left)
    if new.size == 0:
        return False
    for r in range(height):
        for c in range(width):
            cell = image[r, c]
            for y in range(r * down, (r + 1) * down):
                for x in range(c * across, (c + 1) * across):
                    new[y, x] = cell
    return True


@kernel
def tile(image: Image, down: int, across: int, out: Scratch) -> bool:
    """Repeat the image downwards and to the right."""
    height, width = image.shape
    new = room(out, height * down, width * across, 0, 0)
    if new.size == 0:
        return False
    for i in range(down):
        for j in range(across):
            for r in range(height):
                for c in range(width):
                    new[i * height + r, j * width + c] = image[r, c]
    return True


@kernel
def mirror(image: Image, side: int, out: Scratch) -> bool:
    """Put the mirror image to a side: 0 right, 1 left, 2 below, 3 above."""
    height, width = image.shape
    upright = side >= 2
    new = room(out, height * (1 + upright), width * (2 - upright), 0, 0)
    if new.size == 0:
        return False
    first = side & 1 == 0
    for r in range(height):
        for c in range(width):
            cell = image[r, c]
            if upright:
                new[r if first else height - 1 - r, c] = cell
                new[2 * height - 1 - r if first else height + r, c] = cell
            else:
                new[r, c if first else width - 1 - c] = cell
                new[r, 2 * width - 1 - c if first else width + c] = cell
    return True


@kernel
def substitute(image: Image, where_painted: bool, inverted: bool, out: Scratch) -> bool:
    """Replace every painted (or every empty) cell by the image or its inverse."""
    height, width = image.shape
    new = room(out, height * height, width * width, 0, 0)
    if new.size == 0:
        return False
    colour = np.uint8(main_colour(image))
    for r in range(height):
        for c in range(width):
            copied = (image[r, c] != 0) == where_painted
            for y in range(height):
                for x in range(width):
                    cell = image[y, x]
                    if inverted:
                        cell = np.uint8(0) if cell != 0 else colour
                    new[r * height + y, c * width + x] = cell if copied else np.uint8(0)
    return True


@kernel
def add_mirror_images(image: Image, top: int, left: int, out: Scratch) -> bool:
    """Fill empty cells from the three mirror images."""
    height, width = image.shape
    new = room(out, height, width, top, left)
    for r in range(new.shape[0]):
        for c in range(width):
            cell = image[r, c]
            if cell == 0:
                cell = image[r, width - 1 - c]
            if cell == 0:
                cell = image[height - 1 - r, c]
            if cell == 0:
                cell = image[height - 1 - r, width - 1 - c]
            new[r, c] = cell
    return new.size > 0


@kernel
def _main_of_block(image: Image, top: int, left: int, factor: int) -> int:
    counts = local(COLOURS)
    counts[:] = 0
    for r in range(top, top + factor):
        for c in range(left, left + factor):
            counts[image[r, c]] += 1
    return most_frequent(counts)


@kernel
def shrink(image: Image, factor: int, top: int, left: int, out: Scratch) -> bool:
    """Make every block one cell; no result if there are no whole blocks."""
    height, width = image.shape
    if height % factor or width % factor:
        return False
    new = room(out, height // factor, width // factor, top, left)
    for r in range(new.shape[0]):
        for c in range(new.shape[1]):
            new[r, c] = _main_of_block(image, r * factor, c * factor, factor)
    return new.size > 0


@kernel
def pinwheel(image: Image, quarters: int, out: Scratch) -> bool:
    """Four copies, each turned by so many quarters more; no result if it is not square."""
    side = image.shape[0]
    if side != image.shape[1]:
        return False
    new = room(out, 2 * side, 2 * side, 0, 0)
    if new.size == 0:
        return False
    last = side - 1
    for r in range(side):
        for c in range(side):
            cell = image[r, c]
            new[r, c] = cell
            new[side + last - r, side + last - c] = cell
            if quarters == 1:
                new[c, side + last - r] = cell
                new[side + last - c, r] = cell
            else:
                new[last - c, side + r] = cell
                new[side + c, last - r] = cell
    return True


@kernel
def _growth(code: int, arg: int, image: Image) -> int:
    """How many times as many cells an operation of the scaling group makes."""
    if code == 0 or code == 2:
        return (arg // 10) * (arg % 10)
    if code == 1:
        return max(number_of_colours(image), 1) ** 2
    if code == 3:
        return 2
    if code == 9:
        return 4
    return image.size if code < 7 else 1


@inlined
def enlarge(
    code: int, arg: int, image: Image, top: int, left: int, limit: int, out: Scratch
) -> bool:
    """Apply an operation of the scaling group; `arg` packs the two factors as 10·down + across."""
    if image.size * _growth(code, arg, image) > max(limit, image.size):
        return False
    if code == 0:
        return scale(image, arg // 10, arg % 10, top, left, out)
    if code == 1:
        factor = max(number_of_colours(image), 1)
        return scale(image, factor, factor, top, left, out)
    if code == 2:
        return tile(image, arg // 10, arg % 10, out)
    if code == 3:
        return mirror(image, arg, out)
    if code < 7:
        return substitute(image, code != 5, code == 6, out)
    if code == 7:
        return add_mirror_images(image, top, left, out)
    if code == 8:
        return shrink(image, arg, top, left, out)
    return pinwheel(image, arg, out)
