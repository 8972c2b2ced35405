from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.prototypes import grids
from peirce.prototypes.grids.cells import LAYERS, CellView
from peirce.prototypes.grids.cells_scene import NOTHING, Kind, Scene


@st.composite
def small_grids(draw: st.DrawFn):
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    row = st.lists(st.integers(0, 3), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=height, max_size=height))


def layer(name: str, grid: list[list[int]]) -> list[list[int]]:
    scene = Scene(grid)
    return [list(row) for row in scene.ask(name, LAYERS[name])]


@settings(max_examples=30, deadline=None)
@given(small_grids())
def test_every_layer_has_the_shape_of_its_grid_and_values_of_its_kind(grid: list[list[int]]):
    scene = Scene(grid)
    for name, kind in ((name, found.kind) for name, found in LAYERS.items()):
        rows = scene.ask(name, LAYERS[name])
        assert [len(row) for row in rows] == [len(row) for row in grid]
        values = {value for row in rows for value in row}
        if kind == Kind.FLAG:
            assert values <= {0, 1}
        if kind == Kind.COLOUR:
            assert values <= {NOTHING, *range(10)}


@settings(max_examples=30, deadline=None)
@given(small_grids())
def test_layers_about_the_right_are_those_about_the_left_of_the_mirrored_grid(
    grid: list[list[int]],
):
    mirrored = [row[::-1] for row in grid]
    for name in ("left", "seen_left", "gap_left", "run_left", "above_left", "seen_below_left"):
        expected = [row[::-1] for row in layer(name, mirrored)]
        assert layer(name.replace("left", "right"), grid) == expected


@settings(max_examples=30, deadline=None)
@given(small_grids())
def test_layers_about_below_are_those_about_above_of_the_grid_upside_down(grid: list[list[int]]):
    for name in ("above", "seen_above", "gap_above", "run_above", "seen_above_left"):
        expected = layer(name, grid[::-1])[::-1]
        assert layer(name.replace("above", "below"), grid) == expected


@settings(max_examples=30, deadline=None)
@given(small_grids())
def test_a_view_answers_every_layer_and_keeping_colours_keeps_the_grid(grid: list[list[int]]):
    def cell(view: CellView) -> int:
        assert all(isinstance(getattr(view, name), int) for name in LAYERS)
        return view.colour

    assert grids.map_cells(grid, cell) == tuple(map(tuple, grid))


@settings(max_examples=30, deadline=None)
@given(small_grids())
def test_sealed_cells_are_enclosed_cells(grid: list[list[int]]):
    sealed, enclosed = layer("sealed", grid), layer("enclosed", grid)
    assert all(
        one <= other
        for s, e in zip(sealed, enclosed, strict=True)
        for one, other in zip(s, e, strict=True)
    )


def test_a_cell_keeps_its_colour_where_the_rule_names_none():
    assert grids.map_cells([[1, 2]], lambda view: view.left) == ((1, 1),)


def test_cells_beside_are_seen_at_the_same_place():
    def cell(view: CellView) -> int:
        return view.beside[0] if view.colour == 0 else view.beside[1]

    assert grids.map_cells([[0, 5]], cell, beside=([[1, 2]], [[3, 4]])) == ((1, 4),)


def test_growing_repeats_a_rule_until_nothing_changes():
    def cell(view: CellView) -> int:
        return 4 if view.colour == 0 and view.left == 4 else view.colour

    assert grids.grow_cells([[4, 0, 0, 3, 0]], cell) == ((4, 4, 4, 3, 0),)


def test_growing_stops_a_rule_that_never_settles():
    assert grids.grow_cells([[0]], lambda view: 1 - view.colour, rounds=3) == ((1,),)


def test_an_unknown_attribute_is_refused_with_the_known_ones_named():
    def cell(view: CellView) -> int:
        return view.lefft

    try:
        grids.map_cells([[1]], cell)
    except AttributeError as error:
        assert "'lefft'" in str(error)
        assert "left" in str(error)
    else:
        raise AssertionError("an unknown attribute was accepted")


def test_a_background_cell_inside_a_ring_is_enclosed():
    ring = [[0, 1, 1, 1], [0, 1, 0, 1], [0, 1, 1, 1]]
    assert layer("enclosed", ring)[1] == [0, 0, 1, 0]
    assert layer("object_holes", ring)[0] == [0, 1, 1, 1]


def test_a_diagonal_gap_lets_enclosed_but_not_sealed_cells_out():
    leaky = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert layer("enclosed", leaky)[1][1] == 1
    assert layer("sealed", leaky)[1][1] == 0


def test_sizes_and_ranks_are_those_of_the_object():
    grid = [[1, 1, 0, 2, 0, 3, 3, 3]]
    assert layer("object_size", grid) == [[2, 2, 0, 1, 0, 3, 3, 3]]
    assert layer("object_rank", grid) == [[1, 1, NOTHING, 2, NOTHING, 0, 0, 0]]
    assert layer("object_across", grid) == [[0, 0, NOTHING, 1, NOTHING, 2, 2, 2]]
    assert layer("object_from_right", grid) == [[1, 0, NOTHING, 0, NOTHING, 2, 1, 0]]


def test_the_nearest_colour_wins_and_the_smaller_of_equally_near_ones():
    assert layer("nearest", [[3, 0, 0, 0, 2]]) == [[3, 3, 2, 2, 2]]


def test_a_cell_between_two_equal_colours_sees_them_both_ways():
    assert layer("between_sideways", [[2, 0, 0, 2, 0, 3]]) == [[0, 1, 1, 0, 0, 0]]


def test_depth_counts_from_the_edge_of_the_patch():
    assert layer("depth", [[1] * 5 for _ in range(5)])[2] == [0, 1, 2, 1, 0]
