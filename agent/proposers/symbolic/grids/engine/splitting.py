"""Kernels of `prototypes.grids.split`: one image in, a list of images out."""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import (
    COLOURS,
    count_colours,
    fill,
    most_frequent,
)
from peirce.agent.proposers.symbolic.grids.engine.labelling import (
    box_of,
    column_of,
    frame_for,
    next_part,
    put_in_frame,
    row_of,
)
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, emit, room
from peirce.agent.proposers.symbolic.grids.engine.types import Image
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, local


@kernel
def split_layers(image: Image, top: int, left: int, out: Scratch) -> bool:
    """One layer per colour, the most frequent first."""
    height, width = image.shape
    cells, counts = cut(image, 0, image.size), local(COLOURS)
    count_colours(image, counts)
    while True:
        best = most_frequent(counts)
        if best == 0:
            return True
        counts[best] = 0
        layer = room(out, height, width, top, left)
        if layer.size == 0:
            return False
        colour, layered = np.uint8(best), cut(layer, 0, layer.size)
        for i in range(cells.size):
            layered[i] = colour if cells[i] == colour else np.uint8(0)


@kernel
def split_lines(image: Image, top: int, left: int, out: Scratch, upright: bool) -> bool:
    """The rows, or the columns."""
    height, width = image.shape
    for k in range(width if upright else height):
        if upright:
            done = emit(out, image[:, k : k + 1], top, left + k)
        else:
            done = emit(out, image[k : k + 1, :], top + k, left)
        if not done:
            return False
    return True


@kernel
def split_connected(
    image: Image, top: int, left: int, out: Scratch, diagonally: bool, by_colour: bool
) -> bool:
    """The connected parts of the content."""
    frame, places = frame_for(image, out.work), out.work.places
    put_in_frame(image, frame)
    at, count = next_part(frame, 0, diagonally, by_colour, places)
    while count > 0:
        t, ell, b, r = box_of(places, count)
        part = room(out, b - t, r - ell, top + t, left + ell)
        if part.size == 0:
            return False
        fill(part, 0)
        for k in range(count):
            y, x = row_of(places[k]), column_of(places[k])
            part[y - t, x - ell] = image[y, x]
        at, count = next_part(frame, at, diagonally, by_colour, places)
    return True


@kernel
def _full_line(image: Image, k: int, upright: bool) -> int:
    length = image.shape[0] if upright else image.shape[1]
    first = image[0, k] if upright else image[k, 0]
    for i in range(length):
        if (image[i, k] if upright else image[k, i]) != first:
            return 0
    return first


@kernel
def separator_colour(image: Image) -> int:
    """The colour of most whole lines; 0 for none, or if it is the only colour."""
    height, width = image.shape
    votes = local(COLOURS)
    votes[:] = 0
    for r in range(height):
        votes[_full_line(image, r, False)] += 1
    for c in range(width):
        votes[_full_line(image, c, True)] += 1
    best = most_frequent(votes)
    if best and votes[best] == height + width:
        return 0
    return best


@kernel
def _next_gap(image: Image, start: int, colour: int, upright: bool) -> tuple[int, int]:
    """Start and end of the next lines between separators, from a line on; -1 for none."""
    length = image.shape[1] if upright else image.shape[0]
    while start < length and _full_line(image, start, upright) == colour:
        start += 1
    end = start
    while end < length and _full_line(image, end, upright) != colour:
        end += 1
    return (start, end) if end > start else (-1, -1)


@kernel
def split_panels(image: Image, top: int, left: int, out: Scratch) -> bool:
    """Cut at the separators; no result without any."""
    colour = separator_colour(image)
    if colour == 0:
        return False
    t, b = _next_gap(image, 0, colour, False)
    while t >= 0:
        ell, r = _next_gap(image, 0, colour, True)
        while ell >= 0:
            if not emit(out, image[t:b, ell:r], top + t, left + ell):
                return False
            ell, r = _next_gap(image, r, colour, True)
        t, b = _next_gap(image, b, colour, False)
    return True


@kernel
def split_equal(image: Image, top: int, left: int, out: Scratch, count: int, upright: bool) -> bool:
    """So many equal panels, with nothing or one line between them; no result if it cannot be."""
    height, width = image.shape
    length = width if upright else height
    for gap in range(2):
        side = (length - gap * (count - 1)) // count
        if side <= 0 or side * count + gap * (count - 1) != length:
            continue
        for k in range(count):
            start = k * (side + gap)
            if upright:
                done = emit(out, image[:, start : start + side], top, left + start)
            else:
                done = emit(out, image[start : start + side, :], top + start, left)
            if not done:
                return False
        return True
    return False


@kernel
def split_corners(image: Image, top: int, left: int, out: Scratch, tall: int, wide: int) -> bool:
    """The windows at the four corners; no result if the image is not larger."""
    height, width = image.shape
    if height < tall or width < wide or height * width == tall * wide:
        return False
    for k in range(4):
        t = height - tall if k >= 2 else 0
        ell = width - wide if k & 1 else 0
        if not emit(out, image[t : t + tall, ell : ell + wide], top + t, left + ell):
            return False
    return True


@inlined
def split(code: int, arg: int, image: Image, top: int, left: int, out: Scratch) -> bool:
    """Apply an operation of the splitting group; false for no result."""
    if code == 0:
        return split_layers(image, top, left, out)
    if code == 1:
        return split_lines(image, top, left, out, arg == 1)
    if code == 2:
        return split_connected(image, top, left, out, arg & 1 != 0, arg & 2 != 0)
    if code == 3:
        return split_panels(image, top, left, out)
    if code == 6:
        return split_corners(image, top, left, out, arg // 100, arg % 100)
    return split_equal(image, top, left, out, arg, code == 4)
