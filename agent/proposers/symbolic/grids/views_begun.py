"""The task begun: a part of the change is made first, and the methods see what is left to do.

A beginning is drawn in every example; it changes cells into what the output has there, but for a
few where lines cross, and leaves others to be changed. Beginnings are rays.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from peirce.agent.proposers.symbolic.grids.rays import LIKELY, beginnings
from peirce.agent.proposers.symbolic.grids.rays import METHOD as RAYS
from peirce.agent.proposers.symbolic.grids.rays_options import options_for
from peirce.agent.proposers.symbolic.grids.rays_words import source_of, words_of
from peirce.agent.proposers.symbolic.grids.seeing import View, derived, grids_of
from peirce.prototypes.grids.rays import Ray, shoot
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

LEAST_SHARE: Final = 0.15
"""Share of the changed cells a beginning must explain."""


def begun_views(task: Task) -> Iterator[View | None]:
    """The task after each beginning; `None` between two portions of the search for them."""
    if RAYS.promise(task) < LIKELY:
        return
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    options = options_for(inputs, outputs)
    while options.work():
        yield None
    for rays in beginnings(options):
        begun = [shoot(grid, *rays) for grid in inputs]
        if _share(inputs, begun, outputs) >= LEAST_SHARE:
            yield _view(derived(task, begun, outputs), rays)


def _view(seen: Task, rays: Sequence[Ray]) -> View:
    sources = ", ".join(f"grids.{source_of(ray)}" for ray in rays)
    return View(
        task=seen,
        before=(f"seen = grids.shoot(grid, {sources})",),
        seen="seen",
        words=words_of(rays),
    )


def _share(before: Sequence[Grid], begun: Sequence[Grid], after: Sequence[Grid]) -> float:
    """Share of the cells to change that a beginning has made right."""
    done = changes = 0
    for old, now, new in zip(before, begun, after, strict=False):
        for cells in zip(old, now, new, strict=True):
            for was, cell, wanted in zip(*cells, strict=True):
                changes += was != wanted
                done += was != wanted == cell
    return done / max(changes, 1)
