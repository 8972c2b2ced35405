"""Cell rules: every cell of the output is a function of one cell of the input and what it can see.

`map_cells(grid, cell)` asks `cell(view)` for every cell, `map_panels` once for every panel. A view
answers about its cell: its colour (`view.colour`), its neighbours (`view.left`), lines of sight
(`view.seen_above`), row and column, mirror images, the area it belongs to (`view.object_size`) and
the panel it lies in (`view.panel_count`); `LAYERS` names all there is.
"""

from collections.abc import Callable, Sequence
from typing import Final

from peirce.prototypes.grids.cells_blocks import BLOCKS
from peirce.prototypes.grids.cells_insides import INSIDES
from peirce.prototypes.grids.cells_lines import LINES
from peirce.prototypes.grids.cells_panels import PANELS
from peirce.prototypes.grids.cells_places import PLACES
from peirce.prototypes.grids.cells_questions import QUESTIONS
from peirce.prototypes.grids.cells_regions import REGIONS
from peirce.prototypes.grids.cells_scene import Layer, Rows, Scene
from peirce.tasks.values import COLOURS, Grid

LAYERS: Final[dict[str, Layer]] = LINES | PLACES | REGIONS | INSIDES | BLOCKS | PANELS
"""Everything a view answers, by attribute name."""


class CellView:
    """One cell and what it can see.

    Every name in `LAYERS` is an attribute, every name in `QUESTIONS` a method of a colour.
    """

    __slots__ = ("_column", "_row", "_scene")

    def __init__(self, scene: Scene, row: int, column: int) -> None:
        """Look at one cell of a scene."""
        self._scene, self._row, self._column = scene, row, column

    def __getattr__(self, name: str) -> int:
        """The layer's value at this cell."""
        if name not in LAYERS:
            raise AttributeError(f"a cell has no {name!r}; it has {', '.join(sorted(LAYERS))}")
        return self._scene.ask(name, LAYERS[name])[self._row][self._column]

    def _answer(self, name: str, colour: int) -> int:
        rows = self._scene.answer(name, QUESTIONS[name].compute, colour)
        return rows[self._row][self._column]

    def touches(self, colour: int) -> int:
        """Whether one of its eight neighbours has the colour."""
        return self._answer("touches", colour)

    def is_next_to(self, colour: int) -> int:
        """Whether one of its four neighbours has the colour."""
        return self._answer("is_next_to", colour)

    def row_has(self, colour: int) -> int:
        """Whether its row has the colour."""
        return self._answer("row_has", colour)

    def column_has(self, colour: int) -> int:
        """Whether its column has the colour."""
        return self._answer("column_has", colour)

    def line_has(self, colour: int) -> int:
        """Whether its row or its column has the colour."""
        return self._answer("line_has", colour)

    def diagonal_has(self, colour: int) -> int:
        """Whether one of its diagonals has the colour."""
        return self._answer("diagonal_has", colour)

    def sees(self, colour: int) -> int:
        """Whether the colour is the first one seen left, right, above or below."""
        return self._answer("sees", colour)

    def cluster_has(self, colour: int) -> int:
        """Whether its cluster has the colour."""
        return self._answer("cluster_has", colour)

    def patch_meets(self, colour: int) -> int:
        """Whether its patch touches the colour."""
        return self._answer("patch_meets", colour)

    def object_meets(self, colour: int) -> int:
        """Whether its object touches the colour."""
        return self._answer("object_meets", colour)

    def panel_has(self, colour: int) -> int:
        """Whether its panel has the colour."""
        return self._answer("panel_has", colour)

    def box_of(self, colour: int) -> int:
        """Whether it lies in the box around all cells of the colour."""
        return self._answer("box_of", colour)

    @property
    def beside(self) -> tuple[int, ...]:
        """The cells at the same place in the grids laid beside."""
        return tuple(grid[self._row][self._column] for grid in self._scene.beside)


def map_cells(grid: Rows, cell: Callable[[CellView], int], *, beside: Sequence[Rows] = ()) -> Grid:
    """Every cell replaced by what `cell` says of it; kept where that is no colour."""
    scene = Scene(grid, beside)
    return tuple(
        tuple(
            _colour(cell(CellView(scene, row, column)), scene.grid[row][column])
            for column in range(scene.width)
        )
        for row in range(scene.height)
    )


def map_panels(
    grid: Rows, cell: Callable[[CellView], int], *, block: tuple[int, int] | None = None
) -> Grid:
    """One cell for every panel: what `cell` says of the panel; background where that is no colour.

    Panels are what separating lines leave, or blocks of so many rows and columns; a grid that
    nothing divides becomes one cell.
    """
    scene = Scene(grid, block=block)
    rows: dict[int, list[int]] = {}
    for row, top, left in panel_corners(scene):
        said = cell(CellView(scene, top, left))
        rows.setdefault(row, []).append(_colour(said, scene.background))
    return tuple(tuple(row) for row in rows.values())


def panel_corners(scene: Scene) -> list[tuple[int, int, int]]:
    """For each panel how many lie above it, and the row and column of its first cell."""
    return [(panel.row, panel.top, panel.left) for panel in scene.panels] or [(0, 0, 0)]


def grow_cells(grid: Rows, cell: Callable[[CellView], int], *, rounds: int = 256) -> Grid:
    """`map_cells` again and again until nothing changes."""
    now = tuple(tuple(row) for row in grid)
    for _ in range(rounds):
        after = map_cells(now, cell)
        if after == now:
            break
        now = after
    return now


def _colour(said: int, own: int) -> int:
    return said if 0 <= said < COLOURS else own
