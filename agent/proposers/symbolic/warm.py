"""Compile what is compiled before the clock starts: never inside a timed budget.

`python -m peirce.agent.proposers.symbolic.warm` compiles everything ahead of time.
"""

import sys
from collections.abc import Callable, Iterable

from peirce.agent.proposers.symbolic.grids.engine import warming
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType


def warm_up(tasks: Iterable[Task], say: Callable[[str], None]) -> None:
    """Compile, or load from the cache on disk, what the search for `tasks` needs.

    Args:
        tasks: only their types are looked at.
        say: receives progress lines while compiling; nothing is said when all is cached.
    """
    if any(task.input_type is task.output_type is ValueType.GRID for task in tasks):
        _compile(say)


def _compile(say: Callable[[str], None]) -> None:
    warm = warming.is_warm()
    if not warm:
        say("compiling the search kernels, once for this version: about a minute")
    warming.warm_up(lambda text: None if warm else say(f"  {text}"))


if __name__ == "__main__":
    _compile(lambda text: print(text, file=sys.stderr))  # noqa: T201
