"""`solve`: the front door. Examples in, a verified rule and an answer out."""

import asyncio
import signal
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.robust import Robustness, solve_robustly
from peirce.agent.search import Proposer
from peirce.agent.searching import Searching
from peirce.agent.trace import Sink
from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.verifiers.sandbox import Level, Sandbox


def solve(
    task: Task,
    *,
    budget: Budget | None = None,
    proposers: Sequence[Proposer] | None = None,
    floor: Level = Level.MEDIUM,
    trace: Path | None = None,
    tell: Sink | None = None,
    workers: int = 1,
    seed: int = 0,
) -> Answer:
    """Find the rule behind a task's examples and predict its test outputs.

    Ctrl-C ends the search with the best answer so far (`answer.stop` says "interrupted").

    Args:
        task: the examples and test inputs.
        budget: limits in seconds, programs and tokens.
        proposers: who guesses; by default the symbolic proposer alone.
        floor: the weakest sandbox level to accept.
        trace: file to append every event to, as JSONL.
        tell: called with every event as it happens.
        workers: sandbox processes.
        seed: makes random choices repeatable.

    Raises:
        SandboxError: no sandbox of level `floor` can be had on this machine.
        ConfigError: called from a running event loop; await `solve_async` there.
    """
    _refuse_a_running_loop()

    async def run() -> Answer:
        stop = asyncio.Event()
        async with Sandbox.open(floor=floor, workers=workers) as sandbox:
            with interruptible(stop):
                return await solve_async(
                    task,
                    sandbox=sandbox,
                    budget=budget,
                    proposers=proposers,
                    trace=trace,
                    tell=tell,
                    stop=stop,
                    workers=workers,
                    seed=seed,
                )

    return asyncio.run(run())


def _refuse_a_running_loop() -> None:
    """`asyncio.run` would refuse too, but could not say what to do instead."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ConfigError("solve() was called from a running event loop; use `await solve_async(...)`")


async def solve_async(
    task: Task,
    *,
    sandbox: Sandbox,
    budget: Budget | None = None,
    proposers: Sequence[Proposer] | None = None,
    trace: Path | None = None,
    tell: Sink | None = None,
    stop: asyncio.Event | None = None,
    workers: int = 1,
    seed: int = 0,
    robustness: Robustness | None = None,
) -> Answer:
    """Like `solve`, inside a running event loop and in a sandbox that is already open.

    One sandbox serves any number of searches, one after another or side by side. Set `stop` to end
    the search with the best answer so far. Of many examples a search looks at a few at a time;
    `robustness` says at how many, and how many may be wrong.
    """
    searching = Searching(
        sandbox=sandbox,
        budget=budget or Budget(),
        proposers=(SymbolicProposer(),) if proposers is None else proposers,
        trace=trace,
        tell=tell,
        stop=stop or asyncio.Event(),
        workers=workers,
        seed=seed,
    )
    chosen = robustness or Robustness()
    if chosen.applies(task):
        return await solve_robustly(task, chosen, searching)
    return await searching.solve(task)


@contextmanager
def interruptible(stop: asyncio.Event) -> Generator[None]:
    """Turn Ctrl-C into `stop` while the search runs; a second Ctrl-C interrupts for real."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def first() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    loop.add_signal_handler(signal.SIGINT, first)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
