"""Grids laid the same way: what differs between grids in nothing but its direction looks alike.

Where some inputs lie and others stand, those that stand are mirrored at their diagonal, solved, and
mirrored back. (The first-placed solution of the Abstraction and Reasoning Challenge 2020,
top-quarks/ARC-solution, solves tasks together with their transposes for the same reason.)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.grids.seeing import View, derived, grids_of
from peirce.prototypes.grids.turn import full_columns, full_rows, transposed_if
from peirce.tasks.task import Task
from peirce.tasks.values import Grid


@dataclass(frozen=True, slots=True)
class _Sign:
    """How to tell a grid that stands from one that lies."""

    words: str
    source: str
    stands: Callable[[Grid], bool]


_SIGNS: Final = (
    _Sign(
        "Lay grids that are taller than wide on their side.",
        "len(grid) > len(grid[0])",
        lambda grid: len(grid) > len(grid[0]),
    ),
    _Sign(
        "Lay grids with more stripes down than across on their side.",
        "grids.full_columns(grid) > grids.full_rows(grid)",
        lambda grid: full_columns(grid) > full_rows(grid),
    ),
)


def turned_views(task: Task) -> Iterator[View]:
    """The task with all grids laid the same way, by each sign that only some inputs show."""
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    for sign in _SIGNS:
        turned = [sign.stands(grid) for grid in inputs]
        if len(set(turned)) == 1:
            continue
        yield View(
            task=derived(
                task,
                [transposed_if(grid, turn) for grid, turn in zip(inputs, turned, strict=True)],
                [transposed_if(grid, turn) for grid, turn in zip(outputs, turned, strict=False)],
            ),
            before=(f"stands = {sign.source}", "seen = grids.transposed_if(grid, stands)"),
            seen="seen",
            after="grids.transposed_if({}, stands)",
            words=sign.words,
            last_words="Set them up again.",
        )
