"""`Sandbox`: run programs nobody has read, get typed answers, stay whole.

A program that is wrong, slow, crashes or attacks gives an `Execution` like any other; only a
sandbox that cannot be had raises. See README.md beside this file for what is covered and what not.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Final, Self

from peirce.tasks.errors import SandboxError
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.prolog.installed import Installation, find_prolog
from peirce.verifiers.sandbox.level import Isolation, Level, Limits
from peirce.verifiers.sandbox.opening import Opened, reach
from peirce.verifiers.sandbox.outcome import Cause, Execution, Outcome
from peirce.verifiers.sandbox.selftest import confinement
from peirce.verifiers.sandbox.swipl import ColdProlog
from peirce.verifiers.sandbox.verdicts import judge
from peirce.verifiers.sandbox.worker import (
    Blueprint,
    Ran,
    Worker,
    WorkerLost,
    job_for,
    start_worker,
)

FIRST_SEED: Final = 0
SECOND_SEED: Final = 20_011
"""Seed of the zygote that confirms answers."""
MAX_ALONE: Final = 32
"""Inputs that are confirmed one by one: of thousands of atoms, each alone would take minutes."""
MAX_WORKERS: Final = 256


class Pool:
    """Workers of one blueprint, lent out in order of asking; dead ones are replaced."""

    def __init__(self, blueprint: Blueprint, size: int) -> None:
        self._blueprint = blueprint
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._size = size
        self._closed = False
        self.restarts = 0

    async def fill(self, first: Worker | None = None) -> None:
        """Start the workers that are not there yet, side by side."""
        if first is not None:
            self._add(first)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._size - len(self._workers)):
                    group.create_task(self._start())
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def run(self, job: bytes, limits: Limits) -> Ran | None:
        """Run a job on the next free worker; None if two workers in a row died of it."""
        for _ in range(2):
            worker = await self._idle.get()
            try:
                if self._closed:
                    raise SandboxError("the sandbox is closed")
                return await worker.run(job, limits)
            except WorkerLost:
                if self._closed:
                    raise SandboxError("the sandbox was closed during a run") from None
            finally:
                await self._give_back(worker)
        return None

    async def close(self) -> None:
        """Stop all workers; those who still wait for one are told."""
        self._closed = True
        workers, self._workers = self._workers, set()
        for worker in workers:
            await worker.close()

    def _add(self, worker: Worker) -> None:
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    async def _start(self) -> None:
        self._add(await self._started())

    async def _started(self) -> Worker:
        started = await start_worker(self._blueprint)
        failed = [
            probe.name
            for probe in confinement(started.hello, self._blueprint.level)
            if not probe.withstood
        ]
        if failed and self._blueprint.level is not Level.WEAK:
            await started.worker.close()
            raise SandboxError(f"a new worker is not confined: {', '.join(failed)}")
        return started.worker

    async def _give_back(self, worker: Worker) -> None:
        """Make the worker, or its replacement when it has died, free for the next in line."""
        try:
            if worker.lost and not self._closed:
                self._workers.discard(worker)
                await worker.close()
                worker = await self._started()
                self.restarts += 1
                self._workers.add(worker)
        finally:
            # A dead worker that could not be replaced goes back too: the next taker tries again.
            worker.when_idle(lambda: self._idle.put_nowait(worker))


class Sandbox:
    """Runs programs behind a proven wall. Get one from `Sandbox.open`.

    Calls of `run` from one event loop are spread over the workers, first come, first served.
    Cancelling a call kills its program and frees the worker.
    """

    def __init__(self, opened: Opened, limits: Limits, workers: int) -> None:
        self.isolation: Isolation = opened.isolation
        """The wall, as proved when the sandbox was opened."""
        self.limits: Limits = limits
        """What one run may use."""
        self.skipped: tuple[str, ...] = tuple(opened.started.hello["failures"])
        """Modules that could not be made importable inside, each with the reason."""
        self._blueprint = opened.blueprint
        self._workers = workers
        self._pools: dict[tuple[Language, int], Pool | ColdProlog] = {}
        self._filling = asyncio.Lock()
        self._closed = False

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        floor: Level = Level.MEDIUM,
        ceiling: Level = Level.STRONG,
        limits: Limits | None = None,
        workers: int = 1,
    ) -> AsyncGenerator[Self]:
        """Open a sandbox of the strongest level from `ceiling` down to `floor` that proves itself.

        Args:
            floor: Refuse anything weaker. `Level.WEAK` accepts a sandbox that protects nothing
                but time and memory.
            ceiling: Do not try anything stronger; for tests and measurements.
            limits: What one run may use.
            workers: Programs that run at the same time; one per core is a good number.

        Raises:
            SandboxError: no level from the floor upwards holds here; the message holds the fix.
        """
        if not 1 <= workers <= MAX_WORKERS:
            raise SandboxError(f"workers is {workers!r}; it must be 1 to {MAX_WORKERS}")
        limits = limits or Limits()
        async with AsyncExitStack() as stack:
            opened = await reach(floor, ceiling, limits)
            sandbox = cls(opened, limits, workers)
            stack.push_async_callback(sandbox.close)
            filled = await sandbox._fill(FIRST_SEED, opened.started.worker)
            sandbox._pools[Language.PYTHON, FIRST_SEED] = filled
            yield sandbox

    @property
    def restarts(self) -> int:
        """How often a worker had to be replaced; 0 in ordinary life."""
        return sum(pool.restarts for pool in self._pools.values())

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        """Run `program` on every input, all in one process of its own.

        Raises:
            SandboxError: the sandbox is closed, or can no longer be kept up.
        """
        return await self._run(FIRST_SEED, program, inputs, output_type)

    async def confirm(
        self,
        program: Program,
        inputs: Sequence[Value],
        output_type: ValueType,
        execution: Execution,
    ) -> bool:
        """Whether `program` answers the same again in other circumstances.

        The second look has another hash seed, other random numbers and the inputs last first: some
        spread over all with a process of its own for each, then the others in one. False means the
        program is unstable: its answers depend on chance, on order or on what it saw before.
        """
        pairs = list(zip(inputs, execution.outcomes, strict=True))[::-1]
        step = max(1, -(-len(pairs) // MAX_ALONE))
        looks = [[pair] for pair in pairs[::step]]
        looks.append([pair for place, pair in enumerate(pairs) if place % step])
        for look in filter(None, looks):
            given = [value for value, _ in look]
            again = (await self._run(SECOND_SEED, program, given, output_type)).outcomes
            for now, (_, before) in zip(again, look, strict=True):
                if (now.cause, now.value) != (before.cause, before.value):
                    return False
        return True

    async def close(self) -> None:
        """Stop everything. May be called again."""
        self._closed = True
        for pool in self._pools.values():
            await pool.close()

    async def _pool(self, language: Language, seed: int) -> Pool | ColdProlog:
        """The workers for a language; they are started when they are first needed."""
        async with self._filling:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            pool = self._pools.get((language, seed))
            if pool is None:
                fill = self._fill_prolog if language is Language.PROLOG else self._fill
                pool = self._pools[language, seed] = await fill(seed)
            return pool

    async def _fill_prolog(self, seed: int) -> Pool | ColdProlog:
        """Prolog embedded in zygotes, or a process for each program where that cannot be."""
        prolog = find_prolog()
        why = "it has no shared library"
        if prolog.embeddable:
            try:
                return await self._fill(seed, prolog=prolog)
            except SandboxError as error:
                why = str(error)
        if self.isolation.level is not Level.STRONG:
            raise SandboxError(
                f"SWI-Prolog {prolog.version} cannot be embedded ({why}), and outside it needs "
                f"namespaces, but this sandbox is {self.isolation.level}"
            )
        return ColdProlog(prolog, seed=seed, size=self._size(seed))

    async def _fill(
        self, seed: int, first: Worker | None = None, prolog: Installation | None = None
    ) -> Pool:
        pool = Pool(replace(self._blueprint, seed=seed, prolog=prolog), self._size(seed))
        try:
            await pool.fill(first)
        except BaseException:
            await pool.close()
            raise
        return pool

    def _size(self, seed: int) -> int:
        return self._workers if seed == FIRST_SEED else 1

    async def _run(
        self, seed: int, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        level = self.isolation.level
        if len(program.source) > self.limits.source_bytes:
            size = self.limits.source_bytes
            outcome = Outcome(cause=Cause.LOAD, message=f"the program is longer than {size} bytes")
            return _nothing((outcome,) * len(inputs), level)
        try:
            pool = await self._pool(program.language, seed)
        except SandboxError as error:
            # Python is what a sandbox is proved with; a machine may well have no Prolog.
            if self._closed or program.language is Language.PYTHON:
                raise
            outcome = Outcome(cause=Cause.LOAD, message=str(error))
            return _nothing((outcome,) * len(inputs), level)
        ran = await pool.run(job_for(program, inputs, output_type), self.limits)
        if ran is None:
            outcome = Outcome(cause=Cause.CRASH, message="it took the sandbox down twice")
            return _nothing((outcome,) * len(inputs), level)
        return Execution(
            outcomes=judge(ran, program, len(inputs), output_type, self.limits),
            cpu_seconds=ran.cpu_seconds,
            wall_seconds=ran.wall_seconds,
            peak_bytes=ran.peak_bytes,
            isolation_level=level,
        )


def _nothing(outcomes: tuple[Outcome, ...], level: Level) -> Execution:
    return Execution(
        outcomes=outcomes, cpu_seconds=0.0, wall_seconds=0.0, peak_bytes=0, isolation_level=level
    )


def run_program(
    program: Program,
    inputs: Sequence[Value],
    output_type: ValueType,
    *,
    floor: Level = Level.MEDIUM,
    limits: Limits | None = None,
) -> Execution:
    """Open a sandbox, run one program, close it. For many programs open a `Sandbox` yourself.

    Raises:
        SandboxError: no sandbox of level `floor` can be had here.
    """

    async def once() -> Execution:
        async with Sandbox.open(floor=floor, limits=limits) as sandbox:
            return await sandbox.run(program, inputs, output_type)

    return asyncio.run(once())
