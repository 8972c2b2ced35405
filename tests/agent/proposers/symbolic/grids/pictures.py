"""Toy tasks drawn as text, and what methods and their programs make of them."""

from collections.abc import Callable, Sequence

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, Value, ValueType


def grid(*rows: str) -> Grid:
    """A grid of digits, with a dot for 0."""
    return tuple(tuple(0 if char == "." else int(char) for char in row) for row in rows)


def task(pairs: Sequence[tuple[Grid, Grid]], *tests: Grid) -> Task:
    """A task of grids."""
    return Task(
        name="task",
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        train=tuple(Example(input=before, output=after) for before, after in pairs),
        test=tests,
    )


def proposals(method: Method, subject: Task) -> list[Proposal]:
    """Everything a method finds in as much time as it likes."""
    return [found for found in method.propose(subject, Clock()) if found is not None]


def first(method: Method, subject: Task) -> Proposal:
    """What a method finds first."""
    return next(found for found in method.propose(subject, Clock()) if found is not None)


def first_outputs(method: Method, subject: Task) -> list[Grid]:
    """What the first program that a method finds makes of all inputs, the test inputs last."""
    found = first(method, subject)
    return [run(found, value) for value in subject.inputs]


def answers(method: Method, subject: Task) -> list[Grid]:
    """What each program that a method finds makes of the first test input."""
    return [run(found, subject.test[0]) for found in proposals(method, subject)]


def run(program: Proposal | str, value: Value) -> Grid:
    """What a program, or that of a proposal, makes of a grid; trusted programs only."""
    source = program if isinstance(program, str) else program.program.source
    space: dict[str, Callable[[Value], Grid]] = {}
    exec(source, space)
    return tuple(tuple(row) for row in space["transform"](value))
