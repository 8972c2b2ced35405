"""How much a look at the examples promises for each kind of rule about things in place."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple, cast

from peirce.tasks.task import Task
from peirce.tasks.values import Grid, Value, ValueType

LIKELY: Final = 0.8
POSSIBLE: Final = 0.5
HARDLY: Final = 0.3


class _Change(NamedTuple):
    """What happens to the cells of one example; its commonest colour, or 0, is the ground."""

    filled: bool
    """Some cell of the ground gets another colour."""
    emptied: bool
    """Some cell becomes ground."""
    recoloured: bool
    """Some other cell changes its colour."""


def is_of_grids(task: Task) -> bool:
    """Grids go in, grids come out."""
    return task.input_type == task.output_type == ValueType.GRID


def same_size(task: Task) -> bool:
    """Grids go in, grids of the same size come out."""
    if not is_of_grids(task):
        return False
    pairs = ((cast("Grid", one.input), cast("Grid", one.output)) for one in task.train)
    return all((len(a), len(a[0])) == (len(b), len(b[0])) for a, b in pairs)


def smaller(task: Task) -> bool:
    """Grids go in, grids of fewer cells come out."""
    if not is_of_grids(task):
        return False
    pairs = ((cast("Grid", one.input), cast("Grid", one.output)) for one in task.train)
    return all(len(b) * len(b[0]) < len(a) * len(a[0]) for a, b in pairs)


def for_recolouring(task: Task) -> float:
    """Likely where nothing appears on the ground."""
    if not same_size(task):
        return 0.0
    return HARDLY if any(change.filled for change in _changes(task)) else LIKELY


def for_moving(task: Task) -> float:
    """Likely where cells leave their places and others are filled."""
    if not same_size(task):
        return 0.0
    if any(change.emptied and change.filled for change in _changes(task)):
        return LIKELY
    return HARDLY


def for_changing(task: Task) -> float:
    """Not where the cells of every colour only change places, unlikely elsewhere."""
    return HARDLY if same_size(task) and not rearranged(task) else 0.0


def for_mixing(task: Task) -> float:
    """Whatever single families of actions cannot explain; it builds on what they find out."""
    return HARDLY if same_size(task) else 0.0


def rearranged(task: Task) -> bool:
    """Every output has as many cells of each colour as its input, in a grid of the same size."""
    return same_size(task) and all(
        _palette(one.input) == _palette(one.output) for one in task.train
    )


def _palette(value: Value) -> Counter[int]:
    return Counter(cell for row in cast("Grid", value) for cell in row)


def for_redrawing(task: Task) -> float:
    """Possible wherever the sizes agree."""
    return POSSIBLE if same_size(task) else 0.0


def for_adding(task: Task) -> float:
    """Likely where cells are filled and nothing else changes."""
    if not same_size(task):
        return 0.0
    others = any(change.emptied or change.recoloured for change in _changes(task))
    return HARDLY if others else LIKELY


def _changes(task: Task) -> Iterator[_Change]:
    for example in task.train:
        before, after = cast("Grid", example.input), cast("Grid", example.output)
        pairs = [
            (old, new)
            for row, line in zip(before, after, strict=True)
            for old, new in zip(row, line, strict=True)
        ]
        colours = [old for old, _ in pairs]
        ground = 0 if 0 in colours else max(set(colours), key=colours.count)
        changed = [(old, new) for old, new in pairs if old != new]
        yield _Change(
            any(old == ground for old, _ in changed),
            any(new == ground for _, new in changed),
            any(ground not in pair for pair in changed),
        )
