from peirce.prototypes import grids
from peirce.prototypes.grids import Item, block


def test_a_step_has_the_name_of_its_way():
    assert grids.ways_of((1, -1)) == ("down_left",)
    assert grids.ways_of((0, 0)) == ()
    assert grids.way_of((1, -1)) == "down_left"
    assert grids.way_of((0, 0)) == "nowhere"


def test_ways_lead_along_the_longer_or_the_shorter_side():
    bar = block(0, 0, 0, 3, 1)
    assert grids.along(bar) == ("left", "right") == grids.athwart(bar.turned())
    assert grids.athwart(bar) == ("up", "down") == grids.along(bar.turned())
    assert grids.along(block(0, 0, 1, 1, 1)) == () == grids.athwart(block(0, 0, 1, 1, 1))


def test_arms_reach_out_on_all_four_sides():
    assert grids.arms(Item(((2, 2, 1),)), 2, 3).spots == {
        (0, 2), (1, 2), (3, 2), (4, 2), (2, 0), (2, 1), (2, 3), (2, 4),
    }  # fmt: skip


def test_lines_lead_out_of_the_gaps_in_the_sides_of_a_box():
    grid = (
        (0, 0, 0, 0, 0),
        (0, 5, 0, 5, 0),
        (0, 5, 0, 5, 0),
        (0, 5, 5, 5, 0),
        (0, 0, 0, 0, 0),
    )
    item = grids.objects(grid)[0]
    assert grids.outflow(grid, item, 2) == Item(((0, 2, 2), (1, 2, 2)))


def test_lines_out_of_gaps_end_before_whatever_is_in_the_way_or_go_on_behind_it():
    above = ((0, 0, 0), (0, 7, 0), (0, 0, 0), (5, 0, 5), (5, 5, 5))
    item = grids.objects(above)[-1]
    assert grids.outflow(above, item, 2).spots == {(2, 1), (3, 1)}
    assert grids.outflow(above, item, 2, behind=True).spots == {(0, 1), (2, 1), (3, 1)}


def test_a_bridge_is_as_broad_as_what_two_boxes_share_and_a_link_is_its_middle():
    left, right = block(0, 0, 2, 1, 1), block(0, 4, 4, 5, 2)
    assert grids.bridge(left, right, 3) == block(0, 2, 2, 3, 3) == grids.bridge(right, left, 3)
    assert grids.link(left, right, 3) == block(1, 2, 1, 3, 3)
    below = block(6, 0, 6, 0, 1)
    assert grids.bridge(left, below, 3) == block(3, 0, 5, 0, 3)


def test_items_that_share_no_rows_or_columns_have_no_bridge():
    assert grids.bridge(block(0, 0, 0, 0, 1), block(2, 2, 2, 2, 1), 3) == grids.NOTHING
    assert grids.link(block(0, 0, 0, 0, 1), grids.NOTHING, 3) == grids.NOTHING
