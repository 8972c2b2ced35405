from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.prototypes import grids

WORDS = (
    grids.continue_rows,
    grids.continue_columns,
    grids.continue_each_row,
    grids.continue_each_column,
    grids.continue_copies,
)


def picture(*rows: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(cell) for cell in row.replace(".", "0")) for row in rows)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=width, max_size=width),
            min_size=1,
            max_size=6,
        )
    )
)
def test_what_is_painted_stays_when_a_pattern_goes_on(grid: list[list[int]]):
    for word in WORDS:
        for row, line in zip(grid, word(grid), strict=True):
            assert all(cell in (0, after) for cell, after in zip(row, line, strict=True))


def test_empty_rows_and_columns_are_filled_with_what_the_others_repeat():
    begun = picture("1.", "22", "1.", "..", "..")
    whole = picture("1.", "22", "1.", "22", "1.")
    assert grids.continue_rows(begun) == whole
    assert grids.continue_columns(grids.transpose(begun)) == tuple(zip(*whole, strict=True))


def test_every_row_goes_on_by_itself_to_the_right_or_on_both_sides():
    begun = picture(".12...", "......", ".3.3..")
    assert grids.continue_each_row(begun) == picture(".12121", "......", ".3.3.3")
    both = picture("212121", "......", ".3.3.3")
    assert grids.continue_each_row(begun, both_ways=True) == both
    turned = grids.continue_each_column(tuple(zip(*begun, strict=True)), both_ways=True)
    assert turned == tuple(zip(*both, strict=True))


def test_empty_rows_go_on_slanting():
    begun = picture("123...", "......", "......")
    assert grids.continue_slanting(begun, -1) == picture("123123", "231231", "312312")
    assert grids.continue_slanting(begun, 1) == picture("123123", "312312", "231231")
    late = picture("....", "1.2.", "....")
    assert grids.continue_slanting(late, 1) == picture("....", "1.21", "21.2")


def test_copies_go_on_where_there_is_more_room_with_their_colours_in_turn():
    assert grids.continue_copies(picture("1..2......")) == picture("1..2..1..2")
    assert grids.continue_copies(picture("......1.1.")) == picture("1.1.1.1.1.")
    staircase = picture("1....", "11...", ".11..", "..1..", ".....")
    assert grids.continue_copies(staircase)[3:] == picture("..11.", "...11")


def test_copies_go_on_on_both_sides_and_in_each_colour_apart_if_wanted():
    assert grids.continue_copies(picture("...1.1...."), both_ways=True) == picture(".1.1.1.1.1")
    two = picture("1.1...", "......", "5..5..", "......")
    assert grids.continue_copies(two) == two
    assert grids.continue_copies(two, apart=True) == picture("1.1.1.", "......", "5..5..", "......")
