"""The task solved together with its transposes: a rule that holds for both knows no direction.

Every example and every test input is joined by its mirror image at the main diagonal, which
doubles what there is to learn from, and what was seen lying is then known standing too: "extend
along the stripes" is learnt where "extend to the right" would have fitted all that was shown. The
programs found are programs for the task itself; nothing is wrapped around them. The idea, and its
worth (6 of 127 outputs at depth 2), are from the first-placed solution of the Abstraction and
Reasoning Challenge 2020 (top-quarks/ARC-solution, "flips").
"""

from collections.abc import Sequence
from dataclasses import replace

from peirce.agent.proposers.symbolic.grids.seeing import grids_of
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.portfolio import interleave
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, ValueType


def doubled(task: Task) -> Task:
    """The task with the transposes of its grids after them."""
    mirrored = tuple(
        Example(input=_transposed(before), output=_transposed(after))
        for before, after in zip(grids_of(task.inputs), grids_of(task.outputs), strict=False)
    )
    tests = tuple(_transposed(grid) for grid in grids_of(task.test))
    return replace(task, train=(*task.train, *mirrored), test=(*task.test, *tests))


def with_transposes(methods: Sequence[Method]) -> Method:
    """The method that runs other methods on the task joined by its transposes."""

    def propose(task: Task, clock: Clock) -> Found:
        yield from interleave(methods, doubled(task), clock)

    return Method(name="grids.jointly", propose=propose, promise=_promise)


def _transposed(grid: Grid) -> Grid:
    return tuple(zip(*grid, strict=True))


def _promise(task: Task) -> float:
    """Hopeless where the transposes are examples already, or contradict one."""
    if not task.input_type == task.output_type == ValueType.GRID:
        return 0.0
    answers = {pair.input: pair.output for pair in doubled(task).train}
    if any(answers[pair.input] != pair.output for pair in doubled(task).train):
        return 0.0
    return 0.1 if len(answers) > len(set(task.train)) else 0.0
