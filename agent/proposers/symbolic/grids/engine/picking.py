"""Kernels of `prototypes.grids.pick`: properties of images, and choosing by them."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.counting import count_of
from peirce.agent.proposers.symbolic.grids.engine.images import (
    COLOURS,
    count_cells,
    count_colours,
    main_colour,
    most_frequent,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import find_enclosed, frame_for
from peirce.agent.proposers.symbolic.grids.engine.scratch import (
    MAX_IMAGES,
    Scratch,
    Work,
    emit_stored,
    image_at,
)
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Image, Ints
from peirce.agent.proposers.symbolic.grids.engine.viewing import local

PROPERTIES = (
    "cells",
    "area",
    "height",
    "width",
    "colours",
    "pieces",
    "holes",
    "symmetries",
    "minor cells",
    "top",
    "left",
    "bottom",
    "right",
    "copies",
    "shape copies",
    "colour copies",
)
"""Names of the properties, in the order of their codes."""


@kernel
def symmetries(image: Image) -> int:
    """How many of the two mirror axes the image has."""
    height, width = image.shape
    across, down = 1, 1
    for r in range(height):
        for c in range(width):
            if image[r, c] != image[r, width - 1 - c]:
                across = 0
            if image[r, c] != image[height - 1 - r, c]:
                down = 0
    return across + down


@kernel
def _holes(image: Image, work: Work) -> int:
    inside = frame_for(image, work)
    find_enclosed(image, False, inside, work.places)
    return count_cells(inside)


@kernel
def _minor_cells(image: Image) -> int:
    counts = local(COLOURS)
    count_colours(image, counts)
    most = most_frequent(counts)
    return image.size - counts[0] - (counts[most] if most else 0)


@inlined
def _size_property(code: int, image: Image, work: Work) -> int:
    height, width = image.shape
    if code == 0:
        return count_cells(image)
    if code == 1:
        return height * width
    if code == 2:
        return height
    if code == 3:
        return width
    if code == 4:
        return count_of(image, 1, work)
    if code == 5:
        return count_of(image, 2, work)
    if code == 6:
        return _holes(image, work)
    if code == 7:
        return symmetries(image)
    return _minor_cells(image)


@inlined
def _place_property(code: int, head: Heads) -> int:
    if code == 9:
        return head[3]
    if code == 10:
        return head[4]
    if code == 11:
        return head[3] + head[1]
    return head[4] + head[2]


@kernel
def _likeness(code: int, image: Image) -> np.uint64:
    """Equal for images that count as copies: 13 in all, 14 in shape, 15 in main colour."""
    if code == 15:
        return np.uint64(main_colour(image))
    height, width = image.shape
    key = np.uint64(height * 1000 + width)
    for r in range(height):
        for c in range(width):
            cell = np.uint64(image[r, c] if code == 13 else image[r, c] != 0)
            key = (key ^ cell) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
    return key


@kernel
def _count_copies(
    code: int, cells: np.ndarray, heads: Heads, first: int, count: int, values: Ints
) -> None:
    keys = local(MAX_IMAGES)
    for k in range(count):
        keys[k] = np.int64(_likeness(code, image_at(cells, heads, first + k)))
    for k in range(count):
        same = 0
        for j in range(count):
            same += keys[j] == keys[k]
        values[k] = same


@kernel
def measure(
    code: int, cells: np.ndarray, heads: Heads, first: int, count: int, work: Work, values: Ints
) -> None:
    """Write down the property of every image of a list."""
    if code >= 13:
        _count_copies(code, cells, heads, first, count, values)
        return
    for k in range(count):
        if code < 9:
            values[k] = _size_property(code, image_at(cells, heads, first + k), work)
        else:
            values[k] = _place_property(code, heads[first + k])


@kernel
def _keeps(code: int, value: int, least: int, most: int) -> bool:
    if code < 4:
        return value == (most if code & 1 == 0 else least)
    return value != (most if code & 1 == 0 else least)


@kernel
def choose(
    code: int, arg: int, cells: np.ndarray, heads: Heads, first: int, count: int, out: Scratch
) -> bool:
    """Pick (codes 0 and 1: most, least), keep (2, 3) or drop (4, 5) by property `arg`.

    No result when all images are equal in the property, or when nothing is left.
    """
    values = local(MAX_IMAGES)
    measure(arg, cells, heads, first, count, out.work, values)
    most, least = values[0], values[0]
    for k in range(count):
        most = max(most, values[k])
        least = min(least, values[k])
    if most == least and count > 1:
        return False
    for k in range(count):
        if _keeps(code, values[k], least, most):
            head = heads[first + k]
            if not emit_stored(out, cells, heads, first + k, head[3], head[4]):
                return False
            if code < 2:
                return True
    return out.used[1] > 0


@kernel
def rising(values: Ints, count: int, order: Ints) -> None:
    """Indices in order of the values, the least first; equal ones stay in order."""
    for k in range(count):
        at = k
        while at > 0 and values[order[at - 1]] > values[k]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = k


@kernel
def arrange(
    code: int, arg: int, cells: np.ndarray, heads: Heads, first: int, count: int, out: Scratch
) -> bool:
    """0: pick by place (first, second, last); 1: sort by property `arg`; 2: reverse."""
    if code == 0:
        if arg == 1 and count < 2:
            return False
        k = first + (count - 1 if arg == 2 else arg)
        return emit_stored(out, cells, heads, k, heads[k, 3], heads[k, 4])
    values, order = local(MAX_IMAGES), local(MAX_IMAGES)
    measure(arg if code == 1 else 1, cells, heads, first, count, out.work, values)
    rising(values, count, order)
    for i in range(count):
        k = first + (order[i] if code == 1 else count - 1 - i)
        if not emit_stored(out, cells, heads, k, heads[k, 3], heads[k, 4]):
            return False
    return True
