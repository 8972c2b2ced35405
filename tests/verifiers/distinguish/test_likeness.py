"""Inputs drawn for a task share what its known inputs have in common."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.tasks.conftest import tasks

from peirce.tasks.atoms import Atom
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, IntList, Strings, Value, ValueType, check
from peirce.verifiers.distinguish import inputs_like

NUMBERS = cast("list[Value]", [2, 7, 4])
PRICES = cast("list[Value]", [0.25, 3.5])


@given(tasks(), st.data())
def test_any_input_drawn_is_a_valid_value_of_the_tasks_input_type(task: Task, data: DataObject):
    check(data.draw(inputs_like(task.inputs, task.input_type)), task.input_type)


@given(st.data())
def test_grids_keep_size_colours_and_the_number_of_things(data: DataObject):
    one: Grid = ((0, 0, 0, 0), (0, 3, 3, 0), (0, 0, 0, 0))
    two: Grid = ((5, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 3))
    drawn = cast("Grid", data.draw(inputs_like([one, two], ValueType.GRID)))
    assert (len(drawn), len(drawn[0])) == (3, 4)
    cells = [cell for row in drawn for cell in row]
    assert set(cells) <= {0, 3, 5}
    assert 1 <= sum(cell != 0 for cell in cells) <= 4


@given(st.data())
def test_square_grids_stay_square_between_the_known_sizes(data: DataObject):
    known: list[Value] = [((1, 2), (2, 1)), ((1, 2, 4), (2, 1, 4), (4, 4, 1))]
    drawn = cast("Grid", data.draw(inputs_like(known, ValueType.GRID)))
    assert len(drawn) == len(drawn[0])
    assert 2 <= len(drawn) <= 3


@given(st.data())
def test_lists_that_are_all_rising_and_distinct_are_answered_by_such_lists(data: DataObject):
    known: list[Value] = [(1, 5), (2, 3, 9), (4, 6, 7, 8)]
    drawn = cast("tuple[int, ...]", data.draw(inputs_like(known, ValueType.LIST)))
    assert list(drawn) == sorted(set(drawn))
    assert 2 <= len(drawn) <= 4
    assert set(drawn) <= set(range(1, 10))


@given(st.data())
def test_falling_lists_are_answered_by_falling_lists(data: DataObject):
    known: list[Value] = [(5, 5), (3, 2, 2), (9, 4, 1)]
    drawn = cast("tuple[int, ...]", data.draw(inputs_like(known, ValueType.LIST)))
    assert list(drawn) == sorted(drawn, reverse=True)


@given(st.data())
def test_nested_lists_keep_their_depth(data: DataObject):
    drawn = data.draw(inputs_like([((1, 2), (3,)), ((4,),)], ValueType.LIST))
    rows = cast("tuple[IntList, ...]", drawn)
    assert all(isinstance(row, tuple) and 1 <= len(row) <= 2 for row in rows)


@given(st.data())
def test_texts_keep_the_build_of_a_known_text(data: DataObject):
    drawn = data.draw(inputs_like(["Ada Lovelace", "Alan Turing"], ValueType.STRING))
    first, last = cast("str", drawn).split(" ")
    for word in (first, last):
        assert word[0] in "ALT"
        assert word[1:].islower()


@given(st.data())
def test_rows_of_texts_keep_the_build_of_each_column(data: DataObject):
    known: list[Value] = [("ann", "7"), ("bob", "12")]
    name, number = cast("Strings", data.draw(inputs_like(known, ValueType.STRINGS)))
    assert name.isalpha()
    assert number.isdecimal()


@given(st.data())
def test_rows_of_any_length_stay_within_the_known_lengths(data: DataObject):
    drawn = data.draw(inputs_like([("a", "b"), ("a", "b", "ab")], ValueType.STRINGS))
    assert len(cast("Strings", drawn)) in (2, 3)


@pytest.mark.parametrize(("known", "decimals"), [(NUMBERS, 0), (PRICES, 2)])
@given(st.data())
def test_numbers_keep_their_sign_and_decimals(known: list[Value], decimals: int, data: DataObject):
    drawn = cast("int | float", data.draw(inputs_like(known, ValueType.NUMBER)))
    assert drawn >= 0
    assert round(drawn, decimals) == drawn
    assert isinstance(drawn, int) == (decimals == 0)


@given(st.data())
def test_atoms_keep_their_predicate_and_the_names_of_each_place(data: DataObject):
    known: list[Value] = [Atom("likes(ann, [a, b])"), Atom("likes(bob, 'x, y')"), Atom("rain")]
    drawn = data.draw(inputs_like(known, ValueType.ATOM))
    everything = {
        f"likes({who}, {what})" for who in ("ann", "bob") for what in ("[a, b]", "'x, y'")
    }
    assert cast("Atom", drawn).text in {*everything, "rain"}
