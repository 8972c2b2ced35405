"""Rays: lines that start at coloured cells and run until something stops them.

A `Ray` says from which colour lines start, which way they go, what they are drawn with, what stops
them, and what they must hit to be drawn at all. `shoot(grid, *rays)` draws them in order; sources
and obstacles are those of the grid as it was, so that one line does not stop another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from peirce.prototypes.grids.cells_scene import AROUND, NOTHING, SIDES, Cell, Rows, Scene
from peirce.tasks.values import Grid

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
TELLING: Final = ("away", "onward", "tail", "across")
"""Ways told by what lies next to the source: away from another colour, onward in the source's own
line, onward where the source is a tail (one neighbour of its colour), across another colour."""
ELBOWS: Final = ("elbow_across", "elbow_down")
"""Ways to the only cell of the colour to be hit, round one corner: along the row or the column
first, over whatever is in the way."""
STOPS: Final = (
    "obstacle", "behind", "over", "edge", "bounce", "rebound", "turn_left", "turn_right",
)  # fmt: skip
"""What happens at a cell that is not background: the ray ends before it, goes on behind it, is
drawn over it, is drawn to the edge of the area it starts into, is thrown back (rebounding also from
the border), or turns by a quarter."""


@dataclass(frozen=True, slots=True)
class Ray:
    """Lines that start at every cell of one colour."""

    source: int
    """Colour of the cells the lines start at; `NOTHING` for every colour but the background."""
    ways: tuple[str, ...]
    """Names from `WAYS`, `TELLING` and `ELBOWS`, or 'flood' and 'flood_around' for the whole free
    area."""
    ink: int = NOTHING
    """Colour of the lines; `NOTHING` for the colour of their source."""
    stop: str = "obstacle"
    """One of `STOPS`."""
    hits: int | str = "anything"
    """A line is drawn only if what ends it is this colour, or: 'border', 'same' for the colour of
    the source, 'other' for another colour, 'anything'."""
    stride: int = 1
    """Every how many cells there is a dot."""


class Line(NamedTuple):
    """One line as it would be drawn."""

    source: int
    """Colour of the cell it starts at."""
    cells: tuple[Cell, ...]
    """From the start, without the source."""


def shoot(grid: Rows, *rays: Ray, crossing: int = NOTHING) -> Grid:
    """The grid with the lines of all rays drawn, later ones over earlier ones.

    Where a line meets another colour the cell becomes `crossing`, if that is given.
    """
    scene = Scene(grid)
    out = [list(row) for row in scene.grid]
    for ray in rays:
        for way in ray.ways:
            for line in lines(scene, ray, way):
                ink = line.source if ray.ink == NOTHING else ray.ink
                free = (scene.background, ink)
                for row, column in line.cells:
                    meets = crossing != NOTHING and out[row][column] not in free
                    out[row][column] = crossing if meets else ink
    return tuple(tuple(row) for row in out)


def lines(scene: Scene, ray: Ray, way: str) -> Iterator[Line]:
    """The lines of a ray in one of its ways."""
    if way in ("flood", "flood_around"):
        yield from _floods(scene, ray.source, SIDES if way == "flood" else AROUND)
        return
    if way in ELBOWS:
        yield from _elbows(scene, ray, across=way == "elbow_across")
        return
    for row, column in scene.cells():
        colour = scene.grid[row][column]
        if colour != scene.background if ray.source == NOTHING else colour == ray.source:
            for step in _steps(scene, row, column, way):
                cells, end = _walk(scene, row, column, step, ray.stop)
                if cells and _is_hit(end, colour, ray.hits):
                    yield Line(colour, tuple(cells[ray.stride - 1 :: ray.stride]))


def _steps(scene: Scene, row: int, column: int, way: str) -> list[Cell]:
    """Where lines of this way start off from a cell, as steps."""
    if way in WAYS:
        step = WAYS[way]
        return [step] if _is_tip(scene, row, column, step) else []
    colour, chosen = scene.grid[row][column], list[Cell]()
    for down, right in WAYS.values():
        behind = scene.colour_at(row - down, column - right)
        ahead = scene.colour_at(row + down, column + right)
        is_other = behind not in (NOTHING, colour, scene.background)
        match way:
            case "away":
                fits = is_other and (down == 0 or right == 0) and ahead == scene.background
            case "onward":
                fits = behind == colour and ahead == scene.background
                fits = fits and _is_tip(scene, row, column, (down, right))
            case "tail":
                fits = behind == colour and ahead == scene.background
                fits = fits and _like_neighbours(scene, row, column) == 1
            case _:
                is_other = ahead not in (NOTHING, colour, scene.background)
                fits = is_other and (down == 0 or right == 0)
        if fits:
            chosen.append((down, right))
    return chosen


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


def _walk(scene: Scene, row: int, column: int, step: Cell, stop: str) -> tuple[list[Cell], int]:
    """The cells of a line, and the colour that ends it (`NOTHING` for the border)."""
    if stop not in ("obstacle", "behind", "over", "edge"):
        return _wander(scene, row, column, step, stop)
    cells: list[Cell] = []
    end = NOTHING
    row, column = row + step[0], column + step[1]
    free = scene.colour_at(row, column) if stop == "edge" else scene.background
    while scene.inside(row, column):
        colour = scene.grid[row][column]
        if colour != free and end == NOTHING:
            end = colour
        if colour == free or stop == "over":
            cells.append((row, column))
        elif stop != "behind":
            break
        row, column = row + step[0], column + step[1]
    return cells, end


def _wander(scene: Scene, row: int, column: int, step: Cell, stop: str) -> tuple[list[Cell], int]:
    """A line that changes its way at obstacles until it leaves the grid or repeats itself."""
    cells: list[Cell] = []
    seen: set[tuple[Cell, Cell]] = set()
    down, right = step
    end = NOTHING
    while ((row, column), (down, right)) not in seen:
        seen.add(((row, column), (down, right)))
        ahead = scene.colour_at(row + down, column + right)
        if ahead == scene.background:
            row, column = row + down, column + right
            cells.append((row, column))
            continue
        end = ahead
        if (ahead == NOTHING and stop != "rebound") or (stop.endswith("bound") and 0 in step):
            break
        down, right = _turned(scene, row, column, (down, right), stop)
    return list(dict.fromkeys(cells)), end


def _turned(scene: Scene, row: int, column: int, step: Cell, stop: str) -> Cell:
    """The way a line goes on when it cannot go ahead."""
    down, right = step
    match stop:
        case "turn_left":
            return -right, down
        case "turn_right":
            return right, -down
        case _:
            blocked_down = scene.colour_at(row + down, column) != scene.background
            blocked_right = scene.colour_at(row, column + right) != scene.background
            back_down = blocked_down or not blocked_right
            back_right = blocked_right or not blocked_down
            return (-down if back_down else down), (-right if back_right else right)


def _is_hit(end: int, colour: int, wanted: int | str) -> bool:
    match wanted:
        case "anything":
            return True
        case "border":
            return end == NOTHING
        case "same":
            return end == colour
        case "other":
            return end not in (NOTHING, colour)
        case _:
            return end == wanted


def _elbows(scene: Scene, ray: Ray, *, across: bool) -> Iterator[Line]:
    """Lines round one corner to the only cell of the colour that is to be hit."""
    ends = [cell for cell in scene.cells() if scene.grid[cell[0]][cell[1]] == ray.hits]
    if len(ends) != 1:
        return
    bottom, right = ends[0]
    for row, column in scene.cells():
        colour = scene.grid[row][column]
        if colour != ray.source and (ray.source != NOTHING or colour == scene.background):
            continue
        turn = (row, right) if across else (bottom, column)
        way = [*_straight((row, column), turn), *_straight(turn, ends[0])]
        cells = tuple(cell for cell in way if cell not in (ends[0], (row, column)))
        if cells:
            yield Line(colour, cells)


def _straight(start: Cell, end: Cell) -> list[Cell]:
    """The cells from one to another in the same row or column, both included."""
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return [
        (row, column)
        for row in range(rows[0], rows[1] + 1)
        for column in range(columns[0], columns[1] + 1)
    ]


def _floods(scene: Scene, source: int, steps: tuple[Cell, ...]) -> Iterator[Line]:
    """The free cells that can be reached from the sources of each colour."""
    for colour in scene.colours if source == NOTHING else (source,):
        cells = [c for c in scene.cells() if scene.grid[c[0]][c[1]] == colour]
        start, seen = len(cells), set(cells)
        for row, column in cells:
            for down, right in steps:
                near = (row + down, column + right)
                if near not in seen and scene.colour_at(*near) == scene.background:
                    seen.add(near)
                    cells.append(near)
        if len(cells) > start:
            yield Line(colour, tuple(cells[start:]))
