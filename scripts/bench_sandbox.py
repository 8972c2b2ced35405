"""Measure what confinement costs: the same programs run in seven ways, in one table.

Five styles of program, half of them numpy, each on four inputs of 12 by 12. CPU is that of this
process and all its descendants, start-up excluded; it decides. Latencies are wall-clock and suffer
on a loaded machine.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from peirce.tasks.values import Grid, ValueType, encode
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Level, Sandbox
from peirce.verifiers.sandbox.inside import preload, runners

SIDE: Final = 12
INPUTS: Final = 4
TICKS: Final = os.sysconf("SC_CLK_TCK")

SOURCES: Final = (
    "def transform(grid):\n    return [list(row) for row in zip(*grid[::-1])]\n",
    "import numpy as np\n\ndef transform(grid):\n    return np.rot90(np.array(grid), -1)\n",
    """\
def transform(grid):
    out = [row[:] for row in grid]
    seen = set()
    for r, row in enumerate(grid):
        for c, colour in enumerate(row):
            if colour and (r, c) not in seen:
                stack, cells = [(r, c)], []
                while stack:
                    y, x = stack.pop()
                    if (y, x) in seen or not (0 <= y < len(grid) and 0 <= x < len(row)):
                        continue
                    if grid[y][x] != colour:
                        continue
                    seen.add((y, x))
                    cells.append((y, x))
                    stack += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
                if len(cells) > 3:
                    for y, x in cells:
                        out[y][x] = 2
    return out
""",
    """\
import numpy as np

def transform(grid):
    a = np.array(grid)
    values, counts = np.unique(a[a > 0], return_counts=True)
    if len(values):
        a[a == values[counts.argmax()]] = 5
    return np.pad(a, 1)[1:-1, 1:-1].tolist()
""",
    """\
from collections import Counter

from peirce.prototypes import grids

def transform(grid):
    most = Counter(c for row in grid for c in row).most_common(1)[0][0]
    return [[0 if c == most else c for c in row] for row in grid]
""",
)

_ONE_SHOT: Final = """\
import json, sys
job = json.load(sys.stdin)
space = {}
exec(compile(job["source"], "<program>", "exec"), space)
import numpy
plain = lambda value: value.tolist() if isinstance(value, numpy.ndarray) else value
print(json.dumps([plain(space["transform"](value)) for value in job["inputs"]]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    name: str
    cpu: float
    """CPU seconds of a program."""
    latencies: tuple[float, ...]
    """Wall-clock seconds of each program."""


def make_inputs() -> tuple[Grid, ...]:
    """The same grids in every run."""
    rng = random.Random(7)
    return tuple(
        tuple(tuple(rng.choice((0, 0, 0, 1, 2, 3)) for _ in range(SIDE)) for _ in range(SIDE))
        for _ in range(INPUTS)
    )


INPUT_GRIDS: Final = make_inputs()


def programs(count: int) -> Iterator[Program]:
    """`count` programs, styles taking turns; each text is new, so nothing can be cached."""
    for index, source in enumerate(islice(cycle(SOURCES), count)):
        yield Program(source=f"{source}# {index}\n")


def family_cpu() -> float:
    """CPU seconds used so far by this process, its descendants and those they have buried."""
    parents: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15])) / TICKS
    total = 0.0
    for pid in parents:
        ancestor = pid
        while ancestor in parents and ancestor != os.getpid():
            ancestor = parents[ancestor][0]
        if ancestor == os.getpid():
            total += parents[pid][1]
    return total


def timed(name: str, count: int, run: Callable[[Program], object]) -> Row:
    """Run `count` programs one after the other."""
    before = family_cpu()
    latencies: list[float] = []
    for program in programs(count):
        started = time.perf_counter()
        run(program)
        latencies.append(time.perf_counter() - started)
    return Row(name=name, cpu=(family_cpu() - before) / count, latencies=tuple(latencies))


def execute(source: str) -> list[object]:
    """The program's answers, in this very process."""
    space: dict[str, Callable[[object], object]] = {}
    exec(compile(source, "<program>", "exec"), space)
    return [space["transform"](encode(grid)) for grid in INPUT_GRIDS]


def in_one_shot(program: Program) -> None:
    """A fresh interpreter for one program."""
    job = json.dumps({"source": program.source, "inputs": [encode(g) for g in INPUT_GRIDS]})
    command = [sys.executable, "-c", _ONE_SHOT]
    subprocess.run(command, input=job, text=True, capture_output=True, check=True)


def in_fork(program: Program) -> None:
    """A plain fork of this process that answers over a pipe: no limit, no filter, no watcher."""
    job = json.dumps(
        {
            "language": "python",
            "source": program.source,
            "entry": "transform",
            "inputs": [encode(grid) for grid in INPUT_GRIDS],
        }
    ).encode()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        runners.run(job, theirs)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as replies:
        answers = [json.loads(line)["v"] for line in replies]
    os.waitpid(pid, 0)
    if len(answers) != INPUTS:
        raise SystemExit(f"the fork gave {len(answers)} answers")


def _fork_loop(count: int, pipe: Connection) -> None:
    preload.preload()
    pipe.send(timed("unsandboxed fork", count, in_fork))


def forked(count: int) -> Row:
    """Forks of a fresh process that has loaded what a zygote loads, so that sizes are alike."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_fork_loop, args=(count, theirs))
    process.start()
    row: Row = ours.recv()
    process.join()
    return row


def pooled(count: int) -> Row:
    """A pool of one long-lived process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(execute, (SOURCES[1],))
        return timed("multiprocessing pool", count, lambda p: pool.apply(execute, (p.source,)))


async def sandboxed(level: Level, count: int) -> Row:
    """One worker at one level."""
    async with Sandbox.open(floor=level, ceiling=level) as sandbox:
        before = family_cpu()
        latencies: list[float] = []
        for program in programs(count):
            started = time.perf_counter()
            execution = await sandbox.run(program, INPUT_GRIDS, ValueType.GRID)
            latencies.append(time.perf_counter() - started)
            if not execution.ok:
                raise SystemExit(f"{level}: {execution.outcomes}")
        cpu = (family_cpu() - before) / count
    return Row(name=f"sandbox {level}", cpu=cpu, latencies=tuple(latencies))


def show(row: Row, base: Row | None) -> str:
    """One line of the table."""
    cuts = statistics.quantiles(row.latencies, n=100)
    ratio = f"{row.cpu / base.cpu:8.2f}" if base else " " * 8
    return (
        f"{row.name:<22}{1 / row.cpu:>14.0f}{row.cpu * 1000:>10.2f}{ratio}"
        f"{min(row.latencies) * 1000:>9.2f}{cuts[49] * 1000:>9.2f}{cuts[98] * 1000:>9.2f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=500, help="programs for each fast way")
    parser.add_argument("--slow", type=int, default=20, help="programs for one process each")
    arguments = parser.parse_args()
    count: int = arguments.programs
    rows = [
        timed("in-process exec", count, lambda program: execute(program.source)),
        timed("plain subprocess", arguments.slow, in_one_shot),
        pooled(count),
    ]
    fork = forked(count)
    levels = [asyncio.run(sandboxed(level, count)) for level in Level]
    load = os.getloadavg()[0]
    print(f"load average {load:.1f} on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    title = ("programs/core-s", "CPU ms", "x fork", "min ms", "p50 ms", "p99 ms")
    print(
        f"{'':<21}{title[0]:>15}{title[1]:>10}{title[2]:>8}" + "".join(f"{t:>9}" for t in title[3:])
    )
    for row in [*rows, fork]:
        print(show(row, None))
    for row in levels:
        print(show(row, fork))


if __name__ == "__main__":
    main()
