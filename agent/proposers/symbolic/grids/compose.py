"""Whole-grid composition: one chain of operations that turns every input into its output.

The engine looks through all chains in order of cost. A chain counts as a rule if it gives all
train outputs, as they are or after a fixed exchange of colours that the examples settle.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.symbolic.grids.engine.matching import UNKNOWN, matches
from peirce.agent.proposers.symbolic.grids.exploring import Explorer, Laid, explorer_of
from peirce.agent.proposers.symbolic.grids.wording import (
    finish,
    program,
    sentence,
    statements,
    table_words,
)
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.part import Rows
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program

MOST_RULES: Final = 12
"""Rules with different predictions after which the method stops."""
TABLE_COST: Final = 4
"""What an exchange of colours adds to the cost of a chain, and 1 for each colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A node that gives all train outputs once its colours are exchanged."""

    node: int
    table: tuple[tuple[int, int], ...]
    """Old and new colour, where they differ."""

    def cost(self, explorer: Explorer) -> int:
        """Description length of chain and table."""
        return explorer.cost(self.node) + (TABLE_COST + len(self.table) if self.table else 0)


def hits(explorer: Explorer, targets: Laid, start: int, stop: int) -> Iterator[Hit]:
    """The nodes from `start` to `stop` that match."""
    found = np.empty(64, np.int64)
    tables = np.empty((64, 10), np.uint8)
    count = matches(explorer.graph, start, stop, targets.cells, targets.heads, found, tables)
    for node, colours in zip(found[:count], tables[:count], strict=True):
        changes = tuple(
            (old, int(new)) for old, new in enumerate(colours) if new not in (old, UNKNOWN)
        )
        yield Hit(node=int(node), table=changes)


def predictions(explorer: Explorer, hit: Hit, tests: range) -> tuple[Rows, ...]:
    """What a hit says about the test inputs."""
    change = dict(hit.table)
    return tuple(
        tuple(
            tuple(change.get(cell, cell) for cell in row) for row in explorer.parts(hit.node, k)[0]
        )
        for k in tests
    )


def _proposal(explorer: Explorer, hit: Hit) -> Proposal:
    ops = explorer.chain(hit.node)
    lines, result = statements(ops)
    words = sentence(ops)
    if hit.table:
        result = f"grids.recolour({result}, {dict(hit.table)})"
        words = words[:-1] + ", then " + table_words(dict(hit.table)) + "."
        if not ops:
            words = finish([table_words(dict(hit.table))])
    return Proposal(
        hypothesis=Hypothesis(words=words),
        program=Program(source=program(lines, result)),
        origin="symbolic.grids.compose",
    )


def _propose(task: Task, clock: Clock) -> Found:
    explorer = explorer_of(task.inputs, task.outputs)  # type: ignore[arg-type]
    targets = Laid(task.outputs)  # type: ignore[arg-type]
    tests = range(len(task.train), len(task.inputs))
    queue: list[tuple[int, int, Hit]] = []
    said: set[tuple[Rows, ...]] = set()
    seen, more = 0, True
    while (more or queue) and clock.left() > 0 and len(said) < MOST_RULES:
        more = more and explorer.work()
        for hit in hits(explorer, targets, seen, explorer.size):
            heapq.heappush(queue, (hit.cost(explorer), hit.node, hit))
        seen = explorer.size
        yield None
        while queue and (not more or queue[0][0] <= explorer.level):
            hit = heapq.heappop(queue)[2]
            prediction = predictions(explorer, hit, tests)
            if prediction not in said:
                said.add(prediction)
                yield _proposal(explorer, hit)


def _promise(task: Task) -> float:
    return 0.6 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD = Method(name="grids.compose", propose=_propose, promise=_promise)
