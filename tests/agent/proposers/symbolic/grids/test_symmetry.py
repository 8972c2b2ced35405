"""Pictures that are regular but for what is hidden, missing or still to come."""

import pytest
from tests.agent.proposers.symbolic.grids.pictures import answers, first, grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids.symmetry import METHOD
from peirce.tasks.values import Grid


def test_a_hidden_part_of_a_mirrored_picture_is_restored():
    subject = task(
        [
            (grid("1221", "3443", "3400", "1221"), grid("1221", "3443", "3443", "1221")),
            (grid("5665", "0775", "5775", "5665"), grid("5665", "5775", "5775", "5665")),
        ],
        grid("2332", "2112", "2112", "2330"),
    )
    best = first(METHOD, subject)
    assert "mend_symmetry" in best.program.source
    assert run(best, subject.test[0])[3] == (2, 3, 3, 2)


def test_nothing_is_proposed_for_a_change_that_no_regularity_explains():
    subject = task([(grid("12", "30"), grid("12", "35"))], grid("12", "30"))
    assert proposals(METHOD, subject) == []


def test_every_row_goes_on_by_itself():
    subject = task(
        [
            (grid("12.....", ".......", "34....."), grid("1212121", ".......", "3434343")),
            (grid("......", ".512.."), grid("......", ".51251")),
        ],
        grid("71....", "..68.."),
    )
    assert grid("717171", "..6868") in answers(METHOD, subject)


def test_a_spiral_is_drawn_on_empty_grids_of_any_size():
    subject = task(
        [
            (grid("....", "....", "...."), grid("3333", "...3", "3333")),
            (grid("...", "...", "..."), grid("333", "..3", "333")),
        ],
        grid(*["....."] * 5),
    )
    best = first(METHOD, subject)
    assert run(best, subject.test[0])[2:] == grid("333.3", "3...3", "33333")


def test_a_picture_in_an_empty_grid_is_repeated_in_all_directions():
    subject = task(
        [
            (grid("12...", "34...", "....."), grid("12121", "34343", "12121")),
            (grid("....", ".56.", ".75.", "...."), grid("5757", "6565", "5757", "6565")),
        ],
        grid("....", ".89.", "...."),
    )
    assert grid("9898", "9898", "9898") in answers(METHOD, subject)


@pytest.mark.parametrize(
    ("pairs", "test", "answer", "words"),
    [
        pytest.param(
            [
                (grid("1221", "3443", "3499", "1221"), grid("43")),
                (grid("5665", "5775", "5775", "9665"), grid("5")),
            ],
            grid("2332", "2112", "2192", "2332"),
            grid("1"),
            "Maroon cells hide a mirror-symmetric picture, which is restored; only the hidden part",
            id="only the hidden part is shown when that is wanted",
        ),
        pytest.param(
            [
                (
                    grid("123123", "456456", "783783", "123..3", "456..6", "783783"),
                    grid("123123", "456456", "783783", "123123", "456456", "783783"),
                )
            ],
            grid("12121", "34..3", "12121", "34343", "12121"),
            grid("12121", "34343", "12121", "34343", "12121"),
            "Black cells hide a repeating tile, which is restored.",
            id="a repeating tile is restored",
        ),
        pytest.param(
            [(grid("1212"), grid("12121212")), (grid("3434"), grid("34343434"))],
            grid("5656"),
            grid("56565656"),
            "The pattern goes on over 1 by 8 cells.",
            id="a pattern goes on over a larger canvas",
        ),
        pytest.param(
            [
                (grid("1.2.....", "1.2....."), grid("1.2.1.2.", "1.2.1.2.")),
                (grid(".3..4....", ".3..4...."), grid(".3..4..3.", ".3..4..3.")),
            ],
            grid("5.6....", "5.6...."),
            grid("5.6.5.6", "5.6.5.6"),
            "The copies at equal distances go on up to the border.",
            id="copies at equal distances go on with their colours in turn",
        ),
        pytest.param(
            [
                (grid("1.1.....", "........"), grid("1.1.3.3.", "........")),
                (grid("..1..1....", ".........."), grid("..1..1..3.", "..........")),
            ],
            grid("...........", ".1...1....."),
            grid("...........", ".1...1...3."),
            "In what is new blue becomes green.",
            id="what a pattern adds may have another colour",
        ),
        pytest.param(
            [(grid("1.1."), grid("2.2.2.2.")), (grid("11.11."), grid("22.22.22.22."))],
            grid("1..1.."),
            grid("2..2..2..2.."),
            "2 times the columns. Then blue becomes red.",
            id="what a larger canvas shows may have another colour",
        ),
    ],
)
def test_the_first_rule_found_is_what_a_person_would_say(
    pairs: list[tuple[Grid, Grid]], test: Grid, answer: Grid, words: str
):
    best = first(METHOD, task(pairs, test))
    assert run(best, test) == answer
    assert words in best.hypothesis.words
