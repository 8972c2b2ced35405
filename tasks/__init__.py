"""What is to be explained: tasks, examples, values and the files they come in.

    from peirce.tasks import load_tasks
    for task in load_tasks("tasks.jsonl"):
        print(task.name, len(task.train))

Test outputs stay with the `Scorer` of a `TaskSet`; a `Task` never holds them.
"""

from peirce.tasks.atoms import Atom
from peirce.tasks.errors import ConfigError, ModelError, PeirceError, SandboxError, TaskError
from peirce.tasks.formats import Format, load_tasks, save_tasks
from peirce.tasks.samples import load_samples
from peirce.tasks.scorer import Score, Scorer
from peirce.tasks.task import Example, Task
from peirce.tasks.taskset import TaskSet
from peirce.tasks.values import Grid, IntList, Json, Strings, Value, ValueType

__all__ = [
    "Atom",
    "ConfigError",
    "Example",
    "Format",
    "Grid",
    "IntList",
    "Json",
    "ModelError",
    "PeirceError",
    "SandboxError",
    "Score",
    "Scorer",
    "Strings",
    "Task",
    "TaskError",
    "TaskSet",
    "Value",
    "ValueType",
    "load_samples",
    "load_tasks",
    "save_tasks",
]
