import pytest

from peirce.agent.proposers.symbolic.grids.objects.promises import (
    HARDLY,
    LIKELY,
    POSSIBLE,
    for_adding,
    for_changing,
    for_moving,
    for_recolouring,
    for_redrawing,
    rearranged,
    smaller,
)
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, ValueType


def task(before: Grid, after: Grid) -> Task:
    return Task(
        name="task",
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        train=(Example(input=before, output=after),),
        test=(before,),
    )


@pytest.mark.parametrize(
    ("before", "after", "promises"),
    [
        pytest.param(((1, 0, 2),), ((3, 0, 2),), (LIKELY, HARDLY, HARDLY), id="new colours"),
        pytest.param(((1, 0, 2),), ((0, 0, 2),), (LIKELY, HARDLY, HARDLY), id="things go"),
        pytest.param(((1, 0, 2),), ((0, 1, 2),), (HARDLY, LIKELY, HARDLY), id="things move"),
        pytest.param(((1, 0, 2),), ((1, 1, 2),), (HARDLY, HARDLY, LIKELY), id="cells are filled"),
        pytest.param(((8, 8, 2),), ((8, 2, 2),), (HARDLY, HARDLY, LIKELY), id="another ground"),
    ],
)
def test_what_changes_says_which_rules_are_likely(
    before: Grid, after: Grid, promises: tuple[float, float, float]
):
    subject = task(before, after)
    kinds = (for_recolouring, for_moving, for_adding)
    assert tuple(kind(subject) for kind in kinds) == promises
    assert for_redrawing(subject) == POSSIBLE


def test_rules_about_things_in_place_promise_nothing_for_other_sizes():
    subject = task(((1, 0),), ((1,),))
    kinds = (for_recolouring, for_moving, for_adding, for_redrawing)
    assert [kind(subject) for kind in kinds] == [0.0] * 4


def test_rules_that_paint_promise_nothing_where_cells_only_change_places():
    moved, painted = task(((1, 0, 2),), ((0, 1, 2),)), task(((1, 0, 2),), ((0, 3, 2),))
    assert rearranged(moved) and not rearranged(painted)
    assert (for_changing(moved), for_changing(painted)) == (0.0, HARDLY)


def test_smaller_grids_have_fewer_cells():
    assert smaller(task(((1, 0),), ((1,),)))
    assert not smaller(task(((1, 0),), ((1,), (0,))))
