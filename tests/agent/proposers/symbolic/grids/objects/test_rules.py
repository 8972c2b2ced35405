from itertools import islice

import pytest
from tests.agent.proposers.symbolic.grids.pictures import grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids.objects import (
    FALL,
    GROW,
    METHODS,
    MIX,
    MOVE,
    RECOLOUR,
    REDRAW,
    SELECT,
    STAMP,
)
from peirce.agent.proposers.symbolic.grids.objects.rules import MAX_STEPS
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, ValueType

BY_SIZE = task(
    [
        (grid("22.2.222", "........", ".2......"), grid("33.1.222", "........", ".1......")),
        (grid("2..22...", "2.......", "..222.2."), grid("3..33...", "3.......", "..222.1.")),
    ],
    grid(".22..222", "2......."),
)
GRAVITY = task(
    [
        (grid("1.2", "...", ".3."), grid("...", "...", "132")),
        (grid("4..", "1.5", "..."), grid("...", "4..", "1.5")),
    ],
    grid("12.", "3..", "..."),
)
MIXED = task(
    [
        (grid("2...", "....", ".11.", ".11."), grid("...2", "....", ".33.", ".33.")),
        (grid(".2..", "....", "....", "11.."), grid("...2", "....", "....", "33..")),
    ],
    grid("....", "11..", "11..", "2..."),
)
SMALL_ONES_SLIDE = task(
    [
        (
            grid("...22.", "...2..", "......", ".111..", ".1...."),
            grid("22....", "2.....", "......", ".111..", ".144.."),
        ),
        (
            grid("3333..", "3.....", "......", "..5...", "..55.."),
            grid("3333..", "3444..", "......", "5.....", "55...."),
        ),
        (
            grid(".....6", "....66", "77....", "7.....", "7....."),
            grid(".6....", "66....", "77....", "74....", "74...."),
        ),
    ],
    grid("..8...", "..88..", "......", ".9999.", "....9."),
)
TOWARDS = task(
    [
        (grid("22......5", "22......5"), grid("......225", "......225")),
        (grid("33.....5", "33.....5"), grid(".....335", ".....335")),
        (grid("4...5"), grid("...45")),
    ],
    grid("11....5", "......5"),
)
FRAMED = task(
    [
        (
            grid("......", ".22...", ".22...", "......"),
            grid("3333..", "3223..", "3223..", "3333.."),
        ),
        (
            grid("......", "......", "...4..", "......"),
            grid("......", "..333.", "..343.", "..333."),
        ),
    ],
    grid("....", "..5.", "....", "...."),
)
STAMPED = task(
    [
        (grid(".....", ".5...", ".....", "....."), grid("1.2..", ".5...", "3.4..", ".....")),
        (grid(".....", ".....", "...5.", "....."), grid(".....", "..1.2", "...5.", "..3.4")),
    ],
    grid("....", "....", ".5..", "...."),
)
STRETCHED = task(
    [
        (grid("22...3"), grid("222223")),
        (grid(".4....3"), grid(".444443")),
    ],
    grid("..5...3"),
)
COVERED = task(
    [
        (grid("33333", "3.2.3", "33333", "..2.."), grid("33333", "3.2.3", "33233", "..2..")),
        (grid("44444..", "4..6466", "44444.."), grid("44444..", "4..6666", "44444..")),
    ],
    grid("..1.....", "55555555", "5.1....5", "55555555"),
)
BETWEEN = task(
    [
        (grid(".....", "1...1", "....."), grid("..3..", "13331", "..3..")),
        (
            grid(".1..", "....", "....", "....", ".1.."),
            grid(".1..", ".3..", "333.", ".3..", ".1.."),
        ),
    ],
    grid(".......", "1.....1", "......."),
)
TURNED = task(
    [
        (grid(".....", ".222.", "....."), grid("..2..", "..2..", "..2..")),
        (grid("..4..", "..4..", "..4..", "....."), grid(".....", ".444.", ".....", ".....")),
    ],
    grid("....", ".7..", ".7..", ".7.."),
)
LEGEND = task(
    [
        (
            grid("22..1..3.", "2...1..3.", ".........", ".11.1....", ".1..1...."),
            grid("22..3..3.", "2...3..3.", ".........", ".22.3....", ".2..3...."),
        ),
        (
            grid("44..5...", "........", ".11..1..", "........", "11......"),
            grid("44..5...", "........", ".44..5..", "........", "44......"),
        ),
    ],
    grid("6..7", "6...", "6.1.", "..1.", "1.1."),
)
LARGEST = task(
    [
        (grid("11...", "11.2."), grid("11", "11")),
        (grid("3....", "..444", "..4.4"), grid("444", "4.4")),
    ],
    grid("5....", ".66..", "....."),
)
REPAINTED = task(
    [
        (grid("2222...", "2.32..2", "2..2...", "2222.22"), grid("3333", "3.33", "3..3", "3333")),
        (grid("4......", "..444..", ".54.4..", "..474.4"), grid("777", "7.7", "777")),
    ],
    grid("111..1", "161...", "111.11"),
)


@pytest.mark.parametrize(
    ("method", "subject", "answer", "words"),
    [
        (RECOLOUR, BY_SIZE, grid(".33..222", "1......."), "size"),
        (RECOLOUR, LEGEND, grid("6..7", "6...", "6.6.", "..6.", "7.6."), "another colour"),
        (FALL, GRAVITY, grid("...", "1..", "32."), "moves down until"),
        (MOVE, TOWARDS, grid("....115", "......5"), "moves"),
        (REDRAW, FRAMED, grid(".333", ".353", ".333", "...."), "green"),
        (REDRAW, COVERED, grid("..1.....", "55155555", "5.1....5", "55555555"), "on top"),
        (REDRAW, TURNED, grid("....", "....", "777.", "...."), "about its middle"),
        (STAMP, BETWEEN, grid("...3...", "1.333.1", "...3..."), "around its middle"),
        (STAMP, STAMPED, grid("....", "1.2.", ".5..", "3.4."), "a fixed pattern"),
        (GROW, STRETCHED, grid("..55553"), "grows"),
        (MIX, MIXED, grid("....", "33..", "33..", "...2"), "single cell moves"),
        (SELECT, REPAINTED, grid("666", "666", "666"), "painted in the rarest colour there"),
        (SELECT, LARGEST, grid("66"), "the largest object"),
    ],
)
def test_the_first_rule_is_right_and_says_why(
    method: Method, subject: Task, answer: Grid, words: str
):
    best = proposals(method, subject)[0]
    assert run(best.program.source, subject.test[0]) == answer
    assert words in best.hypothesis.words
    assert best.origin == f"symbolic.{method.name}"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("subject", [BY_SIZE, LARGEST])
def test_every_proposal_reproduces_every_example_and_predicts_something_else(
    method: Method, subject: Task
):
    found = proposals(method, subject) if method.promise(subject) > 0 else []
    for proposal in found:
        for example in subject.train:
            assert run(proposal.program.source, example.input) == example.output
    predictions = [run(proposal.program.source, subject.test[0]) for proposal in found]
    assert len(set(predictions)) == len(predictions)


def test_the_same_task_gives_the_same_proposals():
    first, second = (proposals(SELECT, LARGEST) for _ in range(2))
    assert first == second


def test_a_spent_clock_ends_the_search_at_once():
    assert [one for one in RECOLOUR.propose(BY_SIZE, Clock(seconds=0)) if one] == []
    assert [one for one in SELECT.propose(LARGEST, Clock(seconds=0)) if one] == []


def test_tasks_without_grids_or_of_other_sizes_hold_no_promise():
    text = Task(
        name="text",
        input_type=ValueType.STRING,
        output_type=ValueType.STRING,
        train=(Example(input="a", output="b"),),
    )
    assert all(method.promise(text) == 0 for method in METHODS)
    assert RECOLOUR.promise(LARGEST) == 0
    assert SELECT.promise(BY_SIZE) == 0
    assert SELECT.promise(LARGEST) > 0


def test_a_rule_of_mixed_fates_is_said_before_other_views_are_tried():
    steps = islice(MIX.propose(SMALL_ONES_SLIDE, Clock()), 5 * MAX_STEPS)
    found = [run(one, SMALL_ONES_SLIDE.test[0]) for one in steps if one is not None]
    assert grid("8.....", "88....", "......", ".9999.", ".4449.") in found
