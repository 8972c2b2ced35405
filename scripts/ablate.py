"""What each symbolic method is worth: what it alone solves, how often it is right, what it costs.

    python scripts/ablate.py DATA.jsonl... [--workers N] [--budget S] [--every N] [--json FILE]

Every task is searched to the end of its budget by all methods together, so one run tells for each
of them on how many tasks one of its programs fitted all examples, on how many it predicted every
test output, on how many no other method did, and how many CPU seconds it worked. `--json` writes
one line per task with all programs that fit, from which `scripts/rank.py` fits the weights of the
ranking.
"""

import argparse
import asyncio
import json
import multiprocessing
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from measure import WALL_FACTOR, is_aside

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.solve import solve_async
from peirce.tasks import Task, TaskSet, Value, load_tasks
from peirce.verifiers.evidence import Evidence
from peirce.verifiers.sandbox import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A program that reproduces all examples of a task."""

    origin: str
    source: str
    """The program, so that another prior can be tried without searching again."""
    bits: float
    copies: int
    failures: int
    surprises: tuple[str, ...]
    answer: int
    """Programs with the same number predict the same."""
    right: bool
    """Its predictions are all right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One task, searched to the end."""

    task: str
    aside: bool
    """In the third that nobody looks at."""
    examples: int
    fits: tuple[Fit, ...]
    costs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """What travels back from a searching process: test outputs never went there."""

    fits: tuple[tuple[str, str, Evidence, tuple[Value | None, ...]], ...]
    """For each program that fits: its origin, its source, the evidence, what it predicts."""
    costs: dict[str, float]


def main() -> None:
    """Parse the arguments, search, print."""
    options = _arguments()
    if options.json:
        options.json.unlink(missing_ok=True)
    for path in options.data:
        taskset = load_tasks(path)
        tasks = taskset.tasks[:: options.every]
        warm_up(tasks, lambda text: print(text, file=sys.stderr))
        jobs = [(task, options.budget) for task in tasks]
        rows: list[Searched] = []
        for task, result in zip(tasks, _run(jobs, options.workers), strict=True):
            rows.append(_score(taskset, task, result))
            if options.json:
                with options.json.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(asdict(rows[-1])) + "\n")
            if len(rows) % 20 == 0:
                print(f"{len(rows)}/{len(tasks)} tasks", file=sys.stderr, flush=True)
        print(f"\n{path.name}: {len(rows)} tasks, {options.budget:g} CPU s each")
        report(rows)


def report(rows: Sequence[Searched]) -> None:
    """Print the table of methods and the totals."""
    fitted: dict[str, set[str]] = defaultdict(set)
    right: dict[str, set[str]] = defaultdict(set)
    seconds: dict[str, float] = defaultdict(float)
    for row in rows:
        for fit in row.fits:
            fitted[fit.origin].add(row.task)
            if fit.right:
                right[fit.origin].add(row.task)
        for name, cost in row.costs.items():
            seconds[f"symbolic.{name}"] += cost
    total = sum(seconds.values()) or 1.0
    print(f"{'method':<40}{'fits':>6}{'right':>7}{'alone':>7}{'CPU s':>9}{'share':>8}")
    for name in sorted({*fitted, *seconds}, key=lambda name: -len(right[name])):
        others = {task for other in right if other != name for task in right[other]}
        print(
            f"{name.removeprefix('symbolic.'):<40}{len(fitted[name]):>6}{len(right[name]):>7}"
            f"{len(right[name] - others):>7}{seconds[name]:>9.1f}{seconds[name] / total:>8.1%}"
        )
    some = sum(any(fit.right for fit in row.fits) for row in rows)
    print(f"some program that fits is right: {some} of {len(rows)} ({some / len(rows):.1%})")


def _score(taskset: TaskSet, task: Task, found: Found) -> Searched:
    numbers: dict[str, int] = {}
    fits: list[Fit] = []
    for origin, source, evidence, predictions in found.fits:
        guess = tuple(() if value is None else (value,) for value in predictions)
        fits.append(
            Fit(
                origin=origin,
                source=source,
                bits=evidence.bits,
                copies=evidence.copies,
                failures=evidence.failures,
                surprises=evidence.surprises,
                answer=numbers.setdefault(repr(predictions), len(numbers)),
                right=taskset.scorer.score(task, guess).solved_at_one,
            )
        )
    return Searched(
        task=task.name,
        aside=is_aside(task.name),
        examples=len(task.train),
        fits=tuple(fits),
        costs=found.costs,
    )


def _run(jobs: Sequence[tuple[Task, float]], workers: int) -> Iterator[Found]:
    """Search in `workers` processes, in order."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(_search, jobs)


def _search(job: tuple[Task, float]) -> Found:
    return asyncio.run(_search_async(*job))


async def _search_async(task: Task, seconds: float) -> Found:
    proposer = SymbolicProposer()
    budget = Budget(seconds=WALL_FACTOR * seconds, cpu_seconds=seconds, settle=False)
    async with Sandbox.open() as sandbox:
        answer = await solve_async(task, sandbox=sandbox, budget=budget, proposers=[proposer])
    return Found(_fits(answer), dict(proposer.costs))


def _fits(answer: Answer) -> tuple[tuple[str, str, Evidence, tuple[Value | None, ...]], ...]:
    return tuple(
        (
            found.proposal.origin,
            found.proposal.program.source,
            found.evidence,
            tuple(found.verdict.predictions),
        )
        for found in answer.candidates
        if found.fits
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", nargs="+", type=Path, help="task files")
    parser.add_argument("--workers", type=int, default=1, help="searching processes")
    parser.add_argument("--budget", type=float, default=10.0, help="CPU seconds of search per task")
    parser.add_argument("--every", type=int, default=1, help="only every N-th task")
    parser.add_argument("--json", type=Path, help="write one JSON line per task here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
