"""Does the agent keep the engine busy, and does verification ever hold it up?

    python scripts/bench_engine.py --base-url http://127.0.0.1:8000/v1 --model m

Solves the bundled sample tasks on a running server with the proposer `llm`, a few at a time so that
the pipeline stays full, and records every request. Three loads are compared:

- `agent`: the whole pipeline, programs verified in the sandbox;
- `unverified`: the same, but every program is declared wrong without being run;
- `bare`: a load generator that sends the agent's requests (same prompts, samples, lengths and
  schemas), as many at once as the agent may, and does nothing with the replies.

The text of each reply is replaced by a program or rules once the engine has written it, so that a
model that knows nothing gives the sandbox and the refinement as much to do as a real one. No run
finds prompts of an earlier one in the engine's prefix cache. Runs take turns, `--rounds` times,
after one that warms the engine up and does not count. Prints each run, the ratios agent / bare and
agent / unverified of tokens per second, and the share of the agent's time in which nothing at all
was asked of the engine.
"""

import argparse
import asyncio
import itertools
import json
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.models.request import Completion, Message, Request
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.search import search
from peirce.tasks.samples import load_samples
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Cause, Execution, Level, Outcome, Sandbox
from peirce.verifiers.verify import Runs

SECONDS: Final = 600.0
"""Longest search; the plan ends it long before."""


class Recorder(ModelClient):
    """A client that remembers what it was asked, and for how long nothing was."""

    def __init__(self, options: argparse.Namespace, run: str) -> None:
        """Ask the server the options name; `run` keeps runs from sharing a prefix cache."""
        super().__init__(
            model=options.model, base_url=options.base_url, concurrency=options.concurrency
        )
        self.asked: list[Request] = []
        self._run = Message(role="system", content=run)
        self.idle = 0.0
        """Seconds in which no request was under way."""
        self._under_way = 0
        self._quiet_since = time.perf_counter()
        self._numbers = itertools.count()

    async def sample(self, request: Request) -> AsyncGenerator[Completion]:
        """Sample as ever, with another text."""
        self.asked.append(request)
        if self._under_way == 0:
            self.idle += time.perf_counter() - self._quiet_since
        self._under_way += 1
        try:
            salted = replace(request, messages=(self._run, *request.messages))
            async for completion in super().sample(salted):
                yield replace(completion, text=self._text())
        finally:
            self._under_way -= 1
            self._quiet_since = time.perf_counter()

    def _text(self) -> str:
        """A wrong program nobody wrote before, and rules beside it."""
        number = next(self._numbers)
        source = f"def transform(value):\n    return [{number} for _ in range(3)]\n"
        rule = f"Rule {number}: every output holds the number {number} three times."
        return json.dumps({"rule": rule, "program": source, "rules": [{"rule": rule}]})


class Unverified:
    """Stands where the sandbox stands and runs nothing."""

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        """Say that the program failed."""
        outcome = Outcome(cause=Cause.ERROR, message="it was not run")
        return Execution(
            outcomes=(outcome,) * len(inputs),
            cpu_seconds=0.0,
            wall_seconds=0.0,
            peak_bytes=0,
            isolation_level=Level.STRONG,
        )

    async def confirm(
        self,
        program: Program,
        inputs: Sequence[Value],
        output_type: ValueType,
        execution: Execution,
    ) -> bool:
        """Never asked: nothing fits."""
        return False


@dataclass(slots=True)
class Load:
    """What one run wrote, and in how long."""

    name: str
    tokens: int = 0
    requests: int = 0
    programs: int = 0
    idle: float = 0.0
    started: float = field(default_factory=time.perf_counter)
    cpu_started: float = field(default_factory=time.process_time)
    seconds: float = 0.0
    cpu: float = 0.0

    def end(self, client: Recorder) -> "Load":
        """Stop the clocks."""
        self.seconds = time.perf_counter() - self.started
        self.cpu = time.process_time() - self.cpu_started
        self.requests, self.idle = len(client.asked), client.idle
        return self

    def __str__(self) -> str:
        """One line of the report."""
        return (
            f"{self.name:<11}{self.requests:>6} requests{self.tokens:>9} tokens"
            f"{self.seconds:>8.2f} s{self.tokens / self.seconds:>8.0f} tokens/s"
            f"{self.idle / self.seconds:>7.1%} idle{self.cpu:>7.2f} CPU s here"
            f"{self.programs:>6} programs"
        )


def main() -> None:
    """Run and print."""
    asyncio.run(_bench(_arguments()))


async def _bench(options: argparse.Namespace) -> None:
    tasks = load_samples().tasks[: options.tasks]
    loads: list[Load] = []
    async with Sandbox.open() as sandbox:
        warm, asked = await _agent("warm-up", options, tasks, sandbox)
        print(warm, flush=True)
        for _ in range(options.rounds):
            agent, asked = await _agent("agent", options, tasks, sandbox)
            loads.append(agent)
            print(agent, flush=True)
            loads.append(await _bare(options, asked))
            print(loads[-1], flush=True)
            unverified, _ = await _agent("unverified", options, tasks, Unverified())
            loads.append(unverified)
            print(unverified, flush=True)
    rates = {name: _rate(loads, name) for name in ("agent", "bare", "unverified")}
    print(f"agent / bare: {rates['agent'] / rates['bare']:.1%}")
    print(f"agent / unverified: {rates['agent'] / rates['unverified']:.1%}")


def _rate(loads: Sequence[Load], name: str) -> float:
    chosen = [load for load in loads if load.name == name]
    return sum(load.tokens for load in chosen) / sum(load.seconds for load in chosen)


async def _agent(
    name: str, options: argparse.Namespace, tasks: Sequence[Task], sandbox: Runs
) -> tuple[Load, list[Request]]:
    client = Recorder(options, f"{name} {time.time_ns()}")
    plan = Plan(longest_reply=options.longest, refinements=options.refinements)
    inquiries = [Inquiry(task=task, budget=Budget(seconds=SECONDS)) for task in tasks]
    turns = asyncio.Semaphore(options.at_once)
    load = Load(name)

    async def solve(inquiry: Inquiry) -> None:
        async with turns:
            inquiry.started = time.monotonic()
            await search(
                inquiry,
                [LlmProposer(client, plan=plan)],
                sandbox,
                tell=lambda event: None,
                stop=asyncio.Event(),
            )

    await asyncio.gather(*map(solve, inquiries))
    load.tokens = sum(inquiry.tokens for inquiry in inquiries)
    load.programs = sum(len(inquiry.candidates) for inquiry in inquiries)
    load.end(client)
    await client.close()
    return load, client.asked


async def _bare(options: argparse.Namespace, asked: Sequence[Request]) -> Load:
    client = Recorder(options, f"bare {time.time_ns()}")
    load = Load("bare")

    async def send(request: Request) -> int:
        return sum([found.tokens async for found in client.sample(request)])

    load.tokens = sum(await asyncio.gather(*map(send, asked)))
    load.end(client)
    await client.close()
    return load


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--base-url", default="http://127.0.0.1:8000/v1")
    parser.add_argument("--model", required=True)
    parser.add_argument("--tasks", type=int, default=24, help="sample tasks solved")
    parser.add_argument("--at-once", type=int, default=8, help="of them side by side")
    parser.add_argument("--concurrency", type=int, default=32, help="requests under way at once")
    parser.add_argument("--longest", type=int, default=256, help="tokens of a reply at most")
    parser.add_argument("--refinements", type=int, default=8, help="programs sent back per task")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each kind")
    return parser.parse_args()


if __name__ == "__main__":
    main()
