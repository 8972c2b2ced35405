from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.task import Example, Task
from peirce.tasks.values import ValueType


def doubling(name: str = "doubling") -> Task:
    return Task.from_pairs(
        [(1, 2), (2, 4)],
        [5],
        input_type=ValueType.NUMBER,
        output_type=ValueType.NUMBER,
        name=name,
    )


def test_a_task_is_built_from_plain_values_in_one_call() -> None:
    task = doubling()
    assert task.inputs == (1, 2, 5)
    assert task.outputs == (2, 4)


@given(st.from_type(Task))
@settings(max_examples=40)
def test_the_digest_ignores_what_a_task_is_called_and_remarked(task: Task) -> None:
    assert replace(task, name="other", notes={"rule": "none"}).digest == task.digest


@given(st.from_type(Task))
@settings(max_examples=40)
def test_the_digest_changes_with_any_part_of_the_content(task: Task) -> None:
    changed = [
        replace(task, train=task.train * 2),
        replace(task, test=(*task.test, task.train[0].input)),
        replace(task, background=task.background + "p(a)."),
    ]
    assert len({task.digest, *(other.digest for other in changed)}) == 4


def test_tasks_of_equal_digits_and_different_types_differ() -> None:
    texts = Task.from_pairs([("1", "2")], input_type=ValueType.STRING, output_type=ValueType.STRING)
    numbers = Task.from_pairs([(1, 2)], input_type=ValueType.NUMBER, output_type=ValueType.NUMBER)
    assert texts.digest != numbers.digest


def test_tasks_can_be_kept_in_sets() -> None:
    assert len({doubling(), doubling(), doubling("other")}) == 2


def test_a_wrong_value_is_refused_with_task_and_field() -> None:
    with pytest.raises(TaskError, match=r"^task 'sum', train\[1\]\.output: expected an integer"):
        Task.from_pairs(
            [(1, 2), (2, "4")],
            input_type=ValueType.NUMBER,
            output_type=ValueType.NUMBER,
            name="sum",
        )
    with pytest.raises(TaskError, match=r"^task 'sum', test\[0\]\.input: expected an integer"):
        replace(doubling("sum"), test=("5",))
    with pytest.raises(TaskError, match=r"^task 'sum', train\[0\]\.input: expected an integer"):
        replace(doubling("sum"), train=(Example(input=True, output=1),))


@pytest.mark.parametrize("name", ["", "a\nb", "\x1b[31mred", "x" * 201, "\ud800"])
def test_a_name_that_could_upset_a_terminal_is_refused(name: str) -> None:
    with pytest.raises(TaskError, match="a name is 1 to 200 printable characters"):
        doubling(name)


def test_a_task_has_examples_but_not_without_end() -> None:
    with pytest.raises(TaskError, match="train has 0 examples, a task has 1 to 10000"):
        replace(doubling(), train=())
    with pytest.raises(TaskError, match="test has over 10000 inputs"):
        replace(doubling(), test=(1,) * 10_001)


def test_types_that_are_not_given_are_told_from_all_values_of_a_side() -> None:
    lists = Task.from_pairs([([3, 1], [1, 3]), ([], [])], [[9]])
    assert (lists.input_type, lists.output_type) == (ValueType.LIST, ValueType.LIST)
    grids = Task.from_pairs([([[1]], 1)], [[[2, 2]]])
    assert (grids.input_type, grids.output_type) == (ValueType.GRID, ValueType.NUMBER)
    with pytest.raises(TaskError, match=r"train\[1\]\.input: holds a text, but train\[0\]\.input"):
        Task.from_pairs([(1, 1), ("a", 1)])
    with pytest.raises(TaskError, match="task 'none': train is empty"):
        Task.from_pairs([], name="none")
