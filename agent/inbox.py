"""`Inbox`: proposals from many sources, read by many workers, closed when no source is left."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import contextmanager

from peirce.agent.proposal import Proposal


class Inbox:
    """A bounded queue that knows whether anyone may still put something in.

    A worker counts as a source while it works on a proposal, since it may add a refinement.
    """

    def __init__(self, *, limit: int) -> None:
        """Make an inbox whose `offer` waits while `limit` proposals lie unread."""
        self._limit = limit
        self._items: deque[Proposal] = deque()
        self._sources = 0
        self._bell = asyncio.Event()

    @contextmanager
    def source(self) -> Generator[None]:
        """Announce a source; the inbox stays open at least until all sources have left."""
        self._sources += 1
        try:
            yield
        finally:
            self._sources -= 1
            self._bell.set()

    async def offer(self, proposal: Proposal) -> None:
        """Put a proposal in, waiting for room first."""
        await self._wait_until(lambda: len(self._items) < self._limit)
        self.push(proposal)

    def push(self, proposal: Proposal) -> None:
        """Put a proposal in at once; for workers, who must never wait for each other."""
        self._items.append(proposal)
        self._bell.set()

    async def __aiter__(self) -> AsyncIterator[Proposal]:
        """Yield proposals until every source has left and nothing lies unread."""
        while True:
            await self._wait_until(lambda: bool(self._items) or self._sources == 0)
            if not self._items:
                return
            proposal = self._items.popleft()
            self._bell.set()
            with self.source():
                yield proposal

    async def _wait_until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._bell.clear()
            await self._bell.wait()
