"""A real sandbox and a real judge, opened once."""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest

from peirce.verifiers.formulas.judge import FormulaJudge
from peirce.verifiers.sandbox import Limits, Sandbox

Result = TypeVar("Result")


@dataclass(frozen=True)
class Interpreters:
    """What prototypes are examined with."""

    runner: asyncio.Runner
    sandbox: Sandbox
    judge: FormulaJudge

    def run(self, work: Coroutine[object, object, Result]) -> Result:
        """Run to the end, within a bound."""

        async def bounded() -> Result:
            async with asyncio.timeout(60):
                return await work

        return self.runner.run(bounded())


@pytest.fixture(scope="session")
def interpreters() -> Iterator[Interpreters]:
    with asyncio.Runner() as runner, FormulaJudge(seconds=4) as judge:
        opening = Sandbox.open(limits=Limits(cpu_seconds=1.0))
        sandbox = runner.run(opening.__aenter__())
        yield Interpreters(runner, sandbox, judge)
        runner.run(opening.__aexit__(None, None, None))
