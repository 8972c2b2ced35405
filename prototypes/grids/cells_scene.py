"""`Scene`: one grid with everything a cell of it can be asked about, computed once and kept.

A layer is one fact about every cell (the colour to its left, the size of its object) as a grid of
the same shape. Layers hold integers: colours, numbers, or 0 and 1 for flags; `NOTHING` stands
where there is no such colour. Everything is plain Python and computed on demand.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from peirce.prototypes.grids.split import Span, panel_spans

Rows: TypeAlias = Sequence[Sequence[int]]
Cell: TypeAlias = tuple[int, int]

NOTHING: Final = -1
"""What a layer holds where there is no colour to report, for example left of the border."""
SIDES: Final = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""The four neighbours of a cell."""
AROUND: Final = (*SIDES, (-1, -1), (-1, 1), (1, -1), (1, 1))
"""The eight neighbours of a cell."""

DIRECTIONS: Final[dict[str, Cell]] = {
    "left": (0, -1),
    "right": (0, 1),
    "above": (-1, 0),
    "below": (1, 0),
    "above_left": (-1, -1),
    "above_right": (-1, 1),
    "below_left": (1, -1),
    "below_right": (1, 1),
}
"""The eight directions by name, as (rows down, columns right)."""


class Kind(StrEnum):
    """What the integers of a layer mean."""

    COLOUR = "colour"
    """A colour 0 to 9, or `NOTHING`."""
    NUMBER = "number"
    """A count, a size or a distance."""
    PLACE = "place"
    """A position or an index, for which odd and even make sense."""
    FLAG = "flag"
    """0 or 1."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing that can be asked about a cell."""

    words: str
    """What it is, as it stands in a sentence: 'the colour to the left'."""
    kind: Kind
    compute: "Callable[[Scene], Rows]"


@dataclass(frozen=True, slots=True)
class Part:
    """A connected set of cells."""

    cells: tuple[Cell, ...]
    """In reading order."""
    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows from the top to the bottom cell."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns from the leftmost to the rightmost cell."""
        return self.right - self.left + 1

    @property
    def shape(self) -> frozenset[Cell]:
        """Where the cells lie within the enclosing box."""
        return frozenset((row - self.top, column - self.left) for row, column in self.cells)

    def touches_border(self, scene: "Scene") -> bool:
        """Whether a cell lies at the edge of the grid."""
        return (
            self.top == 0
            or self.left == 0
            or self.bottom == scene.height - 1
            or self.right == scene.width - 1
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the rectangles a grid is divided into by lines or into blocks of one size."""

    row: int
    """How many panels lie above."""
    column: int
    """How many panels lie to the left."""
    top: int
    left: int
    lines: tuple[tuple[int, ...], ...]
    """Its colours, row by row."""

    def cells(self) -> Iterator[tuple[Cell, int]]:
        """The positions in the grid with their colours, in reading order."""
        for down, line in enumerate(self.lines, self.top):
            for across, colour in enumerate(line, self.left):
                yield (down, across), colour


class Scene:
    """A grid, its companions and the layers asked for so far."""

    __slots__ = ("__dict__", "_kept", "beside", "block", "grid", "height", "width")

    def __init__(self, grid: Rows, beside: Sequence[Rows] = (), block: Cell | None = None) -> None:
        """Take a grid and, if there are, other grids of the same size.

        Panels are blocks of `block` rows and columns, or what separating lines leave.
        """
        self.block = block
        self.grid: tuple[tuple[int, ...], ...] = tuple(tuple(row) for row in grid)
        self.beside = tuple(beside)
        self.height = len(self.grid)
        self.width = len(self.grid[0]) if self.grid else 0
        self._kept: dict[str, Rows] = {}

    def ask(self, name: str, layer: Layer) -> Rows:
        """The layer's values, computed at the first call."""
        if name not in self._kept:
            self._kept[name] = layer.compute(self)
        return self._kept[name]

    def answer(self, name: str, compute: "Callable[[Scene, int], Rows]", colour: int) -> Rows:
        """The answers to a question about a colour, computed at the first call."""
        key = f"{name}({colour})"
        if key not in self._kept:
            self._kept[key] = compute(self, colour)
        return self._kept[key]

    def fill(self, value: int) -> list[list[int]]:
        """A new layer that is `value` everywhere."""
        return [[value] * self.width for _ in range(self.height)]

    def cells(self) -> Iterator[Cell]:
        """All positions in reading order."""
        return ((row, column) for row in range(self.height) for column in range(self.width))

    def inside(self, row: int, column: int) -> bool:
        """Whether the position lies in the grid."""
        return 0 <= row < self.height and 0 <= column < self.width

    def colour_at(self, row: int, column: int) -> int:
        """The colour there, `NOTHING` outside the grid."""
        return self.grid[row][column] if self.inside(row, column) else NOTHING

    @cached_property
    def counts(self) -> Counter[int]:
        """How many cells each colour has."""
        return Counter(colour for row in self.grid for colour in row)

    @cached_property
    def background(self) -> int:
        """Black when the grid has any, else its most common colour."""
        return 0 if 0 in self.counts or not self.counts else most_common(self.counts)

    @cached_property
    def colours(self) -> tuple[int, ...]:
        """The colours other than the background, most common first."""
        rest = [colour for colour in self.counts if colour != self.background]
        return tuple(sorted(rest, key=lambda colour: (-self.counts[colour], colour)))

    @cached_property
    def patches(self) -> tuple[Part, ...]:
        """Areas of one colour joined by sides, the background's areas among them."""
        return self._parts(SIDES, one_colour=True, background=True)

    @cached_property
    def objects(self) -> tuple[Part, ...]:
        """Areas of one colour joined by sides or corners, without the background."""
        return self._parts(AROUND, one_colour=True, background=False)

    @cached_property
    def clusters(self) -> tuple[Part, ...]:
        """Areas of any colours joined by sides or corners, without the background."""
        return self._parts(AROUND, one_colour=False, background=False)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The panels in reading order; none where nothing divides the grid."""
        bands, stripes = self._spans()
        if len(bands) * len(stripes) < 2:
            return ()
        return tuple(
            Panel(row, column, top, left, tuple(line[left:right] for line in self.grid[top:bottom]))
            for row, (top, bottom) in enumerate(bands)
            for column, (left, right) in enumerate(stripes)
        )

    def _spans(self) -> tuple[list[Span], list[Span]]:
        if self.block is None:
            return panel_spans(self.grid) if self.height and self.width else ([], [])
        rows, columns = self.block
        if rows < 1 or columns < 1 or self.height % rows or self.width % columns:
            return [], []
        return (
            [(top, top + rows) for top in range(0, self.height, rows)],
            [(left, left + columns) for left in range(0, self.width, columns)],
        )

    def _parts(
        self, steps: Sequence[Cell], *, one_colour: bool, background: bool
    ) -> tuple[Part, ...]:
        seen: set[Cell] = set()
        found: list[Part] = []
        for start in self.cells():
            if start in seen:
                continue
            colour = self.grid[start[0]][start[1]]
            if colour == self.background and not background:
                continue
            found.append(make_part(self._flood(start, steps, seen, one_colour=one_colour)))
        return tuple(found)

    def _flood(
        self, start: Cell, steps: Sequence[Cell], seen: set[Cell], *, one_colour: bool
    ) -> list[Cell]:
        colour, background, grid = self.grid[start[0]][start[1]], self.background, self.grid
        height, width = self.height, self.width
        cells = [start]
        seen.add(start)
        for row, column in cells:
            for down, right in steps:
                near = (row + down, column + right)
                if near in seen or not (0 <= near[0] < height and 0 <= near[1] < width):
                    continue
                other = grid[near[0]][near[1]]
                if other == colour if one_colour else other != background:
                    seen.add(near)
                    cells.append(near)
        return cells


def make_part(cells: Sequence[Cell]) -> Part:
    """The part made of these cells."""
    rows, columns = [cell[0] for cell in cells], [cell[1] for cell in cells]
    return Part(tuple(sorted(cells)), min(rows), min(columns), max(rows), max(columns))


def most_common(counts: Counter[int]) -> int:
    """The colour with most cells, the smaller one of equals; `NOTHING` if there is none."""
    if not counts:
        return NOTHING
    return min(counts, key=lambda colour: (-counts[colour], colour))


def least_common(counts: Counter[int]) -> int:
    """The colour with fewest cells, the smaller one of equals; `NOTHING` if there is none."""
    if not counts:
        return NOTHING
    return min(counts, key=lambda colour: (counts[colour], colour))
