from peirce.prototypes import grids
from peirce.prototypes.grids import Item, block, item_of
from peirce.tasks.values import Grid

TEMPLATE = item_of(((1, 2), (1, -1)))


def test_enlarging_makes_blocks_of_cells():
    assert grids.enlarged(TEMPLATE, 2).picture() == (
        (1, 1, 2, 2),
        (1, 1, 2, 2),
        (1, 1, 0, 0),
        (1, 1, 0, 0),
    )


def test_copies_are_all_different():
    assert len(grids.copies(TEMPLATE)) == 8
    assert len(grids.copies(block(0, 0, 1, 1, 3), largest=3)) == 3
    assert grids.copies(TEMPLATE, turned=False) == (TEMPLATE,)


def test_a_shown_part_is_completed_where_there_is_room():
    grid: Grid = ((1, 2, 0, 0, 1), (1, 0, 0, 0, 1), (0, 0, 0, 0, 0))
    completed = grids.complete_copies(grid, [TEMPLATE])
    assert completed[0] == (1, 2, 0, 2, 1)
    assert completed[1:] == grid[1:]


def test_one_cell_shows_the_place_of_an_unturned_copy():
    grid: Grid = ((1, 2, 0, 0), (1, 0, 0, 0), (0, 0, 0, 2), (0, 0, 0, 0))
    completed = grids.complete_copies(grid, [TEMPLATE], turned=False)
    assert completed[2:] == ((0, 0, 1, 2), (0, 0, 1, 0))


def test_a_template_without_room_or_of_many_colours_changes_nothing():
    grid: Grid = ((1, 2, 5, 2), (1, 0, 5, 0))
    assert grids.complete_copies(grid, [TEMPLATE], turned=False) == grid
    rainbow = Item.of((0, colour, colour) for colour in range(1, 7))
    assert grids.complete_copies(grid, [rainbow]) == grid


def test_legends_are_read_and_turned_around():
    pair = item_of(((1, 2),))
    assert grids.legend([pair, TEMPLATE]) == {1: 2}
    key = item_of(((1, 2), (3, 4)))
    assert grids.pairs_across(key) == {1: 2, 3: 4}
    assert grids.pairs_down(key) == {1: 3, 2: 4}
    assert grids.turned_around({1: 2}) == {2: 1}
    assert grids.both_ways({1: 2}) == {1: 2, 2: 1}
