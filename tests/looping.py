"""An event loop that outlives single tests, for fixtures that keep a sandbox open in it."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")
LONGEST = 60.0
"""Seconds that a piece of work may take."""


@dataclass(frozen=True)
class Looping:
    """An event loop with something open in it."""

    runner: asyncio.Runner

    def run(self, work: Coroutine[object, object, Result]) -> Result:
        """Run to the end, within a bound."""

        async def bounded() -> Result:
            async with asyncio.timeout(LONGEST):
                return await work

        return self.runner.run(bounded())
