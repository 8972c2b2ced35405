"""`Workbench`: what all calls of the server share, and how many of them run at once."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, Self, TypeAlias, TypeVar

from peirce.agent.interfaces.mcp.explain import Memory
from peirce.agent.proposers.choice import proposers
from peirce.agent.search import Proposer
from peirce.agent.settings import Settings
from peirce.agent.trace import Event, Judged, Proposed
from peirce.verifiers.sandbox import Sandbox

BEAT: Final = 0.25
"""Seconds between two notes on progress."""

Result = TypeVar("Result")
Report: TypeAlias = Callable[[float, str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """An open sandbox, the proposers, and the memory of recent searches."""

    sandbox: Sandbox
    guessing: Sequence[Proposer]
    settings: Settings
    places: asyncio.Semaphore
    """One for each search that may run at the same time; further ones wait in line."""
    memory: Memory = field(default_factory=Memory)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncGenerator[Self]:
        """Open the sandbox and the proposers that settings name.

        Raises:
            SandboxError: no sandbox of the level in the settings can be had.
            ModelError: the model is the only proposer and cannot be reached.
        """
        async with (
            Sandbox.open(floor=settings.isolation, workers=settings.workers) as sandbox,
            proposers(settings) as guessing,
        ):
            places = asyncio.Semaphore(settings.workers)
            yield cls(sandbox=sandbox, guessing=guessing, settings=settings, places=places)


@dataclass(slots=True)
class Headway:
    """How far a search has come, in words; usable as a sink of its events."""

    programs: int = 0
    found: str = ""
    words: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        if isinstance(event, Proposed):
            self.words[event.digest] = event.words
        elif isinstance(event, Judged):
            self.programs += 1
            if event.fits and not self.found:
                self.found = self.words.get(event.digest, "")

    def __str__(self) -> str:
        state = f"found: {self.found}" if self.found else "nothing fits yet"
        return f"{self.programs} programs verified, {state}"


async def reporting(
    work: Coroutine[object, object, Result], report: Report, headway: Headway
) -> Result:
    """Run `work` to its end and report now and then; cancelling this cancels the work."""
    started = time.monotonic()
    task = asyncio.create_task(work)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=BEAT)
            await report(time.monotonic() - started, str(headway))
        return task.result()
    finally:
        task.cancel()
