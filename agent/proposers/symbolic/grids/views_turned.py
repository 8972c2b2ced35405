"""Grids laid the same way: what differs between grids in nothing but its direction looks alike.

Where some inputs lie and others stand, those that stand are mirrored at their diagonal, solved, and
mirrored back; where a colour is on another side from grid to grid, they are turned until it is on
top. (The first-placed solution of the Abstraction and Reasoning Challenge 2020,
top-quarks/ARC-solution, solves tasks together with their transposes for the same reason.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.agent.proposers.symbolic.grids.seeing import View, derived, grids_of
from peirce.prototypes.grids.part import Rows
from peirce.prototypes.grids.turn import (
    changes_across,
    changes_down,
    full_columns,
    full_rows,
    quarters_to_top,
    transposed_if,
    turned,
)
from peirce.tasks.task import Task
from peirce.tasks.values import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    """What tells how a grid is turned, and how it is laid like the others and set up again."""

    before: tuple[str, str]
    """Statements that read the sign and lay the grid."""
    after: str
    read: Callable[[Grid], int]
    lay: Callable[[Rows, int], Rows]
    words: str
    last_words: str = "Set them up again."


def _standing(words: str, source: str, stands: Callable[[Grid], bool]) -> _Sign:
    return _Sign(
        before=(f"stands = {source}", "seen = grids.transposed_if(grid, stands)"),
        after="grids.transposed_if({}, stands)",
        read=stands,
        lay=lambda grid, sign: transposed_if(grid, bool(sign)),
        words=f"Lay grids {words} on their side.",
    )


def _on_top(colour: int) -> _Sign:
    return _Sign(
        before=(
            f"quarters = grids.quarters_to_top(grid, {colour})",
            "seen = grids.turned(grid, quarters)",
        ),
        after="grids.turned({}, -quarters)",
        read=partial(_quarters, colour),
        lay=turned,
        words=f"Turn grids until {COLOUR_WORDS[colour]} is on top.",
        last_words="Turn them back.",
    )


def _quarters(colour: int, grid: Grid) -> int:
    return quarters_to_top(grid, colour)


_STANDING: Final = (
    _standing(
        "that are taller than wide",
        "len(grid) > len(grid[0])",
        lambda grid: len(grid) > len(grid[0]),
    ),
    _standing(
        "with more stripes down than across",
        "grids.full_columns(grid) > grids.full_rows(grid)",
        lambda grid: full_columns(grid) > full_rows(grid),
    ),
    _standing(
        "that change more often across than down",
        "grids.changes_across(grid) > grids.changes_down(grid)",
        lambda grid: changes_across(grid) > changes_down(grid),
    ),
)


def _signs(inputs: Sequence[Grid]) -> Iterator[_Sign]:
    yield from _STANDING
    shared = frozenset[int].intersection(*(frozenset(c for row in g for c in row) for g in inputs))
    for colour in sorted(shared - {0}):
        yield _on_top(colour)


def turned_views(task: Task) -> Iterator[View]:
    """The task with all grids laid the same way, by each sign that only some inputs show."""
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    seen: set[tuple[int, ...]] = set()
    for sign in _signs(inputs):
        turns = tuple(int(sign.read(grid)) for grid in inputs)
        if len(set(turns)) == 1 or turns in seen:
            continue
        seen.add(turns)
        yield View(
            task=derived(
                task,
                [sign.lay(grid, turn) for grid, turn in zip(inputs, turns, strict=True)],
                [sign.lay(grid, turn) for grid, turn in zip(outputs, turns, strict=False)],
            ),
            before=sign.before,
            seen="seen",
            after=sign.after,
            words=sign.words,
            last_words=sign.last_words,
        )
