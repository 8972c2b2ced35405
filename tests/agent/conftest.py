"""A real sandbox for the tests of the loop, opened once."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from tests.looping import Looping

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Inquiry
from peirce.agent.proposal import Hypothesis, Proposal
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Limits, Sandbox


@dataclass(frozen=True)
class Bench(Looping):
    """An event loop with an open sandbox in it."""

    sandbox: Sandbox


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    with asyncio.Runner() as runner:
        opening = Sandbox.open(limits=Limits(cpu_seconds=0.5))
        sandbox = runner.run(opening.__aenter__())
        yield Bench(runner, sandbox)
        runner.run(opening.__aexit__(None, None, None))


@dataclass
class Scripted:
    """A proposer that says what it is told to, each as `return EXPRESSION` of the input `x`."""

    expressions: Iterable[str]
    endless: bool = False
    name: str = "scripted"
    repairs: dict[str, str] = field(default_factory=dict[str, str])

    async def propose(self, inquiry: Inquiry) -> AsyncIterator[Proposal]:
        for expression in self.expressions:
            yield proposal(expression)
        while self.endless:
            await asyncio.sleep(0.01)

    def refine(self, inquiry: Inquiry, candidate: Candidate) -> Iterator[Proposal]:
        repair = self.repairs.get(candidate.proposal.hypothesis.words)
        if repair:
            yield proposal(repair, parent=candidate.digest)


def proposal(expression: str, parent: str | None = None) -> Proposal:
    return Proposal(
        hypothesis=Hypothesis(words=expression),
        program=Program(source=f"def transform(x):\n    return {expression}\n"),
        origin="scripted",
        parent=parent,
    )
