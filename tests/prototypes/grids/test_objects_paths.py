import pytest

from peirce.prototypes import grids
from peirce.prototypes.grids import NOTHING, Item, block
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.values import Grid

DOT = Item.of([(0, 0, 3)])
WALL = block(5, 0, 5, 4, 4)
FRAME = block(1, 1, 3, 3, 1).without_cells(block(2, 2, 2, 2, 1))


def grid(*rows: str) -> Grid:
    return tuple(tuple(0 if char == "." else int(char) for char in row) for row in rows)


def drawn(shape: Item, height: int, width: int) -> Grid:
    return grids.paint(grids.canvas(height, width), shape)


def test_things_face_each_other_across_shared_rows_or_columns_only():
    assert grids.facing(DOT, WALL) == WALL
    assert grids.facing(DOT, block(5, 3, 5, 4, 4)) == NOTHING
    assert grids.facing(DOT, DOT) == NOTHING
    assert grids.facing(DOT, NOTHING) == NOTHING


def test_an_item_approaches_until_it_touches():
    assert grids.approached(DOT, WALL) == DOT.moved(4, 0)
    hook = Item.of([(0, 0, 2), (0, 1, 2), (1, 0, 2)])
    step = Item.of([(4, 0, 5), (3, 1, 5)])
    assert grids.approached(hook, step) == hook.moved(2, 0)


def test_an_item_that_faces_nobody_stays():
    assert grids.approached(DOT, block(5, 3, 5, 4, 4)) == DOT
    assert grids.joined(DOT, NOTHING) == DOT


def test_a_joined_item_covers_its_whole_way():
    assert grids.joined(DOT, WALL) == block(0, 0, 4, 0, 3)


@pytest.mark.parametrize(
    ("step", "place"),
    [((1, 0), (6, 1)), ((-1, 0), (0, 1)), ((1, 1), (4, 3)), ((0, 0), (2, 1))],
)
def test_an_item_goes_to_the_border_through_everything(step: Spot, place: Spot):
    plane = grids.paint(grids.canvas(7, 4), WALL)
    item = Item.of([(2, 1, 3)])
    assert grids.to_border(plane, item, step) == item.moved_to(*place)


def test_inward_leads_away_from_the_border_that_is_touched():
    plane = grids.canvas(5, 5)
    assert grids.inward(plane, Item.of([(0, 2, 1)])) == (1, 0)
    assert grids.inward(plane, Item.of([(4, 4, 1)])) == (-1, -1)
    assert grids.inward(plane, Item.of([(2, 2, 1)])) == (0, 0)
    assert grids.inward(plane, block(2, 0, 2, 4, 1)) == (0, 0)


def test_outward_leads_to_the_nearest_border():
    plane = grids.canvas(5, 7)
    assert grids.outward(plane, Item.of([(2, 5, 1)])) == (0, 1)
    assert grids.outward(plane, Item.of([(2, 3, 1)])) == (-1, 0)


def test_the_surrounding_is_the_commonest_colour_beside_an_item():
    plane = grid("222", "213", "..3")
    assert grids.surrounding(plane, Item.of([(1, 1, 1)])) == 2
    assert grids.surrounding(grid("1"), Item.of([(0, 0, 1)])) == 0


def test_the_middle_has_one_two_or_four_cells():
    assert grids.middle(FRAME) == Item.of([(2, 2, 1)])
    assert grids.middle(block(0, 0, 1, 2, 5)) == block(0, 1, 1, 1, 5)
    assert grids.middle(block(0, 0, 1, 1, 5)) == block(0, 0, 1, 1, 5)


def test_a_shadow_ends_before_what_is_in_the_way():
    plane = grid("....", ".11.", "....", "....", ".5..", "....")
    shadow = grids.shadows(plane, block(1, 1, 1, 2, 1), ("down",), 7)
    assert drawn(shadow, 6, 4) == grid("....", "....", ".77.", ".77.", "..7.", "..7.")


def test_a_shadow_may_go_on_behind():
    plane = grid("1.5.")
    shadow = grids.shadows(plane, Item.of([(0, 0, 1)]), ("right",), 7, behind=True)
    assert shadow == Item.of([(0, 1, 7), (0, 3, 7)])


def test_beams_start_in_the_middle_and_pass_the_item_itself():
    plane = grids.paint(grids.canvas(5, 5), FRAME)
    beams = grids.beams(plane, FRAME, ("left", "right"), 6)
    assert drawn(beams, 5, 5) == grid(".....", ".....", "6.6.6", ".....", ".....")


def test_corner_rays_leave_diagonally_and_ignore_straight_ways():
    plane = grids.paint(grids.canvas(5, 5), FRAME)
    rays = grids.corner_rays(plane, FRAME, ("up_left", "down_right", "up"), 6)
    assert drawn(rays, 5, 5) == grid("6....", ".....", ".....", ".....", "....6")


def test_lines_are_drawn_on_the_ground_that_is_named():
    plane = grid("8.8", "818", "888")
    beams = grids.beams(plane, Item.of([(1, 1, 1)]), ("up", "down"), 6, ground=8)
    assert beams == Item.of([(2, 1, 6)])
