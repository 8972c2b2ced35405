"""The yardstick: solve every task of a data file and print what was solved, at what cost.

    python scripts/measure.py DATA.jsonl [--workers N] [--budget S] [--limit N] [--json FILE]

A task counts as solved when all its test outputs are right: grids within two answers per test
input, everything else with the first. Test outputs stay in this process; the searching processes
get tasks without them. Every third task, chosen by a hash of its name, is reported apart as well:
rules are developed without looking at that part. CPU seconds include the sandbox's programs.
Ctrl-C ends with the totals of the tasks done so far; the exit codes are those of
`scripts/surveying.py`.
"""

import argparse
import hashlib
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from surveying import Survey, lines_to, parser_of, run, surveys_of

from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.runs.local import LocalExecutor
from peirce.agent.runs.plan import Job, Plan
from peirce.agent.runs.record import TaskResult
from peirce.agent.runs.scoring import settle
from peirce.agent.settings import Settings


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


WALL_FACTOR = 4
"""The wall clock stops a search after this many times its CPU budget: noise of the machine."""


def main() -> None:
    """Parse the arguments, solve, print."""
    options = _arguments()
    budget = Budget(
        seconds=WALL_FACTOR * options.budget,
        cpu_seconds=options.budget,
        left_out=options.left_out,
    )
    settings = Settings.resolve(proposer="symbolic")
    plan = Plan(settings=settings, budget=budget, without=tuple(options.without))
    with lines_to(options.json) as write:
        for survey in surveys_of(options):
            warm_up(survey.tasks, lambda text: print(text, file=sys.stderr))
            print(f"\n{survey.path.name}: {len(survey.tasks)} tasks, {options.budget:g} CPU s each")
            rows: dict[str, Row] = {}
            try:
                for result in _run(survey, plan, options.workers):
                    row = rows[result.task.name] = _row(result)
                    write(row)
                    _progress(list(rows.values()), len(survey.tasks))
            finally:
                ordered = [rows[task.name] for task in survey.tasks if task.name in rows]
                report(ordered)
                if options.verbose:
                    _list(ordered)


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


def is_aside(name: str) -> bool:
    """Whether the task of that name is in the third that nobody looks at."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


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


def _run(survey: Survey, plan: Plan, workers: int) -> Iterator[TaskResult]:
    """Solve tasks in `workers` processes, each with a sandbox of its own, as they end."""
    with LocalExecutor(plan, workers) as executor:
        for ended in executor.run(iter([Job(data="", task=task) for task in survey.tasks])):
            if ended is not None:
                yield settle(ended, survey.taskset.scorer, price=0.0, at=0.0)


def _row(result: TaskResult) -> Row:
    answer, score, fits = result.answer, result.score, result.status == "verified"
    rule = answer.rules[0] if answer and answer.rules else None
    name = result.task.name
    if result.error:
        print(f"{name}: {result.error}", file=sys.stderr)
    return Row(
        task=name,
        domain=result.kind,
        aside=is_aside(name),
        at_one=score.solved_at_one if score else fits,
        at_two=score.solved_at_two if score else fits,
        solved=score.solved if score else fits,
        fits=fits,
        probability=result.probability,
        cpu=result.spent.cpu_seconds,
        wall=result.spent.wall_seconds,
        programs=result.spent.programs,
        origin=rule.origin if rule else "",
        rule=rule.rule if rule else "",
        stop=answer.stop if answer else "",
        signs=result.signs,
    )


def _progress(rows: Sequence[Row], total: int) -> None:
    if sys.stderr.isatty() or len(rows) % 20 == 0:
        solved = sum(row.solved for row in rows)
        end = "\r" if sys.stderr.isatty() else "\n"
        print(
            f"{len(rows)}/{total} tasks, {solved} solved   ", end=end, file=sys.stderr, flush=True
        )


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument("--without", nargs="*", default=[], help="leave these methods out")
    parser.add_argument("--left-out", type=int, default=0, help="examples left out in turn")
    parser.add_argument("--verbose", action="store_true", help="a line per task outside the third")
    return parser.parse_args()


if __name__ == "__main__":
    run(main)
