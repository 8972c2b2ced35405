from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import NOTHING, Item, block
from peirce.tasks.values import Grid

TALL = block(3, 3, 5, 3, 2)
FLAT = block(0, 0, 0, 1, 4)


def grid(*rows: str) -> Grid:
    return tuple(tuple(0 if char == "." else int(char) for char in row) for row in rows)


def test_items_are_lined_up_in_all_four_ways():
    items = (FLAT, TALL)
    assert grids.shown(grids.lined_up(items)) == grid("442", "..2", "..2")
    assert grids.shown(grids.lined_up(items, "left")) == grid("244", "2..", "2..")
    assert grids.shown(grids.lined_up(items, "down", space=1)) == grid("44", "..", "2.", "2.", "2.")
    assert grids.shown(grids.lined_up(items, "up")) == grid("2.", "2.", "2.", "44")


def test_items_are_piled_up_on_a_border():
    plane = grids.paint(grids.canvas(6, 5), TALL, FLAT)
    kept = grids.piled(plane, (FLAT, TALL), "down")
    assert kept == grid(".....", ".....", "...2.", "...2.", "...2.", "44...")
    pushed = grids.piled(plane, (FLAT, TALL), "down", "right")
    assert pushed == grid(".....", ".....", "....2", "....2", "....2", "...44")
    across = grids.piled(plane, (FLAT, TALL), "left", "up")
    assert across == grid("442..", "..2..", "..2..", ".....", ".....", ".....")


def test_items_are_nested_around_the_middle_of_the_first():
    nested = grids.nested((block(0, 0, 2, 2, 1), Item.of([(7, 7, 5)])))
    assert grids.shown(nested) == grid("111", "151", "111")
    assert grids.nested(()) == NOTHING


def test_items_are_laid_on_each_other_at_a_shared_colour():
    one = Item.of([(0, 0, 1), (0, 1, 5)])
    two = Item.of([(4, 4, 5), (5, 4, 2)])
    assert grids.shown(grids.matched((one, two, block(8, 8, 8, 8, 7)), 5)) == grid("15", ".2")


def test_a_dot_stands_for_an_item_and_nothing_shows_as_ground():
    assert grids.dot(TALL) == Item.of([(3, 3, 2)])
    assert grids.shown(NOTHING, 8) == ((8,),)


def test_colours_are_written_line_by_line_and_a_snake_turns_round():
    items = tuple(block(0, k, 0, k, k + 1) for k in range(5))
    assert grids.written(items, 2, 3) == grid("123", "45.")
    assert grids.written(items, 2, 3, snake=True) == grid("123", ".54")
    assert grids.written(items, 2, 3, "down") == grid("135", "24.")
    assert grids.written(items, 2, 3, "down", snake=True) == grid("145", "23.")
    assert grids.written(items, 1, 2) == grid("12")


def test_pieces_are_fitted_together_to_the_squarest_rectangle():
    hook = Item.of([(0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1)])
    assert grids.shown(grids.jigsaw((hook, block(4, 4, 4, 5, 2)))) == grid("111", "122")
    other = Item.of([(5, 5, 3), (5, 6, 3), (6, 6, 3), (7, 6, 3)])
    assert grids.jigsaw((hook, other)) == NOTHING
    assert grids.jigsaw((hook, other), turned=True).area == 8
    assert grids.jigsaw((hook, block(0, 0, 0, 0, 2))) == NOTHING


@given(st.lists(st.lists(st.integers(1, 3), min_size=3, max_size=3), min_size=2, max_size=3))
def test_what_a_picture_falls_into_fills_a_rectangle_again(rows: list[list[int]]):
    pieces = grids.objects(tuple(map(tuple, rows)), ground=None)
    fitted = grids.jigsaw(pieces)
    assert fitted == NOTHING or (fitted.gaps == 0 and fitted.size == 3 * len(rows))


def test_colours_are_listed_in_all_four_ways():
    assert grids.listed([1, 2], "right", 2) == grid("12", "12")
    assert grids.listed([1, 2], "left") == grid("21")
    assert grids.listed([1, 2], "down", 3) == grid("111", "222")
    assert grids.listed([1, 2], "up") == grid("2", "1")


def test_items_change_places_in_the_order_given():
    bars = grid("..2.", "3.2.", "3.24")
    order = [grids.of_colour(grids.objects(bars), colour) for colour in (4, 3, 2)]
    assert grids.changed_places(bars, order) == grid("...2", "..32", "4.32")
    assert grids.changed_places(bars, order, "left") == grid("2...", "2.3.", "2.34")
    beams = grid("33", "..", "4.")
    assert grids.changed_places(beams, grids.objects(beams)[::-1], "down") == grid("4.", "..", "33")
