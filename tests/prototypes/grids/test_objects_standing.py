import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import NOTHING, Item, block, item_of
from peirce.prototypes.grids.objects import Spot
from peirce.prototypes.grids.objects_pieces import PIECES

PLANE = grids.canvas(6, 8)
spots = st.frozensets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)
items = spots.map(lambda places: Item(tuple((*spot, 3) for spot in sorted(places))))


def drawn(*rows: str) -> Item:
    return item_of(tuple(tuple(-1 if char == "." else int(char) for char in row) for row in rows))


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (("1",), "dot"),
        (("1", "1"), "line"),
        (("11", "11"), "square"),
        (("111", "111"), "rectangle"),
        (("111", "1.1", "111"), "frame"),
        ((".1.", "111", ".1.", ".1."), "plus"),
        (("111", ".1.", ".1."), "tee"),
        (("1..", "1..", "111"), "corner"),
        (("1..", ".1.", "..1"), "diagonal"),
        (("..1", ".1.", "1.."), "diagonal"),
        (("1.1", ".1.", "1.1"), "x"),
        (("11.", ".11"), "other"),
    ],
)
def test_shapes_have_the_names_people_use(rows: tuple[str, ...], name: str):
    assert grids.shape_name(drawn(*rows)) == name


@given(items)
def test_the_name_of_a_shape_does_not_depend_on_how_it_is_turned(item: Item):
    assert len({grids.shape_name(turned) for turned in item.turns()}) == 1


def test_sides_and_corners_of_the_grid():
    assert grids.at_sides(block(0, 2, 5, 2, 1), PLANE) == ("up", "down")
    assert grids.at_sides(block(2, 2, 3, 3, 1), PLANE) == ()
    assert grids.in_corner(block(4, 6, 5, 7, 1), PLANE)
    assert not grids.in_corner(block(0, 2, 5, 2, 1), PLANE)


def test_like_ones_share_a_value_and_unusual_ones_do_not():
    one, two, other = block(0, 0, 0, 0, 1), block(0, 2, 0, 2, 2), block(2, 0, 3, 0, 2)
    scene = (one, two, other)
    assert grids.like(two, scene, "colour") == (two, other)
    assert grids.unusualness(two, scene, "colour") == 0
    assert grids.unusualness(one, scene, "colour") == 1
    assert grids.unusualness(other, scene, "form") == 1


def test_the_nearest_like_one_has_the_same_value():
    near, far, other = block(0, 2, 0, 2, 1), block(0, 6, 0, 6, 1), block(2, 0, 2, 0, 4)
    item = block(0, 0, 0, 0, 1)
    assert grids.nearest_alike(item, (item, far, near, other), "colour") == near
    assert grids.nearest_alike(other, (item, near, other), "colour") == NOTHING


@pytest.mark.parametrize("way", ["left", "right", "up", "down"])
def test_what_is_ahead_is_the_first_thing_met(way: str):
    item = block(4, 4, 5, 5, 1)
    near, far = {
        "left": (block(5, 1, 5, 1, 2), block(4, 0, 4, 0, 2)),
        "right": (block(5, 8, 5, 8, 2), block(4, 9, 4, 9, 2)),
        "up": (block(1, 5, 1, 5, 2), block(0, 4, 0, 4, 2)),
        "down": (block(8, 4, 8, 4, 2), block(9, 5, 9, 5, 2)),
    }[way]
    beside = block(0, 0, 0, 0, 3)
    assert grids.ahead(item, (item, beside, far, near), way) == near
    assert grids.ahead(item, (item, beside), way) == NOTHING


def test_a_mark_points_from_the_middle_to_its_side():
    assert grids.pointed(drawn("111", "112", "111")) == (0, 1)
    assert grids.pointed(drawn("211", "111", "111")) == (-1, -1)
    assert grids.pointed(drawn("111")) == (0, 0)


def test_bowls_and_corners_are_open_where_cells_are_missing():
    assert grids.opening(drawn("1.1", "111")) == (-1, 0)
    assert grids.opening(drawn("11", "1.")) == (1, 1)
    assert grids.opening(drawn("111", "1.1", "111")) == (0, 0)


def test_an_unfolded_item_mirrors_itself_across_the_side():
    item = drawn("12", "1.")
    assert grids.unfolded(item, (0, 1)) == item.mirrored().moved(0, 2)
    assert grids.unfolded(item, (-1, 0)) == item.flipped().moved(-2, 0)


@given(items, st.sampled_from([(0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, 1)]))
def test_unfolding_there_and_back_changes_nothing(item: Item, step: Spot):
    back = (-step[0], -step[1])
    assert grids.unfolded(grids.unfolded(item, step), back) == item


@given(items, st.integers(-120, 120))
def test_steps_add_up_to_a_hundred_at_most(item: Item, count: int):
    kept = max(-100, min(count, 100))
    assert grids.stepped(item, (1, -1), count) == item.moved(kept, -kept)


@given(items, items, st.sampled_from(["up", "down", "left", "right"]))
def test_an_item_put_beside_another_touches_its_box_and_covers_none_of_it(
    item: Item, other: Item, way: str
):
    moved = grids.beside(item, other, way)
    assert moved.form == item.form
    assert not moved.box(0).spots & other.box(0).spots
    assert grids.touches(moved.box(0), other.box(0))


def test_an_item_put_beside_another_is_level_with_its_middle():
    bar = block(2, 1, 2, 5, 4)
    assert grids.beside(block(0, 0, 1, 0, 7), bar, "down") == block(3, 3, 4, 3, 7)
    assert grids.beside(block(0, 0, 1, 0, 7), bar, "up") == block(0, 3, 1, 3, 7)
    assert grids.beside(block(0, 0, 2, 1, 7), bar, "left") == block(1, -1, 3, 0, 7)
    assert grids.beside(block(0, 0, 2, 1, 7), bar, "right") == block(1, 6, 3, 7, 7)


def test_the_nearest_corner_is_reached():
    assert grids.to_corner(PLANE, block(1, 1, 2, 1, 4)) == block(0, 0, 1, 0, 4)
    assert grids.to_corner(PLANE, block(3, 4, 4, 6, 4)) == block(4, 5, 5, 7, 4)


@given(items, st.sampled_from(sorted(PIECES)))
def test_a_piece_takes_only_cells_of_its_item_and_moves_with_it(item: Item, name: str):
    piece = grids.piece(item, name, 7)
    assert piece.spots <= item.spots
    assert grids.piece(item.moved(2, 3), name, 7) == piece.moved(2, 3)


@given(items)
def test_halves_and_the_middle_lines_make_up_an_item(item: Item):
    for names, odd in (
        (("upper half", "lower half", "middle row"), item.height % 2),
        (("left half", "right half", "middle column"), item.width % 2),
    ):
        sizes = [grids.piece(item, name, 3).size for name in names]
        assert sum(sizes[: 2 + odd]) == item.size


def test_pieces_of_a_square():
    square = block(0, 0, 2, 2, 1)
    assert grids.piece(square, "middle", 4) == block(1, 1, 1, 1, 4)
    assert grids.piece(square, "every second cell", 4).size == 4
    assert grids.piece(square, "rising diagonal", 4) == drawn("..4", ".4.", "4..")
