"""Several methods share one core: each gets a slice in turn, slices grow, the promising go first.

Shallow before deep (Luby, Sinclair and Zuckerman 1993 on restarts of unknown running time): a rule
that some method finds quickly is never kept waiting by one that thinks for long. A method whose
step took longer than its slice waits until it has made up for it (deficit round robin, Shreedhar
and Varghese 1996), so that shares are what the promises say however long the steps are, and each
saves for its first step before it starts. A method with a bug ends alone: the others go on.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.faults import isolated
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task

FIRST_SLICE: Final = 0.05
"""CPU seconds a method of promise 1 gets in the first round."""
GROWTH: Final = 1.6
"""How much longer the slices of each round are than those of the one before."""
LEAST_SHARE: Final = 0.05
"""Promise below which a method gets no smaller slices."""
SAVINGS: Final = 0.03
"""CPU seconds a method has to save before it starts: the first step is often the longest, and one
of little promise would otherwise keep all others waiting for it."""


@dataclass(slots=True)
class _Turn:
    """A method that has not ended."""

    found: Found
    share: float
    credit: float = -SAVINGS
    """CPU seconds it may still work in this round; what it owes, or has yet to save, where below
    0."""


def interleave(
    methods: Sequence[Method],
    task: Task,
    clock: Clock,
    costs: dict[str, float] | None = None,
) -> Iterator[Proposal | None]:
    """Run methods in turn until all have ended or the clock has run out.

    Yields what they yield; a proposal's origin is `symbolic.` and the method's name. The CPU
    seconds each method worked are added to `costs`, and a method that breaks is told to the
    clock's `tell`.
    """
    costs = {} if costs is None else costs
    promising: list[tuple[float, Method]] = []
    for method in methods:
        with isolated(method.name, clock.tell):
            promising.append((method.promise(task), method))
    running = [
        _Turn(_timed(method, task, clock, costs), max(promise, LEAST_SHARE))
        for promise, method in sorted(promising, key=lambda pair: -pair[0])
        if promise > 0
    ]
    length = FIRST_SLICE
    while running and clock.left() > 0:
        alive: list[_Turn] = []
        for turn in running:
            turn.credit += length * turn.share
            ended = yield from _slice(turn, clock)
            if not ended:
                alive.append(turn)
        running = alive
        length *= GROWTH


def _timed(method: Method, task: Task, clock: Clock, costs: dict[str, float]) -> Found:
    """The proposals of a method; the CPU seconds it takes to find them are added to `costs`."""
    found = method.take_turns(task, clock)
    with isolated(method.name, clock.tell):
        while True:
            started = time.process_time()
            try:
                proposal = next(found)
            except StopIteration:
                return
            finally:
                spent = time.process_time() - started
                costs[method.name] = costs.get(method.name, 0.0) + spent
            yield proposal


def _slice(turn: _Turn, clock: Clock) -> Iterator[Proposal | None]:
    """Let one method work off its credit; returns True if it has ended."""
    before = clock.spent()
    while turn.credit > 0 and clock.left() > 0:
        try:
            proposal = next(turn.found)
        except StopIteration:
            return True
        clock.tick()
        yield proposal
        now = clock.spent()
        turn.credit -= now - before
        before = now
    return False
