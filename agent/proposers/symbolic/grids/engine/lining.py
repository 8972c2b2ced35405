"""Kernels of `prototypes.grids.line`: rays, joins, falling, spreading, shifting."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import nothing
from peirce.agent.proposers.symbolic.grids.engine.types import Image

STEPS = np.array(
    [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [-1, 1], [1, -1], [1, 1]], dtype=np.int64
)
"""Rows and columns of one step, in the order of `prototypes.grids.line.DIRECTIONS`."""


@kernel
def extend(image: Image, directions: int) -> Image:
    """Extend painted cells as rays; bit k of `directions` stands for the k-th direction."""
    height, width = image.shape
    out = image.copy()
    for k in range(8):
        if not directions >> k & 1:
            continue
        dr, dc = STEPS[k, 0], STEPS[k, 1]
        for r in range(height):
            for c in range(width):
                if image[r, c] == 0:
                    continue
                y, x = r + dr, c + dc
                while 0 <= y < height and 0 <= x < width and image[y, x] == 0:
                    if out[y, x] == 0:
                        out[y, x] = image[r, c]
                    y, x = y + dr, x + dc
    return out


@kernel
def _join_rows(image: Image, out: Image) -> None:
    height, width = image.shape
    for r in range(height):
        last = -1
        for c in range(width):
            if image[r, c] == 0:
                continue
            if last >= 0 and image[r, last] == image[r, c]:
                for k in range(last + 1, c):
                    out[r, k] = image[r, c]
            last = c


@kernel
def _join_columns(image: Image, out: Image) -> None:
    height, width = image.shape
    for c in range(width):
        last = -1
        for r in range(height):
            if image[r, c] == 0:
                continue
            if last >= 0 and image[last, c] == image[r, c]:
                for k in range(last + 1, r):
                    out[k, c] = image[r, c]
            last = r


@kernel
def connect(image: Image, mode: int) -> Image:
    """Join cells of equal colour: 0 across, 1 down, 2 both with lines across on top."""
    out = image.copy()
    if mode > 0:
        _join_columns(image, out)
    if mode != 1:
        _join_rows(image, out)
    return out


@kernel
def fall(image: Image, direction: int) -> Image:
    """Pack painted cells: 0 up, 1 down, 2 left, 3 right."""
    height, width = image.shape
    out = np.zeros((height, width), np.uint8)
    if direction < 2:
        for c in range(width):
            to = 0 if direction == 0 else height - 1
            for k in range(height):
                r = k if direction == 0 else height - 1 - k
                if image[r, c] != 0:
                    out[to, c] = image[r, c]
                    to += 1 if direction == 0 else -1
        return out
    for r in range(height):
        to = 0 if direction == 2 else width - 1
        for k in range(width):
            c = k if direction == 2 else width - 1 - k
            if image[r, c] != 0:
                out[r, to] = image[r, c]
                to += 1 if direction == 2 else -1
    return out


@kernel
def _arriving(image: Image, r: int, c: int) -> int:
    height, width = image.shape
    if r > 0 and image[r - 1, c] != 0:
        return image[r - 1, c]
    if c > 0 and image[r, c - 1] != 0:
        return image[r, c - 1]
    if c + 1 < width and image[r, c + 1] != 0:
        return image[r, c + 1]
    if r + 1 < height:
        return image[r + 1, c]
    return 0


@kernel
def spread(image: Image) -> Image:
    """Let colours grow over the background, step by step."""
    height, width = image.shape
    now = image.copy()
    changed = True
    while changed:
        changed = False
        after = now.copy()
        for r in range(height):
            for c in range(width):
                if now[r, c] == 0:
                    cell = _arriving(now, r, c)
                    if cell != 0:
                        after[r, c] = cell
                        changed = True
        now = after
    return now


@kernel
def shift(image: Image, direction: int) -> Image:
    """Move the picture one cell around the edge."""
    height, width = image.shape
    out = np.empty((height, width), np.uint8)
    dr, dc = STEPS[direction, 0], STEPS[direction, 1]
    for r in range(height):
        for c in range(width):
            out[r, c] = image[(r - dr + height) % height, (c - dc + width) % width]
    return out


@inlined
def draw_lines(code: int, arg: int, image: Image) -> Image:
    """Apply an operation of the line group."""
    if code == 0:
        return extend(image, arg)
    if code == 1:
        return connect(image, arg)
    if code == 2:
        return fall(image, arg)
    if code == 3:
        return spread(image)
    if code == 4:
        return shift(image, arg)
    return nothing()
