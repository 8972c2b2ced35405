"""Compile what is compiled before the clock starts: never inside a timed budget."""

import sys
from collections.abc import Callable, Iterable
from itertools import islice

from peirce.agent.proposers.symbolic.grids import compose, stacking
from peirce.agent.proposers.symbolic.grids.engine.compiled import cache_folder
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

STEPS = 12
"""Steps of each compiled method on a tiny task: enough to call every compiled function."""
TINY = Task.from_pairs(
    [([[1, 0], [0, 2]], [[1, 1], [2, 2]]), ([[0, 3], [3, 0]], [[3, 3], [3, 3]])], [[[0, 1]]]
)
"""The task they are called on."""


def warm_up(tasks: Iterable[Task], say: Callable[[str], None]) -> None:
    """Compile, or load from the cache on disk, what the search for `tasks` needs.

    Args:
        tasks: only their types are looked at.
        say: receives a line if compiling will take a while; nothing is said when all is cached.
    """
    if not any(task.input_type is task.output_type is ValueType.GRID for task in tasks):
        return
    if not cache_folder().exists():
        say("compiling the search kernels, once for this version: about a minute")
    for method in (compose.METHOD, stacking.METHOD):
        for _ in islice(method.propose(TINY, Clock()), STEPS):
            pass


if __name__ == "__main__":
    warm_up([TINY], lambda text: print(text, file=sys.stderr))  # noqa: T201
