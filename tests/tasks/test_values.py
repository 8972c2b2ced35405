import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.task import Task
from peirce.tasks.values import (
    Value,
    ValueType,
    check,
    decode,
    default_value,
    encode,
    infer_type,
    same_value,
    show,
)


@given(st.from_type(Task))
@settings(max_examples=40)
def test_decoding_what_was_encoded_gives_the_value_back(task: Task) -> None:
    for value in task.inputs:
        text = json.dumps(encode(value), allow_nan=False)
        assert decode(json.loads(text), task.input_type) == value


@given(st.from_type(Task))
@settings(max_examples=40)
def test_every_value_is_the_same_as_itself_and_passes_its_check(task: Task) -> None:
    for value in task.outputs:
        check(value, task.output_type)
        assert same_value(value, value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@given(JSON, st.sampled_from(ValueType))
def test_decoding_any_json_gives_a_checked_value_or_a_task_error(
    raw: object, kind: ValueType
) -> None:
    try:
        value = decode(raw, kind, where="here")
    except TaskError as error:
        assert str(error).startswith("here: ")
    else:
        check(value, kind)


@given(JSON)
def test_a_value_decodes_as_the_type_that_was_inferred(raw: object) -> None:
    try:
        kind = infer_type(raw)
    except TaskError:
        return
    if kind in (ValueType.GRID, ValueType.BOOLEAN, ValueType.STRINGS):
        assert encode(decode(raw, kind)) == raw


@pytest.mark.parametrize("kind", ValueType)
def test_the_default_of_a_type_is_of_that_type(kind: ValueType) -> None:
    check(default_value(kind), kind)


@pytest.mark.parametrize(
    ("raw", "kind", "reason"),
    [
        ([[1, 2], [3]], "grid", "row 1 has 1 cells, row 0 has 2: the grid is ragged"),
        ([[1.0]], "grid", "row 0, column 0: 1.0 is not a colour"),
        ([[0, 10]], "grid", "row 0, column 1: 10 is not a colour, an integer from 0 to 9"),
        ([[-1]], "grid", "-1 is not a colour"),
        ([[True]], "grid", "True is not a colour"),
        ([[float("nan")]], "grid", "nan is not a colour"),
        ([], "grid", "a grid has 1 to 128 rows, not 0"),
        ([[]], "grid", "row 0 has 0 cells, a row has 1 to 128"),
        ([[0]] * 129, "grid", "a grid has 1 to 128 rows, not 129"),
        ([[0] * 129], "grid", "row 0 has 129 cells, a row has 1 to 128"),
        ([3, [0]], "grid", "expected row 0 as a list of colours, got 3"),
        ([3, 0], "grid", 'is list, in JSONL "kind": "list"'),
        (5, "list", "expected a list of integers, got 5"),
        ([1, 2.0], "list", "expected an integer, got 2.0"),
        ([1, None], "list", "expected an integer, got None"),
        ([10**4100], "list", "an integer of more than 4000 digits"),
        ([0] * 100_001, "list", "a list holds more than 100000 items"),
        (5, "string", "expected a text, got 5"),
        ("x" * 1_000_001, "string", "a text of 1000001 characters is over the limit of 1000000"),
        ("\ud800", "string", "half of a surrogate pair"),
        (["a", 1], "strings", "expected a text, got 1"),
        (True, "number", "expected an integer, got True"),
        (float("inf"), "number", "inf is not a finite number"),
        (1, "boolean", "expected true or false, got 1"),
        ("p(X)", "atom", "holds the variable X"),
    ],
)
def test_decoding_names_the_place_the_reason_and_the_limit(
    raw: object, kind: str, reason: str
) -> None:
    with pytest.raises(TaskError, match=r"^task 'a', train") as caught:
        decode(raw, ValueType(kind), where="task 'a', train[0].input")
    assert reason in str(caught.value)


def test_lists_without_end_are_refused_without_a_recursion_error() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(TaskError, match="lists are nested deeper than 16"):
        decode(deep, ValueType.LIST)
    with pytest.raises(TaskError, match="is not a colour"):
        decode([[deep]], ValueType.GRID)
    while deep:  # taken apart by hand: freeing it in one go is deep too
        deep = deep.pop()  # pyright: ignore[reportAssignmentType]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([1, 2], ValueType.LIST),
        (([1], 2), ValueType.LIST),
        (((1, True),), ValueType.GRID),
        ((1, 2), ValueType.STRINGS),
    ],
)
def test_a_value_built_by_hand_of_the_wrong_parts_is_refused(value: Value, kind: ValueType) -> None:
    with pytest.raises(TaskError, match=r"^here: "):
        check(value, kind, where="here")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, True, False),
        ((1,), (True,), False),
        (0, False, False),
        (3, 3.0, True),
        (0.3, 0.1 + 0.2, True),
        (0.3, 0.300001, False),
        (10**400, 1.0, False),
        (10**17, 10**17 + 1, False),
        ("1", 1, False),
        ((), "", False),
        (((1, 2),), ((1, 2),), True),
        (((1, 2),), ((1,), (2,)), False),
    ],
)
def test_two_values_are_the_same_only_as_answers_are(left: Value, right: Value, same: bool) -> None:
    assert same_value(left, right) is same
    assert same_value(right, left) is same


@pytest.mark.parametrize(
    "raw", [None, [10**5000], "x" * 1000, [[[[1]]]], {"a": {"b": 1}}, object(), list(range(99))]
)
def test_anything_is_shown_short_and_on_one_line(raw: object) -> None:
    assert len(show(raw)) < 80
    assert "\n" not in show(raw)
