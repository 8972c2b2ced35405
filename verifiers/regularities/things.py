"""What is read off the things in an input grid and in an output grid.

A thing is an area of one colour but black, corners connecting.
"""

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from peirce.tasks.values import Grid


class Thing(NamedTuple):
    """The colour and the shape of an area, wherever it is."""

    colour: int
    shape: frozenset[tuple[int, int]]
    """Its cells, counted from the corner of its box."""

    @property
    def is_rectangle(self) -> bool:
        """Whether it fills its box."""
        height = 1 + max(row for row, _ in self.shape)
        width = 1 + max(column for _, column in self.shape)
        return height * width == len(self.shape)


@lru_cache(maxsize=64)
def things(grid: Grid) -> tuple[Thing, ...]:
    """The things of a grid."""
    todo = {(r, c): cell for r, row in enumerate(grid) for c, cell in enumerate(row) if cell}
    found: list[Thing] = []
    while todo:
        start, colour = todo.popitem()
        cells = [start]
        for row, column in cells:
            for near in ((row + d, column + e) for d in (-1, 0, 1) for e in (-1, 0, 1)):
                if todo.get(near) == colour:
                    del todo[near]
                    cells.append(near)
        top, left = min(row for row, _ in cells), min(column for _, column in cells)
        found.append(Thing(colour, frozenset((row - top, column - left) for row, column in cells)))
    return tuple(found)


def are_the_same(value: Grid, output: Grid) -> bool:
    """Whether both have the same things, wherever they are."""
    return Counter(things(value)) == Counter(things(output))


def come_from(value: Grid, output: Grid) -> bool:
    """Whether every thing of the output is one of the input's."""
    return not Counter(things(output)) - Counter(things(value))


def are_all_kept(value: Grid, output: Grid) -> bool:
    """Whether no thing of the input is lost."""
    return not Counter(things(value)) - Counter(things(output))


def shapes_are_the_same(value: Grid, output: Grid) -> bool:
    """Whether both have things of the same shapes, whatever their colours."""
    before, after = (Counter(thing.shape for thing in things(grid)) for grid in (value, output))
    return before == after


def shapes_come_from(value: Grid, output: Grid) -> bool:
    """Whether every shape of the output is one of the input's."""
    return {thing.shape for thing in things(output)} <= {thing.shape for thing in things(value)}


def are_alike(output: Grid) -> bool:
    """Whether there are several things, all of one shape."""
    found = things(output)
    return len(found) > 1 and len({thing.shape for thing in found}) == 1


def have_several_cells(output: Grid) -> bool:
    """Whether there are things, and none of them is a single cell."""
    return bool(things(output)) and all(len(thing.shape) > 1 for thing in things(output))


def are_rectangles(output: Grid) -> bool:
    """Whether there are things, and every one fills its box."""
    return bool(things(output)) and all(thing.is_rectangle for thing in things(output))
