from collections.abc import Callable

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.cells_iterated import METHOD
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, Value, ValueType


def grid_of(*rows: str) -> Grid:
    return tuple(tuple(int(cell) for cell in row) for row in rows)


def task_of(pairs: list[tuple[Grid, Grid]], test: Grid) -> Task:
    return Task(
        name="task",
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        train=tuple(Example(input=before, output=after) for before, after in pairs),
        test=(test,),
    )


def proposals(task: Task) -> list[Proposal]:
    return [found for found in METHOD.propose(task, Clock()) if found is not None]


def run(proposal: Proposal, value: Value) -> Grid:
    space: dict[str, Callable[[Value], Grid]] = {}
    exec(proposal.program.source, space)
    return space["transform"](value)


FLOOD = task_of(
    [
        (grid_of("30010", "00010", "00010"), grid_of("33310", "33310", "33310")),
        (grid_of("01000", "01030", "01000"), grid_of("01333", "01333", "01333")),
    ],
    grid_of("00100", "00100", "30100"),
)


def test_a_colour_that_floods_its_area_is_a_growth_rule():
    best = proposals(FLOOD)[0]
    assert "again and again" in best.hypothesis.words
    assert run(best, FLOOD.test[0]) == grid_of(*["33100"] * 3)


def test_growth_rules_reproduce_every_demo():
    for proposal in proposals(FLOOD):
        assert tuple(run(proposal, pair.input) for pair in FLOOD.train) == FLOOD.outputs


def test_the_method_is_hopeless_when_several_changes_happen():
    task = task_of([(grid_of("1023"), grid_of("4523"))], grid_of("1023"))
    assert METHOD.promise(task) == 0
