"""Searches with a scripted model and a real sandbox."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.agent.conftest import Bench
from tests.agent.models.conftest import Script, Server

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.proposers.llm.plan import Plan, Select
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.search import Proposer, search
from peirce.agent.trace import Event, Sink
from peirce.prototypes.library import Library
from peirce.tasks.task import Task


@dataclass
class Talk:
    """A task, a model that says what a script says, and what came of it."""

    task: Task
    script: Script
    plan: Plan
    others: Sequence[Proposer] = ()
    """Proposers beside the model."""
    budget: Budget = field(default_factory=lambda: Budget(seconds=20))
    select: Select | None = None
    library: Library | None = None
    tell: Sink | None = None
    events: list[Event] = field(default_factory=list[Event])
    requests: list[dict[str, object]] = field(default_factory=list[dict[str, object]])

    def solve(self, bench: Bench) -> Answer:
        """Search to the end."""
        return bench.run(self._solve(bench))

    async def _solve(self, bench: Bench) -> Answer:
        server = Server(self.script, self.requests)
        client = ModelClient(
            model="m", base_url="http://test/v1", transport=server.transport, first_wait=0.001
        )
        model = LlmProposer(client, plan=self.plan, select=self.select, library=self.library)
        try:
            return await search(
                Inquiry(task=self.task, budget=self.budget),
                [*self.others, model],
                bench.sandbox,
                tell=self._tell,
                stop=asyncio.Event(),
            )
        finally:
            await client.close()

    def _tell(self, event: Event) -> None:
        self.events.append(event)
        if self.tell is not None:
            self.tell(event)


def program(expression: str) -> str:
    """A reply with a program that returns an expression of `value`."""
    source = f"def transform(value):\n    return {expression}\n"
    return json.dumps({"rule": f"return {expression}", "program": source})
