"""Canvases: which grid of the output's size a cell rule may start from when sizes differ.

A plan makes a canvas from an input: the grid itself, one of its panels with the others laid beside
it, a blown up copy with a tiled one beside it, or a cut-out. A plan fits when its canvas has the
size of the output in every demo.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from peirce.agent.proposers.symbolic.grids.cells_table import Canvas
from peirce.prototypes import grids
from peirce.tasks.values import Grid

_Factors: TypeAlias = Callable[[Grid], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A way to make a canvas, as a function and as source."""

    make: Callable[[Grid], Canvas]
    setup: tuple[str, ...] = ()
    """Statements of `transform` that come first."""
    base: str = "grid"
    """Expression for the grid whose cells are ruled over."""
    beside: str = ""
    """Expression for the grids laid beside."""
    words: str = ""
    """What is done first, as a sentence; empty if nothing."""
    cost: float = 0.0
    panels: str = ""
    """If each panel becomes one cell: the arguments of `grids.map_panels`."""

    @property
    def call(self) -> str:
        """The expression that applies `cell`."""
        if self.panels:
            return f"grids.map_panels({self.panels})"
        extra = f", beside={self.beside}" if self.beside else ""
        return f"grids.map_cells({self.base}, cell{extra})"


PLAIN = Plan(make=lambda grid: Canvas(grid=grid))
"""The input itself."""


def plans(inputs: Sequence[Grid], outputs: Sequence[Grid]) -> Iterator[Plan]:
    """The plans that fit, the simplest first."""
    for plan in _candidates(inputs, outputs):
        canvases = [plan.make(grid) for grid in inputs]
        wanted = [_size(output) for output in outputs]
        if [canvas.size for canvas in canvases[: len(outputs)]] != wanted:
            continue
        if len({len(canvas.beside) for canvas in canvases}) == 1 and all(
            _size(other) == _size(canvas.grid) for canvas in canvases for other in canvas.beside
        ):
            yield plan


def _candidates(inputs: Sequence[Grid], outputs: Sequence[Grid]) -> Iterator[Plan]:
    yield PLAIN
    if all(_size(a) == _size(b) for a, b in zip(inputs, outputs, strict=False)):
        return
    yield Plan(
        make=partial(_panelled, grids.split_panels),
        setup=("panels = grids.split_panels(grid)",),
        base="panels[0]",
        beside="panels[1:]",
        words="The grid's panels are laid on top of each other.",
        cost=1.0,
    )
    for count in (2, 3, 4, 5):
        for function, where in (
            (grids.equal_panels_across, "side by side"),
            (grids.equal_panels_down, "one below the other"),
        ):
            yield Plan(
                make=partial(_panelled, partial(function, count=count)),
                setup=(f"panels = grids.{function.__name__}(grid, {count})",),
                base="panels[0]",
                beside="panels[1:]",
                words=f"The grid's {count} panels {where} are laid on top of each other.",
                cost=1.2,
            )
    yield from _one_for_each(inputs[0], outputs[0])
    yield from _enlarged(inputs[0], outputs[0])
    yield from _cut_out()


def _one_for_each(grid: Grid, output: Grid) -> Iterator[Plan]:
    """Every panel becomes one cell: panels between lines, or blocks of one size."""
    yield Plan(
        make=lambda grid: Canvas(grid=grid, panels=True),
        panels="grid, cell",
        words="Every panel becomes one cell.",
        cost=1.0,
    )
    (rows, more_rows), (columns, more_columns) = (
        divmod(inner, outer) for inner, outer in zip(_size(grid), _size(output), strict=True)
    )
    if more_rows or more_columns or rows * columns < 2:
        return
    yield Plan(
        make=lambda grid: Canvas(grid=grid, panels=True, block=(rows, columns)),
        panels=f"grid, cell, block=({rows}, {columns})",
        words=f"Every block of {rows} by {columns} cells becomes one cell.",
        cost=1.2,
    )


def _panelled(split: Callable[[Grid], Sequence[Sequence[Sequence[int]]]], grid: Grid) -> Canvas:
    first, *rest = [tuple(tuple(row) for row in panel) for panel in split(grid)]
    return Canvas(grid=first, beside=tuple(rest))


def _enlarged(grid: Grid, output: Grid) -> Iterator[Plan]:
    """The input blown up, with the repeated input beside it, and the other way round."""
    down, across = len(output) // len(grid), len(output[0]) // len(grid[0])
    if down * across < 2:
        return
    fixed: _Factors = partial(_constant, (down, across))
    sizes: list[tuple[str, str, _Factors]] = [(str(down), str(across), fixed)]
    if (down, across) == _size(grid):
        sizes.append(("len(grid)", "len(grid[0])", _size))
    for rows, columns, factors in sizes:
        setup = (
            f"large = grids.scale(grid, {rows}, {columns})",
            f"many = grids.tile(grid, {rows}, {columns})",
        )
        words = "The input is blown up and laid over repeated copies of itself."
        yield Plan(
            make=partial(_blown_up, factors),
            setup=setup,
            base="large",
            beside="(many,)",
            words=words,
            cost=1.5,
        )
        yield Plan(
            make=partial(_repeated, factors),
            setup=setup,
            base="many",
            beside="(large,)",
            words="The input is repeated, and laid over a blown up copy of itself.",
            cost=1.5,
        )


def _constant(factors: tuple[int, int], _grid: Grid) -> tuple[int, int]:
    return factors


def _blown_up(factors: _Factors, grid: Grid) -> Canvas:
    down, across = factors(grid)
    return Canvas(grid=grids.scale(grid, down, across), beside=(grids.tile(grid, down, across),))


def _repeated(factors: _Factors, grid: Grid) -> Canvas:
    down, across = factors(grid)
    return Canvas(grid=grids.tile(grid, down, across), beside=(grids.scale(grid, down, across),))


def _cut_out() -> Iterator[Plan]:
    for function, words in (
        (grids.crop_to_content, "Only the content is kept."),
        (grids.trim_border, "The border is cut off."),
        (grids.merge_equal_lines, "Equal neighbouring lines become one."),
        (grids.drop_empty_lines, "Empty lines are dropped."),
        (grids.transpose, "The grid is mirrored at its diagonal."),
        (grids.rotate_clockwise, "The grid is turned clockwise."),
    ):
        yield Plan(
            make=lambda grid, function=function: Canvas(grid=function(grid)),
            setup=(f"canvas = grids.{function.__name__}(grid)",),
            base="canvas",
            words=words,
            cost=1.5,
        )


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])
