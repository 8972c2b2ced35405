"""How far a run has come, on stderr: one live line in a terminal, one plain line per task else."""

import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from peirce.agent.interfaces.terminal.texts import printable
from peirce.agent.runs.batch import Halt
from peirce.agent.runs.record import TaskResult


class Tally:
    """Counts what has ended, and knows how fast it goes."""

    def __init__(self) -> None:
        """Count from nothing."""
        self.done = self.total = self.solved = self.failed = self.tokens = 0
        self.cost = 0.0
        self._fresh = 0
        self._started = time.monotonic()

    def begins(self, done: Sequence[TaskResult], owed: int) -> None:
        """Start with the records that are there already; the clock starts now."""
        for result in done:
            self._count(result)
        self.total = len(done) + owed
        self._started = time.monotonic()

    def add(self, result: TaskResult) -> None:
        """Count a task that has just ended."""
        self._count(result)
        self._fresh += 1

    def _count(self, result: TaskResult) -> None:
        self.done += 1
        self.solved += result.solved
        self.failed += bool(result.error)
        self.tokens += result.spent.tokens
        self.cost += result.spent.cost

    def status(self) -> str:
        """Solved, rate, time left, tokens and cost in one line."""
        parts = [f"{self.solved} solved"]
        if self.failed:
            parts.append(f"{self.failed} failed")
        elapsed = time.monotonic() - self._started
        if self._fresh and elapsed > 0:
            rate = self._fresh / elapsed
            left = (self.total - self.done) / rate
            parts += [f"{60 * rate:.1f} tasks/min", f"{_duration(left)} left"]
        if self.tokens:
            parts.append(f"{self.tokens:,} tokens")
        if self.cost:
            parts.append(f"cost {self.cost:.2f}")
        return ", ".join(parts)


class RunProgress:
    """Watches a run for a person; see `run_progress`."""

    def __init__(self, console: Console, halt: Halt, live: Progress | None) -> None:
        self.tally = Tally()
        self._console = console
        self._halt = halt
        self._heard = 0
        self._live = live
        self._bar = live.add_task("", total=None) if live else None

    def begins(self, done: Sequence[TaskResult], owed: int) -> None:
        """Say where the run stands."""
        self.tally.begins(done, owed)
        if done and owed:
            self._console.print(f"{len(done)} tasks are done, {owed} are owed", markup=False)
        self._show()

    def ended(self, result: TaskResult) -> None:
        """Count a task; without a terminal it gets a line."""
        self.tally.add(result)
        if result.error:
            first = printable(result.error.splitlines()[-1])
            self._console.print(f"{printable(result.task.name)}: {first}", markup=False)
        if self._live is None:
            place = f"[{self.tally.done}/{self.tally.total}]"
            name = printable(result.task.name)
            text = f"{place} {name}: {_outcome(result)}; {self.tally.status()}"
            self._console.print(text, markup=False, soft_wrap=True)
        self.tick()

    def tick(self) -> None:
        """Keep the line up to date, and answer Ctrl-C."""
        if self._halt.asked > self._heard:
            self._heard = self._halt.asked
            text = "finishing what is in flight; Ctrl-C again stops at once"
            self._console.print(text if self._heard == 1 else "stopping", markup=False)
        self._show()

    def _show(self) -> None:
        if self._live and self._bar is not None:
            self._live.update(
                self._bar,
                total=self.tally.total,
                completed=self.tally.done,
                description=self.tally.status(),
            )


@contextmanager
def run_progress(console: Console, halt: Halt) -> Generator[RunProgress]:
    """Watch a run on stderr; the live line is taken away at the end."""
    if not sys.stderr.isatty():
        yield RunProgress(console, halt, None)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as live:
        yield RunProgress(console, halt, live)


def _outcome(result: TaskResult) -> str:
    if result.score is not None:
        return "solved" if result.solved else "wrong" if result.status == "verified" else "-"
    return result.status


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
