from collections.abc import Callable

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.symmetry import METHOD
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


def test_a_hidden_part_of_a_mirrored_picture_is_restored():
    task = task_of(
        [
            (grid_of("1221", "3443", "3400", "1221"), grid_of("1221", "3443", "3443", "1221")),
            (grid_of("5665", "0775", "5775", "5665"), grid_of("5665", "5775", "5775", "5665")),
        ],
        grid_of("2332", "2112", "2112", "2330"),
    )
    best = proposals(task)[0]
    assert "mend_symmetry" in best.program.source
    assert run(best, task.test[0])[3] == (2, 3, 3, 2)


def test_only_the_hidden_part_is_shown_when_that_is_wanted():
    task = task_of(
        [
            (grid_of("1221", "3443", "3499", "1221"), grid_of("43")),
            (grid_of("5665", "5775", "5775", "9665"), grid_of("5")),
        ],
        grid_of("2332", "2112", "2192", "2332"),
    )
    assert run(proposals(task)[0], task.test[0]) == grid_of("1")


def test_a_repeating_tile_is_restored():
    task = task_of(
        [(grid_of("12312", "12312", "10002", "12312"), grid_of(*["12312"] * 4))],
        grid_of("45645", "45645", "45605", "45645"),
    )
    assert run(proposals(task)[0], task.test[0]) == grid_of(*["45645"] * 4)


def test_a_pattern_goes_on_over_a_larger_canvas():
    task = task_of(
        [(grid_of("1212"), grid_of("12121212")), (grid_of("3434"), grid_of("34343434"))],
        grid_of("5656"),
    )
    assert run(proposals(task)[0], task.test[0]) == grid_of("56565656")


def test_nothing_is_proposed_for_a_change_that_no_regularity_explains():
    task = task_of([(grid_of("12", "30"), grid_of("12", "35"))], grid_of("12", "30"))
    assert proposals(task) == []
