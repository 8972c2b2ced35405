"""The yardstick: solve every task of a data file and print what was solved, at what cost.

    python scripts/measure.py DATA.jsonl [--workers N] [--budget S] [--limit N] [--json FILE]

A task counts as solved when all its test outputs are right: grids within two answers per test
input, everything else with the first. Test outputs stay in this process; the searching processes
get tasks without them. Every third task, chosen by a hash of its name, is reported apart as well:
rules are developed without looking at that part. CPU seconds include the sandbox's programs.
"""

import argparse
import asyncio
import hashlib
import json
import math
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.methods import METHODS
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.solve import solve_async
from peirce.tasks import Scorer, Task, Value, load_tasks
from peirce.verifiers.sandbox import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came of one task."""

    task: str
    domain: str
    aside: bool
    """In the third that is reported apart."""
    at_one: bool
    at_two: bool
    solved: bool
    fits: bool
    """Some program reproduces all train examples."""
    probability: float
    cpu: float
    """CPU seconds: search, verification and the programs themselves."""
    wall: float
    programs: int
    origin: str
    rule: str
    stop: str
    signs: tuple[float, ...]
    """What the stated probability rests on; empty where no program fits."""


@dataclass(frozen=True, slots=True)
class Job:
    """One task and how to solve it; pickled to a searching process."""

    task: Task
    seconds: float
    without: tuple[str, ...]
    """Names of methods left out."""


WALL_FACTOR = 4
"""The wall clock stops a search after this many times its CPU budget: noise of the machine."""
Ranked = tuple[tuple[Value, ...], ...]


def main() -> None:
    """Parse the arguments, solve, print."""
    options = _arguments()
    sets = {path: load_tasks(path) for path in options.data}
    totals: list[Row] = []
    for path, taskset in sets.items():
        tasks = [task for task in taskset.tasks if not options.only or task.name in options.only]
        tasks = tasks[:: options.every][: options.limit]
        warm_up(tasks, lambda text: print(text, file=sys.stderr))
        print(f"\n{path.name}: {len(tasks)} tasks, {options.budget:g} CPU s each")
        jobs = [Job(task, options.budget, tuple(options.without)) for task in tasks]
        rows: list[Row] = []
        for task, (answer, ranked) in zip(tasks, _run(jobs, options.workers), strict=True):
            rows.append(_row(task, answer, ranked, taskset.scorer))
            _progress(rows, len(tasks))
        totals.extend(rows)
        report(rows)
        if options.verbose:
            _list(rows)
    if _Here.runner is not None:
        _Here.runner.run(_Here.open_things.aclose())
        _Here.runner.close()
    if options.json:
        lines = [json.dumps(asdict(row)) for row in totals]
        options.json.write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(rows: Sequence[Row]) -> None:
    """Print the totals of a data set, its two parts, and the calibration."""
    print(
        f"{'part':<14}{'tasks':>6}{'solved':>8}{'%':>7}{'@1':>6}{'@2':>6}{'fits':>6}"
        f"{'cpu s':>8}{'p90':>7}{'wall s':>8}"
    )
    parts = [("all", list(rows))]
    if len(rows) >= 30:
        parts.append(("two thirds", [row for row in rows if not row.aside]))
        parts.append(("third apart", [row for row in rows if row.aside]))
    for name, part in parts:
        _line(name, part)
    for floor in (0.9, 0.5):
        sure = [row for row in rows if row.fits and row.probability >= floor]
        if sure:
            right = sum(row.at_one for row in sure)
            print(f"said >= {floor:.0%} sure: {len(sure)}, right {right} ({right / len(sure):.1%})")
    brier = sum((row.probability - row.at_one) ** 2 for row in rows) / max(1, len(rows))
    print(f"Brier score of the stated probability: {brier:.3f}")


def _line(name: str, part: Sequence[Row]) -> None:
    count = len(part) or 1
    cpu = sorted(row.cpu for row in part) or [0.0]
    print(
        f"{name:<14}{len(part):>6}{sum(row.solved for row in part):>8}"
        f"{100 * sum(row.solved for row in part) / count:>7.1f}"
        f"{sum(row.at_one for row in part):>6}{sum(row.at_two for row in part):>6}"
        f"{sum(row.fits for row in part):>6}{sum(cpu) / count:>8.2f}"
        f"{cpu[math.ceil(0.9 * len(cpu)) - 1]:>7.2f}{sum(row.wall for row in part) / count:>8.2f}"
    )


def _list(rows: Iterable[Row]) -> None:
    for row in rows:
        if row.aside:
            continue
        mark = "solved" if row.solved else "wrong" if row.fits else "-"
        print(
            f"{row.task:<28}{mark:<8}{row.probability:>5.2f}{row.cpu:>7.2f} s  "
            f"{row.origin:<34}{row.rule[:110]}"
        )


def _row(task: Task, answer: "Summary", ranked: Ranked, scorer: Scorer) -> Row:
    known = scorer.knows(task)
    score = scorer.score(task, ranked) if known else None
    return Row(
        task=task.name,
        domain=task.output_type,
        aside=int(hashlib.sha256(task.name.encode()).hexdigest(), 16) % 3 == 0,
        at_one=score.solved_at_one if score else answer.fits,
        at_two=score.solved_at_two if score else answer.fits,
        solved=score.solved if score else answer.fits,
        fits=answer.fits,
        probability=answer.probability,
        cpu=answer.cpu,
        wall=answer.wall,
        programs=answer.programs,
        origin=answer.origin,
        rule=answer.rule,
        stop=answer.stop,
        signs=answer.signs,
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """The part of an answer that travels back from a searching process."""

    fits: bool
    probability: float
    cpu: float
    wall: float
    programs: int
    origin: str
    rule: str
    stop: str
    signs: tuple[float, ...]


def _summary(answer: Answer, cpu: float) -> Summary:
    return Summary(
        answer.verified,
        answer.probability,
        cpu,
        answer.spent.seconds,
        answer.spent.programs,
        answer.best.proposal.origin if answer.best else "",
        answer.rule,
        answer.stop,
        answer.signs.vector() if answer.signs else (),
    )


def _run(jobs: Sequence[Job], workers: int) -> Iterator[tuple[Summary, Ranked]]:
    """Solve jobs in `workers` processes, each with a sandbox of its own, in order."""
    if workers == 1:
        yield from map(_solve_here, jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(_solve_here, jobs)


class _Here:
    """The event loop and sandbox of this process, opened once."""

    runner: asyncio.Runner | None = None
    open_things = AsyncExitStack()
    sandbox: Sandbox | None = None


def _solve_here(job: Job) -> tuple[Summary, Ranked]:
    if _Here.runner is None:
        _Here.runner = asyncio.Runner()
        warm_up([job.task], lambda text: None)
    return _Here.runner.run(_solve(job))


async def _solve(job: Job) -> tuple[Summary, Ranked]:
    if _Here.sandbox is None:
        _Here.sandbox = await _Here.open_things.enter_async_context(Sandbox.open())
    methods = [method for method in METHODS if method.name not in job.without]
    started = time.process_time()
    answer = await solve_async(
        job.task,
        sandbox=_Here.sandbox,
        budget=Budget(seconds=WALL_FACTOR * job.seconds, cpu_seconds=job.seconds),
        proposers=[SymbolicProposer(methods)],
    )
    cpu = max(answer.spent.cpu_seconds, time.process_time() - started)
    ranked = tuple(tuple(guess.value for guess in column) for column in answer.predictions)
    return _summary(answer, cpu), ranked


def _progress(rows: Sequence[Row], total: int) -> None:
    if sys.stderr.isatty() or len(rows) % 20 == 0:
        solved = sum(row.solved for row in rows)
        end = "\r" if sys.stderr.isatty() else "\n"
        print(
            f"{len(rows)}/{total} tasks, {solved} solved   ", end=end, file=sys.stderr, flush=True
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", nargs="+", type=Path, help="task files")
    parser.add_argument("--workers", type=int, default=1, help="searching processes")
    parser.add_argument("--budget", type=float, default=10.0, help="CPU seconds of search per task")
    parser.add_argument("--limit", type=int, help="at most so many tasks of each file")
    parser.add_argument("--every", type=int, default=1, help="only every N-th task")
    parser.add_argument("--only", nargs="*", default=[], help="only the tasks of these names")
    parser.add_argument("--without", nargs="*", default=[], help="leave these methods out")
    parser.add_argument("--verbose", action="store_true", help="a line per task outside the third")
    parser.add_argument("--json", type=Path, help="write one JSON line per task here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
