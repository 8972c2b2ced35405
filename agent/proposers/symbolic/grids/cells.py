"""Cell rules: each output cell as a short decision list over what its cell can see.

The rule is learned exactly from all cells of all demos (`cells_search`) and ranked by description
length, so that the rule a person would state first comes first.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells_search import RuleList, search
from peirce.agent.proposers.symbolic.grids.cells_table import Canvas, Table, build
from peirce.agent.proposers.symbolic.grids.cells_words import program_of, words_of
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.cells"
MOST_ANSWERS: Final = 4
"""Rules with different predictions that are proposed."""
SECONDS: Final = 2.0
"""CPU seconds one task is worth."""


def propose(task: Task, clock: Clock) -> Found:
    """Yield cell rules, the shortest first."""
    inputs, outputs = _grids(task.inputs), _grids(task.outputs)
    yield None
    table = build([Canvas(grid=grid) for grid in inputs], outputs)
    yield None
    found: list[RuleList] = []
    own = Clock(seconds=min(SECONDS, clock.left()))
    for step, rules in enumerate(search(table)):
        if rules is None:
            yield None
        else:
            found.append(rules)
        if step % 16 == 15 and own.left() <= 0:
            break
    for rules in islice_distinct(table, found):
        yield Proposal(
            hypothesis=Hypothesis(words=words_of(rules), level=Level.CELL),
            program=Program(source=program_of(rules)),
            origin=f"symbolic.{NAME}",
        )


def islice_distinct(table: Table, found: list[RuleList]) -> Iterator[RuleList]:
    """The best lists, one for every prediction on the test cells."""
    seen: set[bytes] = set()
    for rules in sorted(found, key=lambda rules: rules.cost + _doubt(table, rules)):
        answer = rules.predict()[table.size :].tobytes()
        if answer not in seen:
            seen.add(answer)
            yield rules
        if len(seen) == MOST_ANSWERS:
            return


def _doubt(table: Table, rules: RuleList) -> float:
    """What a list loses for rules that only one demo speaks for or that no test input meets."""
    demos = len(np.unique(table.demo[: table.size]))
    doubt = 0.0
    for rule in rules.rules:
        holds = rule.holds
        support = len(np.unique(table.demo[: table.size][holds[: table.size]]))
        doubt += 2.0 * (support == 1 and demos > 1)
        doubt += 1.0 * (support == demos and not holds[table.size :].any())
    return doubt


def _promise(task: Task) -> float:
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    same = all(
        _size(grid) == _size(output)
        for grid, output in zip(_grids(task.inputs), _grids(task.outputs), strict=False)
    )
    return 0.6 if same else 0.0


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _grids(values: tuple[object, ...]) -> tuple[Grid, ...]:
    return values  # pyright: ignore


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
