"""Cell rules: each output cell as a short decision list over what its cell can see.

The rule is learned exactly from all cells of all demos (`cells_search`) and ranked by description
length, so that the rule a person would state first comes first. Where sizes differ the rule starts
from a canvas of the output's size (`cells_canvas`).
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells_canvas import Plan, plans
from peirce.agent.proposers.symbolic.grids.cells_ranking import Ranked, Shortlist, ranked
from peirce.agent.proposers.symbolic.grids.cells_search import RuleList
from peirce.agent.proposers.symbolic.grids.cells_table import lay_out
from peirce.agent.proposers.symbolic.grids.cells_words import program_of, words_of
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.cells"
SECONDS: Final = 2.0
"""CPU seconds one task is worth."""
MOST_CELLS: Final = 12_000
"""Largest number of cells in all grids of a task together."""


def propose(task: Task, clock: Clock) -> Found:
    """Yield cell rules: at once what is shorter than all before, the alternatives at the end."""
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    own = clock.within(SECONDS)
    found = Shortlist()
    for plan in plans(inputs, outputs):
        yield None
        for hit in _ruled(plan, inputs, outputs, own):
            yield None
            if hit is not None:
                yield from found.take(hit)
    yield from found.best()


def _ruled(
    plan: Plan, inputs: Sequence[Grid], outputs: Sequence[Grid], clock: Clock
) -> Iterator[Ranked | None]:
    """Rules that start from one canvas, and `None` between steps of work."""
    canvases = [plan.make(grid) for grid in inputs]
    if sum(len(canvas.grid) * len(canvas.grid[0]) for canvas in canvases) > MOST_CELLS:
        return
    for table in lay_out(canvases, outputs):
        yield None
        if table is not None:
            yield from ranked(table, plan.cost, partial(_proposal, plan), clock)


def _proposal(plan: Plan, rules: RuleList) -> Proposal:
    return Proposal(
        hypothesis=Hypothesis(words=words_of(rules, plan.words), level=Level.CELL),
        program=Program(source=program_of(rules, plan.call, plan.setup)),
        origin=f"symbolic.{NAME}",
    )


def _grids(values: Sequence[object]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", tuple(values))


def _promise(task: Task) -> float:
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    fits = next(plans(_grids(task.inputs), _grids(task.outputs)), None)
    return 1.0 if fits else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
