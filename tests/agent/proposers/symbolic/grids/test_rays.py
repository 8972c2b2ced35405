"""Lines drawn from cells: where they start, which way they go, and what stops them."""

import pytest
from tests.agent.proposers.symbolic.grids.pictures import answers, first, grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids.rays import METHOD
from peirce.tasks.values import Grid

RIGHT = task(
    [
        (grid("0000", "2000", "0030"), grid("0000", "2222", "0030")),
        (grid("0200", "0000", "2003"), grid("0222", "0000", "2223")),
    ],
    grid("2030", "0000", "0002"),
)


def test_one_ray_with_its_source_way_and_stop_is_read_off_the_demos():
    best = first(METHOD, RIGHT)
    assert best.hypothesis.words == (
        "From red cells lines of their colour go right, until something is in the way."
    )
    assert run(best, RIGHT.test[0]) == grid("2230", "0000", "0002")


def test_every_set_of_rays_reproduces_every_demo_and_predicts_something_else():
    found = proposals(METHOD, RIGHT)
    for proposal in found:
        assert tuple(run(proposal, pair.input) for pair in RIGHT.train) == RIGHT.outputs
    answers = [run(proposal, RIGHT.test[0]) for proposal in found]
    assert len(set(answers)) == len(answers)


def test_the_method_is_hopeless_when_the_size_changes_or_nothing_is_drawn():
    assert METHOD.promise(task([(grid("12"), grid("1"))], grid("12"))) == 0
    assert METHOD.promise(task([(grid("12"), grid("12"))], grid("12"))) == 0


def test_nothing_is_proposed_when_no_ray_explains_a_change():
    subject = task([(grid("1000", "0000"), grid("1000", "0005"))], grid("1000", "0000"))
    assert proposals(METHOD, subject) == []


def test_lines_go_round_a_corner_to_a_marked_cell():
    subject = task(
        [
            (grid("2...", "....", "...3"), grid("2888", "...8", "...3")),
            (grid("...3", "....", "2..."), grid("...3", "...8", "2888")),
        ],
        grid("..2.", "....", "3..."),
    )
    turning = [one for one in proposals(METHOD, subject) if "corner" in one.hypothesis.words]
    assert grid("882.", "8...", "3...") in [run(one, subject.test[0]) for one in turning]


def test_lines_may_turn_at_signs_of_two_colours():
    subject = task(
        [
            (
                grid("......", "1..2..", "......", "......", "..3..."),
                grid("......", "1112..", "..1...", "..1111", "..3..."),
            ),
            (
                grid("..2...", "......", "1..3..", "......"),
                grid("..2...", "..1111", "1113..", "......"),
            ),
        ],
        grid("......", "1.2...", "......", ".3....", "......"),
    )
    assert grid("......", "112...", ".11111", ".3....", "......") in answers(METHOD, subject)


@pytest.mark.parametrize(
    ("pairs", "test", "answer", "words"),
    [
        pytest.param(
            [
                (grid("0200", "0000", "1000", "0000"), grid("0200", "0200", "1211", "0200")),
                (grid("0020", "1000", "0000", "0000"), grid("0020", "1121", "0020", "0020")),
            ],
            grid("0002", "0000", "0100", "0000"),
            grid("0002", "0002", "0112", "0002"),
            "go right, until something is in the way. From red cells lines of their colour go down",
            id="two colours may shoot different ways and cross in order",
        ),
        pytest.param(
            [
                (
                    grid(".....", "..2..", ".....", ".....", ".1...", "....."),
                    grid(".....", "..2..", "..2..", "..2..", ".1511", "..2.."),
                ),
                (
                    grid(".....", "...2.", ".1...", "....."),
                    grid(".....", "...2.", ".1151", "...2."),
                ),
            ],
            grid("...2", "....", ".1..", "...."),
            grid("...2", "...2", ".115", "...2"),
            "Where a line meets another colour it is grey.",
            id="the colour of crossings is read off the demos",
        ),
        pytest.param(
            [
                (grid("40040", "00000", "04000"), grid("44440", "00000", "04000")),
                (grid("00400", "04040", "00000"), grid("00400", "04440", "00000")),
            ],
            grid("40004", "00000", "00400"),
            grid("44444", "00000", "00400"),
            "lines of the colour they meet go left",
            id="equal cells in one line are connected only if they meet",
        ),
        pytest.param(
            [
                (
                    grid("4444", "4044", "4444", "6666", "6660"),
                    grid("4044", "4044", "4044", "6660", "6660"),
                ),
                (grid("333", "303", "333", "777"), grid("303", "303", "303", "777")),
            ],
            grid("22222", "22202", "22222", "55555", "05555"),
            grid("22202", "22202", "22202", "05555", "05555"),
            "to the edge of the area they lie in",
            id="lines may start at scattered holes and end with the area around them",
        ),
        pytest.param(
            [
                (grid("1.......", "........"), grid("15.15.15", "........")),
                (grid(".......", ".2....."), grid(".......", ".25.25.")),
            ],
            grid("........", "..3....."),
            grid("........", "..35.35."),
            "lines of grey, nothing, their colour in turn",
            id="colours that lines show in turn are read off the demos",
        ),
        pytest.param(
            [
                (grid("1......", "...2..."), grid("1111...", "...2222")),
                (grid("....3..", "......."), grid("....333", ".......")),
            ],
            grid(".......", ".1....."),
            grid(".......", ".1111.."),
            "at most 3 cells",
            id="the length of lines is read off the demos",
        ),
        pytest.param(
            [
                (grid("1..5.", "....5", "2...."), grid("1115.", "....5", "22222")),
                (grid(".5..", ".3.5", "1..."), grid(".5..", ".335", "1111")),
            ],
            grid("5...", ".4..", "..6."),
            grid("5...", ".444", "..66"),
            "From coloured cells but grey ones lines",
            id="all colours but that of walls may shoot",
        ),
    ],
)
def test_the_first_rule_found_is_what_a_person_would_say(
    pairs: list[tuple[Grid, Grid]], test: Grid, answer: Grid, words: str
):
    best = first(METHOD, task(pairs, test))
    assert run(best, test) == answer
    assert words in best.hypothesis.words
