from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import NOTHING, Item

MAZE = (
    (1, 0, 0, 0, 5),
    (5, 5, 5, 0, 5),
    (0, 0, 0, 0, 5),
    (0, 5, 5, 5, 5),
    (0, 0, 0, 0, 2),
)
START, GOAL = Item(((0, 0, 1),)), Item(((4, 4, 2),))


def test_a_route_leads_round_the_walls():
    route = grids.route(MAZE, START, GOAL, 7)
    assert grids.paint(MAZE, route) == (
        (1, 7, 7, 7, 5),
        (5, 5, 5, 7, 5),
        (7, 7, 7, 7, 5),
        (7, 5, 5, 5, 5),
        (7, 7, 7, 7, 2),
    )


def test_a_route_turns_as_seldom_as_it_can():
    free = grids.canvas(4, 4)
    assert grids.route(free, Item(((0, 0, 1),)), Item(((3, 3, 1),)), 7).size == 5
    assert grids.route(free, Item(((1, 0, 1),)), Item(((1, 3, 1),)), 7).spots == {(1, 1), (1, 2)}


def test_there_is_no_route_through_a_wall_and_none_is_needed_by_those_that_touch():
    walled = ((1, 5, 2),)
    assert grids.route(walled, Item(((0, 0, 1),)), Item(((0, 2, 2),)), 7) == NOTHING
    assert grids.route(((1, 2),), Item(((0, 0, 1),)), Item(((0, 1, 2),)), 7) == NOTHING


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_in_the_open_a_route_is_as_long_as_the_way_along_rows_and_columns(
    row: int, column: int, down: int, across: int
):
    free = grids.canvas(6, 6)
    one, other = Item(((row, column, 1),)), Item(((down, across, 2),))
    length = abs(row - down) + abs(column - across)
    assert grids.route(free, one, other).size == max(length - 1, 0)
