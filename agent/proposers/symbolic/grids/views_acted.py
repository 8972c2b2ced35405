"""The task after things have acted: an action of theirs made first, the methods see what is left.

Of a change in two steps one is often something that things do: they move, grow, are completed. It
begins the task if it makes cells right that were wrong (as by subgoals, Newell and Simon 1963).
"""

import re
from collections.abc import Iterator
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.beginning import Beginning, beginnings
from peirce.agent.proposers.symbolic.grids.objects.writing import write
from peirce.agent.proposers.symbolic.grids.seeing import IMPORT, View, derived, grids_of
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

MOST: Final = 2
"""Beginnings taken, those that make most of the change."""


def acted_views(task: Task, clock: Clock) -> Iterator[View | None]:
    """The task after each of the best beginnings; `None` between portions of the search."""
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    best: dict[tuple[Grid, ...], Beginning] = {}
    for found in beginnings(inputs, outputs, clock):
        yield None
        if found is not None and found.grids[: len(outputs)] != outputs:
            known = best.get(found.grids)
            if known is None or found.rule.cost < known.rule.cost:
                best[found.grids] = found
    ranked = sorted(best.values(), key=lambda one: (-round(one.share, 1), one.rule.cost))
    for one in ranked[:MOST]:
        yield _view(task, one)


def _view(task: Task, one: Beginning) -> View:
    written = write(one.view, one.rule, "")
    source = written.program.source.replace(IMPORT, "").strip("\n")
    source = re.sub(r"\btransform\b", "begin", source)
    for name in re.findall(r"^([A-Z]+) =", source, re.MULTILINE):
        source = re.sub(rf"\b{name}\b", f"FIRST_{name}", source)
    return View(
        task=derived(task, one.grids, grids_of(task.outputs)),
        above=source,
        before=("seen = begin(grid)",),
        seen="seen",
        words=f"First: {written.hypothesis.words} Then:",
    )
