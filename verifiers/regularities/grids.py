"""What is read off an input grid and an output grid."""

from collections import Counter
from collections.abc import Callable
from typing import Final, cast

from peirce.tasks.values import Grid, Value
from peirce.verifiers.regularities.property import Property, Reading, holds


def _grids(read: Callable[[Grid, Grid], Reading]) -> Callable[[Value, Value], Reading]:
    return lambda value, output: read(cast("Grid", value), cast("Grid", output))


def _grids_hold(test: Callable[[Grid, Grid], bool]) -> Callable[[Value, Value], Reading]:
    return holds(lambda value, output: test(cast("Grid", value), cast("Grid", output)))


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _colours(grid: Grid) -> frozenset[int]:
    return frozenset(cell for row in grid for cell in row)


def _counts(grid: Grid) -> Counter[int]:
    return Counter(cell for row in grid for cell in row)


def _filled(grid: Grid) -> int:
    return sum(cell != 0 for row in grid for cell in row)


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


def _areas(grid: Grid) -> int:
    """How many areas of one colour but black there are, corners connecting."""
    todo = {(r, c): cell for r, row in enumerate(grid) for c, cell in enumerate(row) if cell}
    count = 0
    while todo:
        start, colour = todo.popitem()
        count += 1
        stack = [start]
        while stack:
            row, column = stack.pop()
            for near in ((row + d, column + e) for d in (-1, 0, 1) for e in (-1, 0, 1)):
                if todo.get(near) == colour:
                    del todo[near]
                    stack.append(near)
    return count


OF_GRIDS: Final = (
    Property("size", "all outputs have one size", _grids(lambda _, out: _size(out))),
    Property(
        "size",
        "every output is as large as its input",
        _grids_hold(lambda value, out: _size(value) == _size(out)),
    ),
    Property(
        "size",
        "all outputs are the same number of times as large as their inputs",
        _grids(lambda v, out: (len(out) / len(v), len(out[0]) / len(v[0]))),
    ),
    Property(
        "colours",
        "all outputs bring the same new colours",
        _grids(lambda value, out: _colours(out) - _colours(value)),
    ),
    Property(
        "lost colours",
        "all outputs lose the same colours",
        _grids(lambda value, out: _colours(value) - _colours(out)),
    ),
    Property(
        "number of colours",
        "all outputs have the same number of colours",
        _grids(lambda _, out: len(_colours(out))),
    ),
    Property(
        "objects",
        "all outputs have the same number of objects",
        _grids(lambda _, out: _areas(out)),
    ),
    Property(
        "objects",
        "every output has as many objects as its input",
        _grids_hold(lambda value, out: _areas(value) == _areas(out)),
    ),
    Property(
        "amounts",
        "every output has as many cells of each colour as its input",
        _grids_hold(lambda value, out: _counts(value) == _counts(out)),
    ),
    Property(
        "amounts",
        "every output has as many filled cells as its input",
        _grids_hold(lambda value, out: _filled(value) == _filled(out)),
    ),
    Property("content", "every output shows somewhere in its input", _grids_hold(_is_window)),
    Property("content", "filled cells never change", _grids_hold(_keeps_filled)),
    Property("content", "only cells of certain colours change", _grids(_changed_from)),
    Property("new content", "cells change to certain colours only", _grids(_changed_to)),
    Property(
        "mirror",
        "every output is the same when mirrored left to right",
        _grids_hold(lambda _, out: all(row == row[::-1] for row in out)),
    ),
    Property(
        "mirror",
        "every output is the same when mirrored top to bottom",
        _grids_hold(lambda _, out: out == out[::-1]),
    ),
    Property(
        "difference",
        "every output differs from its input",
        _grids_hold(lambda value, out: value != out),
    ),
    Property(
        "difference",
        "no output is of one colour",
        _grids_hold(lambda _, out: len(_colours(out)) > 1),
    ),
)
