"""The vocabulary of `peirce.prototypes` as a model is offered it."""

import inspect
from functools import cache
from types import ModuleType

from peirce.prototypes import grids, lists, strings
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

LONGEST = 6_000
"""Characters; what goes beyond is named without its meaning."""


def domain_of(task: Task) -> str:
    """The module of the vocabulary that fits a task's inputs."""
    kinds = {task.input_type, task.output_type}
    if ValueType.GRID in kinds:
        return "grids"
    return "strings" if kinds & {ValueType.STRING, ValueType.STRINGS} else "lists"


@cache
def vocabulary(domain: str) -> str:
    """One line per function: name, parameters and what it does."""
    module = {"grids": grids, "lists": lists, "strings": strings}[domain]
    lines = [line for name in sorted(module.__all__) if (line := _line(module, name))]
    kept: list[str] = []
    for line in lines:
        long = sum(map(len, kept)) + len(line) > LONGEST
        kept.append(line.split(":")[0] if long else line)
    return "\n".join(f"- {line}" for line in kept)


def _line(module: ModuleType, name: str) -> str:
    function = getattr(module, name)
    if not inspect.isfunction(function):
        return ""
    parameters = ", ".join(inspect.signature(function).parameters)
    meaning = (inspect.getdoc(function) or "").split("\n")[0]
    return f"{name}({parameters}): {meaning}"
