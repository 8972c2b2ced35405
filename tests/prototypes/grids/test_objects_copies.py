from peirce.prototypes import grids
from peirce.prototypes.grids import NOTHING, Item, block
from peirce.tasks.values import Grid


def grid(*rows: str) -> Grid:
    return tuple(tuple(0 if char == "." else int(char) for char in row) for row in rows)


def drawn(shape: Item, height: int, width: int) -> Grid:
    return grids.paint(grids.canvas(height, width), shape)


def test_three_mirror_images_stand_around_the_other_item():
    arm = Item.of([(0, 0, 2), (0, 1, 2), (1, 0, 2)])
    images = grids.mirrored_about(arm, Item.of([(2, 2, 3)]))
    assert drawn(images, 5, 5) == grid("...22", "....2", ".....", "2...2", "22.22")
    assert grids.mirrored_about(arm, NOTHING) == NOTHING


def test_an_item_is_repeated_to_the_end_of_the_grid_on_free_cells():
    plane = grid("2......", "...5...")
    copies = grids.repeated(plane, Item.of([(0, 0, 2), (1, 0, 2)]), (0, 3))
    assert drawn(copies, 2, 7) == grid("...2..2", "......2")
    assert grids.repeated(plane, Item.of([(0, 0, 2)]), (0, 0)) == NOTHING


def test_no_more_copies_are_drawn_than_wanted():
    plane, dot = grids.canvas(1, 9), Item.of([(0, 0, 2)])
    assert drawn(grids.repeated(plane, dot, (0, 2), most=3), 1, 9) == grid("..2.2.2..")
    assert grids.repeated(plane, dot, (0, 2), most=9) == grids.repeated(plane, dot, (0, 2))
    assert grids.repeated(plane, dot, (0, 2), most=0) == NOTHING


def test_a_bar_is_as_broad_as_its_side_and_as_long_as_said():
    item = block(2, 2, 3, 3, 1)
    assert grids.bar(item, "down", 3, 7) == block(4, 2, 6, 3, 7)
    assert grids.bar(item, "up", 1, 7) == block(1, 2, 1, 3, 7)
    assert grids.bar(item, "right", 2, 7) == block(2, 4, 3, 5, 7)
    assert grids.bar(item, "left", 2, 7) == block(2, 0, 3, 1, 7)
    assert grids.bar(item, "left", 0, 7) == NOTHING


def test_a_margin_is_a_thick_ring_around_the_box():
    item = Item.of([(2, 2, 1), (3, 3, 1)])
    assert grids.margin(item, 1, 7) == item.frame(7)
    assert grids.margin(item, 2, 7).size == 6 * 6 - 4
    assert grids.margin(item, 0, 7) == NOTHING


def test_a_stride_is_as_long_as_the_box_and_the_gap():
    item = block(2, 2, 3, 4, 1)
    assert grids.stride(item, (0, 1)) == (0, 3)
    assert grids.stride(item, (-1, 1), 2) == (-4, 5)


def test_a_rectangle_shares_a_corner_with_the_box():
    item = Item.of([(2, 2, 1), (3, 4, 1)])
    assert grids.rectangle(item, 1, 5, 7) == block(2, 2, 2, 6, 7)
    assert grids.rectangle(item, 3, 1, 7, corner="down_left") == block(1, 2, 3, 2, 7)
    assert grids.rectangle(item, 2, 2, 7, corner="up_right") == block(2, 3, 3, 4, 7)
    assert grids.rectangle(item, 1, 3, 7, corner="down_right") == block(3, 2, 3, 4, 7)
    assert grids.rectangle(item, 0, 3, 7) == NOTHING
