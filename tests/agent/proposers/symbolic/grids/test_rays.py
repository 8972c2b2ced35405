from collections.abc import Callable

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.rays import METHOD
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


RIGHT = task_of(
    [
        (grid_of("0000", "2000", "0030"), grid_of("0000", "2222", "0030")),
        (grid_of("0200", "0000", "2003"), grid_of("0222", "0000", "2223")),
    ],
    grid_of("2030", "0000", "0002"),
)


def test_one_ray_with_its_source_way_and_stop_is_read_off_the_demos():
    best = proposals(RIGHT)[0]
    assert best.hypothesis.words == (
        "From red cells lines of their colour go right, until something is in the way."
    )
    assert run(best, RIGHT.test[0]) == grid_of("2230", "0000", "0002")


def test_every_set_of_rays_reproduces_every_demo_and_predicts_something_else():
    found = proposals(RIGHT)
    for proposal in found:
        assert tuple(run(proposal, pair.input) for pair in RIGHT.train) == RIGHT.outputs
    answers = [run(proposal, RIGHT.test[0]) for proposal in found]
    assert len(set(answers)) == len(answers)


def test_two_colours_may_shoot_different_ways_and_cross_in_order():
    task = task_of(
        [
            (grid_of("0200", "0000", "1000", "0000"), grid_of("0200", "0200", "1211", "0200")),
            (grid_of("0020", "1000", "0000", "0000"), grid_of("0020", "1121", "0020", "0020")),
        ],
        grid_of("0002", "0000", "0100", "0000"),
    )
    expected = grid_of("0002", "0002", "0112", "0002")
    assert run(proposals(task)[0], task.test[0]) == expected


def test_equal_cells_in_one_line_are_connected_only_if_they_meet():
    task = task_of(
        [
            (grid_of("40040", "00000", "04000"), grid_of("44440", "00000", "04000")),
            (grid_of("00400", "04040", "00000"), grid_of("00400", "04440", "00000")),
        ],
        grid_of("40004", "00000", "00400"),
    )
    assert run(proposals(task)[0], task.test[0]) == grid_of("44444", "00000", "00400")


def test_the_method_is_hopeless_when_the_size_changes_or_nothing_is_drawn():
    assert METHOD.promise(task_of([(grid_of("12"), grid_of("1"))], grid_of("12"))) == 0
    assert METHOD.promise(task_of([(grid_of("12"), grid_of("13"))], grid_of("12"))) == 0


def test_nothing_is_proposed_when_no_ray_explains_a_change():
    task = task_of([(grid_of("1000", "0000"), grid_of("1000", "0005"))], grid_of("1000", "0000"))
    assert all(run(p, task.train[0].input) == task.train[0].output for p in proposals(task))
