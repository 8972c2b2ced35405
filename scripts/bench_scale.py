"""What a batch costs beside the bare solver, and how it scales.

    python scripts/bench_scale.py [DATA] [--limit 12] [--steps 60] [--workers 1 2 4] [--laps 3]

Three tables. *Overhead*: the same tasks by the bare solver in one process, and as a run of one
worker with records and traces. Everything is done several times by processes that stay: the first
lap, in which they load what they need, is left out, and of the others the fastest counts, since
other work on the machine only slows. *Workers*: tasks per second of a run by number of workers;
efficiency is against as many workers as there are cores, since more cannot be faster. Beside it
stands what it is made of: the cores that are kept busy, and the CPU time of the same tasks.
*Nodes*: an estimate, not a measurement. It simulates a run on many nodes from the durations
measured here and from what the head spent on each task to score and write it down, one after
another.
"""

import argparse
import asyncio
import heapq
import os
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.runs.batch import Halt, owed, run_batch
from peirce.agent.runs.data import DataSet, Selection, open_data
from peirce.agent.runs.evaluate import Evaluation
from peirce.agent.runs.folder import RunFolder
from peirce.agent.runs.local import LocalExecutor
from peirce.agent.runs.plan import Job, Plan
from peirce.agent.runs.record import TaskResult
from peirce.agent.runs.searcher import Searcher
from peirce.agent.settings import Settings
from peirce.tasks.catalogue import NamedSets

TASKS_PER_NODE = 50
"""Tasks a simulated run has for each of its nodes."""


@dataclass
class Timed:
    """How long something took."""

    wall: float = 0.0
    head: float = 0.0
    """CPU seconds of the process that scores and writes."""
    searched: float = 0.0
    """CPU seconds of the searches and their programs."""
    tasks: list[float] = field(default_factory=list[float])
    """Wall seconds of each task."""

    @property
    def cpu(self) -> float:
        """CPU seconds altogether."""
        return self.head + self.searched


class Silent:
    """Watches without a word."""

    def __init__(self) -> None:
        """Note nothing yet."""
        self.results: list[TaskResult] = []

    def ended(self, result: TaskResult) -> None:
        """Note a result."""
        self.results.append(result)

    def tick(self) -> None:
        """Nothing ended."""


def main() -> None:
    """Measure, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", nargs="?", default="samples")
    parser.add_argument("--limit", type=int, default=12)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--laps", type=int, default=3, help="times everything is done, above 1")
    parser.add_argument("--nodes", type=int, default=100)
    options = parser.parse_args()
    sets = open_data([options.data], Selection(limit=options.limit), named=NamedSets())
    settings = Settings.resolve(steps=options.steps, seconds=1000.0)
    plan = Plan.of(settings)
    warm_up(sets[0].tasks, print)
    count = len(sets[0].tasks)
    bare, one = asyncio.run(side_by_side(sets, plan, options.laps))
    runs = {workers: run(sets, plan, workers, options.laps) for workers in options.workers}
    print(f"{count} tasks of {options.data}, {options.steps} steps each, {os.cpu_count()} cores\n")
    print_overhead(bare, one, count)
    print_workers(runs, count)
    print_estimate(one, options.nodes)


async def side_by_side(sets: Sequence[DataSet], plan: Plan, laps: int) -> tuple[Timed, Timed]:
    """The fastest lap of the bare solver, and of a run of one worker; they take turns."""
    bare: list[Timed] = []
    batch: list[Timed] = []
    async with Searcher.open(plan) as searcher:
        with LocalExecutor(plan, 1) as executor:
            for _ in range(laps):
                bare.append(await solve_bare(sets, searcher))
                batch.append(lap(sets, plan, executor))
    return min(bare[1:], key=_wall), min(batch[1:], key=_wall)


async def solve_bare(sets: Sequence[DataSet], searcher: Searcher) -> Timed:
    """Solve every task one after another, with no batch around."""
    start = time.monotonic()
    jobs = [Job(data="", task=task) for data in sets for task in data.tasks]
    ended = [await searcher.solve(job) for job in jobs]
    wall = time.monotonic() - start
    return Timed(wall=wall, searched=sum(each.cpu_seconds for each in ended))


def run(sets: Sequence[DataSet], plan: Plan, workers: int, laps: int) -> Timed:
    """The fastest lap of so many workers."""
    with LocalExecutor(plan, workers) as executor:
        executor.wait_for_all()
        return min([lap(sets, plan, executor) for _ in range(laps)][1:], key=_wall)


def _wall(timed: Timed) -> float:
    return timed.wall


def lap(sets: Sequence[DataSet], plan: Plan, executor: LocalExecutor) -> Timed:
    """One run with records and traces, from its first task to its last record."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Evaluation(path=Path(folder), sets=sets, plan=plan)
        with RunFolder.open(asked.path, asked.configuration, resume=False) as kept:
            jobs = owed(kept, sets, traced=True)
            start, head, silent = time.monotonic(), time.process_time(), Silent()
            run_batch(kept, sets, jobs, executor, halt=Halt(), listener=silent)
            wall, head = time.monotonic() - start, time.process_time() - head
    spent = [result.spent for result in silent.results]
    return Timed(
        wall=wall,
        head=head,
        searched=sum(part.cpu_seconds for part in spent),
        tasks=[part.wall_seconds for part in spent],
    )


def print_overhead(bare: Timed, batch: Timed, count: int) -> None:
    """The bare solver against a run of one worker."""
    print(f"{'overhead':<24}{'wall s':>9}{'CPU s':>9}{'tasks/s':>9}")
    print(f"{'bare solver':<24}{bare.wall:>9.2f}{bare.searched:>9.2f}{count / bare.wall:>9.2f}")
    cpu = f"{batch.cpu:>9.2f}"
    print(f"{'run of one worker':<24}{batch.wall:>9.2f}{cpu}{count / batch.wall:>9.2f}")
    print(
        f"throughput of the run: {bare.wall / batch.wall:.1%} of the bare solver's by wall clock, "
        f"{bare.searched / batch.cpu:.1%} by CPU\n"
    )


def print_workers(runs: dict[int, Timed], count: int) -> None:
    """Throughput by number of workers, and what of it the cores allow.

    A worker and its sandbox work side by side at times, so one worker keeps more than one core
    busy, and as many workers as cores have less than a core each to themselves.
    """
    cores = os.cpu_count() or 1
    base_workers = min(runs)
    base = runs[base_workers]
    rate = count / base.wall / min(base_workers, cores)
    titles = f"{'tasks/s':>9}{'efficiency':>12}{'CPU s a task':>14}{'cores busy':>12}{'by CPU':>9}"
    print(f"{'workers':<12}{'wall s':>9}{titles}")
    for workers, timed in runs.items():
        reached = count / timed.wall
        share = reached / (rate * min(workers, cores))
        times = f"{workers:<12}{timed.wall:>9.2f}{reached:>9.2f}{share:>12.1%}"
        busy = f"{timed.cpu / count:>14.2f}{timed.cpu / timed.wall:>12.2f}"
        print(f"{times}{busy}{base.cpu / timed.cpu:>9.1%}")


def print_estimate(timed: Timed, nodes: int) -> None:
    """What many nodes would come to, by simulation."""
    overhead = timed.head / len(timed.tasks)
    print(f"\n{'nodes (simulated)':<24}{'tasks':>9}{'tasks/s':>9}{'efficiency':>12}")
    for size in (1, 10, nodes):
        tasks = TASKS_PER_NODE * size
        lots = random.Random(0)
        work = lots.choices(timed.tasks, k=tasks)
        makespan = simulate(work, size, overhead)
        share = sum(work) / (makespan * size)
        print(f"{size:<24}{tasks:>9}{tasks / makespan:>9.2f}{share:>12.1%}")
    print(f"the head spends {1000 * overhead:.1f} ms on each task, one after another; simulated")


def simulate(durations: Sequence[float], nodes: int, overhead: float) -> float:
    """Seconds until the last task is written down: one head, one task per node at a time."""
    free = [(0.0, node) for node in range(nodes)]
    heapq.heapify(free)
    head = 0.0
    for duration in durations:
        ready, node = heapq.heappop(free)
        head = max(head, ready) + overhead
        heapq.heappush(free, (head + duration, node))
    return max(ready for ready, _ in free) + overhead


if __name__ == "__main__":
    main()
