"""Kernels of `prototypes.grids.join`: a list of images in, one image out."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import COLOURS, count_cells, fill
from peirce.agent.proposers.symbolic.grids.engine.picking import rising
from peirce.agent.proposers.symbolic.grids.engine.scratch import MAX_IMAGES, Scratch, image_at, room
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Image, Ints
from peirce.agent.proposers.symbolic.grids.engine.viewing import local


@kernel
def _span(heads: Heads, first: int, count: int) -> tuple[int, int, int, int]:
    top, left = heads[first, 3], heads[first, 4]
    bottom, right = top, left
    for k in range(first, first + count):
        top = min(top, heads[k, 3])
        left = min(left, heads[k, 4])
        bottom = max(bottom, heads[k, 3] + heads[k, 1])
        right = max(right, heads[k, 4] + heads[k, 2])
    return top, left, bottom, right


@kernel
def paint_over(canvas: Image, image: Image, dr: int, dc: int) -> None:
    """Paint the painted cells of an image onto the canvas, shifted, and cut at its edges."""
    height, width = canvas.shape
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            y, x = r + dr, c + dc
            if image[r, c] != 0 and 0 <= y < height and 0 <= x < width:
                canvas[y, x] = image[r, c]


@kernel
def overlay(
    cells: np.ndarray, heads: Heads, first: int, count: int, by_size: bool, out: Scratch, limit: int
) -> bool:
    """Lay the images back in their places; later ones, or smaller ones, on top."""
    top, left, bottom, right = _span(heads, first, count)
    if (bottom - top) * (right - left) > limit:
        return False
    canvas = room(out, bottom - top, right - left, top, left)
    fill(canvas, 0)
    sizes, order = local(MAX_IMAGES), local(MAX_IMAGES)
    for k in range(count):
        if by_size:
            sizes[k] = count_cells(image_at(cells, heads, first + k))
        else:
            sizes[k] = -k
    rising(sizes, count, order)
    for i in range(count - 1, -1, -1):
        k = first + order[i]
        paint_over(canvas, image_at(cells, heads, k), heads[k, 3] - top, heads[k, 4] - left)
    return canvas.size > 0


@kernel
def line_up(
    cells: np.ndarray, heads: Heads, first: int, count: int, upright: bool, out: Scratch, limit: int
) -> bool:
    """Put the images side by side, or one below the other."""
    length, breadth = 0, 0
    for k in range(first, first + count):
        length += heads[k, 1] if upright else heads[k, 2]
        breadth = max(breadth, heads[k, 2] if upright else heads[k, 1])
    if length * breadth > limit:
        return False
    canvas = room(out, length if upright else breadth, breadth if upright else length, 0, 0)
    fill(canvas, 0)
    at = 0
    for k in range(first, first + count):
        image = image_at(cells, heads, k)
        paint_over(canvas, image, at if upright else 0, 0 if upright else at)
        at += heads[k, 1] if upright else heads[k, 2]
    return canvas.size > 0


@kernel
def _combined(code: int, stack: Ints, count: int) -> int:
    painted = 0
    earliest, latest = 0, 0
    for k in range(count):
        if stack[k] != 0:
            painted += 1
            if earliest == 0:
                earliest = stack[k]
            latest = stack[k]
    if code == 0:
        return stack[0] if painted == count else 0
    if code == 1:
        return earliest
    if code == 2:
        return latest
    if code == 3:
        return earliest if painted == 1 else 0
    if code == 4:
        return 1 if painted == 0 else 0
    if code == 5:
        return stack[0] if painted == (stack[0] != 0) else 0
    return _most_common(stack, count)


@kernel
def _most_common(stack: Ints, count: int) -> int:
    votes = local(COLOURS)
    votes[:] = 0
    for k in range(count):
        votes[stack[k]] += 1
    best = stack[0]
    for k in range(count):
        if votes[stack[k]] > votes[best]:
            best = stack[k]
    return best


@kernel
def combine(
    code: int, cells: np.ndarray, heads: Heads, first: int, count: int, out: Scratch
) -> bool:
    """Combine images of one size cell by cell; no result for images of different sizes."""
    height, width = heads[first, 1], heads[first, 2]
    for k in range(first, first + count):
        if heads[k, 1] != height or heads[k, 2] != width:
            return False
    result = room(out, height, width, 0, 0)
    stack = local(MAX_IMAGES)
    for i in range(result.size):
        for k in range(count):
            stack[k] = cells[heads[first + k, 0] + i]
        result[i // width, i % width] = _combined(code, stack, count)
    return result.size > 0


@inlined
def join(
    code: int, cells: np.ndarray, heads: Heads, first: int, count: int, out: Scratch, limit: int
) -> bool:
    """Apply an operation of the joining group; false for no result."""
    if code < 2:
        return overlay(cells, heads, first, count, code == 1, out, limit)
    if code < 4:
        return line_up(cells, heads, first, count, code == 3, out, limit)
    return combine(code - 4, cells, heads, first, count, out)
