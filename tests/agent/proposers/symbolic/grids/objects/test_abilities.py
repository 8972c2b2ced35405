"""Every kind of rule about things, each found on two unrelated toy tasks."""

import pytest
from tests.agent.proposers.symbolic.grids.pictures import first_outputs, grid, task

from peirce.agent.proposers.symbolic.grids.objects import (
    ARRANGE,
    COPY,
    GROW,
    LIST,
    MOVE,
    RECOLOUR,
)
from peirce.agent.proposers.symbolic.method import Method
from peirce.tasks.values import Grid

TO_WALL_OF_OWN_COLOUR = (
    [
        (
            grid("2.......4", "2.4...2.4", "2.......4", "2....3..4"),
            grid("2.......4", "22.....44", "2.......4", "2.......4"),
        ),
        (
            grid("555555", "......", "..1...", "....5.", "......", "..6...", "111111"),
            grid("555555", "....5.", "......", "......", "......", "..1...", "111111"),
        ),
    ],
    grid("3......8", "3.8....8", "3...7..8", "3....3.8"),
    grid("3......8", "3.....88", "3......8", "33.....8"),
)
INTO_THE_FRAME = (
    [
        (
            grid("....666", "....6.6", "1...666", "......."),
            grid("....666", "....616", "....666", "......."),
        ),
        (
            grid("666....", "6.6....", "666....", ".....2."),
            grid("666....", "626....", "666....", "......."),
        ),
    ],
    grid("......3", ".666...", ".6.6...", ".666..."),
    grid(".......", ".666...", ".636...", ".666..."),
)
TO_THE_LARGEST = (
    [
        (
            grid(".3.....", ".......", ".22....", ".22..3.", ".......", ".....3."),
            grid(".3.....", ".3.....", ".22....", ".22333.", ".......", ".....3."),
        ),
        (
            grid("......", "1..44.", "...44.", "......", "...1.1"),
            grid("......", "11144.", "...44.", "...1..", "...1.1"),
        ),
    ],
    grid("...5...", ".......", "..888.5", "..888..", "5......"),
    grid("...5...", "...5...", "..88855", "..888..", "5......"),
)
AWAY_FROM_THE_BORDER = (
    [
        (grid("....", "5...", "....", "...."), grid("....", "5555", "....", "....")),
        (grid(".5..", "....", "....", "...."), grid(".5..", ".5..", ".5..", ".5..")),
        (grid("....", "....", "....", "..5."), grid("..5.", "..5.", "..5.", "..5.")),
    ],
    grid("....", "....", "...5", "...."),
    grid("....", "....", "5555", "...."),
)
CROSSES = (
    [
        (
            grid(".....", ".111.", ".1.1.", ".111.", "....."),
            grid("..6..", ".111.", "61616", ".111.", "..6.."),
        ),
        (
            grid("111...", "1.1...", "111...", "......"),
            grid("111...", "161666", "111...", ".6...."),
        ),
    ],
    grid("......", "......", "...111", "...1.1", "...111"),
    grid("....6.", "....6.", "...111", "666161", "...111"),
)
LONG_CORNERS = (
    [
        (
            grid("......", "......", "..22..", "..22..", "......", "......"),
            grid("3....3", ".3..3.", "..22..", "..22..", ".3..3.", "3....3"),
        ),
        (
            grid(".....", ".22..", ".22..", "....."),
            grid("3..3.", ".22..", ".22..", "3..3."),
        ),
    ],
    grid(".....", "..2..", ".....", "....."),
    grid(".3.3.", "..2..", ".3.3.", "3...3"),
)
AS_LONG_AS_COLOURS = (
    [
        (
            grid("12.33", "12.33", ".....", "....."),
            grid("12.33", "12.33", "77.77", "77..."),
        ),
        (
            grid("45...", "46...", ".....", ".....", "....."),
            grid("45...", "46...", "77...", "77...", "77..."),
        ),
    ],
    grid("...88.", "66.98.", "66....", "......", "......"),
    grid("...88.", "66.98.", "66.77.", "77.77.", "......"),
)
HALF_AS_THICK = (
    [
        (
            grid("......", "......", "..22..", "..22..", "......", "......"),
            grid("......", ".3333.", ".3223.", ".3223.", ".3333.", "......"),
        ),
        (
            grid(
                "........", "........", "..2222..", "..2222..", "..2222..", "..2222..", "........"
            ),
            grid(
                "33333333", "33333333", "33222233", "33222233", "33222233", "33222233", "33333333"
            ),
        ),
    ],
    grid("22.....", "22.....", "......."),
    grid("223....", "223....", "333...."),
)
AROUND_THE_MIDDLE = (
    [
        (
            grid("22.....", "2......", ".......", "...3...", ".......", ".......", "......."),
            grid("22...22", "2.....2", ".......", "...3...", ".......", "2.....2", "22...22"),
        ),
        (
            grid(".......", ".4.....", ".......", "...3...", ".......", "......."),
            grid(".......", ".4...4.", ".......", "...3...", ".......", ".4...4."),
        ),
    ],
    grid(".....", "..3..", ".....", "5...."),
    grid(".....", "..3..", ".....", "5...5"),
)

MIRRORED_BESIDE = (
    [
        (
            grid("......", ".12...", ".1....", "......"),
            grid("......", ".1221.", ".1..1.", "......"),
        ),
        (grid("34....", "35...."), grid("3443..", "3553..")),
    ],
    grid(".......", "..678..", "......."),
    grid(".......", "..67887", "......."),
)
LARGEST_ROOM = (
    [
        (
            grid("5.5.55", "...555", "...5..", "55.5.."),
            grid("5.5.55", "333555", "3335..", "55.5.."),
        ),
        (
            grid("..5..", "..5..", "5.5..", "..5.."),
            grid("..533", "..533", "5.533", "..533"),
        ),
    ],
    grid("55...", "5....", ".5555", "..5.5", "..5.5"),
    grid("55333", "5.333", ".5555", "..5.5", "..5.5"),
)
NOISE_TAKES_WHAT_SURROUNDS_IT = (
    [
        (
            grid("111...", "151...", "111.5.", "......"),
            grid("111...", "111...", "111...", "......"),
        ),
        (grid("..222.", "5.252.", "..222."), grid("..222.", "..222.", "..222.")),
    ],
    grid("33338", "35338", "33338", "..5.."),
    grid("33338", "33338", "33338", "....."),
)
COLOURS_BY_SIZE = (
    [
        (grid("11..2", "11...", "..333"), grid("1", "3", "2")),
        (grid("4.55.", "..55.", "66..."), grid("5", "6", "4")),
    ],
    grid("77..8", "....8", "9...8"),
    grid("8", "7", "9"),
)
PILED_BY_LENGTH = (
    [
        (grid("1....", "222..", "33333", "4444."), grid("....1", "..222", ".4444", "33333")),
        (grid("555.", "6666", "77..", "8..."), grid("...8", "..77", ".555", "6666")),
    ],
    grid("11...", "22222", "3....", "444.."),
    grid("....3", "...11", "..444", "22222"),
)
MEET_AT_GREY = (
    [
        (
            grid("15.....", "......2", "......5", "......."),
            grid(".2", "15"),
        ),
        (
            grid("3......", "5......", "....5..", "....44."),
            grid("3.", "5.", "44"),
        ),
    ],
    grid("1......", "5......", ".....52", "......."),
    grid("1.", "52"),
)


@pytest.mark.parametrize(
    ("method", "pairs", "test", "answer"),
    [
        pytest.param(MOVE, *TO_WALL_OF_OWN_COLOUR, id="things move to the wall of their colour"),
        pytest.param(MOVE, *INTO_THE_FRAME, id="things move into the middle of another"),
        pytest.param(GROW, *TO_THE_LARGEST, id="things grow to the largest one ahead"),
        pytest.param(GROW, *AWAY_FROM_THE_BORDER, id="things grow away from the border"),
        pytest.param(GROW, *CROSSES, id="lines leave the middle"),
        pytest.param(GROW, *LONG_CORNERS, id="lines leave the corners"),
        pytest.param(GROW, *AS_LONG_AS_COLOURS, id="bars are as long as there are colours"),
        pytest.param(GROW, *HALF_AS_THICK, id="margins are half as thick as the thing"),
        pytest.param(COPY, *AROUND_THE_MIDDLE, id="things are mirrored about another"),
        pytest.param(COPY, *MIRRORED_BESIDE, id="things are mirrored beside themselves"),
        pytest.param(RECOLOUR, *LARGEST_ROOM, id="the largest empty rectangle is filled"),
        pytest.param(RECOLOUR, *NOISE_TAKES_WHAT_SURROUNDS_IT, id="noise is smoothed away"),
        pytest.param(LIST, *COLOURS_BY_SIZE, id="colours are listed by size"),
        pytest.param(ARRANGE, *PILED_BY_LENGTH, id="things are piled up by length"),
        pytest.param(ARRANGE, *MEET_AT_GREY, id="things are laid on each other"),
    ],
)
def test_the_first_rule_found_predicts_what_a_person_would(
    method: Method, pairs: list[tuple[Grid, Grid]], test: Grid, answer: Grid
):
    outputs = [after for _, after in pairs]
    assert first_outputs(method, task(pairs, test)) == [*outputs, answer]
