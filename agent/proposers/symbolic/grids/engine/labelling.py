"""Kernels of `prototypes.grids.split.connected_parts` and of counting by pieces."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import kernel
from peirce.agent.proposers.symbolic.grids.engine.types import Image, Ints


@kernel
def _joins(image: Image, labels: np.ndarray, r: int, c: int, colour: int, by_colour: bool) -> bool:
    height, width = image.shape
    if r < 0 or r >= height or c < 0 or c >= width or labels[r, c] != 0 or image[r, c] == 0:
        return False
    return not by_colour or image[r, c] == colour


@kernel
def label(image: Image, diagonally: bool, by_colour: bool) -> tuple[np.ndarray, int]:
    """Number the connected parts from 1 in reading order; also how many there are."""
    height, width = image.shape
    labels = np.zeros((height, width), np.int32)
    stack = np.empty(height * width, np.int64)
    count = 0
    for start in range(height * width):
        r, c = start // width, start % width
        if image[r, c] == 0 or labels[r, c] != 0:
            continue
        count += 1
        labels[r, c] = count
        stack[0] = start
        size = 1
        while size > 0:
            size -= 1
            y, x = stack[size] // width, stack[size] % width
            for k in range(9):
                dr, dc = k // 3 - 1, k % 3 - 1
                if not diagonally and dr != 0 and dc != 0:
                    continue
                if _joins(image, labels, y + dr, x + dc, image[y, x], by_colour):
                    labels[y + dr, x + dc] = count
                    stack[size] = (y + dr) * width + x + dc
                    size += 1
    return labels, count


@kernel
def boxes(labels: np.ndarray, count: int) -> Ints:
    """Top, left, bottom, right (exclusive) of every numbered part; row 0 is unused."""
    height, width = labels.shape
    out = np.zeros((count + 1, 4), np.int64)
    for r in range(height):
        for c in range(width):
            k = labels[r, c]
            if k == 0:
                continue
            if out[k, 2] == 0:
                out[k, 0] = r
                out[k, 1] = c
                out[k, 3] = c + 1
            out[k, 1] = min(out[k, 1], c)
            out[k, 2] = r + 1
            out[k, 3] = max(out[k, 3], c + 1)
    return out
