from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.prototypes import grids

Rows = list[list[int]]


@st.composite
def halves(draw: st.DrawFn) -> Rows:
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    row = st.lists(st.integers(1, 4), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=height, max_size=height))


@settings(max_examples=30, deadline=None)
@given(halves(), st.data())
def test_one_hidden_cell_of_a_mirrored_picture_is_restored(half: Rows, data: st.DataObject):
    whole = [row + row[::-1] for row in half]
    row = data.draw(st.integers(0, len(whole) - 1))
    column = data.draw(st.integers(0, len(whole[0]) - 1))
    torn = [list(line) for line in whole]
    torn[row][column] = 0
    mended = grids.mend_mirror(torn, 0, "sideways")
    assert mended[row][column] != 0
    assert all(
        new == old
        for r, (a, b) in enumerate(zip(torn, mended, strict=True))
        for c, (old, new) in enumerate(zip(a, b, strict=True))
        if (r, c) != (row, column)
    )


@settings(max_examples=30, deadline=None)
@given(halves())
def test_a_picture_without_hidden_cells_stays_as_it_is(grid: Rows):
    same = tuple(tuple(row) for row in grid)
    assert grids.mend_symmetry(grid, 0) == same
    assert grids.mend_tiling(grid, 0) == same
    assert grids.mend_turned(grid, 0) == same


@settings(max_examples=30, deadline=None)
@given(halves(), st.integers(2, 3), st.integers(2, 3))
def test_a_tile_that_repeats_is_restored_and_goes_on(tile: Rows, down: int, across: int):
    whole = [row * across for row in tile] * down
    torn = [list(row) for row in whole]
    torn[0][0] = 0
    mended = grids.mend_tiling(torn, 0)
    assert all(cell for row in mended for cell in row)
    assert mended[1:] == tuple(map(tuple, whole[1:]))
    wider = grids.extend_tiling(whole, len(whole), 2 * len(whole[0]))
    assert wider == tuple(tuple(row) * 2 for row in whole)


def test_hidden_cells_are_restored_from_the_mirror_image_across_the_picture():
    torn = [[1, 2, 2, 1], [3, 4, 0, 0], [3, 4, 4, 3], [1, 2, 2, 1]]
    assert grids.mend_symmetry(torn, 0)[1] == (3, 4, 4, 3)


def test_hidden_cells_are_restored_from_the_turned_picture():
    torn = [[1, 2, 3], [3, 5, 2], [2, 1, 0]]
    mended = grids.mend_turned([[1, 2, 1], [2, 5, 2], [1, 2, 0]], 0)
    assert mended == ((1, 2, 1), (2, 5, 2), (1, 2, 1))
    assert grids.mend_turned(torn, 0) == tuple(map(tuple, torn))


def test_rows_and_columns_are_restored_each_from_what_it_repeats():
    torn = [[1, 2, 1, 2, 0, 0], [3, 3, 3, 3, 0, 0]]
    whole = ((1, 2, 1, 2, 1, 2), (3, 3, 3, 3, 3, 3))
    assert grids.mend_rows(torn, 0) == whole
    turned = [list(column) for column in zip(*torn, strict=True)]
    assert grids.mend_columns(turned, 0) == tuple(zip(*whole, strict=True))


def test_a_tiling_shifted_from_row_to_row_is_found():
    torn = [[1, 2, 3, 1], [2, 3, 1, 2], [3, 1, 2, 0], [1, 2, 3, 1]]
    assert grids.mend_tiling(torn, 0)[2] == (3, 1, 2, 3)


def test_exceptions_to_a_tiling_are_smoothed():
    noisy = [[1, 2, 1, 2], [1, 2, 7, 2], [1, 2, 1, 2], [1, 2, 1, 2]]
    assert grids.smooth_tiling(noisy) == ((1, 2, 1, 2),) * 4


def test_the_hidden_part_is_what_the_box_of_hidden_cells_shows():
    torn = [[1, 2, 3], [4, 0, 0]]
    assert grids.hidden_part(torn, [[1, 2, 3], [4, 5, 6]], 0) == ((5, 6),)


def test_only_what_is_new_in_a_picture_is_recoloured():
    assert grids.recolour_changes([[1, 0, 0]], [[1, 1, 2]], {1: 3}) == ((1, 3, 2),)
