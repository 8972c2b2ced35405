"""Kernels of `prototypes.grids.line`: rays, joins, falling, spreading, shifting."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import copy_into, fill
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, Work, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, view

STEPS = np.array(
    [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [-1, 1], [1, -1], [1, 1]], dtype=np.int64
)
"""Rows and columns of one step, in the order of `prototypes.grids.line.DIRECTIONS`."""


@kernel
def _rays_along_rows(image: Image, backwards: bool, out: Image) -> None:
    height, width = image.shape
    for r in range(height):
        colour = np.uint8(0)
        for k in range(width):
            c = width - 1 - k if backwards else k
            cell, before = image[r, c], out[r, c]
            colour = cell if cell != 0 else colour
            out[r, c] = before if before != 0 else colour


@kernel
def _rays_across_rows(image: Image, backwards: bool, shift: int, out: Image, work: Work) -> None:
    """Rays that go one row on at each step, and `shift` columns."""
    height, width = image.shape
    colours = cut(work.cells, 0, width + 2)
    colours[:] = 0
    for i in range(height):
        r = height - 1 - i if backwards else i
        for k in range(width):
            c = width - 1 - k if shift > 0 else k
            cell, before = image[r, c], out[r, c]
            colour = cell if cell != 0 else colours[c + 1 - shift]
            out[r, c] = before if before != 0 else colour
            colours[c + 1] = colour


@kernel
def extend(image: Image, directions: int, out: Image, work: Work) -> None:
    """Extend painted cells as rays; bit k of `directions` stands for the k-th direction."""
    copy_into(image, out)
    for k in range(8):
        if not directions >> k & 1:
            continue
        dr, dc = STEPS[k, 0], STEPS[k, 1]
        if dr == 0:
            _rays_along_rows(image, dc < 0, out)
        else:
            _rays_across_rows(image, dr < 0, dc, out, work)


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
def connect(image: Image, mode: int, out: Image) -> None:
    """Join cells of equal colour: 0 across, 1 down, 2 both with lines across on top."""
    copy_into(image, out)
    if mode > 0:
        _join_columns(image, out)
    if mode != 1:
        _join_rows(image, out)


@kernel
def fall(image: Image, direction: int, out: Image) -> None:
    """Pack painted cells: 0 up, 1 down, 2 left, 3 right."""
    height, width = image.shape
    step = 1 if direction & 1 == 0 else -1
    fill(out, 0)
    if direction < 2:
        for c in range(width):
            to = 0 if direction == 0 else height - 1
            for k in range(height):
                cell = image[k if direction == 0 else height - 1 - k, c]
                out[to, c] = cell
                to += step if cell != 0 else 0
        return
    for r in range(height):
        to = 0 if direction == 2 else width - 1
        for k in range(width):
            cell = image[r, k if direction == 2 else width - 1 - k]
            out[r, to] = cell
            to += step if cell != 0 else 0


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
def spread(image: Image, out: Image, work: Work) -> None:
    """Let colours grow over the background, step by step."""
    height, width = image.shape
    now = view(work.cells, 0, height, width)
    copy_into(image, out)
    copy_into(image, now)
    changed = True
    while changed:
        changed = False
        for r in range(height):
            for c in range(width):
                if now[r, c] == 0:
                    cell = _arriving(now, r, c)
                    if cell != 0:
                        out[r, c] = cell
                        changed = True
        if changed:
            copy_into(out, now)


@kernel
def shift(image: Image, direction: int, out: Image) -> None:
    """Move the picture one cell around the edge."""
    height, width = image.shape
    dr, dc = STEPS[direction, 0], STEPS[direction, 1]
    for r in range(height):
        y = r - dr
        if y < 0:
            y = height - 1
        elif y == height:
            y = 0
        for c in range(width):
            x = c - dc
            if x < 0:
                x = width - 1
            elif x == width:
                x = 0
            out[r, c] = image[y, x]


@inlined
def draw_lines(code: int, arg: int, image: Image, top: int, left: int, out: Scratch) -> bool:
    """Apply an operation of the line group."""
    new = room(out, image.shape[0], image.shape[1], top, left)
    if new.size == 0:
        return False
    if code == 0:
        extend(image, arg, new, out.work)
    elif code == 1:
        connect(image, arg, new)
    elif code == 2:
        fall(image, arg, new)
    elif code == 3:
        spread(image, new, out.work)
    else:
        shift(image, arg, new)
    return True
