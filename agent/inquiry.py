"""`Budget` and `Inquiry`: how much a search may spend, and all it knows while it runs."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from peirce.agent.calibration import against
from peirce.agent.candidate import Candidate, LeftOut, Spent
from peirce.agent.trace import Sink, unheard
from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.verifiers.program import Program

MOST_SECONDS: Final = 10**7
"""Longest search: a third of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The limits of one search; whichever is reached first ends it."""

    seconds: float = 20.0
    """Seconds of wall clock."""
    cpu_seconds: float | None = None
    """CPU seconds symbolic search may use; by default as many as `seconds`."""
    programs: int = 2_000
    """Distinct programs that may be verified."""
    tokens: int = 200_000
    """Tokens a language model may write."""
    steps: int | None = None
    """Steps of symbolic search. Where it is given, symbolic search counts steps instead of CPU
    time, so that the same task and seed give the same proposals on every machine."""

    settle: bool = True
    """Whether to stop once going on is not expected to change the answer; without it the search
    goes on until the budget is spent, as measuring the methods needs it."""
    left_out: int = 0
    """Examples left out, one at a time, after a rule was found, to see whether it is found without
    them too. Each costs about as much symbolic search as the answer did."""

    def __post_init__(self) -> None:
        """Refuse budgets that allow nothing, or have no end."""
        if not 0 < self.seconds <= MOST_SECONDS:
            raise ConfigError(
                f"a budget of {self.seconds!r} seconds; give more than 0, at most {MOST_SECONDS}"
            )
        limits = {
            "cpu_seconds": self.cpu_seconds,
            "programs": self.programs,
            "steps": self.steps,
        }
        for name, limit in limits.items():
            if limit is not None and not limit > 0:
                raise ConfigError(f"a budget of {limit!r} {name}; give more than 0")
        for name, limit in {"tokens": self.tokens, "left_out": self.left_out}.items():
            if limit < 0:
                raise ConfigError(f"a budget of {limit!r} {name}; give 0 or more")


@dataclass(slots=True, kw_only=True)
class Inquiry:
    """The state of one search, shared by its proposers and its verifying workers.

    Candidates come in as they are verified; proposers may read them to decide what to try next.
    """

    task: Task
    budget: Budget
    seed: int = 0
    candidates: dict[str, Candidate] = field(default_factory=dict[str, Candidate])
    """All candidates so far by program digest, in the order they were verified."""
    tokens: int = 0
    """Tokens written by language models so far; model proposers add to it."""
    used: dict[str, str] = field(default_factory=dict[str, str])
    """What proposers work with, by their names: model, server and hash of the prompts."""
    tell: Sink = unheard
    """Receives what proposers do, for the trace; the search sets it."""
    started: float = field(default_factory=time.monotonic)
    cpu_started: float = field(default_factory=time.process_time)
    left_out: LeftOut | None = None
    """What came of searching with an example left out; None where that was not done."""
    moved: float = 0.0
    """What `searched` was when the leading predictions last changed."""
    believed: tuple[int, float] = (0, 0.0)
    """How many candidates there were when they were last weighed, and the probability of the
    leading answer then."""
    _seen: set[str] = field(default_factory=set[str])
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    """Rung for every candidate."""

    def claim(self, program: Program) -> bool:
        """True the first time a program is met, False for a repeat."""
        if program.digest in self._seen:
            return False
        self._seen.add(program.digest)
        return True

    def add(self, candidate: Candidate) -> None:
        """Record a verified candidate and note whether it moves the leading predictions."""
        before = self._leading()
        self.candidates[candidate.digest] = candidate
        if before is None or self._leading() != before:
            self.moved = self.searched()
        self._news.set()

    async def judged(self, program: Program, seconds: float) -> None:
        """Wait until a program has become a candidate, for so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while program.digest not in self.candidates:
                    self._news.clear()
                    await self._news.wait()

    def fitting(self) -> list[Candidate]:
        """The candidates that reproduce every train example, the best founded first."""
        fits = [found for found in self.candidates.values() if found.fits]
        return sorted(
            fits, key=lambda found: (against(found.evidence, found.proposal.origin), found.digest)
        )

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def searched(self) -> float:
        """Seconds by which a search is judged to have stood still.

        CPU seconds where they are budgeted, so that a busy machine cuts no search short; but wall
        clock where a model writes, since its work is done elsewhere.
        """
        if self.budget.cpu_seconds is None or self.tokens:
            return self.elapsed()
        return time.process_time() - self.cpu_started

    def out_of_time(self) -> bool:
        """True when the seconds are used up."""
        return self.elapsed() >= self.budget.seconds

    def spent_out(self) -> bool:
        """True when no further program may be started: seconds or programs are used up."""
        return self.out_of_time() or len(self._seen) >= self.budget.programs

    def spent(self) -> Spent:
        """What has been used so far."""
        programs = sum(found.verdict.cpu_seconds for found in self.candidates.values())
        return Spent(
            seconds=self.elapsed(),
            cpu_seconds=time.process_time() - self.cpu_started + programs,
            programs=len(self.candidates),
            tokens=self.tokens,
        )

    def _leading(self) -> object:
        fits = self.fitting()
        return fits[0].verdict.predictions if fits else None
