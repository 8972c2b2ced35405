"""Connected cells: kernels of `prototypes.grids.split.connected_parts` and of what is enclosed.

The image is copied into a frame of empty cells, so that a walk over it needs no look at its
edges. A walk notes every cell it reaches and empties it, so that it is not found again. A place is
one word: the index in the framed image, its row and its column there, so that a step to a
neighbour is one addition.
"""

import numpy as np

from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.images import fill
from peirce.agent.proposers.symbolic.grids.engine.scratch import Work
from peirce.agent.proposers.symbolic.grids.engine.types import Image, Ints
from peirce.agent.proposers.symbolic.grids.engine.viewing import cut, local, view

ANY = 0
"""Stands for all colours but 0."""
INDEX, ROW = 42, 21
"""Bits of a place to the right of the index, and of the row."""
FIELD = (1 << ROW) - 1
NEIGHBOURS = 8


@inlined
def frame_for(image: Image, work: Work) -> Image:
    """Room for the image with a frame around it."""
    return view(work.cells, 0, image.shape[0] + 2, image.shape[1] + 2)


@kernel
def put_in_frame(image: Image, frame: Image) -> None:
    """Copy the image into a frame of empty cells."""
    height, width = image.shape
    fill(frame, 0)
    for r in range(height):
        for c in range(width):
            frame[r + 1, c + 1] = image[r, c]


@kernel
def take_from_frame(frame: Image, image: Image) -> None:
    """Copy what is in the frame."""
    height, width = image.shape
    for r in range(height):
        for c in range(width):
            image[r, c] = frame[r + 1, c + 1]


@kernel
def _steps(wide: int, steps: Ints) -> None:
    """Steps to the eight neighbours, those over a side first."""
    down, right = (wide << INDEX) + (1 << ROW), (1 << INDEX) + 1
    steps[0], steps[1], steps[2], steps[3] = -down, down, -right, right
    steps[4], steps[5] = -down - right, -down + right
    steps[6], steps[7] = down - right, down + right


@kernel
def _walk(
    frame: np.ndarray, places: Ints, reached: int, colour: int, reach: int, steps: Ints
) -> int:
    """Reach all cells connected to those that are noted; returns how many are noted then."""
    done = 0
    while done < reached:
        here = places[done]
        done += 1
        for k in range(reach):
            place = here + steps[k]
            at = np.uint64(place >> INDEX)
            cell = frame[at]
            if cell != 0 and (colour == ANY or cell == colour):
                frame[at] = 0
                places[reached] = place
                reached += 1
    return reached


@kernel
def _place(r: int, c: int, wide: int) -> int:
    return (((r + 1) * wide + c + 1) << INDEX) + ((r + 1) << ROW) + c + 1


@kernel
def row_of(place: int) -> int:
    """The row of a place in the image."""
    return ((place >> ROW) & FIELD) - 1


@kernel
def column_of(place: int) -> int:
    """The column of a place in the image."""
    return (place & FIELD) - 1


@kernel
def next_part(
    frame: Image, start: int, diagonally: bool, by_colour: bool, places: Ints
) -> tuple[int, int]:
    """Walk over the first part at or behind an index of the frame.

    Returns:
        The index of its first cell, and how many cells it has: they are noted in `places`, and
        taken out of the frame. No cells if there is no part.
    """
    wide, size = frame.shape[1], frame.size
    flat = cut(frame, 0, size)
    at = start
    while at < size and flat[at] == 0:
        at += 1
    if at == size:
        return size, 0
    steps = local(NEIGHBOURS)
    _steps(wide, steps)
    places[0] = _place(at // wide - 1, at % wide - 1, wide)
    colour = int(flat[at]) if by_colour else ANY
    flat[at] = 0
    return at, _walk(flat, places, 1, colour, 8 if diagonally else 4, steps)


@kernel
def count_parts(image: Image, work: Work) -> int:
    """How many connected parts of one colour there are."""
    frame = frame_for(image, work)
    put_in_frame(image, frame)
    at, cells, count = 0, 1, -1
    while cells > 0:
        at, cells = next_part(frame, at, False, True, work.places)
        count += 1
    return count


@kernel
def box_of(places: Ints, count: int) -> tuple[int, int, int, int]:
    """Top, left, bottom, right (exclusive) of some places."""
    top, left = row_of(places[0]), column_of(places[0])
    bottom, right = top, left
    for k in range(1, count):
        r, c = row_of(places[k]), column_of(places[k])
        top, left = min(top, r), min(left, c)
        bottom, right = max(bottom, r), max(right, c)
    return top, left, bottom + 1, right + 1


@kernel
def find_enclosed(image: Image, diagonally: bool, frame: Image, places: Ints) -> None:
    """Mark with 1 the empty cells that no walk from the edge over empty cells reaches."""
    height, width = image.shape
    wide, reached = width + 2, 0
    fill(frame, 0)
    for r in range(height):
        step = 1 if r == 0 or r == height - 1 else max(width - 1, 1)
        for c in range(width):
            frame[r + 1, c + 1] = image[r, c] == 0
        for c in range(0, width, step):
            if image[r, c] == 0:
                frame[r + 1, c + 1] = 0
                places[reached] = _place(r, c, wide)
                reached += 1
    steps = local(NEIGHBOURS)
    _steps(wide, steps)
    _walk(cut(frame, 0, frame.size), places, reached, ANY, 8 if diagonally else 4, steps)
