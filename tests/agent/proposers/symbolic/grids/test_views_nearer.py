"""Tasks seen after a chain of operations that brings the input nearer to the output."""

from tests.agent.proposers.symbolic.grids.pictures import grid, run, task

from peirce.agent.proposers.symbolic.grids.exploring import explorer_of
from peirce.agent.proposers.symbolic.grids.objects import RECOLOUR
from peirce.agent.proposers.symbolic.grids.seeing import grids_of
from peirce.agent.proposers.symbolic.grids.views_nearer import (
    LEAST_RIGHT,
    MOST_WRONG,
    nearer_views,
)
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.values import Grid

FLIPPED = task(
    [
        (grid("11.5", "...5", "....", "..1."), grid("..1.", "....", "...5", "22.5")),
        (grid("5...", "5.11", "...1", "1..."), grid("1...", "...2", "5.22", "5...")),
        (grid("1.1.", "..1.", "....", ".55."), grid(".55.", "....", "..2.", "1.2.")),
    ],
    grid("111.", "....", ".1..", "...5"),
)
"""Upside down, and what is larger than a dot changes from blue to red."""
ANSWER = grid("...5", ".1..", "....", "222.")


def cells(value: Grid) -> list[int]:
    return [cell for row in value for cell in row]


def test_a_chain_begins_a_task_if_it_makes_many_cells_right_and_few_wrong():
    inputs, outputs = grids_of(FLIPPED.inputs), grids_of(FLIPPED.outputs)
    views = [one for one in nearer_views(FLIPPED, explorer_of(inputs, outputs)) if one is not None]
    assert views
    for view in views:
        right = wrong = changes = 0
        for old, seen in zip(FLIPPED.train, view.task.train, strict=True):
            before, now, after = map(cells, grids_of((old.input, seen.input, old.output)))
            for was, cell, wanted in zip(before, now, after, strict=True):
                changes += was != wanted
                right += was != wanted == cell
                wrong += was == wanted != cell
        assert right >= LEAST_RIGHT * changes
        assert wrong <= MOST_WRONG * right


def test_what_is_left_is_done_by_another_method():
    inputs, outputs = grids_of(FLIPPED.inputs), grids_of(FLIPPED.outputs)
    views = [one for one in nearer_views(FLIPPED, explorer_of(inputs, outputs)) if one is not None]
    answers = [
        run(view.compose(found), FLIPPED.test[0])
        for view in views
        for found in RECOLOUR.propose(view.task, Clock())
        if found is not None
    ]
    assert ANSWER in answers
    assert not [found for found in RECOLOUR.propose(FLIPPED, Clock()) if found is not None]
