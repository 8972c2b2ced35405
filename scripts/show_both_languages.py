"""One task attacked in both languages: a rule in Python, a rule in Prolog, and do they agree?

    python scripts/show_both_languages.py [TASK FILE ...]

Without files small tasks of ours are taken. The searches share nothing: one tries what is known of
lists, texts and grids in Python, the other learns a relation between input and output. Prints both
programs, both answers, and whether they are the same; exits with 1 if they differ.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.method import Method
from peirce.agent.proposers.symbolic.methods import METHODS
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.proposers.symbolic.relations import views
from peirce.agent.solve import solve_async
from peirce.tasks import Task, load_tasks
from peirce.tasks.values import Value, show
from peirce.verifiers.program import Language
from peirce.verifiers.sandbox import Sandbox

BUDGET: Final = Budget(seconds=60, cpu_seconds=10)
TASKS: Final = (
    Task.from_pairs(
        [([1, 2, 3], [3, 2, 1]), ([5, 6], [6, 5]), ([7, 7, 1], [1, 7, 7])],
        [[9, 8, 7, 6, 5], [3, 4]],
        name="turn a list round",
    ),
    Task.from_pairs(
        [([1, 2, 3], [1, 2]), ([5, 6], [5]), ([7, 7, 1, 4], [7, 7, 1])],
        [[9, 8, 7, 6, 5], [3, 4]],
        name="drop the last item",
    ),
    Task.from_pairs(
        [("abc", "bc"), ("hello", "ello"), ("xy", "y")],
        ["world", "hi"],
        name="drop the first letter",
    ),
    Task.from_pairs(
        [([[1, 2], [3, 4]], [[2, 1], [4, 3]]), ([[5, 0, 6]], [[6, 0, 5]])],
        [[[1, 2, 3], [4, 5, 6]]],
        name="mirror a grid",
    ),
    Task.from_pairs(
        [([1, 2, 5], [2, 3, 6]), ([7], [8]), ([4, 4], [5, 5]), ([0, 9], [1, 10])],
        [[3, 6, 2]],
        name="add one to each",
    ),
    Task.from_pairs([("abc", 3), ("hello", 5), ("xy", 2)], ["worlds"], name="count the letters"),
)


async def attacked(task: Task, sandbox: Sandbox) -> bool:
    """Solve a task twice; whether both answers are there and the same."""
    print(f"\n{task.name}")
    python: Sequence[Method] = [method for method in METHODS if method is not views.METHOD]
    said: list[tuple[Value | None, ...]] = []
    for language, methods in ((Language.PYTHON, python), (Language.PROLOG, (views.METHOD,))):
        proposers = [SymbolicProposer(methods)]
        answer = await solve_async(task, sandbox=sandbox, budget=BUDGET, proposers=proposers)
        said.append(_predicted(answer))
        shown = ", ".join("-" if value is None else show(value) for value in said[-1])
        print(f"{language}: {shown}")
        print("    " + (answer.program or "no rule was found").rstrip().replace("\n", "\n    "))
    agree = said[0] == said[1] and None not in said[0]
    print("the two agree" if agree else "the two do not agree")
    return agree


def _predicted(answer: Answer) -> tuple[Value | None, ...]:
    return tuple(
        guesses[0].value if guesses and answer.verified else None for guesses in answer.predictions
    )


async def attack(tasks: Sequence[Task]) -> bool:
    """Solve all of them twice."""
    async with Sandbox.open() as sandbox:
        return all([await attacked(task, sandbox) for task in tasks])


def main() -> None:
    """Print both rules for each task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files: list[Path] = parser.parse_args().files
    tasks = [task for path in files for task in load_tasks(path)] or list(TASKS)
    sys.exit(0 if asyncio.run(attack(tasks)) else 1)


if __name__ == "__main__":
    main()
