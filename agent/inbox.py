"""`Inbox`: items from many sources, read by many workers, closed when no source is left."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator, Iterable
from contextlib import contextmanager
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Inbox(Generic[Item]):
    """A bounded queue that knows whether anyone may still put something in.

    A worker counts as a source while it works on an item, since it may add another one.
    """

    def __init__(self, *, limit: int) -> None:
        """Make an inbox whose `offer` waits while `limit` items lie unread."""
        self._limit = limit
        self._items: deque[Item] = deque()
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

    async def offer(self, item: Item) -> None:
        """Put an item in, waiting for room first."""
        await self._wait_until(lambda: len(self._items) < self._limit)
        self.push(item)

    def push(self, item: Item) -> None:
        """Put an item in at once; for workers, who must never wait for each other."""
        self._items.append(item)
        self._bell.set()

    async def __aiter__(self) -> AsyncIterator[Item]:
        """Yield items until every source has left and nothing lies unread."""
        while True:
            await self._wait_until(lambda: bool(self._items) or self._sources == 0)
            if not self._items:
                return
            item = self._items.popleft()
            self._bell.set()
            with self.source():
                yield item

    async def _wait_until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._bell.clear()
            await self._bell.wait()


async def side_by_side(
    inbox: Inbox[Item], works: Iterable[Coroutine[object, object, None]]
) -> AsyncGenerator[Item]:
    """Run works that fill an inbox and yield what they put there, until all of them are done.

    The first failure of a work is raised after everything has been yielded. When the reader leaves
    early, the works are cancelled.
    """

    async def run(work: Coroutine[object, object, None]) -> None:
        with inbox.source():
            await work

    running = [asyncio.create_task(run(work)) for work in works]
    await asyncio.sleep(0)  # An inbox without sources is closed: let each announce itself.
    try:
        async for item in inbox:
            yield item
        for task in running:
            await task
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
