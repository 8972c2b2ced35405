"""The seam every symbolic method fits: a generator that shares one core politely.

A method is a function `propose(task, clock)`. It yields a `Proposal` for each rule it finds, best
first, and yields `None` at least every 50 ms of work so that the portfolio can switch to another
method, verification can go on and a cancelled search stops at once. It never reads `task.name` or
`task.notes`, gives the same proposals for the same task and step budget, and returns when it has
nothing more to say.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from peirce.agent.proposal import Proposal
from peirce.agent.trace import Sink, unheard
from peirce.tasks.task import Task

Found: TypeAlias = Iterator[Proposal | None]
BREATH: Final = 0.005
"""Seconds of work between two looks of the portfolio: many steps take some microseconds, and
changing over takes ten."""


@dataclass(slots=True, kw_only=True)
class Clock:
    """How much work the methods of one search may still do together, and who hears of bugs."""

    seconds: float = float("inf")
    """CPU seconds of this process, counted from the creation of the clock."""
    step_seconds: float | None = None
    """If given, time is not read: each step counts for so many seconds."""
    steps: int = 0
    """Steps made so far; a step is one yield of a method."""
    started: float = field(default_factory=time.process_time)
    tell: Sink = unheard
    """Receives an event for each method that breaks, however many methods deep it runs."""

    def tick(self) -> None:
        """Count one step."""
        self.steps += 1

    def spent(self) -> float:
        """CPU seconds since the start, or what the steps made so far count for."""
        if self.step_seconds is not None:
            return self.steps * self.step_seconds
        return time.process_time() - self.started

    def left(self) -> float:
        """CPU seconds left, never below 0."""
        return max(0.0, self.seconds - self.spent())

    def within(self, seconds: float) -> "Clock":
        """A clock for the next so many seconds of this one."""
        return _Within(
            seconds=seconds,
            step_seconds=self.step_seconds,
            started=self.spent(),
            tell=self.tell,
            outer=self,
        )


@dataclass(slots=True, kw_only=True)
class _Within(Clock):
    """Counts what an outer clock counts, from some moment on."""

    outer: Clock

    def spent(self) -> float:
        return self.outer.spent() - self.started

    def left(self) -> float:
        return max(0.0, min(self.seconds - self.spent(), self.outer.left()))


@dataclass(slots=True, kw_only=True)
class _Shift(Clock):
    """What one of several searches that take turns has worked: it stands while others work."""

    outer: Clock
    worked: float = 0.0
    """CPU seconds, without those since it went on."""
    is_working: bool = False

    def go_on(self) -> None:
        """The search has its turn."""
        self.started, self.is_working = time.process_time(), True

    def rest(self) -> None:
        """The search has made a step."""
        self.worked += time.process_time() - self.started
        self.is_working = False
        self.tick()

    def spent(self) -> float:
        if self.step_seconds is not None:
            return self.steps * self.step_seconds
        return self.worked + (time.process_time() - self.started if self.is_working else 0.0)

    def left(self) -> float:
        return self.outer.left()


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way of finding rules, and when it is worth trying."""

    name: str
    """Dotted below `symbolic`: `grids.stacking`."""
    propose: Callable[[Task, Clock], Found]
    promise: Callable[[Task], float]
    """From a look at the task alone: 0 means hopeless (the method is skipped), 1 obvious."""

    def take_turns(self, task: Task, clock: Clock) -> Found:
        """`propose` for searches that take turns: what others work does not count as its own.

        Short steps are made several at a time, unless steps are counted.
        """
        own = _Shift(
            seconds=clock.seconds, step_seconds=clock.step_seconds, tell=clock.tell, outer=clock
        )
        found = self.propose(task, own)
        breath = BREATH if clock.step_seconds is None else 0.0
        while True:
            own.go_on()
            until = time.monotonic() + breath
            try:
                proposal = next(found)
                while proposal is None and time.monotonic() < until:
                    proposal = next(found)
            except StopIteration:
                return
            finally:
                own.rest()
            yield proposal
