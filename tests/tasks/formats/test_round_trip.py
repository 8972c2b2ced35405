import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peirce.tasks.errors import TaskError
from peirce.tasks.formats import Format, load_tasks, save_tasks
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task
from peirce.tasks.taskset import TaskSet
from peirce.tasks.values import ValueType

SETS = st.lists(st.from_type(Task), min_size=1, max_size=3, unique_by=lambda task: task.name)


@given(SETS, st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_tasks_written_as_jsonl_are_read_back_the_same(
    tmp_path: Path, tasks: list[Task], with_outputs: bool
) -> None:
    outputs = [(task, task.outputs[:1] * len(task.test)) for task in tasks]
    saved = TaskSet(tasks=tuple(tasks), scorer=Scorer(outputs if with_outputs else []))
    save_tasks(saved, tmp_path / "tasks.jsonl")
    loaded = load_tasks(tmp_path / "tasks.jsonl", format=Format.JSONL)
    assert loaded == saved
    assert [task.notes for task in loaded] == [task.notes for task in saved]
    assert [task.digest for task in loaded] == [task.digest for task in saved]
    for task in tasks:
        assert loaded.scorer.knows(task) is saved.scorer.knows(task)
        if saved.scorer.knows(task):
            assert loaded.scorer.reveal(task) == saved.scorer.reveal(task)


def test_saving_replaces_the_file_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text("old\n" * 100, encoding="utf-8")
    task = Task.from_pairs([(1, 2)], input_type=ValueType.NUMBER, output_type=ValueType.NUMBER)
    save_tasks(TaskSet(tasks=(task,)), path)
    assert json.loads(path.read_text(encoding="utf-8"))["id"] == "task"
    assert [file.name for file in tmp_path.iterdir()] == ["tasks.jsonl"]


def test_what_cannot_be_saved_is_refused_with_the_path(tmp_path: Path) -> None:
    task = Task.from_pairs([(1, 2)], input_type=ValueType.NUMBER, output_type=ValueType.NUMBER)
    with pytest.raises(TaskError, match=r"absent/tasks\.jsonl: cannot be written: No such file"):
        save_tasks(TaskSet(tasks=(task,)), tmp_path / "absent" / "tasks.jsonl")


def test_a_note_that_would_come_back_as_background_is_refused(tmp_path: Path) -> None:
    pair = json.dumps({"input": 1, "output": 2})
    path = tmp_path / "tasks.jsonl"
    path.write_text(f'{{"id": "a", "kind": "other", "train": [{pair}]}}', encoding="utf-8")
    (task,) = load_tasks(path)
    noted = Task(
        name="a",
        input_type=task.input_type,
        output_type=task.output_type,
        train=task.train,
        notes={"bk": "p(a)."},
    )
    with pytest.raises(TaskError, match="task 'a': the note 'bk' would be read back as background"):
        save_tasks(TaskSet(tasks=(noted,)), path)
