from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import block
from peirce.tasks.values import Grid

planes = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 1)] * width), min_size=1, max_size=6).map(
        tuple
    )
)


def is_free(plane: Grid, top: int, left: int, bottom: int, right: int) -> bool:
    inside = top >= 0 and left >= 0 and bottom < len(plane) and right < len(plane[0])
    return inside and all(
        plane[row][column] == 0
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    )


def test_the_rectangles_may_overlap():
    plane = ((0, 0, 0), (0, 0, 0), (0, 0, 5))
    found = grids.free_rectangles(plane)
    assert set(found) == {block(0, 0, 1, 2, 0), block(0, 0, 2, 1, 0)}


def test_rectangles_of_another_colour_and_thickness():
    assert grids.free_rectangles(((7, 7, 0),), 7, least=1) == (block(0, 0, 0, 1, 7),)
    assert grids.free_rectangles(((7, 7, 0),), 7) == ()


@given(planes)
def test_exactly_the_free_rectangles_that_cannot_grow_are_found(plane: Grid):
    height, width = len(plane), len(plane[0])
    wanted = {
        block(top, left, bottom, right, 0)
        for top in range(height)
        for left in range(width)
        for bottom in range(top + 1, height)
        for right in range(left + 1, width)
        if is_free(plane, top, left, bottom, right)
        and not is_free(plane, top - 1, left, bottom, right)
        and not is_free(plane, top, left - 1, bottom, right)
        and not is_free(plane, top, left, bottom + 1, right)
        and not is_free(plane, top, left, bottom, right + 1)
    }
    found = grids.free_rectangles(plane)
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_full_rectangles_are_free_rectangles_of_every_colour_but_the_ground():
    plane = ((1, 1, 2), (1, 1, 2), (0, 2, 2))
    assert grids.full_rectangles(plane) == (block(0, 0, 1, 1, 1),)
    assert grids.full_rectangles(plane, least=1) == (
        *grids.free_rectangles(plane, 1, least=1),
        *grids.free_rectangles(plane, 2, least=1),
    )


def test_four_corners_of_one_colour_mark_what_lies_between():
    plane = ((4, 1, 4, 0), (0, 2, 0, 0), (4, 0, 4, 0))
    (found,) = grids.marked_rectangles(plane)
    assert found.picture() == ((4, 1, 4), (0, 2, 0), (4, 0, 4))
    assert grids.marked_rectangles(((4, 1, 4), (0, 4, 0), (4, 0, 4))) == ()
    assert grids.marked_rectangles(((4, 4), (4, 4))) == ()
