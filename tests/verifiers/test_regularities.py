"""What examples have in common is found, and a prediction that breaks it is named."""

from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.task import Task
from peirce.tasks.values import Json
from peirce.verifiers.regularities import broken, regularities


def words(task: Task) -> set[str]:
    return {found.property.words for found in regularities(task)}


COPY = Task.from_pairs(
    [([[0, 2], [2, 2]], [[0, 2, 2], [0, 0, 2]]), ([[3, 0], [0, 0]], [[3, 0, 0], [0, 0, 0]])],
    [[[4, 4], [0, 0]]],
)


def test_what_all_grids_share_is_found():
    assert {"all outputs have one size", "all outputs bring the same new colours"} <= words(COPY)


def test_a_prediction_of_another_size_and_with_a_new_colour_breaks_two_topics():
    assert set(broken(COPY, [((4, 5),)])) >= {
        "all outputs have one size",
        "all outputs bring the same new colours",
    }


def test_a_prediction_like_the_examples_breaks_nothing():
    task = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
    assert broken(task, [(7, 8, 9)]) == ()


def test_a_list_that_does_not_rise_breaks_what_sorted_outputs_share():
    task = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
    assert "every output rises" in broken(task, [(9, 7, 8)])


def test_a_text_of_another_form_breaks_what_dates_share():
    task = Task.from_pairs([("1/2/1999", "1999-2"), ("3/4/2001", "2001-4")], ["5/6/2010"])
    assert broken(task, ["2010-6"]) == ()
    assert "all outputs have the same form" in broken(task, ["5/6/2010"])


def test_what_outputs_share_with_their_inputs_is_not_asked_of_an_input_without_it():
    task = Task.from_pairs(
        [([[1, 2]], [[2, 1]]), ([[3, 4]], [[4, 3]])], [[[5, 6, 7]], [[5, 6]], [[8, 8]]]
    )
    number = "all outputs have the same number of colours"
    assert number not in broken(task, [((7, 6, 5),), None, None])
    assert number in broken(task, [None, ((6, 6),), None])
    assert number not in broken(task, [None, None, ((8, 8),)])


def test_what_outputs_share_though_their_inputs_differ_is_asked_of_every_input():
    task = Task.from_pairs([([[1, 2]], [[1, 1]]), ([[3, 3]], [[3, 3]])], [[[5, 6]]])
    assert "all outputs have the same number of colours" in broken(task, [((5, 6),)])


MOVED = Task.from_pairs(
    [
        ([[2, 2, 0], [0, 0, 0], [0, 3, 0]], [[0, 2, 2], [0, 0, 0], [0, 0, 3]]),
        ([[4, 4, 0], [0, 0, 0], [5, 0, 0]], [[0, 4, 4], [0, 0, 0], [0, 0, 5]]),
    ],
    [[[6, 6, 0], [0, 0, 0], [0, 7, 0]]],
)


def test_things_that_were_only_moved_are_not_expected_to_change_shape():
    assert "every output has the same things as its input" in words(MOVED)
    torn = ((0, 6, 0), (6, 0, 0), (0, 0, 7))
    assert broken(MOVED, [((0, 6, 6), (0, 0, 0), (0, 0, 7))]) == ()
    assert "every output has the same things as its input" in broken(MOVED, [torn])


def test_what_is_never_painted_over_is_expected_to_stay():
    task = Task.from_pairs([([[1, 2, 0]], [[1, 2, 2]]), ([[1, 0, 2]], [[1, 2, 2]])], [[[0, 1, 2]]])
    assert {"cells of colour 1 never change", "no filled cell is emptied"} <= words(task)
    assert "cells of colour 1 never change" in broken(task, [((2, 2, 2),)])
    assert "no filled cell is emptied" in broken(task, [((0, 0, 2),)])


def test_outputs_of_rectangles_make_a_corner_shape_unlikely():
    task = Task.from_pairs(
        [([[1, 0], [1, 1]], [[1, 1], [1, 1]]), ([[2, 2], [2, 0]], [[2, 2], [2, 2]])],
        [[[0, 3], [3, 3]]],
    )
    assert "every thing of an output is a full rectangle" in broken(task, [((0, 3), (3, 3))])


def test_one_example_has_no_regularities():
    assert regularities(Task.from_pairs([([1], [2])], [[3]])) == ()


def test_an_input_without_prediction_breaks_nothing():
    assert broken(COPY, [None]) == ()


colours = st.integers(0, 9)
grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(colours, min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(st.lists(st.tuples(grids, grids), min_size=2, max_size=4))
def test_no_example_breaks_what_all_examples_share(pairs: list[tuple[Json, Json]]):
    task = Task.from_pairs(pairs, [value for value, _ in pairs])
    assert broken(task, task.outputs) == ()


@given(st.lists(st.tuples(st.lists(colours), st.lists(colours)), min_size=2, max_size=4))
def test_no_example_breaks_what_all_list_examples_share(
    pairs: list[tuple[Json, Json]],
):
    task = Task.from_pairs(pairs, [value for value, _ in pairs])
    assert broken(task, task.outputs) == ()
