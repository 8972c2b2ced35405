"""Examples side by side: input, expected output, and what a program gave or a rule predicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from peirce.agent.interfaces.terminal.block import (
    Block,
    Canvas,
    beside,
    flow,
    folded,
    one_line,
    stack,
    widen,
)
from peirce.agent.interfaces.terminal.grids import (
    NO_MARKS,
    Marks,
    Scale,
    draw_grid,
    explain_marks,
    mismatches,
    size,
)
from peirce.agent.interfaces.terminal.palette import WRONG
from peirce.agent.interfaces.terminal.texts import draw_difference, draw_value
from peirce.tasks.errors import TaskError
from peirce.tasks.values import Grid, Value, ValueType, check, same_value

_ARROW: Final = "→"
_GAP: Final = "  "
_BETWEEN_ROWS: Final = "      "
_NARROW: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One example or test input."""

    label: str
    input: Value
    expected: Value | None = None
    """The output as given; None where it is not known."""
    got: Value | None = None
    """What a program gave, where it differs from `expected`; its differences are marked."""
    predicted: Value | None = None
    """A prediction for a test input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleTable:
    """A renderable list of examples that fits the console it is printed on."""

    rows: tuple[Row, ...]
    input_type: ValueType | None
    output_type: ValueType | None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        canvas = Canvas.of(console, options)
        pictures = [_pictures(row, self) for row in self.rows]
        if any(picture.is_grid for row in pictures for picture in row):
            yield from _draw_pictures(self.rows, pictures, canvas).lines
        else:
            yield from _draw_columns(self.rows, pictures, canvas).lines


def example_table(
    rows: Sequence[Row],
    *,
    input_type: ValueType | None = None,
    output_type: ValueType | None = None,
) -> ExampleTable:
    """Show rows one after the other: grids as pictures, other values as text.

    Without types, values that could be grids are drawn as grids.
    """
    return ExampleTable(rows=tuple(rows), input_type=input_type, output_type=output_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    """One value of a row, with its caption and what is to be marked in it."""

    caption: str
    value: Value
    is_grid: bool
    marks: Marks = NO_MARKS
    wrong: bool = False

    def columns(self, scale: Scale) -> int:
        """Width that is wanted for it."""
        if not self.is_grid:
            return len(self.caption)
        return max(len(self.caption), scale * len(cast("Grid", self.value)[0]))

    def draw(self, canvas: Canvas, scale: Scale) -> Block:
        """Draw the caption and the value below it."""
        if self.is_grid:
            body = draw_grid(cast("Grid", self.value), canvas, scale, marks=self.marks)
        else:
            body = draw_value(self.value, canvas.width, WRONG if self.wrong else "")
        return stack([one_line(self.caption, canvas.width, "dim"), body])


def _pictures(row: Row, table: ExampleTable) -> list[_Picture]:
    found = [_picture("input", row.input, table.input_type)]
    if row.expected is not None:
        name = "output" if row.got is None and row.predicted is None else "expected"
        found.append(_picture(name, row.expected, table.output_type))
    if row.got is not None:
        found.append(_picture("got", row.got, table.output_type, row.expected))
    if row.predicted is not None:
        found.append(_picture("predicted", row.predicted, table.output_type, row.expected))
    return found


def _picture(
    name: str, value: Value, kind: ValueType | None, expected: Value | None = None
) -> _Picture:
    if not _is_grid(value, kind):
        wrong = expected is not None and not same_value(value, expected)
        return _Picture(caption=name, value=value, is_grid=False, wrong=wrong)
    grid = cast("Grid", value)
    known = expected is not None and _is_grid(expected, kind)
    marks = mismatches(grid, cast("Grid", expected)) if known else NO_MARKS
    return _Picture(caption=f"{name} {size(grid)}", value=grid, is_grid=True, marks=marks)


def _is_grid(value: Value, kind: ValueType | None) -> bool:
    if kind is not None and kind is not ValueType.GRID:
        return False
    try:
        check(value, ValueType.GRID)
    except TaskError:
        return False
    return True


def _draw_pictures(
    rows: Sequence[Row], pictures: Sequence[Sequence[_Picture]], canvas: Canvas
) -> Block:
    full = max(
        sum(picture.columns(Scale.FULL) for picture in row) + 5 * (len(row) - 1) for row in pictures
    )
    scale = Scale.FULL if full <= canvas.width else Scale.HALF
    blocks = [
        _draw_row(row, found, canvas, scale) for row, found in zip(rows, pictures, strict=True)
    ]
    return flow(blocks, canvas.width, _BETWEEN_ROWS, apart=1)


def _draw_row(row: Row, pictures: Sequence[_Picture], canvas: Canvas, scale: Scale) -> Block:
    drawn = [picture.draw(canvas, scale) for picture in pictures]
    middle = min(
        block.height // 2 for block, picture in zip(drawn, pictures, strict=True) if picture.is_grid
    )
    drawn = [
        block if picture.is_grid else _lower(block, middle - 1)
        for block, picture in zip(drawn, pictures, strict=True)
    ]
    arrow = _lower(Block((Text(_ARROW),)), middle)
    with_arrow = [drawn[0], arrow, *drawn[1:]] if len(drawn) > 1 else drawn
    notes = [folded(note, canvas.width, "red") for note in _notes(row, pictures)]
    label = one_line(row.label, canvas.width, "bold")
    return stack([label, flow(with_arrow, canvas.width, _GAP), *notes])


def _lower(block: Block, by: int) -> Block:
    return Block((*((Text(),) * by), *block.lines))


def _notes(row: Row, pictures: Sequence[_Picture]) -> Iterator[str]:
    for picture in pictures:
        if picture.marks:
            yield explain_marks(picture.marks)
    wrong = row.got if row.got is not None else row.predicted
    if row.expected is None or wrong is None:
        return
    left, right = pictures[1], pictures[-1]
    if left.is_grid and right.is_grid:
        expected, got = size(cast("Grid", row.expected)), size(cast("Grid", wrong))
        if expected != got:
            yield f"the size is {got} instead of {expected}"


def _draw_columns(
    rows: Sequence[Row], pictures: Sequence[Sequence[_Picture]], canvas: Canvas
) -> Block:
    """Draw rows without grids as a table; what differs is aligned below its row."""
    label = min(max(len(row.label) for row in rows), canvas.width // 4)
    room = canvas.width - label - len(_ARROW) - 3 * len(_GAP)
    if room < _NARROW:
        return stack(picture.draw(canvas, Scale.FULL) for found in pictures for picture in found)
    wanted = max(draw_value(found[0].value, room).width for found in pictures)
    names = sorted({found[1].caption for found in pictures if len(found) > 1})
    left = max(len("input"), min(wanted, room // 2 if names else room))
    widths = (label, left, len(_ARROW), room - left)
    heading = names[0] if len(names) == 1 else "output" if names else ""
    header = zip(("", "input", "", heading), widths, strict=True)
    blocks = [_line([one_line(text, width, "dim") for text, width in header], widths)]
    for row, found in zip(rows, pictures, strict=True):
        cells = [one_line(row.label, label, "bold"), draw_value(row.input, left)]
        if len(found) > 1:
            arrow = Block((Text(_ARROW, "bold"),))
            cells += [arrow, draw_value(found[1].value, widths[3])]
        blocks.append(_line(cells, widths))
        blocks.append(
            _indent(_draw_comparison(row, replace(canvas, width=room)), label + len(_GAP))
        )
    return stack(blocks)


def _line(cells: Sequence[Block], widths: Sequence[int]) -> Block:
    padded = [widen(cell, width) for cell, width in zip(cells[:-1], widths, strict=False)]
    return beside([*padded, cells[-1]], _GAP)


def _indent(block: Block, columns: int) -> Block:
    return Block(tuple(Text(" " * columns).append_text(line) for line in block.lines))


def _draw_comparison(row: Row, canvas: Canvas) -> Block:
    wrong = row.got if row.got is not None else row.predicted
    if row.expected is None or wrong is None:
        return Block(())
    return draw_difference(row.expected, wrong, canvas)
