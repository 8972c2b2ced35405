from hypothesis import given
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids import NOTHING, Item, block
from peirce.prototypes.grids.objects_relations import AMOUNTS, MEASURES
from peirce.tasks.values import Grid

GRID: Grid = (
    (1, 1, 0, 0, 0),
    (0, 0, 2, 0, 0),
    (0, 0, 3, 0, 4),
)


@st.composite
def small_grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 6))
    row = st.tuples(*[st.integers(0, 3)] * width)
    return tuple(draw(st.lists(row, min_size=1, max_size=6)))


def sizes(items: tuple[Item, ...]) -> list[int]:
    return [item.size for item in items]


def test_views_cut_a_grid_as_they_say():
    assert sizes(grids.objects(GRID)) == [2, 1, 1, 1]
    assert sizes(grids.objects(GRID, diagonal=True, mixed=True)) == [4, 1]
    assert sizes(grids.objects(GRID, mixed=True)) == [2, 2, 1]
    assert sizes(grids.spaces(GRID)) == [6, 4]
    assert sizes(grids.spaces(GRID, diagonal=True)) == [10]
    assert [item.colour for item in grids.colour_items(GRID)] == [1, 2, 3, 4]
    assert sizes(grids.dots(GRID)) == [1] * 5
    assert sizes(grids.row_items(GRID)) == [5] * 3
    assert sizes(grids.column_items(GRID)) == [3] * 5
    assert grids.commonest(GRID) == 0


def test_clusters_bridge_one_cell_but_not_two():
    plane = ((1, 0, 1, 0, 0, 1), (0, 2, 0, 0, 0, 0))
    assert sizes(grids.clusters(plane)) == [2, 1, 1]
    assert sizes(grids.clusters(plane, mixed=True)) == [3, 1]


def test_panels_lie_between_lines_of_one_colour():
    grid = ((1, 5, 0), (5, 5, 5), (0, 5, 2))
    assert grids.separators(grid) == ((1,), (1,))
    assert [item.colour for item in grids.panel_items(grid)] == [1, 0, 0, 2]


@given(small_grids())
def test_objects_and_spaces_share_out_the_cells(grid: Grid):
    for diagonal in (False, True):
        items = (*grids.objects(grid, diagonal=diagonal), *grids.spaces(grid, diagonal=diagonal))
        spots = [spot for item in items for spot in item.spots]
        assert len(spots) == len(set(spots)) == len(grid) * len(grid[0])
        assert grids.paint(grids.canvas(len(grid), len(grid[0])), *items) == grid


@given(small_grids())
def test_erasing_and_painting_an_object_again_gives_the_grid_back(grid: Grid):
    items = grids.objects(grid)
    assert grids.paint(grids.erase(grid, items), *items) == grid


def test_painting_drops_what_is_outside_and_spares_what_is_covered():
    grid: Grid = ((0, 1), (0, 0))
    assert grids.paint(grid, block(0, 0, 5, 0, 3)) == ((3, 1), (3, 0))
    assert grids.paint_under(grid, block(-1, 0, 0, 1, 3)) == ((3, 1), (0, 0))
    assert grids.cut_out(grid, block(0, 1, 4, 4, 3)) == ((1,), (0,))
    assert grids.cut_out(grid, block(7, 7, 8, 8, 3)) == grid
    assert grids.canvas(0, 2, 4) == ((4, 4),)


def test_sliding_stops_at_things_and_at_the_border():
    one = block(0, 0, 0, 1, 1)
    assert grids.slide(GRID, one, (1, 0)).top == 2
    assert grids.slide(GRID, one, (0, 1)).left == 3
    assert grids.slide(GRID, block(1, 2, 1, 2, 2), (1, 0)).top == 1
    assert grids.slide(GRID, one, (0, 0)) == one
    assert grids.stretch(GRID, one, (0, 1)).size == 5


def test_things_that_slide_together_pile_up():
    grid: Grid = ((1, 0), (2, 0), (0, 0))
    assert grids.slide_all(grid, grids.objects(grid), (1, 0)) == ((0, 0), (1, 0), (2, 0))


LARGE, INNER, FAR = block(0, 0, 4, 4, 1).rim(1), block(2, 2, 2, 2, 2), block(0, 8, 1, 9, 1)
TRIO = (LARGE, INNER, FAR)


def test_ranks_count_the_different_values_above_and_below():
    assert [grids.rank(item, TRIO, "size") for item in TRIO] == [0, 2, 1]
    assert [grids.rank_up(item, TRIO, "size") for item in TRIO] == [2, 0, 1]
    assert grids.rank(LARGE, (LARGE, LARGE, INNER), "size") == 0


def test_items_are_compared_by_measures():
    assert grids.most(TRIO, "size") == LARGE
    assert grids.least(TRIO, "left") == LARGE
    assert grids.odd_one(TRIO, "colour") == INNER
    assert grids.odd_one(TRIO, "size") == NOTHING
    assert grids.typical(TRIO, "colour") == LARGE
    assert grids.alike(FAR, TRIO, "colour") == 2
    assert grids.of_colour(TRIO, 2) == INNER
    assert grids.of_colour(TRIO, 1) == NOTHING


def test_items_point_at_others():
    assert grids.container(INNER, TRIO) == LARGE
    assert grids.content(LARGE, TRIO) == INNER
    assert grids.contents(LARGE, TRIO) == (INNER,)
    assert grids.nearest(FAR, TRIO) == LARGE
    assert grids.in_row(FAR, TRIO) == LARGE
    assert grids.in_column(FAR, TRIO) == NOTHING
    assert grids.twin(INNER, (*TRIO, block(9, 9, 9, 9, 5))).colour == 5
    assert grids.nearest_of_other_colour(FAR, TRIO) == INNER
    bent = Item.of([(0, 0, 1), (0, 1, 1), (1, 0, 1)])
    assert grids.turned_twin(bent, (bent, FAR, bent.mirrored().moved(5, 5))).top == 5
    other = bent.mirrored().recoloured(9)
    assert grids.turned_twin_of_other_colour(bent, (bent.flipped(), FAR, other)) == other
    assert grids.neighbour(INNER, TRIO) == NOTHING
    assert grids.neighbours(INNER, (INNER, block(3, 3, 3, 3, 4)))[0].colour == 4
    assert grids.encloses(LARGE, INNER)
    assert not grids.encloses(INNER, INNER)
    assert grids.gap(INNER, FAR) == 7
    assert grids.touches(INNER, block(3, 3, 3, 3, 4))
    assert grids.touches_border(block(0, 1, 0, 1, 1), ((0,) * 3,) * 3)
    assert not grids.touches_border(block(1, 1, 1, 1, 1), ((0,) * 3,) * 3)
    assert grids.towards(INNER, FAR) == (-1, 1)


def test_the_background_in_the_box_of_an_item_is_counted_and_what_lies_over_it_is_not():
    ring = Item.of([(0, 0, 3), (0, 2, 3), (2, 2, 3), (2, 0, 3)])
    assert grids.ground_inside(((3, 0, 3), (0, 5, 0), (3, 0, 3)), ring) == 4
    assert grids.ground_inside(((3, 0, 3), (0, 5, 0), (3, 0, 3)), ring, ground=5) == 1
    assert grids.ground_inside(((3, 0), (0, 5)), ring.moved(-1, -1)) == 2


def test_every_amount_and_measure_reads_the_property_it_is_called_after():
    for name, read in {**AMOUNTS, **MEASURES}.items():
        assert read(LARGE) == getattr(LARGE, name)
