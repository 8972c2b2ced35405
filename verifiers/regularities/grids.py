"""What is read off the cells and colours of an input grid and an output grid."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, cast

from peirce.tasks.values import Grid, Value
from peirce.verifiers.regularities import things
from peirce.verifiers.regularities.property import Property, Reading, holds


def read_grids(read: Callable[[Grid, Grid], Reading]) -> Callable[[Value, Value], Reading]:
    """What is read off two grids."""
    return lambda value, output: read(cast("Grid", value), cast("Grid", output))


def hold_grids(test: Callable[[Grid, Grid], bool]) -> Callable[[Value, Value], Reading]:
    """What counts only where it is true of two grids."""
    return holds(lambda value, output: test(cast("Grid", value), cast("Grid", output)))


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _colours(grid: Grid) -> frozenset[int]:
    return frozenset(cell for row in grid for cell in row)


def _counts(grid: Grid) -> Counter[int]:
    return Counter(cell for row in grid for cell in row)


def _filled(grid: Grid) -> int:
    return sum(cell != 0 for row in grid for cell in row)


@lru_cache(maxsize=64)
def _changes(value: Grid, output: Grid) -> frozenset[tuple[int, int]] | None:
    """The colours before and after of the cells that change, where sizes agree."""
    if _size(value) != _size(output):
        return None
    return frozenset(
        (old, new)
        for before, after in zip(value, output, strict=True)
        for old, new in zip(before, after, strict=True)
        if old != new
    )


def _changed_from(value: Grid, output: Grid) -> Reading:
    changes = _changes(value, output)
    return None if changes is None else frozenset(old for old, _ in changes)


def _changed_to(value: Grid, output: Grid) -> Reading:
    changes = _changes(value, output)
    return None if changes is None else frozenset(new for _, new in changes)


def _keeps_filled(value: Grid, output: Grid) -> bool:
    changes = _changes(value, output)
    return changes is not None and all(old == 0 for old, _ in changes)


def _is_window(value: Grid, output: Grid) -> bool:
    """Whether the output shows somewhere in the input."""
    (height, width), (down, across) = _size(value), _size(output)
    if (height, width) == (down, across) or down > height or across > width:
        return False
    first = output[0]
    return any(
        value[top][left : left + across] == first
        and all(value[top + row][left : left + across] == output[row] for row in range(1, down))
        for top in range(height - down + 1)
        for left in range(width - across + 1)
    )


def _commonest(grid: Grid) -> int:
    return _counts(grid).most_common(1)[0][0]


def _keeps_border(value: Grid, output: Grid) -> bool:
    return _size(value) == _size(output) and all(
        before[0] == after[0]
        and before[-1] == after[-1]
        and (before == after or 0 < row < len(value) - 1)
        for row, (before, after) in enumerate(zip(value, output, strict=True))
    )


def _keeps_filling(value: Grid, output: Grid) -> bool:
    return _empties_none(value, output) and _fills_none(value, output)


def _empties_none(value: Grid, output: Grid) -> bool:
    changes = _changes(value, output)
    return changes is not None and all(new for _, new in changes)


def _fills_none(value: Grid, output: Grid) -> bool:
    changes = _changes(value, output)
    return changes is not None and all(old for old, _ in changes)


def _keeps_colour(colour: int, value: Grid, output: Grid) -> bool:
    changes = _changes(value, output)
    return (
        changes is not None
        and colour in _colours(value)
        and all(old != colour for old, _ in changes)
    )


OF_GRIDS: Final = (
    Property(
        "size", "all outputs have one size", read_grids(lambda _, out: _size(out)), alone=True
    ),
    Property(
        "size",
        "every output is as large as its input",
        hold_grids(lambda value, out: _size(value) == _size(out)),
    ),
    Property(
        "size",
        "all outputs are the same number of times as large as their inputs",
        read_grids(lambda v, out: (len(out) / len(v), len(out[0]) / len(v[0]))),
    ),
    Property(
        "colours",
        "all outputs bring the same new colours",
        read_grids(lambda value, out: _colours(out) - _colours(value)),
    ),
    Property(
        "lost colours",
        "all outputs lose the same colours",
        read_grids(lambda value, out: _colours(value) - _colours(out)),
    ),
    Property(
        "number of colours",
        "all outputs have the same number of colours",
        read_grids(lambda _, out: len(_colours(out))),
        alone=True,
    ),
    Property(
        "objects",
        "all outputs have the same number of objects",
        read_grids(lambda _, out: len(things.things(out))),
        alone=True,
    ),
    Property(
        "objects",
        "every output has as many objects as its input",
        hold_grids(lambda value, out: len(things.things(value)) == len(things.things(out))),
    ),
    Property(
        "amounts",
        "every output has as many cells of each colour as its input",
        hold_grids(lambda value, out: _counts(value) == _counts(out)),
    ),
    Property(
        "amounts",
        "every output has as many filled cells as its input",
        hold_grids(lambda value, out: _filled(value) == _filled(out)),
    ),
    Property("content", "every output shows somewhere in its input", hold_grids(_is_window)),
    Property("content", "filled cells never change", hold_grids(_keeps_filled)),
    Property("content", "only cells of certain colours change", read_grids(_changed_from)),
    Property("new content", "cells change to certain colours only", read_grids(_changed_to)),
    Property(
        "mirror",
        "every output is the same when mirrored left to right",
        hold_grids(lambda _, out: all(row == row[::-1] for row in out)),
        alone=True,
    ),
    Property(
        "mirror",
        "every output is the same when mirrored top to bottom",
        hold_grids(lambda _, out: out == out[::-1]),
        alone=True,
    ),
    Property(
        "difference",
        "every output differs from its input",
        hold_grids(lambda value, out: value != out),
    ),
    Property(
        "difference",
        "no output is of one colour",
        hold_grids(lambda _, out: len(_colours(out)) > 1),
        alone=True,
    ),
    Property(
        "half turn",
        "every output is the same when turned by half a turn",
        hold_grids(lambda _, out: tuple(row[::-1] for row in out[::-1]) == out),
        alone=True,
    ),
    Property(
        "half turn",
        "every output is the same when mirrored along the diagonal",
        hold_grids(lambda _, out: tuple(zip(*out, strict=True)) == out),
        alone=True,
    ),
    Property(
        "one colour",
        "every output has one colour beside black",
        hold_grids(lambda _, out: len(_colours(out) - {0}) == 1),
        alone=True,
    ),
    Property(
        "ground",
        "the commonest colour stays the same",
        hold_grids(lambda value, out: _commonest(value) == _commonest(out)),
    ),
    Property(
        "things", "every output has the same things as its input", hold_grids(things.are_the_same)
    ),
    Property(
        "things", "every thing of an output is one of its input's", hold_grids(things.come_from)
    ),
    Property("things", "no thing of an input is lost", hold_grids(things.are_all_kept)),
    Property(
        "shapes",
        "every output has the same shapes as its input",
        hold_grids(things.shapes_are_the_same),
    ),
    Property(
        "shapes",
        "every shape of an output is one of its input's",
        hold_grids(things.shapes_come_from),
    ),
    Property(
        "alike",
        "all things of an output have the same shape",
        hold_grids(lambda _, out: things.are_alike(out)),
        alone=True,
    ),
    Property(
        "single cells",
        "no thing of an output is a single cell",
        hold_grids(lambda _, out: things.have_several_cells(out)),
        alone=True,
    ),
    Property(
        "rectangles",
        "every thing of an output is a full rectangle",
        hold_grids(lambda _, out: things.are_rectangles(out)),
        alone=True,
    ),
    Property("border", "cells at the border never change", hold_grids(_keeps_border)),
    Property("filling", "the same cells stay filled", hold_grids(_keeps_filling)),
    Property("filling", "no filled cell is emptied", hold_grids(_empties_none)),
    Property("filling", "no empty cell is filled", hold_grids(_fills_none)),
    *(
        Property(
            "kept colours",
            f"cells of colour {colour} never change",
            hold_grids(partial(_keeps_colour, colour)),
        )
        for colour in range(10)
    ),
)
