from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import Item

CELLS = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 3))
ITEMS = st.lists(CELLS, min_size=1, max_size=12).map(Item.of)


def test_what_hides_an_item_does_not_move_its_axis():
    half_hidden = Item.of([(0, 0, 4), (0, 1, 4), (0, 2, 4), (1, 1, 4), (2, 0, 4), (1, 0, 4)])
    whole = {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 2)}
    assert grids.completed_across(half_hidden).spots == whole


@given(ITEMS)
def test_a_completed_item_has_the_outline_of_its_mirror_image_and_keeps_its_cells(item: Item):
    across, down = grids.completed_across(item), grids.completed_down(item)
    assert across.mirrored().spots == across.spots
    assert down.flipped().spots == down.spots
    assert set(item.cells) <= set(across.cells) & set(down.cells)


@given(ITEMS)
def test_both_axes_leave_nothing_of_the_item_out(item: Item):
    both = grids.completed(item)
    assert both.flipped().spots == both.spots
    assert set(item.cells) <= set(both.cells)
