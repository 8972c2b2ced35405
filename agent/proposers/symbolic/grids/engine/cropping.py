"""Kernels of `prototypes.grids.crop`: which window to cut, and which lines to leave out."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import content_box
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, Work, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut


@kernel
def window_of(code: int, arg: int, image: Image) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of the window an operation cuts out; all 0 for none."""
    height, width = image.shape
    if code == 0:
        return content_box(image, 0)
    if code == 1:
        return content_box(image, arg)
    if code == 2:
        return 0, 0, max(height // 2, 1), width
    if code == 3:
        return height - max(height // 2, 1), 0, height, width
    if code == 4:
        return 0, 0, height, max(width // 2, 1)
    if code == 5:
        return 0, width - max(width // 2, 1), height, width
    if code == 6:
        if height < 3 or width < 3:
            return 0, 0, 0, 0
        return 1, 1, height - 1, width - 1
    r, c = (height - 1) // 2, (width - 1) // 2
    return r, c, height - r, width - c


@inlined
def _no_lines(image: Image, work: Work) -> tuple[np.ndarray, np.ndarray]:
    """Flags of the rows and of the columns, none set."""
    height, width = image.shape
    rows, columns = cut(work.cells, 0, height), cut(work.more, 0, width)
    rows[:] = 0
    columns[:] = 0
    return rows, columns


@kernel
def drop_empty_lines(image: Image, top: int, left: int, out: Scratch) -> bool:
    """Take out every row and column in which nothing is painted."""
    height, width = image.shape
    rows, columns = _no_lines(image, out.work)
    for r in range(height):
        painted = np.uint8(0)
        for c in range(width):
            cell = image[r, c]
            painted |= cell
            columns[c] |= cell
        rows[r] = painted
    return keep_lines(image, rows, columns, top, left, out)


@kernel
def merge_equal_lines(image: Image, top: int, left: int, out: Scratch) -> bool:
    """Keep one of each run of equal neighbouring rows, and of equal neighbouring columns."""
    height, width = image.shape
    rows, columns = _no_lines(image, out.work)
    rows[0] = 1
    columns[0] = 1
    for r in range(height):
        above, differs = max(r - 1, 0), np.uint8(rows[r])
        last = image[r, 0]
        for c in range(width):
            cell = image[r, c]
            columns[c] |= cell ^ last
            differs |= cell ^ image[above, c]
            last = cell
        rows[r] = differs
    return keep_lines(image, rows, columns, top, left, out)


@kernel
def keep_lines(
    image: Image, rows: np.ndarray, columns: np.ndarray, top: int, left: int, out: Scratch
) -> bool:
    """Write the cells of the chosen rows and columns; false if there are none."""
    height, width = image.shape
    y, x = 0, 0
    for r in range(height):
        y += rows[r] != 0
    for c in range(width):
        x += columns[c] != 0
    new = room(out, y, x, top, left)
    if new.size == 0:
        return False
    y = 0
    for r in range(height):
        if rows[r] != 0:
            x = 0
            for c in range(width):
                if columns[c] != 0:
                    new[y, x] = image[r, c]
                    x += 1
            y += 1
    return True
