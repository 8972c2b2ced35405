"""Lengths, numbers of copies, places and choices that something counted or level gives."""

import pytest
from tests.agent.proposers.symbolic.grids.pictures import grid, run, task

from peirce.agent.proposers.symbolic.grids.objects import COPY, GROW, MOVE, RECOLOUR
from peirce.agent.proposers.symbolic.grids.objects.numbers import MEASURED, counts, one_less
from peirce.agent.proposers.symbolic.grids.objects.scene import VIEWS, cut_scenes
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.tasks.values import Grid

AS_LONG_AS_THERE_ARE_DOTS = (
    [
        (
            grid("3.3.3", ".....", ".6...", ".....", "....."),
            grid("3.3.3", ".....", ".6...", ".6...", ".6..."),
        ),
        (
            grid("..3.3", ".....", "...6.", ".....", "....."),
            grid("..3.3", ".....", "...6.", "...6.", "....."),
        ),
    ],
    grid("33.3.3", "......", ".6....", "......", "......", "......"),
    grid("33.3.3", "......", ".6....", ".6....", ".6....", ".6...."),
)
AS_MANY_AS_THERE_ARE_DOTS = (
    [
        (
            grid("22......", "2.......", "........", ".4.4.4.."),
            grid("222222..", "2.2.2...", "........", ".4.4.4.."),
        ),
        (
            grid(".5......", "55......", "........", "4...4..."),
            grid(".5.5....", "5555....", "........", "4...4..."),
        ),
    ],
    grid("7.......", "77......", "........", "4.4.4.4."),
    grid("7.7.7.7.", "77777777", "........", "4.4.4.4."),
)
LEVEL_BELOW = (
    [
        (
            grid("11.2..", "1..2..", "......", "...3..", ".....4"),
            grid("......", "......", "......", "11.2..", "1..2.4"),
        ),
        (
            grid("3....", "3.6..", "..66.", "....8", "....."),
            grid(".....", ".....", "3.6..", "3.668", "....."),
        ),
    ],
    grid("5....1", "5.....", "5..2..", "......", "......", "....1."),
    grid("......", "......", "......", "5.....", "5.....", "5..211"),
)
UNDER_THE_BAR = (
    [
        (
            grid("33333..", ".......", ".......", "...44..", "...44..", "...44.."),
            grid("33333..", ".44....", ".44....", ".44....", ".......", "......."),
        ),
        (
            grid("..333..", ".......", "......4", "......."),
            grid("..333..", "...4...", ".......", "......."),
        ),
    ],
    grid("333333333", ".........", ".........", "444......"),
    grid("333333333", "...444...", ".........", "........."),
)
EVERY_SECOND = (
    [
        (grid("5.5..5.5", "5....5.."), grid("5.2..5.2", "5....5..")),
        (grid("5.5.5.5.5", "5...5...."), grid("5.2.5.2.5", "5...5....")),
        (grid(".55.5.5", "..5.5.."), grid(".55.2.5", "..5.2..")),
    ],
    grid("5.55.5.5.5.5", "...5.5......"),
    grid("5.22.5.2.5.2", "...2.5......"),
)


@pytest.mark.parametrize(
    ("method", "pairs", "test", "answer"),
    [
        pytest.param(GROW, *AS_LONG_AS_THERE_ARE_DOTS, id="a bar is as long as there are dots"),
        pytest.param(COPY, *AS_MANY_AS_THERE_ARE_DOTS, id="as many copies as there are dots"),
        pytest.param(MOVE, *LEVEL_BELOW, id="all come down level with the lowest"),
        pytest.param(MOVE, *UNDER_THE_BAR, id="a thing moves under the middle of another"),
        pytest.param(RECOLOUR, *EVERY_SECOND, id="every second thing is recoloured"),
    ],
)
def test_one_of_the_rules_found_predicts_what_a_person_would(
    method: Method, pairs: list[tuple[Grid, Grid]], test: Grid, answer: Grid
):
    answers: list[Grid] = []
    for one in method.propose(task(pairs, test), Clock()):
        if one is not None:
            assert all(run(one.program.source, before) == after for before, after in pairs)
            answers.append(run(one.program.source, test))
        if answer in answers:
            break
    assert answer in answers


def test_counts_tell_items_or_examples_apart_and_differ_from_measures():
    scenes = cut_scenes(VIEWS[0], (grid("1.1", "...", "22."), grid("3.3.3", ".....", ".....")))
    assert scenes is not None
    spots = [(scene, index) for scene in scenes for index in range(len(scene.items))]
    told = [tuple(one.value(*spot) for spot in spots) for one in (*MEASURED, *counts(scenes))]
    counted = told[len(MEASURED) :]
    assert (2, 2, 0, 3, 3, 3) not in counted
    assert (2, 2, 2, 3, 3, 3) in counted
    assert len(set(counted)) == len(counted)
    assert not set(counted) & set(told[: len(MEASURED)])
    assert all(len(set(values)) > 1 for values in counted)


def test_one_less_than_a_number_is_worth_one_less():
    scenes = cut_scenes(VIEWS[0], (grid("111", "..."),))
    assert scenes is not None
    size = MEASURED[0]
    assert size.value(scenes[0], 0) == 3
    assert one_less(size).value(scenes[0], 0) == 2
