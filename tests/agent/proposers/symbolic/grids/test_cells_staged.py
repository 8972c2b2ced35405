from collections.abc import Callable
from itertools import islice

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.cells_staged import METHOD
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


def star(height: int, width: int, *dots: tuple[int, int]) -> tuple[Grid, Grid]:
    """A grid with grey dots, and the same with four colours two steps from every dot."""
    after = [[0] * width for _ in range(height)]
    for row, column in dots:
        after[row][column] = 5
    before = tuple(map(tuple, after))
    for row, column in dots:
        for colour, (down, right) in enumerate(((0, -2), (0, 2), (-2, 0), (2, 0)), 1):
            after[row + down][column + right] = colour
    return before, tuple(map(tuple, after))


STARS = task_of(
    [star(6, 8, (2, 3)), star(7, 6, (3, 2))],
    star(6, 6, (3, 3))[0],
)


def test_two_steps_reproduce_every_demo_in_one_program():
    found = list(islice(filter(None, METHOD.propose(STARS, Clock())), 2))
    assert found
    for proposal in found:
        assert tuple(run(proposal, pair.input) for pair in STARS.train) == STARS.outputs
        assert proposal.hypothesis.words.startswith("First: ")
        assert " Then: " in proposal.hypothesis.words


def test_nothing_is_proposed_when_one_step_is_enough():
    task = task_of([(grid_of("120"), grid_of("021"))], grid_of("300"))
    assert proposals(task) == []


def test_the_method_is_hopeless_when_the_size_changes():
    assert METHOD.promise(task_of([(grid_of("12"), grid_of("1"))], grid_of("12"))) == 0
