"""Layers about where a cell lies: its position, its row and column, its images, the whole grid."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from peirce.prototypes.grids.cells_scene import (
    DIRECTIONS,
    NOTHING,
    Cell,
    Kind,
    Layer,
    Rows,
    Scene,
    least_common,
    most_common,
)


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


def _in_square(image: Callable[[int, int, int], Cell]) -> Callable[[Scene], Rows]:
    """The colour at an image that exists in square grids only; the third number is the side - 1."""

    def compute(scene: Scene) -> Rows:
        if scene.height != scene.width:
            return scene.fill(NOTHING)
        side = scene.width - 1
        spots = [[image(r, c, side) for c in range(side + 1)] for r in range(side + 1)]
        return [[scene.grid[row][column] for row, column in line] for line in spots]

    return compute


def _line_colour(line: Sequence[int], scene: Scene) -> int:
    return most_common(Counter(colour for colour in line if colour != scene.background))


def _line_majority(line: Sequence[int], _scene: Scene) -> int:
    return most_common(Counter(line))


def _line_count(line: Sequence[int], scene: Scene) -> int:
    return sum(colour != scene.background for colour in line)


def _line_colours(line: Sequence[int], _scene: Scene) -> int:
    return len(set(line))


def _at_marker(down: bool, right: bool) -> Callable[[Scene], Rows]:
    """The colour at the place mirrored at the marker, the only cell of its colour."""

    def compute(scene: Scene) -> Rows:
        single = [colour for colour in scene.colours if scene.counts[colour] == 1]
        if len(single) != 1:
            return scene.fill(NOTHING)
        mark = next(c for c in scene.cells() if scene.grid[c[0]][c[1]] == single[0])
        return [
            [
                scene.colour_at(
                    2 * mark[0] - row if down else row,
                    2 * mark[1] - column if right else column,
                )
                for column in range(scene.width)
            ]
            for row in range(scene.height)
        ]

    return compute


def _fallen(down: int, right: int) -> Callable[[Scene], Rows]:
    """The grid after every cell that is not background fell until something stopped it."""

    def compute(scene: Scene) -> Rows:
        background = scene.background
        lines = list(zip(*scene.grid, strict=True)) if down else scene.grid
        packed: list[list[int]] = []
        for line in lines:
            filled = [colour for colour in line if colour != background]
            free = [background] * (len(line) - len(filled))
            packed.append([*free, *filled] if down + right > 0 else [*filled, *free])
        return [list(row) for row in zip(*packed, strict=True)] if down else packed

    return compute


def _rank(place: int) -> Callable[[Scene], int]:
    def value(scene: Scene) -> int:
        return scene.colours[place] if len(scene.colours) > place else NOTHING

    return value


def _images() -> dict[str, Layer]:
    fallen = {
        f"fallen_{name}": Layer(
            f"the cell after everything fell {name}", Kind.COLOUR, _fallen(*DIRECTIONS[side])
        )
        for name, side in (("down", "below"), ("up", "above"), ("left", "left"), ("right", "right"))
    }
    marker = {
        f"mirrored_at_marker{name}": Layer(
            f"the cell mirrored {words} at the marker", Kind.COLOUR, _at_marker(down, right)
        )
        for name, words, down, right in (
            ("", "through a point", True, True),
            ("_sideways", "left to right", False, True),
            ("_upright", "top to bottom", True, False),
        )
    }
    return fallen | marker


PLACES: Final[dict[str, Layer]] = _images() | {
    "background": Layer("the background", Kind.COLOUR, _everywhere(lambda s: s.background)),
    "row": Layer("the row number", Kind.PLACE, _by_place(lambda r, c, s: r)),
    "column": Layer("the column number", Kind.PLACE, _by_place(lambda r, c, s: c)),
    "from_bottom": Layer(
        "the number of rows below", Kind.PLACE, _by_place(lambda r, c, s: s.height - 1 - r)
    ),
    "from_right": Layer(
        "the number of columns to the right", Kind.PLACE, _by_place(lambda r, c, s: s.width - 1 - c)
    ),
    "diagonal": Layer("row plus column", Kind.PLACE, _by_place(lambda r, c, s: r + c)),
    "slope": Layer("column minus row", Kind.PLACE, _by_place(lambda r, c, s: c - r)),
    "ring": Layer(
        "the distance to the border",
        Kind.PLACE,
        _by_place(lambda r, c, s: min(r, c, s.height - 1 - r, s.width - 1 - c)),
    ),
    "mirrored_sideways": Layer(
        "the cell mirrored left to right",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.grid[r][s.width - 1 - c]),
    ),
    "mirrored_upright": Layer(
        "the cell mirrored top to bottom",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.grid[s.height - 1 - r][c]),
    ),
    "opposite": Layer(
        "the cell opposite through the centre",
        Kind.COLOUR,
        _by_place(lambda r, c, s: s.grid[s.height - 1 - r][s.width - 1 - c]),
    ),
    "transposed": Layer(
        "the cell mirrored at the diagonal",
        Kind.COLOUR,
        _in_square(lambda r, c, n: (c, r)),
    ),
    "antitransposed": Layer(
        "the cell mirrored at the other diagonal",
        Kind.COLOUR,
        _in_square(lambda r, c, n: (n - c, n - r)),
    ),
    "turned_left": Layer(
        "the cell a quarter turn to the right",
        Kind.COLOUR,
        _in_square(lambda r, c, n: (c, n - r)),
    ),
    "turned_right": Layer(
        "the cell a quarter turn to the left",
        Kind.COLOUR,
        _in_square(lambda r, c, n: (n - c, r)),
    ),
    "row_start": Layer("the first cell of the row", Kind.COLOUR, _per_row(lambda n, s: n[0])),
    "row_end": Layer("the last cell of the row", Kind.COLOUR, _per_row(lambda n, s: n[-1])),
    "column_top": Layer("the top cell of the column", Kind.COLOUR, _per_column(lambda n, s: n[0])),
    "column_bottom": Layer(
        "the bottom cell of the column", Kind.COLOUR, _per_column(lambda n, s: n[-1])
    ),
    "row_colour": Layer("the colour of the row", Kind.COLOUR, _per_row(_line_colour)),
    "column_colour": Layer("the colour of the column", Kind.COLOUR, _per_column(_line_colour)),
    "row_majority": Layer("the majority of the row", Kind.COLOUR, _per_row(_line_majority)),
    "column_majority": Layer(
        "the majority of the column", Kind.COLOUR, _per_column(_line_majority)
    ),
    "row_count": Layer("the number of filled cells in the row", Kind.NUMBER, _per_row(_line_count)),
    "column_count": Layer(
        "the number of filled cells in the column", Kind.NUMBER, _per_column(_line_count)
    ),
    "row_colours": Layer("the number of colours in the row", Kind.NUMBER, _per_row(_line_colours)),
    "column_colours": Layer(
        "the number of colours in the column", Kind.NUMBER, _per_column(_line_colours)
    ),
    "most_common": Layer(
        "the most common colour", Kind.COLOUR, _everywhere(lambda s: most_common(s.counts))
    ),
    "least_common": Layer(
        "the least common colour", Kind.COLOUR, _everywhere(lambda s: least_common(s.counts))
    ),
    "main_colour": Layer(
        "the most common colour but the background", Kind.COLOUR, _everywhere(_rank(0))
    ),
    "second_colour": Layer(
        "the second most common colour but the background", Kind.COLOUR, _everywhere(_rank(1))
    ),
    "corner_top_left": Layer(
        "the top left corner", Kind.COLOUR, _everywhere(lambda s: s.colour_at(0, 0))
    ),
    "corner_top_right": Layer(
        "the top right corner", Kind.COLOUR, _everywhere(lambda s: s.colour_at(0, s.width - 1))
    ),
    "corner_bottom_left": Layer(
        "the bottom left corner", Kind.COLOUR, _everywhere(lambda s: s.colour_at(s.height - 1, 0))
    ),
    "corner_bottom_right": Layer(
        "the bottom right corner",
        Kind.COLOUR,
        _everywhere(lambda s: s.colour_at(s.height - 1, s.width - 1)),
    ),
    "colour_count": Layer(
        "the number of colours but the background",
        Kind.NUMBER,
        _everywhere(lambda s: len(s.colours)),
    ),
}
"""Every layer of this module by name."""
