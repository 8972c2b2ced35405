"""Which examples are unlike the others."""

from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.task import Task
from peirce.tasks.values import Json
from peirce.verifiers.regularities import doubts


def task_of(*pairs: tuple[Json, Json]) -> Task:
    return Task.from_pairs(list(pairs), [])


LISTS = [[3, 1, 2], [5, 4, 9, 7], [8, 6], [1, 2, 3, 4], [6, 9, 1]]


def test_an_output_that_breaks_what_all_others_share_is_doubted_alone():
    pairs: list[tuple[Json, Json]] = [(list(items), list(items[::-1])) for items in LISTS]
    pairs[3] = ([1, 2, 3, 4], [7, 7])
    bits = doubts(task_of(*pairs), 1)
    assert bits[3] > 3
    assert [bits[index] for index in (0, 1, 2, 4)] == [0.0] * 4


def test_no_example_is_doubted_where_all_are_alike_or_more_are_unlike_than_may_be_wrong():
    pairs: list[tuple[Json, Json]] = [(list(items), list(items[::-1])) for items in LISTS]
    assert doubts(task_of(*pairs), 2) == (0.0,) * 5
    pairs[3], pairs[4] = ([1, 2, 3, 4], [7, 7]), ([6, 9, 1], [8, 8])
    assert doubts(task_of(*pairs), 1) == (0.0,) * 5
    assert min(doubts(task_of(*pairs), 2)[3:]) > 0


def test_lists_and_texts_are_read_as_rows_of_items():
    inserted: list[tuple[Json, Json]] = [
        ("abc", "ab-c"),
        ("hello", "he-llo"),
        ("word", "wo-rd"),
        ("tree", "he-llo"),
        ("moon", "mo-on"),
    ]
    bits = doubts(task_of(*inserted), 1)
    assert bits.index(max(bits)) == 3
    assert sum(bit > 0 for bit in bits) == 1


def test_the_grid_of_another_example_is_doubted():
    grids: list[tuple[Json, Json]] = [([[n, 0], [0, n]], [[0, n], [n, 0]]) for n in range(1, 6)]
    grids[2] = ([[3, 0], [0, 3]], [[0, 4], [4, 0]])
    bits = doubts(task_of(*grids), 1)
    assert bits.index(max(bits)) == 2


@given(st.permutations(range(5)))
def test_doubts_go_with_the_examples_whatever_their_order(order: list[int]):
    pairs: list[tuple[Json, Json]] = [(list(items), list[Json](sorted(items))) for items in LISTS]
    pairs[1] = ([5, 4, 9, 7], [0])
    bits = doubts(task_of(*pairs), 1)
    assert doubts(task_of(*[pairs[index] for index in order]), 1) == tuple(
        bits[index] for index in order
    )
