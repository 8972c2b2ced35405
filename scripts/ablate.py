"""What each symbolic method is worth: what it alone solves, how often it is right, what it costs.

    python scripts/ablate.py DATA.jsonl... [--workers N] [--budget S] [--every N] [--json FILE]

Every task is searched to the end of its budget by all methods together, so one run tells for each
of them on how many tasks one of its programs fitted all examples, on how many it predicted every
test output, on how many no other method did, and how many CPU seconds it worked. `--json` writes
one line per task with all programs that fit, from which `scripts/rank.py` fits the weights of the
ranking. Ctrl-C ends with the table of the tasks searched so far; the exit codes are those of
`scripts/surveying.py`.
"""

import asyncio
import multiprocessing
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from measure import WALL_FACTOR, is_aside
from surveying import lines_to, parser_of, run, surveys_of

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.solve import solve_async
from peirce.tasks import Task, TaskSet, Value
from peirce.tasks.errors import SandboxError
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
    options = parser_of(__doc__).parse_args()
    with lines_to(options.json) as write:
        for survey in surveys_of(options):
            tasks, rows = survey.tasks, list[Searched]()
            warm_up(tasks, lambda text: print(text, file=sys.stderr))
            print(f"\n{survey.path.name}: {len(tasks)} tasks, {options.budget:g} CPU s each")
            jobs = [(task, options.budget) for task in tasks]
            try:
                for task, result in zip(tasks, _run(jobs, options.workers), strict=True):
                    rows.append(_score(survey.taskset, task, result))
                    write(rows[-1])
                    if len(rows) % 20 == 0:
                        print(f"{len(rows)}/{len(tasks)} tasks", file=sys.stderr, flush=True)
            finally:
                report(rows)


def report(rows: Sequence[Searched]) -> None:
    """Print the table of methods and the totals of the tasks searched so far."""
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
    share = some / max(1, len(rows))
    print(f"some program that fits is right: {some} of {len(rows)} ({share:.1%})")


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
    """Search in `workers` processes, in order.

    Raises:
        SandboxError: one of them died.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_to_parent) as pool:
        try:
            yield from pool.map(_search, jobs)
        except BrokenProcessPool:
            raise SandboxError(
                "a searching process was killed, perhaps for its memory; fewer --workers need less"
            ) from None
        finally:
            # What is still searched when the user leaves is not waited for.
            for child in multiprocessing.active_children():
                child.terminate()


def _leave_to_parent() -> None:
    """Ctrl-C at the terminal reaches every process; the parent alone decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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


if __name__ == "__main__":
    run(main)
