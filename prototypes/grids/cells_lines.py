"""Layers about a cell's neighbours, its row and column, its lines of sight and mirror images."""

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
    Rows,
    Scene,
    least_common,
    most_common,
)

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


def _neighbour(down: int, right: int) -> Callable[[Scene], Rows]:
    def compute(scene: Scene) -> Rows:
        grid, height, width = scene.grid, scene.height, scene.width
        return [
            [
                grid[row + down][column + right]
                if 0 <= row + down < height and 0 <= column + right < width
                else NOTHING
                for column in range(width)
            ]
            for row in range(height)
        ]

    return compute


def _seen(down: int, right: int) -> Callable[[Scene], Rows]:
    """The first colour other than the background on the way to the border."""

    def compute(scene: Scene) -> Rows:
        out, grid, background = scene.fill(NOTHING), scene.grid, scene.background
        for row in _order(scene.height, down):
            for column in _order(scene.width, right):
                near_row, near_column = row + down, column + right
                if scene.inside(near_row, near_column):
                    colour = grid[near_row][near_column]
                    out[row][column] = (
                        colour if colour != background else out[near_row][near_column]
                    )
        return out

    return compute


def _gap(down: int, right: int) -> Callable[[Scene], Rows]:
    """How many background cells lie between the cell and what it sees, or the border."""

    def compute(scene: Scene) -> Rows:
        out, grid, background = scene.fill(0), scene.grid, scene.background
        for row in _order(scene.height, down):
            for column in _order(scene.width, right):
                near_row, near_column = row + down, column + right
                if (
                    scene.inside(near_row, near_column)
                    and grid[near_row][near_column] == background
                ):
                    out[row][column] = out[near_row][near_column] + 1
        return out

    return compute


def _order(length: int, step: int) -> range:
    """Positions so that the one a step ahead comes first."""
    return range(length - 1, -1, -1) if step > 0 else range(length)


def _count_near(steps: Sequence[Cell], wanted: Callable[[int, int, Scene], bool]):
    def compute(scene: Scene) -> Rows:
        out = scene.fill(0)
        for row, column in scene.cells():
            own = scene.grid[row][column]
            out[row][column] = sum(
                1
                for down, right in steps
                if scene.inside(row + down, column + right)
                and wanted(scene.grid[row + down][column + right], own, scene)
            )
        return out

    return compute


def _is_filled(colour: int, _own: int, scene: Scene) -> bool:
    return colour != scene.background


def _is_same(colour: int, own: int, _scene: Scene) -> bool:
    return colour == own


def _per_row(value: Callable[[Sequence[int], Scene], int]) -> Callable[[Scene], Rows]:
    def compute(scene: Scene) -> Rows:
        return [[value(row, scene)] * scene.width for row in scene.grid]

    return compute


def _per_column(value: Callable[[Sequence[int], Scene], int]) -> Callable[[Scene], Rows]:
    def compute(scene: Scene) -> Rows:
        line = [value(column, scene) for column in zip(*scene.grid, strict=True)]
        return [line] * scene.height

    return compute


def _everywhere(value: Callable[[Scene], int]) -> Callable[[Scene], Rows]:
    def compute(scene: Scene) -> Rows:
        return scene.fill(value(scene))

    return compute


def _by_place(value: Callable[[int, int, Scene], int]) -> Callable[[Scene], Rows]:
    def compute(scene: Scene) -> Rows:
        return [
            [value(row, column, scene) for column in range(scene.width)]
            for row in range(scene.height)
        ]

    return compute


def _line_colour(line: Sequence[int], scene: Scene) -> int:
    return most_common(Counter(colour for colour in line if colour != scene.background))


def _line_majority(line: Sequence[int], _scene: Scene) -> int:
    return most_common(Counter(line))


def _line_count(line: Sequence[int], scene: Scene) -> int:
    return sum(colour != scene.background for colour in line)


def _line_colours(line: Sequence[int], _scene: Scene) -> int:
    return len(set(line))


def _between(*pairs: tuple[str, str]) -> Callable[[Scene], Rows]:
    """1 where the same colour is seen both ways, for one of the pairs of directions."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(0)
        for one, other in pairs:
            first, second = (
                scene.ask(f"seen_{name}", LINES[f"seen_{name}"]) for name in (one, other)
            )
            for row, column in scene.cells():
                if first[row][column] == second[row][column] != NOTHING:
                    out[row][column] = 1
        return out

    return compute


def _run(down: int, right: int) -> Callable[[Scene], Rows]:
    """Length of the run of equal cells the cell stands in, along one line."""

    def compute(scene: Scene) -> Rows:
        ahead, behind = _index(down, right)(scene), _index(-down, -right)(scene)
        return [
            [one + other + 1 for one, other in zip(first, second, strict=True)]
            for first, second in zip(ahead, behind, strict=True)
        ]

    return compute


def _index(down: int, right: int) -> Callable[[Scene], Rows]:
    """How many equal cells lie before the cell in its run, looking in one direction."""

    def compute(scene: Scene) -> Rows:
        out, grid = scene.fill(0), scene.grid
        for row in _order(scene.height, down):
            for column in _order(scene.width, right):
                if scene.colour_at(row + down, column + right) == grid[row][column]:
                    out[row][column] = out[row + down][column + right] + 1
        return out

    return compute


def _nearest(scene: Scene) -> Rows:
    """The colour of the nearest other cell that is not background, counted in steps."""
    out = scene.fill(NOTHING)
    spots = [cell for cell in scene.cells() if scene.grid[cell[0]][cell[1]] != scene.background]
    ring = list(spots)
    for row, column in spots:
        out[row][column] = scene.grid[row][column]
    while ring:
        ahead: dict[Cell, int] = {}
        for row, column in ring:
            for down, right in SIDES:
                near = (row + down, column + right)
                if scene.inside(*near) and out[near[0]][near[1]] == NOTHING:
                    ahead[near] = min(ahead.get(near, out[row][column]), out[row][column])
        for (row, column), colour in ahead.items():
            out[row][column] = colour
        ring = list(ahead)
    return out


def _rank(place: int) -> Callable[[Scene], int]:
    def value(scene: Scene) -> int:
        return scene.colours[place] if len(scene.colours) > place else NOTHING

    return value


def _layer(words: str, kind: Kind, compute: Callable[[Scene], Rows]) -> Layer:
    return Layer(words=words, kind=kind, compute=compute)


def _named(name: str) -> str:
    return {"above": "above", "below": "below", "left": "to the left", "right": "to the right"}.get(
        name, name.replace("_", " and to the ")
    )


def _around() -> dict[str, Layer]:
    near = {
        name: _layer(f"the cell {_named(name)}", Kind.COLOUR, _neighbour(*step))
        for name, step in DIRECTIONS.items()
    }
    far = {
        f"{name}{count}": _layer(
            f"the cell {count} steps {_named(name)}",
            Kind.COLOUR,
            _neighbour(step[0] * count, step[1] * count),
        )
        for name, step in DIRECTIONS.items()
        if 0 in step
        for count in (2, 3)
    }
    seen = {
        f"seen_{name}": _layer(f"the first colour seen {_named(name)}", Kind.COLOUR, _seen(*step))
        for name, step in DIRECTIONS.items()
    }
    gaps = {
        f"gap_{name}": _layer(f"the free way {_named(name)}", Kind.NUMBER, _gap(*step))
        for name, step in DIRECTIONS.items()
        if 0 in step
    }
    return near | far | seen | gaps


LINES: Final[dict[str, Layer]] = _around() | {
    "colour": _layer("the cell", Kind.COLOUR, lambda scene: scene.grid),
    "background": _layer("the background", Kind.COLOUR, _everywhere(lambda s: s.background)),
    "nearest": _layer("the nearest colour", Kind.COLOUR, _nearest),
    "row": _layer("the row number", Kind.PLACE, _by_place(lambda r, c, s: r)),
    "column": _layer("the column number", Kind.PLACE, _by_place(lambda r, c, s: c)),
    "from_bottom": _layer(
        "the number of rows below", Kind.PLACE, _by_place(lambda r, c, s: s.height - 1 - r)
    ),
    "from_right": _layer(
        "the number of columns to the right", Kind.PLACE, _by_place(lambda r, c, s: s.width - 1 - c)
    ),
    "diagonal": _layer("row plus column", Kind.PLACE, _by_place(lambda r, c, s: r + c)),
    "slope": _layer("column minus row", Kind.PLACE, _by_place(lambda r, c, s: c - r)),
    "ring": _layer(
        "the distance to the border",
        Kind.PLACE,
        _by_place(lambda r, c, s: min(r, c, s.height - 1 - r, s.width - 1 - c)),
    ),
    "mirrored_sideways": _layer(
        "the cell mirrored left to right",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.grid[r][s.width - 1 - c]),
    ),
    "mirrored_upright": _layer(
        "the cell mirrored top to bottom",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.grid[s.height - 1 - r][c]),
    ),
    "opposite": _layer(
        "the cell opposite through the centre",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.grid[s.height - 1 - r][s.width - 1 - c]),
    ),
    "transposed": _layer(
        "the cell mirrored at the diagonal",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.colour_at(c, r)),
    ),
    "antitransposed": _layer(
        "the cell mirrored at the other diagonal",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.colour_at(s.width - 1 - c, s.height - 1 - r)),
    ),
    "turned_left": _layer(
        "the cell a quarter turn to the right",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.colour_at(c, s.width - 1 - r)),
    ),
    "turned_right": _layer(
        "the cell a quarter turn to the left",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.colour_at(s.height - 1 - c, r)),
    ),
    "filled_sides": _layer(
        "the number of its four neighbours that are not background",
        Kind.NUMBER,
        _count_near(SIDES, _is_filled),
    ),
    "filled_around": _layer(
        "the number of its eight neighbours that are not background",
        Kind.NUMBER,
        _count_near(AROUND, _is_filled),
    ),
    "same_sides": _layer(
        "the number of its four neighbours of the same colour",
        Kind.NUMBER,
        _count_near(SIDES, _is_same),
    ),
    "same_around": _layer(
        "the number of its eight neighbours of the same colour",
        Kind.NUMBER,
        _count_near(AROUND, _is_same),
    ),
    "row_start": _layer("the first cell of the row", Kind.COLOUR, _per_row(lambda n, s: n[0])),
    "row_end": _layer("the last cell of the row", Kind.COLOUR, _per_row(lambda n, s: n[-1])),
    "column_top": _layer("the top cell of the column", Kind.COLOUR, _per_column(lambda n, s: n[0])),
    "column_bottom": _layer(
        "the bottom cell of the column", Kind.COLOUR, _per_column(lambda n, s: n[-1])
    ),
    "row_colour": _layer("the colour of the row", Kind.COLOUR, _per_row(_line_colour)),
    "column_colour": _layer("the colour of the column", Kind.COLOUR, _per_column(_line_colour)),
    "row_majority": _layer("the majority of the row", Kind.COLOUR, _per_row(_line_majority)),
    "column_majority": _layer(
        "the majority of the column", Kind.COLOUR, _per_column(_line_majority)
    ),
    "row_count": _layer(
        "the number of filled cells in the row", Kind.NUMBER, _per_row(_line_count)
    ),
    "column_count": _layer(
        "the number of filled cells in the column", Kind.NUMBER, _per_column(_line_count)
    ),
    "row_colours": _layer("the number of colours in the row", Kind.NUMBER, _per_row(_line_colours)),
    "column_colours": _layer(
        "the number of colours in the column", Kind.NUMBER, _per_column(_line_colours)
    ),
    "between_sideways": _layer(
        "it sees the same colour left and right", Kind.FLAG, _between(("left", "right"))
    ),
    "between_upright": _layer(
        "it sees the same colour above and below", Kind.FLAG, _between(("above", "below"))
    ),
    "between": _layer(
        "it sees the same colour on opposite sides",
        Kind.FLAG,
        _between(("left", "right"), ("above", "below")),
    ),
    "between_diagonally": _layer(
        "it sees the same colour at opposite ends of a diagonal",
        Kind.FLAG,
        _between(("above_left", "below_right"), ("above_right", "below_left")),
    ),
    "run_sideways": _layer("the length of its run in the row", Kind.NUMBER, _run(0, 1)),
    "run_upright": _layer("the length of its run in the column", Kind.NUMBER, _run(1, 0)),
    "run_left": _layer("the place in its run from the left", Kind.PLACE, _index(0, -1)),
    "run_right": _layer("the place in its run from the right", Kind.PLACE, _index(0, 1)),
    "run_above": _layer("the place in its run from the top", Kind.PLACE, _index(-1, 0)),
    "run_below": _layer("the place in its run from the bottom", Kind.PLACE, _index(1, 0)),
    "most_common": _layer(
        "the most common colour", Kind.COLOUR, _everywhere(lambda s: most_common(s.counts))
    ),
    "least_common": _layer(
        "the least common colour", Kind.COLOUR, _everywhere(lambda s: least_common(s.counts))
    ),
    "main_colour": _layer(
        "the most common colour but the background", Kind.COLOUR, _everywhere(_rank(0))
    ),
    "second_colour": _layer(
        "the second most common colour but the background", Kind.COLOUR, _everywhere(_rank(1))
    ),
    "corner_top_left": _layer(
        "the top left corner", Kind.COLOUR, _everywhere(lambda s: s.colour_at(0, 0))
    ),
    "corner_top_right": _layer(
        "the top right corner", Kind.COLOUR, _everywhere(lambda s: s.colour_at(0, s.width - 1))
    ),
    "corner_bottom_left": _layer(
        "the bottom left corner", Kind.COLOUR, _everywhere(lambda s: s.colour_at(s.height - 1, 0))
    ),
    "corner_bottom_right": _layer(
        "the bottom right corner",
        Kind.COLOUR,
        _everywhere(lambda s: s.colour_at(s.height - 1, s.width - 1)),
    ),
    "colour_count": _layer(
        "the number of colours but the background",
        Kind.NUMBER,
        _everywhere(lambda s: len(s.colours)),
    ),
}
"""Every layer of this module by name."""
