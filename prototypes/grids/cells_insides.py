"""Layers about being inside: enclosed background, depth in a patch, boxes around objects."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from peirce.prototypes.grids.cells_scene import (
    AROUND,
    NOTHING,
    SIDES,
    Cell,
    Kind,
    Layer,
    Part,
    Rows,
    Scene,
    most_common,
)


def _depth(scene: Scene) -> Rows:
    """Steps from the cell to the nearest cell outside its patch; 0 at the patch's edge."""
    out = scene.fill(NOTHING)
    grid = scene.grid
    ring = [
        (row, column)
        for row, column in scene.cells()
        if any(scene.colour_at(row + d, column + r) != grid[row][column] for d, r in SIDES)
    ]
    for row, column in ring:
        out[row][column] = 0
    while ring:
        ahead: list[Cell] = []
        for row, column in ring:
            for down, right in SIDES:
                near = (row + down, column + right)
                if scene.inside(*near) and out[near[0]][near[1]] == NOTHING:
                    out[near[0]][near[1]] = out[row][column] + 1
                    ahead.append(near)
        ring = ahead
    return out


def _enclosed(scene: Scene) -> Rows:
    """1 for background that no way of side steps connects to the border."""
    out = scene.fill(0)
    for part in scene.patches:
        row, column = part.cells[0]
        if scene.grid[row][column] == scene.background and not part.touches_border(scene):
            for row, column in part.cells:
                out[row][column] = 1
    return out


def _sealed(scene: Scene) -> Rows:
    """1 for background that no way of steps, diagonal ones included, connects to the border."""
    out, background = scene.fill(0), scene.background
    for row, column in scene.cells():
        out[row][column] = int(scene.grid[row][column] == background)
    ring = [
        (row, column)
        for row, column in scene.cells()
        if out[row][column] and (row in (0, scene.height - 1) or column in (0, scene.width - 1))
    ]
    for row, column in ring:
        out[row][column] = 0
    for row, column in ring:
        for down, right in AROUND:
            near = (row + down, column + right)
            if scene.inside(*near) and out[near[0]][near[1]]:
                out[near[0]][near[1]] = 0
                ring.append(near)
    return out


def _box_colour(segment: Callable[[Scene], Sequence[Part]]) -> Callable[[Scene], Rows]:
    """The main colour of the smallest area whose enclosing box holds the cell."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(NOTHING)
        boxes = sorted(segment(scene), key=lambda part: -part.height * part.width)
        for part in boxes:
            colour = most_common(Counter(scene.grid[row][column] for row, column in part.cells))
            for row in range(part.top, part.bottom + 1):
                for column in range(part.left, part.right + 1):
                    out[row][column] = colour
        return out

    return compute


def _touches(segment: Callable[[Scene], Sequence[Part]]) -> Callable[[Scene], Rows]:
    """1 for background next to an area, corners included, and inside no box of one."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(0)
        for part in segment(scene):
            for row in range(max(0, part.top - 1), min(scene.height, part.bottom + 2)):
                for column in range(max(0, part.left - 1), min(scene.width, part.right + 2)):
                    out[row][column] = 1
        for part in segment(scene):
            for row in range(part.top, part.bottom + 1):
                for column in range(part.left, part.right + 1):
                    out[row][column] = 0
        return out

    return compute


def _frame_place(scene: Scene) -> Rows:
    """Where the cell lies just outside the box of an object: 1 to 8 in reading order, else 0."""
    out = scene.fill(0)
    for part in scene.clusters:
        spans = (
            ((part.top - 1,), range(part.top, part.bottom + 1), (part.bottom + 1,)),
            ((part.left - 1,), range(part.left, part.right + 1), (part.right + 1,)),
        )
        places = [(rows, columns) for rows in spans[0] for columns in spans[1]]
        del places[4]
        for number, (rows, columns) in enumerate(places, 1):
            for row in rows:
                for column in columns:
                    if scene.colour_at(row, column) == scene.background:
                        out[row][column] = number
    return out


INSIDES: Final[dict[str, Layer]] = {
    "enclosed": Layer("it is enclosed", Kind.FLAG, _enclosed),
    "sealed": Layer("it is enclosed even for diagonal steps", Kind.FLAG, _sealed),
    "depth": Layer("the distance to the edge of its patch", Kind.PLACE, _depth),
    "object_box": Layer(
        "the colour of the object whose box it lies in",
        Kind.COLOUR,
        _box_colour(lambda scene: scene.objects),
    ),
    "cluster_box": Layer(
        "the main colour of the cluster whose box it lies in",
        Kind.COLOUR,
        _box_colour(lambda scene: scene.clusters),
    ),
    "frame_place": Layer(
        "the place just outside the box of a cluster, in reading order",
        Kind.NUMBER,
        _frame_place,
    ),
    "object_frame": Layer(
        "it lies just outside the box of an object",
        Kind.FLAG,
        _touches(lambda scene: scene.objects),
    ),
}
"""Every layer of this module by name."""
