"""Where rays start and which way they go: fixed ways, and ways told by what is around it."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from peirce.prototypes.grids.cells_scene import AROUND, NOTHING, SIDES, Cell, Scene

WAYS: Final[dict[str, Cell]] = {
    "left": (0, -1),
    "right": (0, 1),
    "up": (-1, 0),
    "down": (1, 0),
    "up_left": (-1, -1),
    "up_right": (-1, 1),
    "down_left": (1, -1),
    "down_right": (1, 1),
}
"""The fixed ways a ray can go, as (rows down, columns right)."""


class Start(NamedTuple):
    """Where a line starts, and which way it goes."""

    row: int
    column: int
    step: Cell


def _is_tip(scene: Scene, row: int, column: int, step: Cell) -> bool:
    """Whether nothing of the source's colour lies beside the start of a diagonal line."""
    if 0 in step:
        return True
    colour = scene.grid[row][column]
    return colour not in (
        scene.colour_at(row + step[0], column),
        scene.colour_at(row, column + step[1]),
    )


def _like_neighbours(scene: Scene, row: int, column: int) -> int:
    colour = scene.grid[row][column]
    return sum(scene.colour_at(row + d, column + r) == colour for d, r in AROUND)


def _ahead(scene: Scene, row: int, column: int, step: Cell) -> int:
    return scene.colour_at(row + step[0], column + step[1])


def _behind(scene: Scene, row: int, column: int, step: Cell) -> int:
    return scene.colour_at(row - step[0], column - step[1])


def _is_free_ahead(scene: Scene, row: int, column: int, step: Cell) -> bool:
    return _ahead(scene, row, column, step) == scene.background


def _is_other(scene: Scene, row: int, column: int, colour: int) -> bool:
    return colour not in (NOTHING, scene.grid[row][column], scene.background)


def _away(scene: Scene, row: int, column: int, step: Cell) -> bool:
    behind = _behind(scene, row, column, step)
    other = 0 in step and _is_other(scene, row, column, behind)
    return other and _is_free_ahead(scene, row, column, step)


def _onward(scene: Scene, row: int, column: int, step: Cell) -> bool:
    own = _behind(scene, row, column, step) == scene.grid[row][column]
    return own and _is_free_ahead(scene, row, column, step) and _is_tip(scene, row, column, step)


def _tail(scene: Scene, row: int, column: int, step: Cell) -> bool:
    own = _behind(scene, row, column, step) == scene.grid[row][column]
    free = own and _is_free_ahead(scene, row, column, step)
    return free and _like_neighbours(scene, row, column) == 1


def _across(scene: Scene, row: int, column: int, step: Cell) -> bool:
    return 0 in step and _is_other(scene, row, column, _ahead(scene, row, column, step))


def _inward(scene: Scene, row: int, column: int, step: Cell) -> bool:
    return 0 in step and not scene.inside(row - step[0], column - step[1])


def _nearest(scene: Scene, row: int, column: int, step: Cell) -> bool:
    rooms = (row, scene.height - 1 - row, column, scene.width - 1 - column)
    return step in SIDES and rooms.count(min(rooms)) == 1 and rooms[SIDES.index(step)] == min(rooms)


def _farthest(scene: Scene, row: int, column: int, step: Cell) -> bool:
    rooms = (row, scene.height - 1 - row, column, scene.width - 1 - column)
    return step in SIDES and rooms.count(max(rooms)) == 1 and rooms[SIDES.index(step)] == max(rooms)


def _open(scene: Scene, row: int, column: int, step: Cell) -> bool:
    beside = (scene.colour_at(row + step[0], column), scene.colour_at(row, column + step[1]))
    own = 0 not in step and set(beside) == {scene.grid[row][column]}
    return own and _is_free_ahead(scene, row, column, step)


def _pointing(scene: Scene, row: int, column: int, step: Cell) -> bool:
    if not _is_free_ahead(scene, row, column, step):
        return False
    down, right = step
    colour = scene.grid[row][column]
    if 0 in step:
        wings = {(-down + right, -right + down), (-down - right, -right - down)}
    else:
        wings = {(-down, 0), (0, -right)}
    own = {(d, r) for d, r in AROUND if scene.colour_at(row + d, column + r) == colour}
    return own - {(-down, -right)} == wings


TELLING: Final[dict[str, Callable[[Scene, int, int, Cell], bool]]] = {
    "away": _away,
    "onward": _onward,
    "tail": _tail,
    "across": _across,
    "inward": _inward,
    "nearest": _nearest,
    "farthest": _farthest,
    "open": _open,
    "pointing": _pointing,
}
"""Ways told by where the source lies and what lies next to it: away from another colour, onward in
the source's own line, onward where the source is a tail (one neighbour of its colour), across
another colour, inward from the border it touches, to the nearest or the farthest border, out of
the open side of a corner of its colour, as the corner of its colour points."""


def starts(scene: Scene, source: int, way: str) -> Iterator[Start]:
    """Where lines of a way start that is no flood and goes round no corner."""
    tells = TELLING.get(way, _is_tip)
    steps = (WAYS[way],) if way in WAYS else tuple(WAYS.values())
    for row, column in scene.cells():
        colour = scene.grid[row][column]
        if colour != scene.background if source == NOTHING else colour == source:
            for step in steps:
                if tells(scene, row, column, step):
                    yield Start(row, column, step)
