"""Colours called by their rank."""

from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids import compose
from peirce.agent.proposers.symbolic.grids.views_names import lasting_colours, name_views
from peirce.agent.proposers.symbolic.method import Clock
from peirce.prototypes import grids
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, ValueType

PICTURES: tuple[Grid, ...] = (
    ((0, 1, 1, 1), (5, 0, 0, 0), (2, 0, 0, 1)),
    ((3, 0, 0, 4), (0, 0, 4, 4), (5, 0, 0, 0)),
    ((0, 6, 0, 0), (0, 7, 7, 0), (0, 0, 5, 0)),
    ((8, 5, 0, 0), (9, 0, 0, 8), (0, 8, 0, 0)),
)


def swapped(grid: Grid) -> Grid:
    """The two colours other than 5 change places, and 5 is taken away."""
    one, other = (colour for colour in grids.colours(grid) if colour != 5)
    return tuple(tuple(row) for row in grids.recolour(grid, {one: other, other: one, 5: 0}))


def task_of(pictures: tuple[Grid, ...]) -> Task:
    train = tuple(Example(input=grid, output=swapped(grid)) for grid in pictures[:-1])
    return Task(
        name="toy",
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        train=train,
        test=pictures[-1:],
    )


def run(proposal: Proposal, grid: Grid) -> Grid:
    scope: dict[str, object] = {}
    exec(proposal.program.source, scope)
    return tuple(tuple(row) for row in scope["transform"](grid))  # type: ignore[operator]


def test_colours_that_are_always_there_keep_their_names():
    task = task_of(PICTURES)
    outputs = [example.output for example in task.train]
    assert lasting_colours(PICTURES, outputs) == {0, 5}  # type: ignore[arg-type]


def test_the_other_colours_are_called_by_how_often_they_occur():
    view = next(name_views(task_of(PICTURES)))
    assert view.task.inputs[1] == ((2, 0, 0, 1), (0, 0, 1, 1), (5, 0, 0, 0))
    assert view.words == "Call the colours other than 5 1, 2, … from the most frequent on."


def test_a_rule_found_behind_the_names_is_a_rule_for_the_task():
    view = next(name_views(task_of(PICTURES)))
    found = compose.METHOD.propose(view.task, Clock())
    inner = next(proposal for proposal in found if proposal is not None)
    whole = view.compose(inner)
    assert [run(whole, grid) for grid in PICTURES] == [swapped(grid) for grid in PICTURES]
    assert whole.hypothesis.words.endswith("Give the colours their names back.")


OTHERS = tuple(colour for colour in range(1, 10) if colour != 5)


@given(st.permutations(OTHERS))
def test_what_is_seen_does_not_depend_on_the_colours_of_one_grid(order: list[int]):
    table = dict(zip(OTHERS, order, strict=True))
    changed = tuple(tuple(table.get(cell, cell) for cell in row) for row in PICTURES[0])
    seen = [next(name_views(task_of((first, *PICTURES[1:])))) for first in (PICTURES[0], changed)]
    assert seen[0].task == seen[1].task


def test_colours_that_occur_equally_often_have_no_rank():
    even: Grid = ((1, 2, 0, 0), (5, 0, 0, 0), (0, 0, 0, 0))
    assert not list(name_views(task_of((*PICTURES[:3], even))))
