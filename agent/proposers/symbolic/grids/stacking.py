"""Greedy stacking: the output painted from several cheap layers, one over the other.

Every layer is the result of a short chain of operations. Layers are chosen so that they
contradict nothing and explain most, for all examples and for subsets of them, from cheap chains
to longer ones. The idea and its worth (half of what such a search solves) are from the
first-placed solution of the Abstraction and Reasoning Challenge 2020 (top-quarks/ARC-solution).
"""

import heapq
from collections.abc import Iterator
from itertools import count, islice
from math import isfinite
from typing import Final, TypeAlias

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.exploring import explorer_of
from peirce.agent.proposers.symbolic.grids.sizing import size_rules
from peirce.agent.proposers.symbolic.grids.stacking_layers import Stack, Stacker
from peirce.agent.proposers.symbolic.grids.stacking_words import proposal_of
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.part import Part, Rows
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

FIRST_LEVEL: Final = 2
"""Cost of chains at which stacking is tried first."""
PATIENCE: Final = (8, 3)
"""Stacks that cost more than a + b·level wait for simpler ones."""
MOST_NEAR_MISSES: Final = 3
"""Proposed only while nothing has been found that fits."""
LAST_PART: Final = 0.2
"""Part of the time that is left when what was found so far must be said."""
MOST_RULES: Final = 12
"""Stacks with predictions of their own after which the method stops."""
MOST_SIZES: Final = 2
"""Rules of sizes, each with predictions of its own, for which stacks are sought."""
SIZE_COST: Final = 4
"""What the second rule of sizes costs more than the first."""
_Waiting: TypeAlias = tuple[int, int, Stacker, Stack]
"""A stack that waits for its turn: its cost, a number that settles ties, who made it."""


class _Search:
    """Stacks found so far that wait for their turn: simple ones first."""

    def __init__(self, task: Task) -> None:
        self.inputs: tuple[Rows, ...] = task.inputs  # type: ignore[assignment]
        self.outputs: tuple[Rows, ...] = task.outputs  # type: ignore[assignment]
        self.explorer = explorer_of(self.inputs, self.outputs)
        self.stackers: tuple[Stacker, ...] = ()
        self.said: set[tuple[Part, ...]] = set()
        self.queue: list[_Waiting] = []
        self.near: list[_Waiting] = []
        self.turns = count()

    def look(self, stop: int, clock: Clock) -> Iterator[None]:
        """Stack the pieces that the nodes before `stop` make, for each rule of sizes."""
        if not self.stackers:
            rules = islice(size_rules(self.explorer, self.outputs), MOST_SIZES)
            self.stackers = tuple(Stacker(self.explorer, self.outputs, rule) for rule in rules)
        for index, stacker in enumerate(self.stackers):
            yield from self._stack(stacker, index * SIZE_COST, stop, clock)

    def _stack(self, stacker: Stacker, cost: int, stop: int, clock: Clock) -> Iterator[None]:
        grown = False
        for grows in stacker.add(stop):
            grown = grown or grows
            yield None
        for stack in stacker.stacks() if grown else ():
            if stack is not None:
                place = self.queue if stacker.fits(stack) else self.near
                turn = (stack.cost(self.explorer) + cost, next(self.turns))
                heapq.heappush(place, (*turn, stacker, stack))
            yield None
            if _is_late(clock):
                return

    def release(self, cost: float) -> Iterator[Proposal]:
        """The stacks that cost no more, each with predictions of its own."""
        while self.queue and self.queue[0][0] <= cost:
            yield from self._say(*heapq.heappop(self.queue)[2:])

    def near_misses(self) -> Iterator[Proposal]:
        """The simplest stacks that explain all examples but one; some rule is better than none."""
        while self.near and len(self.said) < MOST_NEAR_MISSES:
            yield from self._say(*heapq.heappop(self.near)[2:])

    def _say(self, stacker: Stacker, stack: Stack) -> Iterator[Proposal]:
        tests = range(len(self.outputs), len(self.inputs))
        prediction = tuple(stacker.predict(stack, owner) for owner in tests)
        if prediction not in self.said:
            self.said.add(prediction)
            yield proposal_of(stacker, stack)


def _is_late(clock: Clock) -> bool:
    return clock.left() <= (LAST_PART * clock.seconds if isfinite(clock.seconds) else 0)


def _propose(task: Task, clock: Clock) -> Found:
    search = _Search(task)
    explorer = search.explorer
    level, more = FIRST_LEVEL, True
    while more and not _is_late(clock) and len(search.said) < MOST_RULES:
        while more and explorer.level <= level and not _is_late(clock):
            more = explorer.work()
            yield None
        yield from search.look(explorer.nodes_up_to(level) if more else explorer.size, clock)
        yield from search.release(PATIENCE[0] + PATIENCE[1] * level)
        level += 1
    yield from search.release(float("inf"))
    yield from search.near_misses()


def _promise(task: Task) -> float:
    return 0.7 if task.input_type == task.output_type == ValueType.GRID else 0.0


METHOD = Method(name="grids.stacking", propose=_propose, promise=_promise)
