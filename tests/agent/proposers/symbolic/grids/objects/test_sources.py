"""Directions, colours and lists taken from the things themselves, each on a toy task."""

import pytest
from tests.agent.proposers.symbolic.grids.pictures import first_outputs, grid, task

from peirce.agent.proposers.symbolic.grids.objects import (
    ARRANGE,
    CHANGE,
    COPY,
    FALL,
    GATHER,
    LIST,
    MOVE,
    RECOLOUR,
    REDRAW,
    SELECT,
    STAMP,
)
from peirce.agent.proposers.symbolic.method import Method
from peirce.tasks.values import Grid

WHERE_THE_MARK_POINTS = (
    [
        (
            grid(".......", ".114...", "......."),
            grid(".......", "....114", "......."),
        ),
        (
            grid("......", "......", "..4...", "..3...", "......"),
            grid("..4...", "..3...", "......", "......", "......"),
        ),
    ],
    grid(".......", ".422...", "......."),
    grid(".......", "422....", "......."),
)
BY_ITS_HOLES = (
    [
        (
            grid("111.2.", "1.1.2.", "111...", "......"),
            grid("....2.", "111.2.", "1.1...", "111..."),
        ),
        (
            grid("33333.44", "3.3.3...", "33333...", "........", "........"),
            grid("......44", "........", "33333...", "3.3.3...", "33333..."),
        ),
    ],
    grid("55.666", "...6.6", "...666", "......"),
    grid("55....", "...666", "...6.6", "...666"),
)
TO_THE_WALL_IN_ITS_COLOUR = (
    [
        (
            grid("3.....", ".....2", "......", "111111"),
            grid("......", "......", "1....1", "111111"),
        ),
        (
            grid("33....", "......", "....2.", "666666"),
            grid("......", "......", "66..6.", "666666"),
        ),
    ],
    grid(".1...", "....5", ".....", "44444"),
    grid(".....", ".....", ".4..4", "44444"),
)
COLOURS_RISE_AND_FALL = (
    [
        (grid("1.....", "..2.1.", "......"), grid("..2...", "......", "1...1.")),
        (grid(".1..", "....", "...2", "...."), grid("...2", "....", "....", ".1..")),
    ],
    grid(".....", "2...1", "..1..", "....."),
    grid("2....", ".....", ".....", "..1.1"),
)
IN_THE_COLOUR_BESIDE = (
    [
        (grid("55...", "5...3", "....."), grid("33", "3.")),
        (grid(".....", ".7.5.", "...55", "...5."), grid("7.", "77", "7.")),
    ],
    grid("4....", "..555", "...5."),
    grid("444", ".4."),
)
WITHIN_THE_MARKS = (
    [
        (
            grid("1.4..4", ".1.21.", "3.13.1", "..4..4"),
            grid("21", "3."),
        ),
        (grid("4.1.4", "3211.", "4..34", "....."), grid("211")),
    ],
    grid("1.4.4", "..32.", "1.4.4"),
    grid("2"),
)
FITTED_TOGETHER = (
    [
        (grid("111...", "1.....", "....22", "......"), grid("111", "122")),
        (grid("33....", "3.....", "...4..", "..44.."), grid("334", "344")),
    ],
    grid("..6...", "..6...", "....77", "....77"),
    grid("677", "677"),
)
SHAPES_AS_COLOURS = (
    [
        (grid("55.5.", "55.5.", "....."), grid("31")),
        (grid("5.55.", "5.55.", "....."), grid("13")),
    ],
    grid("5..55", "5..55", "....."),
    grid("13"),
)
UNFOLDED_AT_THE_MARK = (
    [
        (
            grid(".......", ".114...", ".1.4...", "......."),
            grid(".......", ".114411", ".1.44.1", "......."),
        ),
        (
            grid("....", "....", "....", ".4..", ".2..", ".2.."),
            grid(".2..", ".2..", ".4..", ".4..", ".2..", ".2.."),
        ),
    ],
    grid(".......", "...433.", "...4.3.", "......."),
    grid(".......", "334433.", "3.44.3.", "......."),
)
HALVES = (
    [
        (grid("5555.", "5555.", "....."), grid("2211.", "2211.", ".....")),
        (grid("......", "555555", "......"), grid("......", "222111", "......")),
    ],
    grid("....", ".55.", ".55."),
    grid("....", ".21.", ".21."),
)
BY_KIND_OF_SHAPE = (
    [
        (grid("555..", "...5.", "5..55", "5...."), grid("111..", "...2.", "1..22", "1....")),
        (
            grid("5555..", "......", ".5..55", ".55.5."),
            grid("1111..", "......", ".2..22", ".22.2."),
        ),
    ],
    grid("5....", "5....", "5.55.", "5.5.."),
    grid("1....", "1....", "1.22.", "1.2.."),
)
LIKE_THE_RED_ONE = (
    [
        (
            grid("22..8.", "2...8.", "......", "88.88.", "8..88."),
            grid("22..8.", "2...8.", "......", "22.88.", "2..88."),
        ),
        (
            grid("88.2..", "88.2..", "...2..", "8...8.", "8...8.", "8....."),
            grid("88.2..", "88.2..", "...2..", "2...8.", "2...8.", "2....."),
        ),
    ],
    grid("2.88..", "...8..", "8..8.8"),
    grid("2.88..", "...8..", "2..8.2"),
)

MARKS_OF_WIDE_ONES = (
    [
        (
            grid("5545..", ".....4", ".....5", "554...", "......"),
            grid("5525..", ".....4", ".....5", "552...", "......"),
        ),
        (grid("45.", "...", ".5.", ".4.", "..."), grid("25.", "...", ".5.", ".4.", "...")),
    ],
    grid("54..5", "....4", "....4", "45..."),
    grid("52..5", "....4", "....4", "25..."),
)
INSIDE_THE_MARKS = (
    [
        (grid("4..4.", ".....", ".....", "4..4."), grid("4..4.", ".22..", ".22..", "4..4.")),
        (grid(".....", "3.3..", ".....", "3.3.."), grid(".....", "3.3..", ".2...", "3.3..")),
    ],
    grid(".......", ".7...7.", ".......", ".7...7."),
    grid(".......", ".7...7.", "..222..", ".7...7."),
)
FRAMES_TOGETHER = (
    [
        (
            grid("111.2.", "1.1...", "111...", "...333", ".2.3.3", "...333"),
            grid("111...", "1.1...", "111...", "...333", "...3.3", "...333"),
        ),
        (
            grid("...222.", "4..2.2.", "...222.", ".......", "444.11.", "4.4.1..", "444...."),
            grid("...222", "...2.2", "...222", "......", "444...", "4.4...", "444..."),
        ),
    ],
    grid("77......", ".7......", "...666..", "...6.6..", "...666.5"),
    grid("666", "6.6", "666"),
)
IN_THE_COLOUR_OF_THE_DOT = (
    [
        (
            grid("......", ".2....", "......", "......", "....3.", "......"),
            grid("2.2...", ".2....", "2.2...", "...3.3", "....3.", "...3.3"),
        ),
        (grid(".....", "..4..", "....."), grid(".4.4.", "..4..", ".4.4.")),
    ],
    grid("....", "....", ".7..", "...."),
    grid("....", "7.7.", ".7..", "7.7."),
)
SORTED_BARS = (
    [
        (grid("..2.", "3.2.", "3.24"), grid("...2", "..32", "4.32")),
        (grid("1.5", "1.5", "165"), grid(".15", ".15", "615")),
    ],
    grid("7..8", "7..8", "7.98"),
    grid("..78", "..78", "9.78"),
)
AROUND_THE_MARK = (
    [
        (grid("13131", "31213", "13331", "11313"), grid("313", "121", "333")),
        (grid("33131", "13113", "33331", "11323", "31131"), grid("331", "323", "131")),
    ],
    grid("1131", "3323", "1311", "3331"),
    grid("131", "323", "311"),
)
LEFT_HALF_OF_THE_LARGEST = (
    [
        (grid("......2", ".4554..", ".6446..", "......."), grid("45", "64")),
        (grid("3.....", "..1771", "..8118", "..7887"), grid("17", "81", "78")),
    ],
    grid(".......", "965569.", ".......", "......4"),
    grid("965"),
)

MENDED_AND_SHOWN = (
    [
        (grid("....1", ".222.", ".2.2.", "..22.", ".222."), grid("222", "222", "222", "222")),
        (grid("4444...", "44.4.1.", "444....", "......1"), grid("4444", "4444", "4444")),
    ],
    grid("6....6", "..8888", "6.88.8"),
    grid("8888", "8888"),
)
COMPLETED_AND_SHOWN = (
    [
        (grid("3.3..1", "333...", "3....."), grid("3.3", "333", "3.3")),
        (grid("4.4..", "444..", "4.4..", "..4.2"), grid("4.4", "444", "4.4", "4.4")),
    ],
    grid(".6..", "666.", ".66.", "...1"),
    grid(".6.", "666", "666"),
)


@pytest.mark.parametrize(
    ("method", "pairs", "test", "answer"),
    [
        pytest.param(MOVE, *WHERE_THE_MARK_POINTS, id="things move where their mark points"),
        pytest.param(MOVE, *BY_ITS_HOLES, id="things move by their number of holes"),
        pytest.param(CHANGE, *TO_THE_WALL_IN_ITS_COLOUR, id="things move and change colour"),
        pytest.param(FALL, *COLOURS_RISE_AND_FALL, id="some things rise and others fall"),
        pytest.param(SELECT, *IN_THE_COLOUR_BESIDE, id="one thing is shown in another's colour"),
        pytest.param(SELECT, *WITHIN_THE_MARKS, id="what lies between four marks is shown"),
        pytest.param(SELECT, *AROUND_THE_MARK, id="what lies around the mark is shown"),
        pytest.param(SELECT, *LEFT_HALF_OF_THE_LARGEST, id="half of the largest thing is shown"),
        pytest.param(SELECT, *MENDED_AND_SHOWN, id="the largest thing is shown without its gaps"),
        pytest.param(SELECT, *COMPLETED_AND_SHOWN, id="the largest thing is shown completed"),
        pytest.param(GATHER, *FRAMES_TOGETHER, id="some things are shown as they stand"),
        pytest.param(STAMP, *IN_THE_COLOUR_OF_THE_DOT, id="a pattern takes the colour of the dot"),
        pytest.param(ARRANGE, *SORTED_BARS, id="bars change places"),
        pytest.param(ARRANGE, *FITTED_TOGETHER, id="pieces are fitted together"),
        pytest.param(LIST, *SHAPES_AS_COLOURS, id="shapes are listed as colours"),
        pytest.param(COPY, *UNFOLDED_AT_THE_MARK, id="things unfold on the side of their mark"),
        pytest.param(REDRAW, *INSIDE_THE_MARKS, id="what lies between four marks is filled"),
        pytest.param(REDRAW, *HALVES, id="halves get colours of their own"),
        pytest.param(RECOLOUR, *BY_KIND_OF_SHAPE, id="lines and corners differ"),
        pytest.param(RECOLOUR, *MARKS_OF_WIDE_ONES, id="one colour of some things changes"),
        pytest.param(RECOLOUR, *LIKE_THE_RED_ONE, id="things of the marked outline change"),
    ],
)
def test_the_first_rule_found_predicts_what_a_person_would(
    method: Method, pairs: list[tuple[Grid, Grid]], test: Grid, answer: Grid
):
    outputs = [after for _, after in pairs]
    assert first_outputs(method, task(pairs, test)) == [*outputs, answer]
