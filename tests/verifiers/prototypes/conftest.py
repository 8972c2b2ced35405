"""A real sandbox and a real judge, opened once."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from tests.looping import Looping

from peirce.verifiers.formulas.judge import FormulaJudge
from peirce.verifiers.sandbox import Limits, Sandbox


@dataclass(frozen=True)
class Interpreters(Looping):
    """What prototypes are examined with."""

    sandbox: Sandbox
    judge: FormulaJudge


@pytest.fixture(scope="session")
def interpreters() -> Iterator[Interpreters]:
    with asyncio.Runner() as runner, FormulaJudge(seconds=4) as judge:
        opening = Sandbox.open(limits=Limits(cpu_seconds=1.0))
        sandbox = runner.run(opening.__aenter__())
        yield Interpreters(runner, sandbox, judge)
        runner.run(opening.__aexit__(None, None, None))
