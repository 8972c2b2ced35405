"""`Form`: what a model is to write for a task, a Python function or Prolog clauses."""

from dataclasses import dataclass
from typing import Final

from peirce.tasks.errors import SandboxError
from peirce.tasks.task import Task
from peirce.tasks.values import Atom, ValueType
from peirce.verifiers.program import Language
from peirce.verifiers.prolog.installed import find_prolog

_VALUES: Final = {
    ValueType.GRID: "as a list of rows, each a list of integers 0 to 9",
    ValueType.LIST: "as a list of integers",
    ValueType.STRING: "as a str",
    ValueType.STRINGS: "as a list of str",
    ValueType.NUMBER: "as a number",
    ValueType.BOOLEAN: "as True or False",
    ValueType.ATOM: "as the text of a Prolog atom",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The language of a program and what it must define."""

    language: Language
    entry: str
    """Name of the function or predicate that is called."""
    request: str
    """The same as a phrase for a prompt."""


def form_for(task: Task) -> Form:
    """Prolog for relations between named things where this machine can run it, else Python."""
    first = task.train[0].input
    if isinstance(first, Atom) and task.output_type is ValueType.BOOLEAN and _can_run_prolog():
        return Form(
            language=Language.PROLOG,
            entry=first.functor.strip("'"),
            request=f"Prolog clauses that define the predicate `{first.functor}` of the examples",
        )
    return Form(
        language=Language.PYTHON,
        entry="transform",
        request=(
            f"Python with `def transform(value):` that takes an input {_VALUES[task.input_type]} "
            f"and returns the output {_VALUES[task.output_type]}"
        ),
    )


def _can_run_prolog() -> bool:
    try:
        find_prolog()
    except SandboxError:
        return False
    return True
