from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import block, item_of
from peirce.prototypes.grids.counting import ORDERS, Order


@given(st.sampled_from(sorted(ORDERS)), st.integers(1, 5), st.integers(1, 5), st.integers(-1, 30))
def test_a_tally_colours_as_many_cells_as_there_is_room(
    order: Order, height: int, width: int, count: int
):
    grid = grids.tally(height, width, count, 3, order)
    room = len(ORDERS[order](height, width))
    assert grids.count_colour(grid, 3) == min(max(count, 0), room)
    assert len(set(ORDERS[order](height, width))) == room


def test_tallies_follow_their_order():
    assert grids.tally(2, 2, 3, 1) == ((1, 1), (1, 0))
    assert grids.tally(2, 2, 3, 1, "columns") == ((1, 1), (1, 0))
    assert grids.tally(2, 2, 1, 1, "rows_up") == ((0, 0), (1, 0))
    assert grids.tally(2, 2, 1, 1, "columns_back") == ((0, 1), (0, 0))
    assert grids.tally(2, 3, 4, 1, "snake") == ((1, 1, 1), (0, 0, 1))
    assert grids.tally(3, 3, 3, 1, "every_second") == ((1, 0, 1), (0, 1, 0), (0, 0, 0))
    assert grids.tally(2, 2, 2, 1, "diagonal") == ((1, 0), (0, 1))


def test_bars_are_as_long_as_wanted():
    items = (block(0, 0, 0, 0, 1), block(0, 0, 0, 0, 2))
    assert grids.bars(items, [1, 2]) == ((1, 0), (2, 2))
    assert grids.bars(items, [0, 0]) == ((0,),)
    assert grids.turned_up(grids.bars(items, [1, 2])) == ((0, 2), (1, 2))


def test_pictures_are_laid_in_a_row_or_a_column():
    small, wide = item_of(((1,),)).picture(), item_of(((2, 2),)).picture()
    assert grids.laid_down([small, wide]) == ((1, 0), (2, 2))
    assert grids.laid_across([small, ((3,), (3,))]) == ((1, 3), (0, 3))
    assert grids.laid_down([]) == ((0,),)


def test_frames_lie_in_each_other_around_a_core():
    assert grids.frames([1, 2]) == ((1, 1, 1), (1, 2, 1), (1, 1, 1))
    assert grids.frames([1, 2], core=2)[1] == (1, 2, 2, 1)
    assert grids.frames([3]) == ((3,),)


def test_bars_have_room_for_so_many_cells():
    items = grids.objects(((1, 0), (2, 2)))
    assert grids.bars(items, [1, 2], room=3) == ((1, 0, 0), (2, 2, 0))
