"""Grids as pictures: two columns a cell, or half blocks, or digits where there is no colour.

A grid that is too wide even so is drawn smaller, one cell standing for several, with a note.
"""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.style import Style
from rich.text import Text

from peirce.agent.interfaces.terminal.block import Block, Canvas, folded, stack
from peirce.agent.interfaces.terminal.palette import DOT, ink, paint
from peirce.tasks.values import Grid

Cell: TypeAlias = tuple[int, int]
Marks: TypeAlias = frozenset[Cell]

NO_MARKS: Marks = frozenset()
_NAMED_CELLS = 4


class Scale(IntEnum):
    """How large a grid is drawn: columns per cell."""

    FULL = 2
    """Two columns a cell: squares, or digits with a gap."""
    HALF = 1
    """One column a cell: half blocks, or digits without a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPanel:
    """A renderable grid that takes the largest scale the console has room for."""

    grid: Grid
    marks: Marks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        canvas = Canvas.of(console, options)
        scale = Scale.FULL if len(self.grid[0]) * 2 <= canvas.width else Scale.HALF
        yield from draw_grid(self.grid, canvas, scale, marks=self.marks).lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = min(options.max_width, max(2 * len(self.grid[0]), 8))
        return Measurement(min(8, widest), widest)


def grid_panel(grid: Grid, *, marks: Marks = NO_MARKS) -> GridPanel:
    """Draw one grid; marked cells (row, column) stand out."""
    return GridPanel(grid=grid, marks=marks)


def mismatches(got: Grid, expected: Grid) -> Marks:
    """Return the cells of `got` that differ; none where the sizes differ already."""
    if size(got) != size(expected):
        return NO_MARKS
    return frozenset(
        (row, column)
        for row, cells in enumerate(got)
        for column, cell in enumerate(cells)
        if cell != expected[row][column]
    )


def size(grid: Grid) -> str:
    """Write height and width as people do: `3×5`."""
    return f"{len(grid)}×{len(grid[0])}"


def explain_marks(marks: Marks) -> str:
    """Say in words how many cells differ, and where the first ones are."""
    if not marks:
        return ""
    first = [f"row {row + 1} column {column + 1}" for row, column in sorted(marks)[:_NAMED_CELLS]]
    more = ", …" if len(marks) > _NAMED_CELLS else ""
    noun = "cell differs" if len(marks) == 1 else "cells differ"
    return f"{len(marks)} {noun}: {', '.join(first)}{more}"


def draw_grid(grid: Grid, canvas: Canvas, scale: Scale, *, marks: Marks = NO_MARKS) -> Block:
    """Draw a grid within the width of the canvas."""
    factor = -(-len(grid[0]) * scale // canvas.width)
    if factor == 1:
        return _draw(grid, marks, canvas, scale)
    small, few = _shrink(grid, marks, factor)
    note = folded(f"1 cell = {factor}×{factor}", canvas.width, "dim")
    return stack([_draw(small, few, canvas, scale), note])


def _draw(grid: Grid, marks: Marks, canvas: Canvas, scale: Scale) -> Block:
    if canvas.palette == "none":
        return _draw_digits(grid, marks, scale)
    true_colour = canvas.palette == "true"
    if scale is Scale.FULL:
        return _draw_squares(grid, marks, true_colour=true_colour)
    return _draw_half_blocks(grid, marks, true_colour=true_colour)


def _draw_digits(grid: Grid, marks: Marks, scale: Scale) -> Block:
    lines: list[Text] = []
    for row, cells in enumerate(grid):
        line = Text(no_wrap=True)
        for column, cell in enumerate(cells):
            wrong = (row, column) in marks
            line.append(str(cell))
            if scale is Scale.FULL:
                line.append("*" if wrong else " ")
        line.rstrip()
        lines.append(line)
    return Block(tuple(lines))


def _draw_squares(grid: Grid, marks: Marks, *, true_colour: bool) -> Block:
    lines: list[Text] = []
    for row, cells in enumerate(grid):
        line = Text(no_wrap=True)
        for column, cell in enumerate(cells):
            wrong = (row, column) in marks
            ground = paint(cell, true_colour=true_colour).name
            if wrong:
                line.append("><", Style(color=ink(cell), bgcolor=ground, bold=True))
            else:
                dot = "· " if cell == 0 else "  "
                line.append(dot, Style(color=DOT, bgcolor=ground))
        lines.append(line)
    return Block(tuple(lines))


def _draw_half_blocks(grid: Grid, marks: Marks, *, true_colour: bool) -> Block:
    def colour(row: int, column: int) -> str | None:
        if row >= len(grid):
            return None
        fogged = bool(marks) and (row, column) not in marks
        return paint(grid[row][column], true_colour=true_colour, fogged=fogged).name

    lines: list[Text] = []
    for row in range(0, len(grid), 2):
        line = Text(no_wrap=True)
        for column in range(len(grid[0])):
            upper, lower = colour(row, column), colour(row + 1, column)
            if upper != lower:
                line.append("▀", Style(color=upper, bgcolor=lower))
            else:
                dot = "·" if grid[row][column] == 0 and column % 2 == 0 and not marks else " "
                line.append(dot, Style(color=DOT, bgcolor=lower))
        lines.append(line)
    return Block(tuple(lines))


def _shrink(grid: Grid, marks: Marks, factor: int) -> tuple[Grid, Marks]:
    """Let one cell stand for a square of them: what is on it beats the commonest colour."""
    ground = Counter(cell for row in grid for cell in row).most_common(1)[0][0]

    def pick(top: int, left: int) -> int:
        patch = [cell for row in grid[top : top + factor] for cell in row[left : left + factor]]
        figures = [cell for cell in patch if cell != ground]
        return Counter(figures or patch).most_common(1)[0][0]

    small = tuple(
        tuple(pick(top, left) for left in range(0, len(grid[0]), factor))
        for top in range(0, len(grid), factor)
    )
    return small, frozenset((row // factor, column // factor) for row, column in marks)
