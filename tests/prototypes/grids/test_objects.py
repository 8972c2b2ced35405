import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes.grids import Item, block, item_of
from peirce.prototypes.grids.objects_places import connected

# .22
# 2..
# 3..
HOOK = Item.of([(1, 2, 2), (1, 3, 2), (2, 1, 2), (3, 1, 3)])
RING = block(0, 0, 3, 2, 5).without_cells(block(1, 1, 2, 1, 5))

cells = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=12
)
items = cells.map(Item.of)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("spots", {(1, 2), (1, 3), (2, 1), (3, 1)}),
        ("size", 4),
        ("top", 1),
        ("bottom", 3),
        ("left", 1),
        ("right", 3),
        ("height", 3),
        ("width", 3),
        ("length", 3),
        ("area", 9),
        ("gaps", 5),
        ("centre", (4, 4)),
        ("palette", (2, 3)),
        ("colour", 2),
        ("rarest", 3),
        ("colour_count", 2),
        ("form", ((0, 1, 1), (1, 0, 0), (1, 0, 0))),
        ("pattern", ((-1, 2, 2), (2, -1, -1), (3, -1, -1))),
        ("turned_form", ((1, 1, 0), (0, 0, 1), (0, 0, 1))),
        ("holes", 0),
        ("pieces", 1),
        ("is_dot", False),
        ("is_line", False),
        ("is_solid", False),
        ("is_square", True),
        ("is_tall", False),
        ("is_mirrored_across", False),
        ("is_mirrored_down", False),
        ("is_symmetric", False),
        ("is_frame", False),
    ],
)
def test_an_item_knows_what_it_is(name: str, value: object):
    assert getattr(HOOK, name) == value


def test_flags_hold_for_the_things_they_name():
    line, dot = block(2, 1, 2, 4, 7), block(0, 0, 0, 0, 1)
    assert line.is_line
    assert line.is_solid
    assert dot.is_dot
    assert not dot.is_line
    assert RING.is_frame
    assert RING.is_tall
    assert RING.holes == 1
    assert RING.is_mirrored_across
    assert RING.is_mirrored_down
    assert RING.is_symmetric
    assert not block(0, 0, 3, 3, 5).is_frame


def test_pieces_do_not_touch_each_other_even_at_corners():
    apart = Item.of([(0, 0, 1), (1, 1, 1), (3, 1, 2), (3, 2, 2), (3, 4, 1)])
    assert apart.pieces == 3
    assert Item(()).pieces == 0


def test_nothing_has_no_size_and_no_cells():
    nothing = Item(())
    assert (nothing.size, nothing.height, nothing.width, nothing.area) == (0, 0, 0, 0)
    assert nothing.corners(1) == nothing
    assert nothing.outline(1) == nothing


def test_of_two_cells_in_one_place_the_later_counts():
    assert Item.of([(0, 0, 1), (0, 0, 2)]).cells == ((0, 0, 2),)


@pytest.mark.parametrize(
    ("made", "picture"),
    [
        (HOOK, ((0, 2, 2), (2, 0, 0), (3, 0, 0))),
        (HOOK.recoloured(1), ((0, 1, 1), (1, 0, 0), (1, 0, 0))),
        (HOOK.exchanged({2: 3, 3: 2}), ((0, 3, 3), (3, 0, 0), (2, 0, 0))),
        (HOOK.mirrored(), ((2, 2, 0), (0, 0, 2), (0, 0, 3))),
        (HOOK.flipped(), ((3, 0, 0), (2, 0, 0), (0, 2, 2))),
        (HOOK.half_turned(), ((0, 0, 3), (0, 0, 2), (2, 2, 0))),
        (HOOK.turned(), ((3, 2, 0), (0, 0, 2), (0, 0, 2))),
        (HOOK.transposed(), ((0, 2, 3), (2, 0, 0), (2, 0, 0))),
        (HOOK.only(3), ((3,),)),
        (HOOK.box(4), ((4, 4, 4),) * 3),
        (HOOK.rim(4), ((4, 4, 4), (4, 0, 4), (4, 4, 4))),
        (HOOK.corners(4), ((4, 0, 4), (0, 0, 0), (4, 0, 4))),
        (HOOK.rest(4), ((4, 0, 0), (0, 4, 4), (0, 4, 4))),
        (HOOK.with_cells(HOOK.rest(4)), ((4, 2, 2), (2, 4, 4), (3, 4, 4))),
        (HOOK.without_cells(HOOK.only(3)), ((0, 2, 2), (2, 0, 0))),
        (RING.inside(1), ((1,), (1,))),
        (block(0, 0, 2, 3, 5).core(1), ((1, 1),)),
        (block(0, 0, 2, 2, 5).border(1), ((1, 1, 1), (1, 0, 1), (1, 1, 1))),
        (block(0, 0, 0, 0, 5).outline(1), ((1, 1, 1), (1, 0, 1), (1, 1, 1))),
        (block(0, 0, 0, 0, 5).edging(1), ((0, 1, 0), (1, 0, 1), (0, 1, 0))),
        (block(0, 0, 0, 0, 5).frame(1), ((1, 1, 1), (1, 0, 1), (1, 1, 1))),
        (item_of(((1, -1), (-1, 2))), ((1, 0), (0, 2))),
    ],
)
def test_what_is_made_of_an_item_looks_as_said(made: Item, picture: tuple[tuple[int, ...], ...]):
    assert made.picture() == picture


def test_moves_keep_the_look_and_change_the_place():
    assert HOOK.moved(2, -1).picture() == HOOK.picture()
    assert (HOOK.moved(2, -1).top, HOOK.moved(2, -1).left) == (3, 0)
    assert (HOOK.moved_to(0, 5).top, HOOK.moved_to(0, 5).left) == (0, 5)
    assert block(0, 0, 0, 0, 1).centred_on(HOOK).spots == {(2, 2)}


def test_a_reflected_item_is_as_far_behind_the_other_as_it_was_before_it():
    assert block(0, 0, 0, 1, 2).reflected(block(0, 4, 0, 4, 1)).spots == {(0, 7), (0, 8)}


def test_connected_parts_follow_the_steps():
    spots = [(0, 0), (1, 1), (1, 2)]
    sides = ((0, 1), (1, 0), (0, -1), (-1, 0))
    assert connected(spots, sides) == (frozenset({(0, 0)}), frozenset({(1, 1), (1, 2)}))
    assert len(connected(spots, (*sides, (1, 1), (-1, -1)))) == 1


def test_hollows_are_the_enclosed_areas():
    assert RING.hollows() == (frozenset({(1, 1), (2, 1)}),)


@given(items)
def test_turning_four_times_and_mirroring_twice_change_nothing(item: Item):
    assert item.turned().turned().turned().turned() == item
    assert item.mirrored().mirrored() == item
    assert item.transposed().transposed() == item
    assert item.turns()[0] == item
    assert len({turn.turned_form for turn in item.turns()}) == 1


@given(items)
def test_an_item_and_the_rest_of_its_box_make_the_box(item: Item):
    assert item.spots | item.rest(1).spots == item.box(1).spots
    assert item.spots.isdisjoint(item.outline(1).spots)
    assert item.edging(1).spots <= item.outline(1).spots
    assert item.core(1).spots | item.border(1).spots == item.spots
