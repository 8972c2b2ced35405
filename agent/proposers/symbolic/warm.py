"""Compile what is compiled before the clock starts: never inside a timed budget."""

from collections.abc import Callable, Iterable

from peirce.agent.proposers.symbolic.grids import engine
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType


def warm_up(tasks: Iterable[Task], say: Callable[[str], None]) -> None:
    """Compile, or load from the cache, the kernels that the search for `tasks` needs.

    Args:
        tasks: only their types are looked at.
        say: receives progress lines; nothing is said when all is cached.
    """
    if any(task.input_type is ValueType.GRID for task in tasks):
        engine.warm_up(say)
