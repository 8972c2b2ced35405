"""What a model under Inspect reads of a task, and what is read of its answer."""

import json
from pathlib import Path
from typing import Final, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.formats import load_tasks
from peirce.tasks.samples import load_samples
from peirce.tasks.task import Task
from peirce.tasks.taskset import TaskSet
from peirce.tasks.values import Value, decode, encode

ASKED: Final = (
    "Find the rule behind the examples. End with one line: the JSON list of the outputs for the "
    "test inputs, in order."
)


def load(data: str) -> TaskSet:
    """The tasks of a file or folder; the bundled samples for an empty name.

    Raises:
        TaskError: there are none, or one is not valid.
    """
    return load_tasks(Path(data)) if data else load_samples()


def prompt(task: Task) -> str:
    """The task as a person would state it."""
    lines = [
        f"{json.dumps(encode(pair.input))} -> {json.dumps(encode(pair.output))}"
        for pair in task.train
    ]
    asked = [f"test: {json.dumps(encode(value))}" for value in task.test]
    known = [f"Known to hold:\n{task.background}"] if task.background else []
    return "\n".join((ASKED, *known, *lines, *asked))


def read_guesses(task: Task, text: str, guesses: object = None) -> list[list[Value]]:
    """Ranked outputs for every test input; what is missing or not valid is left out.

    Args:
        task: what was asked.
        text: the answer; its last line that is a JSON list counts.
        guesses: the lists of guesses themselves, where the solver has left them.
    """
    columns = guesses if isinstance(guesses, list) else [[raw] for raw in _last_list(text)]
    ranked = [_decoded(task, column) for column in cast("list[object]", columns)]
    return (ranked + [[] for _ in task.test])[: len(task.test)]


def _last_list(text: str) -> list[object]:
    for line in reversed(text.splitlines()):
        try:
            found = cast("object", json.loads(line))
        except ValueError:
            continue
        if isinstance(found, list):
            return cast("list[object]", found)
    return []


def _decoded(task: Task, column: object) -> list[Value]:
    values: list[Value] = []
    for raw in cast("list[object]", column) if isinstance(column, list) else []:
        try:
            values.append(decode(raw, task.output_type))
        except TaskError:
            continue
    return values
