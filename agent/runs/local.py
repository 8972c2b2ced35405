"""`LocalExecutor`: searching processes on this machine, each with a sandbox of its own.

The processes are forked from one that has imported everything and runs nothing else, so that many
start as fast as one. A process that dies is replaced and its task tried once more; one that hangs
beyond the plan's deadline is killed. When the batch itself is killed, every process sees its pipe
close and leaves with its sandbox, so that nothing writes into the folder of the run any more.
"""

import asyncio
import multiprocessing
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Final, Self, TypeAlias, cast

from peirce.agent.runs.plan import Ended, Job, Plan
from peirce.agent.runs.searcher import Searcher
from peirce.tasks.errors import ConfigError, PeirceError, SandboxError

LOOK_SECONDS: Final = 0.2
"""How often the batch gets a moment to look at its clock."""
TRIES: Final = 2
"""Processes that may die of one task."""
LEAVE_SECONDS: Final = 5.0
"""How long a process may take to close its sandbox when it is no longer needed."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The first word of a process that can search."""

    isolation: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The first and last word of a process that cannot."""

    error: PeirceError


Word: TypeAlias = Ready | Refused | Ended


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: ForkServerProcess
    pipe: Connection
    job: Job | None = None
    tries: int = 0
    since: float = 0.0
    ready: bool = False

    @property
    def idle(self) -> bool:
        return self.ready and self.job is None


class LocalExecutor:
    """Runs jobs in `workers` processes. Use it as a context manager."""

    def __init__(self, plan: Plan, workers: int) -> None:
        """Prepare; nothing is started yet.

        Raises:
            ConfigError: there is to be no process.
        """
        if workers < 1:
            raise ConfigError(f"{workers} workers cannot search; give at least 1")
        self.name = "local"
        self.workers = workers
        self.isolation = ""
        self._plan = plan
        self._team: list[_Worker] = []

    def __enter__(self) -> Self:
        """Start the processes and wait for the first that can search.

        Raises:
            SandboxError: no sandbox of the plan's level can be had here.
            ModelError: the model is the only proposer and cannot be reached.
        """
        try:
            self._team = [self._start() for _ in range(self.workers)]
            while not self.isolation:
                self._hear(LOOK_SECONDS)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Stop the processes; what they were at is lost and owed again."""
        self._end()

    @property
    def processes(self) -> tuple[int, ...]:
        """Process ids of the searching processes."""
        return tuple(worker.process.pid or 0 for worker in self._team)

    def wait_for_all(self) -> None:
        """Wait until every process can search, so that a measurement begins with all of them."""
        while not all(worker.ready for worker in self._team):
            self._hear(LOOK_SECONDS)

    def run(self, jobs: Iterator[Job]) -> Iterator[Ended | None]:
        """Yield what comes of the jobs as they end, and None now and then in between.

        A job is taken when a process is free, so that `jobs` may end early at any time.
        """
        exhausted = False
        while True:
            for worker in self._team:
                if worker.idle and not exhausted:
                    job = next(jobs, None)
                    exhausted = job is None
                    if job is not None:
                        self._hand(worker, job, tries=1)
            # Where every process is still starting, nobody has asked for a job yet.
            if exhausted and not any(worker.job for worker in self._team):
                return
            ended = self._hear(LOOK_SECONDS) + self._overdue()
            yield from ended or (None,)

    def _hand(self, worker: _Worker, job: Job, *, tries: int) -> None:
        worker.job, worker.tries, worker.since = job, tries, time.monotonic()
        if worker.ready:
            try:
                worker.pipe.send(job)
            except OSError:
                return  # It has died: `_hear` meets the end of its pipe and hands the job on.

    def _hear(self, timeout: float) -> list[Ended]:
        """Listen for one word of each process that has something to say."""
        ended: list[Ended] = []
        voices = {worker.pipe: worker for worker in self._team}
        for pipe in wait(list(voices), timeout):
            worker = voices[cast("Connection", pipe)]
            try:
                word = cast("Word", worker.pipe.recv())
            except (EOFError, OSError):
                ended += self._mourn(worker)
                continue
            match word:
                case Ready(isolation=isolation):
                    worker.ready, self.isolation = True, self.isolation or isolation
                    if worker.job is not None:
                        self._hand(worker, worker.job, tries=worker.tries)
                case Refused(error=error):
                    raise error
                case Ended():
                    worker.job = None
                    ended.append(word)
        return ended

    def _mourn(self, worker: _Worker) -> list[Ended]:
        """Replace a process that has died; its task gets another try or a last word."""
        worker.process.join(LEAVE_SECONDS)
        code, job = worker.process.exitcode, worker.job
        if not self.isolation:
            raise SandboxError(
                f"a searching process ended with status {code} before it could search; "
                "`peirce doctor` shows what of the sandbox works here"
            )
        self._replace(worker, job if worker.tries < TRIES else None, worker.tries + 1)
        if job is None or worker.tries < TRIES:
            return []
        reason = f"the searching process died {TRIES} times, last with status {code}"
        return [Ended(job=job, error=f"{reason}; a negative status is the signal that ended it")]

    def _overdue(self) -> list[Ended]:
        """Kill processes that hang; what they were at is given up."""
        ended: list[Ended] = []
        for worker in list(self._team):
            waited = time.monotonic() - worker.since
            if worker.job is None or not worker.ready or waited < self._plan.deadline:
                continue
            worker.process.kill()
            self._replace(worker, None, 0)
            error = f"the search did not end within {self._plan.deadline:.0f} s and was killed"
            ended.append(Ended(job=worker.job, error=error, wall_seconds=waited))
        return ended

    def _replace(self, worker: _Worker, job: Job | None, tries: int) -> None:
        worker.pipe.close()
        fresh = self._start()
        self._team[self._team.index(worker)] = fresh
        if job is not None:
            self._hand(fresh, job, tries=tries)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._plan), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process=process, pipe=ours)

    def _end(self) -> None:
        for worker in self._team:
            worker.pipe.close()
        until = time.monotonic() + LEAVE_SECONDS
        for worker in self._team:
            worker.process.join(max(0.0, until - time.monotonic()))
            worker.process.kill()
            worker.process.join()
        self._team = []


def work(pipe: Connection, plan: Plan) -> None:
    """Be a searching process until the pipe closes."""
    # Ctrl-C at the terminal reaches the whole group; the batch alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(_work(pipe, plan))


async def _work(pipe: Connection, plan: Plan) -> None:
    try:
        async with Searcher.open(plan) as searcher:
            pipe.send(Ready(searcher.isolation))
            while True:
                await _readable(pipe)
                job = cast("Job", pipe.recv())
                pipe.send(await _solve(searcher, job, pipe))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except PeirceError as error:
        pipe.send(Refused(error))


async def _solve(searcher: Searcher, job: Job, pipe: Connection) -> Ended:
    """Solve, unless the batch leaves meanwhile: nothing else is ever sent during a search."""
    solving = asyncio.create_task(searcher.solve(job))
    leaving = asyncio.create_task(_readable(pipe))
    try:
        await asyncio.wait((solving, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not solving.done():
            raise EOFError
        return solving.result()
    finally:
        solving.cancel()
        leaving.cancel()
        await asyncio.gather(solving, leaving, return_exceptions=True)


async def _readable(pipe: Connection) -> None:
    loop, rung = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(pipe.fileno(), rung.set)
    try:
        await rung.wait()
    finally:
        loop.remove_reader(pipe.fileno())
