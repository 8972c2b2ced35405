"""The agent on a real vLLM server: the loop, many samples, structure, cancelling, sudden death."""

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing, asynccontextmanager
from typing import TypeVar

import pytest
from pydantic import BaseModel, Field
from tests.agent.conftest import Bench, Scripted
from tests.agent.engine.conftest import Engine

from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.models.request import Completion, Finish, Message, Request
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.proposers.llm.replies import RulesReply
from peirce.agent.search import search
from peirce.agent.trace import Event, Failed
from peirce.tasks.errors import ModelError
from peirce.tasks.task import Task

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(900)]
Result = TypeVar("Result")
TASK = Task.from_pairs([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
SMALL = Plan(
    rules_per_view=2,
    rules_per_sample=2,
    kept_rules=2,
    programs_per_rule=2,
    direct_programs=2,
    direct_answers=2,
    refinements=2,
    longest_reply=96,
)
HELLO = (Message(role="user", content="hello " * 40),)


class Word(BaseModel):
    """A short answer."""

    word: str = Field(max_length=8)


@asynccontextmanager
async def client_of(engine: Engine) -> AsyncGenerator[ModelClient]:
    client = ModelClient(model="m", base_url=engine.base_url, timeout=120, first_wait=0.05)
    try:
        yield client
    finally:
        await client.close()


def bounded(work: Coroutine[object, object, Result]) -> Result:
    async def run() -> Result:
        async with asyncio.timeout(300):
            return await work

    return asyncio.run(run())


def sample(engine: Engine, request: Request) -> list[Completion]:
    async def run() -> list[Completion]:
        async with client_of(engine) as client:
            return [found async for found in client.sample(request)]

    return bounded(run())


def test_many_samples_of_one_prompt_come_from_one_request_and_differ(engine: Engine):
    prompts = engine.metric("vllm:request_success_total")
    found = sample(engine, Request(messages=HELLO, samples=8, max_tokens=24))
    assert len({one.text for one in found}) > 1
    assert sum(one.tokens for one in found) <= 8 * 24
    assert sum(one.prompt_tokens for one in found) >= len(HELLO[0].content)
    assert engine.metric("vllm:request_success_total") > prompts


def test_the_first_finished_sample_arrives_while_the_engine_writes_the_others(engine: Engine):
    async def run() -> float:
        async with client_of(engine) as client:
            request = Request(messages=HELLO, samples=8, max_tokens=4_000)
            async with aclosing(client.sample(request)) as found:
                await anext(found)
                return engine.metric("vllm:num_requests_running")

    assert bounded(run()) > 0


def test_a_prompt_that_is_asked_again_is_read_from_the_prefix_cache(engine: Engine):
    request = Request(messages=HELLO, max_tokens=4)
    sample(engine, request)
    before = engine.metric("vllm:prefix_cache_hits_total")
    sample(engine, request)
    assert engine.metric("vllm:prefix_cache_hits_total") - before >= 128


def test_structured_samples_are_valid_even_from_a_model_that_knows_nothing(engine: Engine):
    request = Request(messages=HELLO, samples=4, max_tokens=200, schema=Word)
    found = sample(engine, request)
    assert {one.finish for one in found} == {Finish.STOP}
    for one in found:
        # The grammar lets control characters stand in texts, as does the agent's reader.
        Word.model_validate(json.loads(one.text, strict=False))


def test_an_unknown_model_is_said_with_the_names_that_are_served(engine: Engine):
    async def run() -> None:
        client = ModelClient(model="other", base_url=engine.base_url)
        try:
            await client.check()
        finally:
            await client.close()

    with pytest.raises(ModelError, match="it serves: m"):
        bounded(run())


def test_a_prompt_that_is_too_long_is_refused_and_the_server_lives_on(engine: Engine):
    long = Request(messages=(Message(role="user", content="x" * 20_000),), max_tokens=8)
    with pytest.raises(ModelError, match="answered 400"):
        sample(engine, long)
    assert len(sample(engine, Request(messages=HELLO, max_tokens=4))) == 1


def test_cancelled_requests_leave_the_engine_idle(engine: Engine):
    async def run() -> float:
        async with client_of(engine) as client:
            request = Request(messages=HELLO, samples=8, max_tokens=8_000)

            async def first() -> Completion:
                return await anext(aiter(client.sample(request)))

            asking = asyncio.create_task(first())
            while engine.metric("vllm:num_requests_running") == 0:
                await asyncio.sleep(0.05)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            while (running := engine.metric("vllm:num_requests_running")) > 0:
                await asyncio.sleep(0.05)
            return running

    assert bounded(run()) == 0


def test_the_whole_loop_asks_everything_and_keeps_what_search_found(engine: Engine, bench: Bench):
    near = Scripted(["sorted(x)", "x[::-1]"])

    async def run() -> None:
        async with client_of(engine) as client:
            events: list[Event] = []
            inquiry = Inquiry(task=TASK, budget=Budget(seconds=240, tokens=4_000))
            proposer = LlmProposer(client, plan=SMALL)
            written = 0
            async for _ in proposer.propose(inquiry):
                written += 1
            assert inquiry.tokens > 96
            answer = await search(
                Inquiry(task=TASK, budget=Budget(seconds=60, tokens=2_000)),
                [near, proposer],
                bench.sandbox,
                tell=events.append,
                stop=asyncio.Event(),
            )
            assert answer.verified
            assert answer.predictions[0][0].value == (8, 7, 9)
            assert not [event for event in events if isinstance(event, Failed)]

    async def within() -> None:
        async with asyncio.timeout(400):
            await run()

    bench.runner.run(within())


def test_replies_of_a_random_model_keep_to_the_schemas_of_the_agent(engine: Engine):
    request = Request(messages=HELLO, samples=4, max_tokens=64, schema=RulesReply)
    for one in sample(engine, request):
        assert one.text.startswith('{"rules":[')
        if one.finish is Finish.STOP:
            json.loads(one.text, strict=False)


def test_a_server_killed_in_the_middle_is_said_and_the_answer_stands(engine: Engine, bench: Bench):
    """The last test here: it ends the server for good."""
    plan = Plan(
        rules_per_view=1, direct_programs=8, direct_answers=0, refinements=0, longest_reply=4_000
    )
    near = Scripted(["sorted(x)", "x[0:1]"], endless=True)
    events: list[Event] = []

    async def run() -> None:
        async with client_of(engine) as client, asyncio.timeout(300):
            stop = asyncio.Event()
            inquiry = Inquiry(task=TASK, budget=Budget(seconds=240))
            proposer = LlmProposer(client, plan=plan)
            searching = asyncio.create_task(
                search(inquiry, [near, proposer], bench.sandbox, tell=events.append, stop=stop)
            )
            while engine.metric("vllm:num_requests_running") == 0:
                assert not any(isinstance(event, Failed) for event in events)
                await asyncio.sleep(0.05)
            engine.kill()
            while not any(isinstance(event, Failed) for event in events):
                await asyncio.sleep(0.05)
            stop.set()
            answer = await searching
            assert answer.spent.programs == 2
            assert answer.rule == "sorted(x)"

    bench.runner.run(run())
    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert failed.origin == "llm"
    assert "cannot be used" in failed.message
