"""The batch: hand out the tasks that are owed, score what comes back, write it down.

Each record is on disk before the next job is handed out, so that a kill at any moment loses at most
the tasks in flight. Ctrl-C once lets these end, twice gives them up; both leave them owed.
"""

import signal
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from peirce.agent.runs.data import DataSet
from peirce.agent.runs.folder import RunFolder
from peirce.agent.runs.plan import Ended, Job
from peirce.agent.runs.record import TaskResult
from peirce.agent.runs.scoring import settle

GIVE_UP_AFTER: Final = 10
"""Failed tasks in a row after which a run stops: a server or sandbox is gone for good."""


class Executor(Protocol):
    """Where jobs run: processes of this machine, or a cluster."""

    def run(self, jobs: Iterator[Job]) -> Iterator[Ended | None]:
        """Yield what comes of the jobs as they end, and None now and then in between."""
        ...


class Listener(Protocol):
    """Who watches a run."""

    def ended(self, result: TaskResult) -> None:
        """A task has ended and is written down."""
        ...

    def tick(self) -> None:
        """A moment has passed in which nothing ended."""
        ...


class Finish(StrEnum):
    """How a batch came to its end."""

    COMPLETE = "complete"
    """Every task has its record."""
    INTERRUPTED = "interrupted"
    """The person at the keyboard stopped it; the rest is owed."""
    GIVEN_UP = "given up"
    """Too many tasks in a row failed; the rest is owed."""


@dataclass(slots=True)
class Halt:
    """How often the person at the keyboard asked to stop."""

    asked: int = 0


@contextmanager
def halting() -> Generator[Halt]:
    """Count Ctrl-C instead of dying of it, while the batch runs."""
    halt = Halt()
    if threading.current_thread() is not threading.main_thread():
        yield halt
        return

    def count(number: int, frame: object) -> None:
        halt.asked += 1

    before = signal.signal(signal.SIGINT, count)
    try:
        yield halt
    finally:
        signal.signal(signal.SIGINT, before)


def owed(folder: RunFolder, sets: Sequence[DataSet], *, traced: bool) -> list[Job]:
    """The jobs that have no record yet, or one that says they failed."""
    jobs: list[Job] = []
    for data in sets:
        for task in data.tasks:
            name = data.record.name
            done = folder.results.get((name, task.name))
            if done is None or done.error:
                path = folder.trace_path(name, task.name, task.digest) if traced else None
                jobs.append(Job(data=name, task=task, trace=path))
    return jobs


def run_batch(
    folder: RunFolder,
    sets: Sequence[DataSet],
    jobs: Sequence[Job],
    executor: Executor,
    *,
    halt: Halt,
    listener: Listener,
) -> Finish:
    """Run jobs until all have their record or there is a reason to stop.

    Raises:
        TaskError: a record cannot be written.
        SandboxError: no sandbox can be had any more.
    """
    scorers = {data.record.name: data.scorer for data in sets}
    price = folder.run.configuration.price
    failures = 0

    def wanted() -> Iterator[Job]:
        for job in jobs:
            if halt.asked or failures >= GIVE_UP_AFTER:
                return
            yield job

    for ended in executor.run(wanted()):
        if ended is not None:
            result = settle(ended, scorers[ended.job.data], price=price, at=time.time())
            folder.append(result)
            listener.ended(result)
            failures = failures + 1 if result.error else 0
        else:
            listener.tick()
        if halt.asked > 1:
            break
    if failures >= GIVE_UP_AFTER:
        return Finish.GIVEN_UP
    return Finish.INTERRUPTED if halt.asked and _left(folder, jobs) else Finish.COMPLETE


def _left(folder: RunFolder, jobs: Sequence[Job]) -> bool:
    done = folder.results
    return any(job.key not in done or done[job.key].error for job in jobs)
