"""Questions about a cell that take a colour: is there red in its row, does its patch touch blue?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from peirce.prototypes.grids.cells_scene import (
    AROUND,
    DIRECTIONS,
    SIDES,
    Cell,
    Part,
    Rows,
    Scene,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A yes-or-no question about a cell and a colour."""

    words: str
    """As it stands in a sentence, with {} for the colour."""
    compute: Callable[[Scene, int], Rows]


def _near(steps: Sequence[Cell]) -> Callable[[Scene, int], Rows]:
    def compute(scene: Scene, colour: int) -> Rows:
        out = scene.fill(0)
        for row, column in scene.cells():
            if scene.grid[row][column] == colour:
                for down, right in steps:
                    if scene.inside(row + down, column + right):
                        out[row + down][column + right] = 1
        return out

    return compute


def _in_row(scene: Scene, colour: int) -> Rows:
    return [[int(colour in row)] * scene.width for row in scene.grid]


def _in_column(scene: Scene, colour: int) -> Rows:
    line = [int(colour in column) for column in zip(*scene.grid, strict=True)]
    return [line] * scene.height


def _in_line(scene: Scene, colour: int) -> Rows:
    columns = _in_column(scene, colour)[0]
    return [[int(colour in row or hit) for hit in columns] for row in scene.grid]


def _on_diagonal(scene: Scene, colour: int) -> Rows:
    spots = [(r, c) for r, c in scene.cells() if scene.grid[r][c] == colour]
    falling, rising = {r - c for r, c in spots}, {r + c for r, c in spots}
    return [
        [int(r - c in falling or r + c in rising) for c in range(scene.width)]
        for r in range(scene.height)
    ]


def _sees(scene: Scene, colour: int) -> Rows:
    """1 where the first colour on the way left, right, up or down is this one."""
    out = scene.fill(0)
    for row, column in scene.cells():
        if scene.grid[row][column] == colour:
            for down, right in (step for step in DIRECTIONS.values() if 0 in step):
                there, across = row + down, column + right
                while scene.inside(there, across):
                    out[there][across] = 1
                    if scene.grid[there][across] != scene.background:
                        break
                    there, across = there + down, across + right
    return out


def _in_part(parts: Callable[[Scene], Sequence[Part]]) -> Callable[[Scene, int], Rows]:
    """1 for all cells of an area that holds the colour."""

    def compute(scene: Scene, colour: int) -> Rows:
        out = scene.fill(0)
        for part in parts(scene):
            if any(scene.grid[row][column] == colour for row, column in part.cells):
                for row, column in part.cells:
                    out[row][column] = 1
        return out

    return compute


def _touched(parts: Callable[[Scene], Sequence[Part]]) -> Callable[[Scene, int], Rows]:
    """1 for all cells of an area one of whose cells has a neighbour of the colour."""

    def compute(scene: Scene, colour: int) -> Rows:
        near, out = _near(SIDES)(scene, colour), scene.fill(0)
        for part in parts(scene):
            if any(
                near[row][column] and scene.grid[row][column] != colour
                for row, column in part.cells
            ):
                for row, column in part.cells:
                    out[row][column] = 1
        return out

    return compute


def _in_box(scene: Scene, colour: int) -> Rows:
    """1 inside the enclosing box of all cells of the colour."""
    out = scene.fill(0)
    spots = [(r, c) for r, c in scene.cells() if scene.grid[r][c] == colour]
    if spots:
        rows, columns = [r for r, _ in spots], [c for _, c in spots]
        for row in range(min(rows), max(rows) + 1):
            for column in range(min(columns), max(columns) + 1):
                out[row][column] = 1
    return out


def _in_panel(scene: Scene, colour: int) -> Rows:
    """1 for all cells of a panel that holds the colour."""
    out = scene.fill(0)
    for panel in scene.panels:
        if any(colour in line for line in panel.lines):
            for (row, column), _ in panel.cells():
                out[row][column] = 1
    return out


QUESTIONS: Final[dict[str, Question]] = {
    "panel_has": Question("its panel has {}", _in_panel),
    "touches": Question("one of its eight neighbours is {}", _near(AROUND)),
    "is_next_to": Question("one of its four neighbours is {}", _near(SIDES)),
    "row_has": Question("its row has {}", _in_row),
    "column_has": Question("its column has {}", _in_column),
    "line_has": Question("its row or column has {}", _in_line),
    "diagonal_has": Question("one of its diagonals has {}", _on_diagonal),
    "sees": Question("it sees {}", _sees),
    "cluster_has": Question("its cluster has {}", _in_part(lambda scene: scene.clusters)),
    "patch_meets": Question("its patch touches {}", _touched(lambda scene: scene.patches)),
    "object_meets": Question("its object touches {}", _touched(lambda scene: scene.objects)),
    "box_of": Question("it lies in the box around all that is {}", _in_box),
}
"""Every question by name; a view answers them as methods that take a colour."""
