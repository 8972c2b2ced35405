"""The reply decoder against bytes nobody would write by accident."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox.decode import MAX_MESSAGE, End, decode_reply, sanitize
from peirce.verifiers.sandbox.outcome import Cause

PROGRAM = Program(source="def transform(grid):\n    return grid\n")
CLEAN = End(cause=None)
KILLED = End(cause=Cause.TIMEOUT, message="took too long")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)
grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(st.binary(max_size=400), st.integers(0, 4), st.sampled_from(ValueType))
def test_any_bytes_give_one_outcome_per_input(reply: bytes, count: int, kind: ValueType) -> None:
    for end in (CLEAN, KILLED):
        outcomes = decode_reply(reply, PROGRAM, count, kind, end)
        assert len(outcomes) == count
        assert all(outcome.ok == (outcome.value is not None) for outcome in outcomes)


@given(st.lists(json_values, max_size=5), st.sampled_from("vel"), st.sampled_from(ValueType))
def test_any_json_lines_give_one_outcome_per_input(
    values: list[object], key: str, kind: ValueType
) -> None:
    reply = "".join(json.dumps({key: value}) + "\n" for value in values).encode()
    outcomes = decode_reply(reply, PROGRAM, 3, kind, CLEAN)
    assert len(outcomes) == 3
    for outcome in outcomes:
        assert outcome.ok or outcome.message.isprintable()
        assert len(outcome.message) < 2 * MAX_MESSAGE


@given(st.lists(grids, min_size=1, max_size=4), st.data())
def test_a_damaged_reply_is_never_taken_for_other_answers(
    answers: list[list[list[int]]], data: st.DataObject
) -> None:
    lines = [json.dumps({"v": grid}) + "\n" for grid in answers]
    reply = "".join(lines).encode()
    intact = decode_reply(reply, PROGRAM, len(answers), ValueType.GRID, CLEAN)
    expected = tuple(tuple(map(tuple, grid)) for grid in answers)
    assert tuple(outcome.value for outcome in intact) == expected
    cut = data.draw(st.integers(0, len(reply) - 1))
    damaged = decode_reply(reply[:cut], PROGRAM, len(answers), ValueType.GRID, CLEAN)
    assert not all(outcome.ok for outcome in damaged)


@given(grids)
def test_answers_that_came_before_the_kill_are_kept(grid: list[list[int]]) -> None:
    reply = (json.dumps({"v": grid}) + "\n" + '{"v":[[').encode()
    first, second = decode_reply(reply, PROGRAM, 2, ValueType.GRID, KILLED)
    assert first.value == tuple(map(tuple, grid))
    assert second.cause is Cause.TIMEOUT


def test_a_process_that_dies_after_its_last_answer_is_not_believed() -> None:
    outcomes = decode_reply(b'{"v":[[1]]}\n', PROGRAM, 1, ValueType.GRID, KILLED)
    assert outcomes[0].cause is Cause.TIMEOUT


def test_one_load_failure_stands_for_all_inputs() -> None:
    reply = b'{"l":["load","SyntaxError","invalid syntax",1]}\n'
    outcomes = decode_reply(reply, PROGRAM, 3, ValueType.GRID, CLEAN)
    assert {outcome.cause for outcome in outcomes} == {Cause.LOAD}
    message = "SyntaxError: invalid syntax (line 1: `def transform(grid):`)"
    assert {outcome.message for outcome in outcomes} == {message}


@pytest.mark.parametrize("line", [0, -1, 99, 10**30])
def test_a_line_number_outside_the_program_is_left_out(line: int) -> None:
    reply = json.dumps({"e": ["error", "E", "text", line]}).encode() + b"\n"
    assert decode_reply(reply, PROGRAM, 1, ValueType.GRID, CLEAN)[0].message == "E: text"


@given(st.text())
def test_sanitized_text_is_one_short_printable_line(text: str) -> None:
    clean = sanitize(text)
    assert clean.isprintable()
    assert len(clean) <= MAX_MESSAGE
    assert sanitize(clean) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07shown", "shown"),
        ("a\u202eb\u200bc", "a b c"),
        ("two\nlines\tand\r", "two lines and"),
    ],
)
def test_escapes_and_invisible_characters_are_taken_out(text: str, clean: str) -> None:
    assert sanitize(text) == clean
