"""Views of a task as text: what a model is shown of the examples.

A grid is shown as rows of digits, as the objects in it, or as the cells that change from input to
output. Object lists took GPT-4 from 26 to 46 % of ARC-50 and from 42 to 84 % of 1D-ARC (Xu et al.
2023, LLMs and the Abstraction and Reasoning Corpus), so they stand beside the raw rows. Test
outputs are not in a `Task`, hence in no view.
"""

import json
import random
from enum import StrEnum
from typing import Final, cast

from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.task import Task
from peirce.tasks.values import Atom, Grid, Value, ValueType, encode

COLOURS: Final = (
    "black",
    "blue",
    "red",
    "green",
    "yellow",
    "grey",
    "magenta",
    "orange",
    "azure",
    "maroon",
)
"""The names ARC's colours go by."""
MOST_OBJECTS: Final = 24
"""Grids with more objects than this are shown without the list."""
MOST_CHANGES: Final = 40
"""Changed cells listed for one example."""
LONGEST: Final = 24_000
"""Characters of a view; later examples are left out beyond it, and that is said."""


class View(StrEnum):
    """How the values of a task are shown."""

    RAW = "raw"
    """Values alone."""
    OBJECTS = "objects"
    """Grids with the list of their objects."""
    CHANGES = "changes"
    """Grids with the list of cells that change."""


def describe(task: Task, view: View, *, seed: int = 0) -> str:
    """The examples and test inputs of a task as text.

    Args:
        task: what is to be explained.
        view: how grids are shown; other values look the same in every view.
        seed: 0 keeps the order of the examples, any other number shuffles it.
    """
    examples = list(enumerate(task.train, start=1))
    if seed:
        random.Random(seed).shuffle(examples)
    parts: list[str] = []
    if task.background:
        parts.append(f"Known facts and rules (Prolog):\n{task.background.strip()[:4000]}")
    for place, (number, pair) in enumerate(examples):
        text = f"Example {number}\nInput:\n{show(pair.input, view)}\n"
        text += f"Output:\n{show(pair.output, view)}"
        if view is View.CHANGES and _comparable(pair.input, pair.output):
            text += "\n" + _changes(cast("Grid", pair.input), cast("Grid", pair.output))
        if sum(map(len, parts)) + len(text) > LONGEST and place:
            parts.append(f"({len(examples) - place} more examples are left out here.)")
            break
        parts.append(text)
    for number, value in enumerate(task.test[:4], start=1):
        parts.append(f"Test input {number}\n{show(value, view)}")
    return "\n\n".join(parts)


def show(value: Value, view: View = View.RAW) -> str:
    """One value as text."""
    if not is_grid(value):
        return value.text if isinstance(value, Atom) else json.dumps(encode(value))
    grid = cast("Grid", value)
    rows = "\n".join(" ".join(map(str, row)) for row in grid)
    text = f"{rows}\n({len(grid)} rows, {len(grid[0])} columns)"
    return f"{text}\n{_objects(grid)}" if view is View.OBJECTS else text


def views_for(task: Task) -> tuple[View, ...]:
    """The views that differ for a task, the most useful first."""
    if ValueType.GRID not in {task.input_type, task.output_type}:
        return (View.RAW,)
    alike = all(_comparable(pair.input, pair.output) for pair in task.train)
    return (View.OBJECTS, View.CHANGES, View.RAW) if alike else (View.OBJECTS, View.RAW)


def is_grid(value: Value) -> bool:
    """True for a non-empty tuple of equally long non-empty rows."""
    return (
        isinstance(value, tuple)
        and bool(value)
        and all(isinstance(row, tuple) and bool(row) for row in value)
        and len({len(row) for row in cast("Grid", value)}) == 1
    )


def _comparable(left: Value, right: Value) -> bool:
    if not (is_grid(left) and is_grid(right)):
        return False
    before, after = cast("Grid", left), cast("Grid", right)
    return (len(before), len(before[0])) == (len(after), len(after[0]))


def _objects(grid: Grid) -> str:
    found = grids.objects(grid)
    if not 0 < len(found) <= MOST_OBJECTS:
        return f"Objects: {len(found)}"
    lines = [f"  {_object(item)}" for item in found]
    return "Objects (same colour, touching):\n" + "\n".join(lines)


def _object(item: Item) -> str:
    colours = ", ".join(COLOURS[colour] for colour in sorted({cell[2] for cell in item.cells}))
    return (
        f"{colours}, {item.size} cells, rows {item.top}-{item.bottom}, "
        f"columns {item.left}-{item.right}"
    )


def _changes(before: Grid, after: Grid) -> str:
    changed = [
        f"({row},{column}): {old}->{new}"
        for row, (left, right) in enumerate(zip(before, after, strict=True))
        for column, (old, new) in enumerate(zip(left, right, strict=True))
        if old != new
    ]
    more = f" and {len(changed) - MOST_CHANGES} more" if len(changed) > MOST_CHANGES else ""
    return f"Changed cells (row,column): {' '.join(changed[:MOST_CHANGES])}{more}"
