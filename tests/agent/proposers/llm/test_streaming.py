"""Programs are verified while the model is still writing others."""

import asyncio
import json

from tests.agent.conftest import Bench
from tests.agent.models.conftest import Reply, Server, piece, stream

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.search import search
from peirce.agent.trace import Event, Judged
from peirce.tasks.task import Task

TASK = Task.from_pairs([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
PLAN = Plan(rules_per_view=0, direct_programs=2, direct_answers=0, refinements=0)


def program(expression: str) -> str:
    source = f"def transform(value):\n    return {expression}\n"
    return json.dumps({"rule": f"return {expression}", "program": source})


def test_the_first_finished_program_is_judged_while_the_second_is_being_written(bench: Bench):
    judged = asyncio.Event()
    verdicts: list[Judged] = []

    def tell(event: Event) -> None:
        if isinstance(event, Judged):
            verdicts.append(event)
            judged.set()

    def script(body: dict[str, object]) -> Reply:
        return stream(
            piece(0, program("sorted(value)")[:20]),
            piece(1, program("value[::-1]"), "stop"),
            judged.wait,
            piece(0, program("sorted(value)")[20:], "stop"),
            "[DONE]",
        )

    async def run() -> Answer:
        client = ModelClient(
            model="m", base_url="http://test/v1", transport=Server(script).transport
        )
        inquiry = Inquiry(task=TASK, budget=Budget(seconds=20))
        try:
            return await search(
                inquiry,
                [LlmProposer(client, plan=PLAN)],
                bench.sandbox,
                tell=tell,
                stop=asyncio.Event(),
            )
        finally:
            await client.close()

    answer = bench.run(run())
    assert [event.fits for event in verdicts] == [True, False]
    assert answer.rule == "return value[::-1]"
