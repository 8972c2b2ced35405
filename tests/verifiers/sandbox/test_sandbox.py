"""What people who use a sandbox rely on."""

import asyncio
import os
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from peirce.tasks.atoms import Atom
from peirce.tasks.errors import SandboxError
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Cause, Level, Limits, Sandbox, run_program

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

T = TypeVar("T")
GRID: Value = ((1, 2), (3, 4))
IDENTITY = Program(source="def transform(grid):\n    return grid")
LOOP = Program(source="def transform(grid):\n    while True: pass")
LIMITS = Limits(cpu_seconds=0.25, wall_factor=20.0)


def drive(work: Coroutine[None, None, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 60))


def descriptors() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def children() -> set[str]:
    return set(
        (Path("/proc/self/task") / str(os.getpid()) / "children")
        .read_text(encoding="utf-8")
        .split()
    )


def test_results_carry_cost_and_level(arena: "Arena") -> None:
    execution = arena.run(IDENTITY.source)
    assert execution.ok
    assert execution.isolation_level is arena.sandbox.isolation.level
    assert 0 < execution.cpu_seconds <= execution.wall_seconds + 0.05
    assert execution.peak_bytes > 10 << 20


def test_no_input_gives_no_outcome(arena: "Arena") -> None:
    assert arena.run(IDENTITY.source, inputs=[]).outcomes == ()


def test_a_job_larger_than_a_pipe_arrives_whole(arena: "Arena") -> None:
    big: Value = tuple(tuple((r * c) % 10 for c in range(128)) for r in range(128))
    assert arena.run(IDENTITY.source, inputs=[big] * 20).values == (big,) * 20


def test_atoms_go_in_as_text(arena: "Arena") -> None:
    atom = Atom(text="parent(ann, bob)")
    source = "def transform(atom):\n    return len(atom)"
    execution = arena.run(source, inputs=[atom], output_type=ValueType.NUMBER)
    assert execution.values == (len(atom.text),)


def test_the_vocabulary_can_be_imported(arena: "Arena") -> None:
    source = """
import peirce.prototypes, numpy.random, numpy.linalg, statistics, fractions, dataclasses
@dataclasses.dataclass
class Cell:
    row: "int"
def transform(grid):
    return [[Cell(1).row]]
"""
    assert arena.run(source).values == (((1,),),)
    assert not [name for name in arena.sandbox.skipped if "numba is loaded" in name]


def test_chance_is_the_same_in_every_run(arena: "Arena") -> None:
    source = """
import random, numpy as np
def transform(grid):
    return [random.randrange(10 ** 9), int(np.random.randint(10 ** 9)), hash("text") % 10 ** 9]
"""
    runs = {arena.run(source, output_type=ValueType.LIST).values for _ in range(3)}
    assert len(runs) == 1


UNSTABLE = {
    "hash order": "def transform(g):\n    return [[hash(c) % 10 for c in 'abcdefgh']]",
    "chance": "import random\ndef transform(g):\n    return [random.choices(range(10), k=9)]",
    "numpy chance": """
import numpy as np
def transform(g):
    return np.random.randint(0, 10, (3, 3))
""",
    "calls counted": "n = []\ndef transform(g):\n    n.append(1)\n    return [[len(n)]]",
    "last input kept": """
last = [[0]]
def transform(g):
    global last
    last, old = g, last
    return old
""",
    "process number": """
import os
def transform(g):
    return [[int(digit) for digit in f"{os.getpid():07}"]]
""",
}


def test_confirm_tells_stable_from_unstable(arena: "Arena") -> None:
    async def confirmed(source: str) -> bool:
        program = Program(source=source)
        inputs = [GRID, ((5,),), GRID]
        execution = await arena.sandbox.run(program, inputs, ValueType.GRID)
        assert execution.ok, execution
        return await arena.sandbox.confirm(program, inputs, ValueType.GRID, execution)

    assert arena.runner.run(confirmed(IDENTITY.source))
    for name, source in UNSTABLE.items():
        assert not arena.runner.run(confirmed(source)), name


def test_what_depends_on_order_is_noticed_at_any_of_many_inputs(arena: "Arena") -> None:
    inputs: list[Value] = list(range(100))

    async def confirmed(source: str) -> bool:
        program = Program(source=source)
        execution = await arena.sandbox.run(program, inputs, ValueType.NUMBER)
        assert execution.ok, execution
        return await arena.sandbox.confirm(program, inputs, ValueType.NUMBER, execution)

    assert arena.runner.run(confirmed("def transform(n):\n    return n + 1\n"))
    for place in range(4):
        source = f"""
last = -1
def transform(n):
    global last
    last, old = n, last
    return int(n % 4 == {place} and n == old + 1)
"""
        assert not arena.runner.run(confirmed(source)), place


def test_runs_are_spread_over_workers_and_answers_keep_their_places() -> None:
    async def work() -> None:
        async with Sandbox.open(limits=LIMITS, workers=2) as sandbox:
            grids: list[Value] = [((n % 10, n // 10),) for n in range(40)]
            runs = (sandbox.run(IDENTITY, [grid], ValueType.GRID) for grid in grids)
            executions = await asyncio.gather(*runs)
            assert [execution.values[0] for execution in executions] == grids
            assert sandbox.restarts == 0

    drive(work())


def test_a_cancelled_run_frees_its_worker(arena: "Arena") -> None:
    async def work() -> None:
        sandbox = arena.sandbox
        for _ in range(3):
            task = asyncio.create_task(sandbox.run(LOOP, [GRID], ValueType.GRID))
            waiting = asyncio.create_task(sandbox.run(IDENTITY, [GRID], ValueType.GRID))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await waiting).ok
        async with asyncio.timeout(5):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await sandbox.run(LOOP, [GRID], ValueType.GRID)
        assert (await sandbox.run(IDENTITY, [GRID], ValueType.GRID)).ok
        assert sandbox.restarts == 0

    arena.runner.run(work())


def test_a_dead_worker_is_replaced_and_the_run_repeated() -> None:
    async def work() -> None:
        before = children()
        async with Sandbox.open(ceiling=Level.MEDIUM, limits=LIMITS) as sandbox:
            (zygote,) = children() - before
            os.kill(int(zygote), signal.SIGKILL)
            assert (await sandbox.run(IDENTITY, [GRID], ValueType.GRID)).ok
            assert sandbox.restarts == 1
            (zygote,) = children() - before
            run = asyncio.create_task(sandbox.run(LOOP, [GRID], ValueType.GRID))
            await asyncio.sleep(0)
            os.kill(int(zygote), signal.SIGKILL)
            assert (await run).outcomes[0].cause is Cause.TIMEOUT
            assert sandbox.restarts == 2

    drive(work())


def test_closing_twice_leaves_nothing_behind_and_refuses_runs() -> None:
    async def work() -> None:
        # The event loop's own descriptors exist by now.
        before = descriptors()
        for level in (Level.MEDIUM, Level.STRONG):
            async with Sandbox.open(ceiling=level, limits=LIMITS) as sandbox:
                execution = await sandbox.run(IDENTITY, [GRID], ValueType.GRID)
                assert await sandbox.confirm(IDENTITY, [GRID], ValueType.GRID, execution)
                running = asyncio.create_task(sandbox.run(LOOP, [GRID], ValueType.GRID))
                waiting = asyncio.create_task(sandbox.run(IDENTITY, [GRID], ValueType.GRID))
                await asyncio.sleep(0)
                await sandbox.close()
                await sandbox.close()
                for task in (running, waiting):
                    with pytest.raises(SandboxError, match="closed"):
                        await task
            with pytest.raises(SandboxError, match="closed"):
                await sandbox.run(IDENTITY, [GRID], ValueType.GRID)
        assert descriptors() == before

    before = children()
    drive(work())
    assert children() == before


def test_workers_leave_when_the_host_is_killed(tmp_path: Path) -> None:
    script = """
        import asyncio, os, sys
        from peirce.verifiers.sandbox import Sandbox, Level
        from peirce.verifiers.program import Program
        from peirce.tasks.values import ValueType
        async def main():
            async with Sandbox.open(ceiling=Level.MEDIUM) as sandbox:
                pid = os.getpid()
                print(open(f"/proc/self/task/{pid}/children").read(), flush=True)
                loop = Program(source="def transform(g):\\n    while True: pass")
                await sandbox.run(loop, [((1,),)], ValueType.GRID)
        asyncio.run(main())
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=tmp_path) as host:
        assert host.stdout is not None
        zygote = os.pidfd_open(int(host.stdout.readline()))
        host.kill()
    try:
        gone, _, _ = select.select([zygote], [], [], 5)
        assert gone
    finally:
        os.close(zygote)


def test_one_program_can_be_run_without_async() -> None:
    execution = run_program(IDENTITY, [GRID], ValueType.GRID, limits=LIMITS)
    assert execution.values == (GRID,)


@pytest.mark.parametrize(("worked", "stopped_by"), [(0.005, "of CPU time"), (0, "did not end")])
def test_what_gets_little_of_a_core_keeps_its_cpu_time_and_what_sleeps_does_not(
    worked: float, stopped_by: str
) -> None:
    work = f"end = time.process_time() + {worked}\n        while time.process_time() < end: pass"
    body = f"while True:\n        time.sleep(0.02)\n        {work}"
    program = Program(source=f"import time\ndef transform(grid):\n    {body}")
    limits = Limits(cpu_seconds=0.1, wall_factor=4.0)
    execution = run_program(program, [GRID], ValueType.GRID, limits=limits)
    assert stopped_by in execution.outcomes[0].message


@pytest.mark.parametrize("workers", [0, -1, 10_000])
def test_absurd_numbers_of_workers_are_refused(workers: int) -> None:
    async def work() -> None:
        async with Sandbox.open(workers=workers):
            pass

    with pytest.raises(SandboxError, match="workers"):
        drive(work())


@pytest.mark.parametrize(
    "wrong",
    [
        {"cpu_seconds": 0.0},
        {"cpu_seconds": float("nan")},
        {"wall_factor": 0.5},
        {"memory_bytes": 1},
        {"reply_bytes": 0},
    ],
)
def test_limits_nothing_could_run_under_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Limits(**wrong)  # pyright: ignore[reportArgumentType]
