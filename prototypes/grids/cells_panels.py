"""Layers about the panel a cell lies in: where it is, what it holds, how it compares with others.

Panels are what separating lines leave of a grid, or equal blocks of it; see `Scene.panels`. Cells
of the lines, and all cells of a grid that nothing divides, lie in none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from peirce.prototypes.grids.cells_scene import (
    NOTHING,
    Kind,
    Layer,
    Panel,
    Rows,
    Scene,
    least_common,
    most_common,
)

_Panels: TypeAlias = Sequence[Panel]


def _per_panel(
    values: Callable[[_Panels, Scene], Sequence[int]], *, outside: int
) -> Callable[[Scene], Rows]:
    """One value for all cells of a panel, `outside` for cells of none."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(outside)
        for panel, value in zip(scene.panels, values(scene.panels, scene), strict=True):
            for (row, column), _ in panel.cells():
                out[row][column] = value
        return out

    return compute


def _each(value: Callable[[Panel, Scene], int]) -> Callable[[_Panels, Scene], Sequence[int]]:
    return lambda panels, scene: [value(panel, scene) for panel in panels]


def _within(value: Callable[[Panel, int, int], int]) -> Callable[[Scene], Rows]:
    """A value that depends on where in its panel the cell lies."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(NOTHING)
        for panel in scene.panels:
            for (row, column), _ in panel.cells():
                out[row][column] = value(panel, row - panel.top, column - panel.left)
        return out

    return compute


def _colours(panel: Panel, scene: Scene) -> Counter[int]:
    """How many cells each colour but the background has in the panel."""
    counts = Counter(colour for line in panel.lines for colour in line)
    counts.pop(scene.background, None)
    return counts


def _filled(panel: Panel, scene: Scene) -> int:
    return _colours(panel, scene).total()


def _majority(panel: Panel, _scene: Scene) -> int:
    return most_common(Counter(colour for line in panel.lines for colour in line))


def _fullest(panels: _Panels, scene: Scene) -> Sequence[int]:
    counts = [_filled(panel, scene) for panel in panels]
    return [int(count == max(counts)) for count in counts]


def _emptiest(panels: _Panels, scene: Scene) -> Sequence[int]:
    counts = [_filled(panel, scene) for panel in panels]
    return [int(count == min(counts)) for count in counts]


def _twins(panels: _Panels, _scene: Scene) -> Sequence[int]:
    counts = Counter(panel.lines for panel in panels)
    return [counts[panel.lines] for panel in panels]


def _alike(panels: _Panels, scene: Scene) -> Sequence[int]:
    counts = Counter(_filled(panel, scene) for panel in panels)
    return [counts[_filled(panel, scene)] for panel in panels]


def _is_even(panel: Panel, _scene: Scene) -> int:
    return int(panel.lines == panel.lines[::-1] or all(line == line[::-1] for line in panel.lines))


def _one_of(chosen: Callable[[_Panels, Scene], Sequence[int]]) -> Callable[[Scene], Panel | None]:
    """The only panel a flag is true of."""

    def find(scene: Scene) -> Panel | None:
        flags = chosen(scene.panels, scene)
        marked = [panel for panel, flag in zip(scene.panels, flags, strict=True) if flag]
        return marked[0] if len(marked) == 1 else None

    return find


def _same_place(find: Callable[[Scene], Panel | None]) -> Callable[[Scene], Rows]:
    """The colour at the same place within the panel found."""

    def compute(scene: Scene) -> Rows:
        other = find(scene)
        return _within(lambda _, row, column: _read(other, row, column))(scene)

    return compute


def _as_plan(find: Callable[[Scene], Panel | None]) -> Callable[[Scene], Rows]:
    """The colour the panel found has where the cell's own panel lies among the panels."""

    def compute(scene: Scene) -> Rows:
        plan = find(scene)
        return _within(lambda panel, _row, _column: _read(plan, panel.row, panel.column))(scene)

    return compute


def _read(panel: Panel | None, row: int, column: int) -> int:
    if panel is None or row >= len(panel.lines) or column >= len(panel.lines[row]):
        return NOTHING
    return panel.lines[row][column]


def _overlaid(scene: Scene) -> Rows:
    """The main colour, the background aside, that panels have at the same place within them."""
    seen: dict[tuple[int, int], Counter[int]] = {}
    for panel in scene.panels:
        for (row, column), colour in panel.cells():
            if colour != scene.background:
                spot = (row - panel.top, column - panel.left)
                seen.setdefault(spot, Counter())[colour] += 1
    return _within(lambda _, row, column: most_common(seen.get((row, column), Counter())))(scene)


def _last(position: Callable[[Panel], int]) -> Callable[[_Panels, Scene], Sequence[int]]:
    """How many panels follow in the direction the position counts."""

    def values(panels: _Panels, _scene: Scene) -> Sequence[int]:
        top = max((position(panel) for panel in panels), default=0)
        return [top - position(panel) for panel in panels]

    return values


def _number(words: str, values: Callable[[_Panels, Scene], Sequence[int]]) -> Layer:
    return Layer(words, Kind.NUMBER, _per_panel(values, outside=NOTHING))


def _place(words: str, values: Callable[[_Panels, Scene], Sequence[int]]) -> Layer:
    return Layer(words, Kind.PLACE, _per_panel(values, outside=NOTHING))


def _flag(words: str, values: Callable[[_Panels, Scene], Sequence[int]]) -> Layer:
    return Layer(words, Kind.FLAG, _per_panel(values, outside=0))


def _colour(words: str, value: Callable[[Panel, Scene], int]) -> Layer:
    return Layer(words, Kind.COLOUR, _per_panel(_each(value), outside=NOTHING))


PANELS: Final[dict[str, Layer]] = {
    "panel_row": _place("the place of its panel from the top", _each(lambda p, s: p.row)),
    "panel_column": _place("the place of its panel from the left", _each(lambda p, s: p.column)),
    "panel_from_bottom": _place("the place of its panel from the bottom", _last(lambda p: p.row)),
    "panel_from_right": _place("the place of its panel from the right", _last(lambda p: p.column)),
    "panel_place": _place(
        "the number of its panel in reading order", lambda panels, _: range(len(panels))
    ),
    "row_in_panel": Layer("the row within its panel", Kind.PLACE, _within(lambda p, r, c: r)),
    "column_in_panel": Layer("the column within its panel", Kind.PLACE, _within(lambda p, r, c: c)),
    "panel_count": _number("the number of filled cells in its panel", _each(_filled)),
    "panel_colours": _number(
        "the number of colours in its panel", _each(lambda p, s: len(_colours(p, s)))
    ),
    "panel_twins": _number("how many panels look like its panel", _twins),
    "panel_alike": _number("how many panels are as full as its panel", _alike),
    "panel_fullest": _flag("its panel is the fullest", _fullest),
    "panel_emptiest": _flag("its panel is the emptiest", _emptiest),
    "panel_is_even": _flag("its panel is mirror-symmetric", _each(_is_even)),
    "panel_main": _colour("the main colour of its panel", lambda p, s: most_common(_colours(p, s))),
    "panel_rare": _colour(
        "the rarest colour of its panel", lambda p, s: least_common(_colours(p, s))
    ),
    "panel_majority": _colour("what fills most of its panel", _majority),
    "panel_overlaid": Layer("what any panel shows at the same place", Kind.COLOUR, _overlaid),
    "in_fullest_panel": Layer(
        "the same place in the fullest panel", Kind.COLOUR, _same_place(_one_of(_fullest))
    ),
    "in_emptiest_panel": Layer(
        "the same place in the emptiest panel", Kind.COLOUR, _same_place(_one_of(_emptiest))
    ),
    "planned_by_fullest": Layer(
        "what the fullest panel shows where this panel lies",
        Kind.COLOUR,
        _as_plan(_one_of(_fullest)),
    ),
    "planned_by_emptiest": Layer(
        "what the emptiest panel shows where this panel lies",
        Kind.COLOUR,
        _as_plan(_one_of(_emptiest)),
    ),
}
"""Every layer of this module by name."""
PANELS_WITHIN: Final = (
    "row_in_panel", "column_in_panel", "panel_overlaid", "in_fullest_panel", "in_emptiest_panel",
)  # fmt: skip
"""Those that differ from cell to cell within a panel."""
