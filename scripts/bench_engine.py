"""Does the agent keep the engine busy? Its tokens per second beside a bare load of its prompts.

    python scripts/bench_engine.py --base-url http://127.0.0.1:8000/v1 --model m

Solves the bundled sample tasks side by side with the proposer `llm` on a running server and records
every request. Then a bare load generator sends the same requests (same prompts, samples, lengths
and schemas) with the same number under way at once and does nothing with the replies. The order is
agent (to warm the engine's caches; not counted), bare, agent, bare; each bare run repeats the
requests of the agent run before it. Prints the runs and the ratio of agent to bare.
"""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.models.request import Completion, Request
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.search import search
from peirce.tasks.samples import load_samples
from peirce.tasks.task import Task
from peirce.verifiers.sandbox import Sandbox

SECONDS: Final = 600.0
"""Longest search; the plan ends it long before."""


class Recorder(ModelClient):
    """A client that remembers what it was asked."""

    def __init__(self, **settings: object) -> None:
        """Take what `ModelClient` takes."""
        super().__init__(**settings)  # type: ignore[arg-type]
        self.asked: list[Request] = []

    async def sample(self, request: Request) -> AsyncIterator[Completion]:
        """Sample as ever."""
        self.asked.append(request)
        async for completion in super().sample(request):
            yield completion


@dataclass(slots=True)
class Load:
    """What one run wrote, and in how long."""

    name: str
    tokens: int = 0
    requests: int = 0
    programs: int = 0
    started: float = field(default_factory=time.perf_counter)
    cpu_started: float = field(default_factory=time.process_time)
    seconds: float = 0.0
    cpu: float = 0.0

    def end(self) -> "Load":
        """Stop the clocks."""
        self.seconds = time.perf_counter() - self.started
        self.cpu = time.process_time() - self.cpu_started
        return self

    @property
    def rate(self) -> float:
        """Tokens per second."""
        return self.tokens / self.seconds

    def __str__(self) -> str:
        """One line of the report."""
        return (
            f"{self.name:<8}{self.requests:>6} requests{self.tokens:>9} tokens"
            f"{self.seconds:>9.2f} s{self.rate:>10.0f} tokens/s"
            f"   {self.cpu:.2f} CPU s in this process, {self.programs} programs verified"
        )


def main() -> None:
    """Run and print."""
    options = _arguments()
    asyncio.run(_bench(options))


async def _bench(options: argparse.Namespace) -> None:
    tasks = load_samples().tasks[: options.tasks]
    async with Sandbox.open() as sandbox:
        warm, asked = await _agent(options, tasks, sandbox)
        print(f"warm-up {warm}", flush=True)
        first = await _bare(options, asked)
        print(first, flush=True)
        agent, asked = await _agent(options, tasks, sandbox)
        print(agent, flush=True)
        second = await _bare(options, asked)
        print(second, flush=True)
    bare = (first.tokens + second.tokens) / (first.seconds + second.seconds)
    print(f"agent / bare: {agent.rate / bare:.1%}")


async def _agent(
    options: argparse.Namespace, tasks: "tuple[Task, ...]", sandbox: Sandbox
) -> tuple[Load, list[Request]]:
    client = _client(options)
    plan = Plan(longest_reply=options.longest, refinements=options.refinements)
    load = Load("agent")
    inquiries = [Inquiry(task=task, budget=Budget(seconds=SECONDS)) for task in tasks]
    await asyncio.gather(
        *(
            search(
                inquiry,
                [LlmProposer(client, plan=plan)],
                sandbox,
                tell=lambda event: None,
                stop=asyncio.Event(),
            )
            for inquiry in inquiries
        )
    )
    load.tokens = sum(inquiry.tokens for inquiry in inquiries)
    load.programs = sum(len(inquiry.candidates) for inquiry in inquiries)
    load.requests = len(client.asked)
    load.end()
    await client.close()
    return load, client.asked


async def _bare(options: argparse.Namespace, asked: list[Request]) -> Load:
    client = _client(options)
    load = Load("bare")

    async def send(request: Request) -> int:
        return sum([found.tokens async for found in client.sample(request)])

    load.tokens = sum(await asyncio.gather(*map(send, asked)))
    load.requests = len(asked)
    load.end()
    await client.close()
    return load


def _client(options: argparse.Namespace) -> Recorder:
    return Recorder(model=options.model, base_url=options.base_url, concurrency=options.concurrency)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--base-url", default="http://127.0.0.1:8000/v1")
    parser.add_argument("--model", required=True)
    parser.add_argument("--tasks", type=int, default=8, help="sample tasks solved side by side")
    parser.add_argument("--concurrency", type=int, default=32, help="requests under way at once")
    parser.add_argument("--longest", type=int, default=256, help="tokens of a reply at most")
    parser.add_argument("--refinements", type=int, default=0, help="programs sent back per task")
    return parser.parse_args()


if __name__ == "__main__":
    main()
