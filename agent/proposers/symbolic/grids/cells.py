"""Cell rules: each output cell as a short decision list over what its cell can see.

The rule is learned exactly from all cells of all demos (`cells_search`) and ranked by description
length, so that the rule a person would state first comes first. Where sizes differ the rule starts
from a canvas of the output's size (`cells_canvas`).
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells_canvas import Plan, plans
from peirce.agent.proposers.symbolic.grids.cells_ranking import Ranked, best, ranked
from peirce.agent.proposers.symbolic.grids.cells_search import RuleList, search
from peirce.agent.proposers.symbolic.grids.cells_table import Table, lay_out
from peirce.agent.proposers.symbolic.grids.cells_words import program_of, words_of
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.cells"
SECONDS: Final = 2.0
"""CPU seconds one task is worth."""
STEPS: Final = 16
"""Steps of work between two looks at the clock."""
MOST_CELLS: Final = 12_000
"""Largest number of cells in all grids of a task together."""


def propose(task: Task, clock: Clock) -> Found:
    """Yield cell rules, the shortest first."""
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    own = clock.within(SECONDS)
    found: list[Ranked] = []
    for plan in plans(inputs, outputs):
        yield None
        canvases = [plan.make(grid) for grid in inputs]
        if sum(len(canvas.grid) * len(canvas.grid[0]) for canvas in canvases) > MOST_CELLS:
            continue
        for table in lay_out(canvases, outputs):
            yield None
            if table is not None:
                for rules in _searched(table, own):
                    if rules is None:
                        yield None
                    else:
                        found.append(ranked(table, rules, plan.cost, _proposal(rules, plan)))
    yield from best(found)


def _proposal(rules: RuleList, plan: Plan) -> Proposal:
    return Proposal(
        hypothesis=Hypothesis(words=words_of(rules, plan.words), level=Level.CELL),
        program=Program(source=program_of(rules, plan.call, plan.setup)),
        origin=f"symbolic.{NAME}",
    )


def _searched(table: Table, clock: Clock) -> Iterator[RuleList | None]:
    for step, rules in enumerate(search(table)):
        yield rules
        if step % STEPS == STEPS - 1 and clock.left() <= 0:
            return


def _grids(values: Sequence[object]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", tuple(values))


def _promise(task: Task) -> float:
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    fits = next(plans(_grids(task.inputs), _grids(task.outputs)), None)
    return 1.0 if fits else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
