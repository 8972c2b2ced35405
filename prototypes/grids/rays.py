"""Rays: lines that start at coloured cells and run until something stops them.

A `Ray` says from which colour lines start, which way they go, what they are drawn with, what stops
them, and what they must hit to be drawn at all. `shoot(grid, *rays)` draws them in order; sources
and obstacles are those of the grid as it was, so that one line does not stop another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from peirce.prototypes.grids.cells_scene import AROUND, NOTHING, SIDES, Cell, Rows, Scene
from peirce.prototypes.grids.rays_paths import TURNS, wander
from peirce.prototypes.grids.rays_ways import Start, starts
from peirce.tasks.values import Grid

RINGS: Final = ("rings", "diamonds")
"""Instead of ways, all that is free around the source, ring by ring: squares, or counted by steps
over sides."""
MOST_RINGED: Final = 4
"""Cells of one colour that rings are drawn around."""
ELBOWS: Final = ("elbow_across", "elbow_down")
"""Ways to the only cell of the colour to be hit, round one corner: along the row or the column
first, over whatever is in the way."""
STOPS: Final = ("obstacle", "behind", "over", "edge", *TURNS)
"""What happens at a cell that is not background: the ray ends before it, goes on behind it, is
drawn over it, is drawn to the edge of the area it starts into, or changes its way."""
HALF: Final = -1
"""As the reach of a ray: half the cells that it would have."""
GAP: Final = -2
"""In the colours of a line: a cell that it leaves as it is."""

Ink: TypeAlias = int | str | tuple[int, ...]
"""What a line is drawn with: one colour; colours in turn, `GAP` among them; 'end' for the colour of
what ends it (not drawn where that is the border); 'passed' for the colour it passed last. `NOTHING`
stands for the colour of its source."""


@dataclass(frozen=True, slots=True)
class Ray:
    """Lines that start at every cell of one colour."""

    source: int
    """Colour of the cells the lines start at; `NOTHING` for every colour but the background."""
    ways: tuple[str, ...]
    """Names from `WAYS`, `TELLING`, `RINGS` and `ELBOWS`, or 'flood' and 'flood_around' for the
    whole free area."""
    ink: Ink = NOTHING
    stop: str = "obstacle"
    """One of `STOPS`."""
    hits: int | str = "anything"
    """A line is drawn only if what ends it is this colour, or: 'border', 'same' for the colour of
    the source, 'other' for another colour, 'anything'."""
    wall: int = NOTHING
    """A colour that no line starts at and that ends those which go on behind or over all else."""
    reach: int = 0
    """After how many cells a line ends at the latest; 0 for no limit, `HALF` for half the way."""
    signs: Cell = (NOTHING, NOTHING)
    """The colours at which lines turn left and right, if they turn by signs."""


class Line(NamedTuple):
    """One line as it would be drawn."""

    source: int
    """Colour of the cell it starts at."""
    cells: tuple[Cell, ...]
    """From the start, without the source."""
    end: int = NOTHING
    """Colour of what it meets first, or ends at; `NOTHING` for the border."""
    places: tuple[int, ...] = ()
    """How far each cell is along the line, if it is not the number of those before it."""

    @property
    def distances(self) -> Sequence[int]:
        """How many cells, or rings, lie between the source and each cell."""
        return self.places or range(len(self.cells))

    def cut(self, reach: int) -> "Line":
        """The line without what lies farther."""
        if reach == HALF:
            reach = len(self.cells) // 2
        count = sum(place < reach for place in self.distances)
        return self._replace(cells=self.cells[:count], places=self.places[:count])


def shoot(grid: Rows, *rays: Ray, crossing: int = NOTHING) -> Grid:
    """The grid with the lines of all rays drawn, later ones over earlier ones.

    Where a line meets another colour the cell becomes `crossing`, if that is given.
    """
    scene = Scene(grid)
    out = [list(row) for row in scene.grid]
    for ray in rays:
        for way in ray.ways:
            for line in lines(scene, ray, way):
                for (row, column), ink in zip(line.cells, inks(scene, ray.ink, line), strict=True):
                    if ink == GAP:
                        continue
                    meets = crossing != NOTHING and out[row][column] not in (scene.background, ink)
                    out[row][column] = crossing if meets else ink
    return tuple(tuple(row) for row in out)


def spiral(height: int, width: int, colour: int) -> Grid:
    """A line that winds from the upper left corner clockwise to the middle of an empty grid."""
    empty = [[0] * width for _ in range(height)]
    empty[0][0] = colour
    return shoot(empty, Ray(colour, ("right",), stop="wind_right"))


def inks(scene: Scene, ink: Ink, line: Line) -> list[int]:
    """The colour of every cell of a line, `GAP` where it is not drawn."""
    match ink:
        case "end":
            return [GAP if line.end == NOTHING else line.end] * len(line.cells)
        case "passed":
            shown, colours = line.source, list[int]()
            for row, column in line.cells:
                colour = scene.grid[row][column]
                shown = shown if colour == scene.background else colour
                colours.append(shown)
            return colours
        case tuple():
            turn = [line.source if colour == NOTHING else colour for colour in ink]
            return [turn[place % len(turn)] for place in line.distances]
        case _:
            return [line.source if ink == NOTHING else int(ink)] * len(line.cells)


def lines(scene: Scene, ray: Ray, way: str) -> Iterator[Line]:
    """The lines of a ray in one of its ways."""
    if way in ("flood", "flood_around"):
        yield from _floods(scene, ray.source, SIDES if way == "flood" else AROUND)
        return
    if way in ELBOWS:
        yield from _elbows(scene, ray, across=way == "elbow_across")
        return
    if way in RINGS:
        yield from _rings(scene, ray, way)
        return
    for start in starts(scene, ray.source, way):
        line = line_from(scene, ray, start)
        if line is not None:
            yield line


def line_from(scene: Scene, ray: Ray, start: Start) -> Line | None:
    """The line of a ray from one of its starts, if it is drawn at all."""
    colour = scene.grid[start.row][start.column]
    cells, end = _walk(scene, *start, ray)
    if not cells or colour == ray.wall or not is_hit(end, colour, ray.hits):
        return None
    line = Line(colour, tuple(cells), end)
    return line.cut(ray.reach) if ray.reach else line


def _walk(scene: Scene, row: int, column: int, step: Cell, ray: Ray) -> tuple[list[Cell], int]:
    """The cells of a line, and the colour that ends it (`NOTHING` for the border)."""
    if ray.stop in TURNS:
        return wander(scene, Start(row, column, step), ray.stop, ray.signs)
    cells: list[Cell] = []
    end = NOTHING
    row, column = row + step[0], column + step[1]
    free = scene.colour_at(row, column) if ray.stop == "edge" else scene.background
    while scene.inside(row, column):
        colour = scene.grid[row][column]
        short = ray.stop in ("obstacle", "edge")
        is_wall = colour != free and (short or ray.wall in (NOTHING, colour))
        if is_wall and end == NOTHING:
            end = colour
        if is_wall and (short or ray.wall != NOTHING):
            break
        if colour == free or ray.stop == "over":
            cells.append((row, column))
        row, column = row + step[0], column + step[1]
    return cells, end


def is_hit(end: int, colour: int, wanted: int | str) -> bool:
    """Whether a line from one colour that ends at another meets what it must."""
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


def _rings(scene: Scene, ray: Ray, way: str) -> Iterator[Line]:
    """The free cells around each source, the nearest first."""
    far = max if way == "rings" else sum
    for colour in scene.colours if ray.source == NOTHING else (ray.source,):
        if scene.counts[colour] > MOST_RINGED:
            continue
        for row, column in scene.cells():
            if scene.grid[row][column] == colour:
                around = sorted(
                    (far((abs(r - row), abs(c - column))) - 1, (r, c))
                    for r, c in scene.cells()
                    if scene.grid[r][c] == scene.background and (r, c) != (row, column)
                )
                line = Line(colour, tuple(cell for _, cell in around))
                line = line._replace(places=tuple(place for place, _ in around))
                yield line.cut(ray.reach) if ray.reach else line


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
