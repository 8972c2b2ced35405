"""`evaluate`: a batch over data sets, from the first task or from where it was cut off."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import peirce
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.runs.batch import Executor, Finish, Halt, Listener, owed, run_batch
from peirce.agent.runs.data import DataSet
from peirce.agent.runs.folder import RunFolder
from peirce.agent.runs.plan import Plan
from peirce.agent.runs.provenance import describe
from peirce.agent.runs.record import Configuration, TaskResult


class OpenExecutor(Executor, Protocol):
    """An executor that is ready to run."""

    @property
    def name(self) -> str:
        """What people call it: `local`, `ray`."""
        ...

    @property
    def workers(self) -> int:
        """Jobs under way at once."""
        ...

    @property
    def isolation(self) -> str:
        """The sandbox in one line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A batch that was asked for."""

    path: Path
    """Folder of the run."""
    sets: Sequence[DataSet]
    plan: Plan
    resume: bool = False
    """Go on with a run that was begun."""
    traced: bool = True
    """Keep a trace of every search."""
    price: float = 0.0
    """Money per million tokens written."""
    noise: float = 0.0
    """Share of the train examples made wrong on purpose, as the sets hold them already."""

    @property
    def configuration(self) -> Configuration:
        """Everything that decides what comes out."""
        settings, budget = self.plan.settings, self.plan.budget
        asks_model = "llm" in settings.proposer.split(",")
        return Configuration(
            peirce=peirce.__version__,
            data=tuple(data.record for data in self.sets),
            proposer=settings.proposer,
            model=settings.model if asks_model else "",
            base_url=settings.base_url if asks_model else "",
            seconds=budget.seconds,
            cpu_seconds=budget.cpu_seconds,
            programs=budget.programs,
            tokens=budget.tokens,
            steps=budget.steps,
            seed=settings.seed,
            isolation=settings.isolation,
            without=self.plan.without,
            price=self.price,
            tolerance=self.plan.robustness.tolerance,
            shots=self.plan.robustness.shots,
            noise=self.noise,
        )


class Watcher(Listener, Protocol):
    """Who watches a run from before its first task."""

    def begins(self, done: Sequence[TaskResult], owed: int) -> None:
        """So many records are there already, so many tasks are to be run."""
        ...


def evaluate(
    asked: Evaluation,
    start: Callable[[Plan, int], AbstractContextManager[OpenExecutor]],
    *,
    halt: Halt,
    watcher: Watcher,
    say: Callable[[str], None],
) -> Finish:
    """Run every task that is owed.

    Args:
        asked: the batch.
        start: makes an executor for a plan and a number of jobs.
        halt: how often the person asked to stop.
        watcher: told of every record.
        say: receives lines for people.

    Raises:
        ConfigError: another process is at the run, or it was begun with other settings.
        TaskError: the folder cannot be used.
        SandboxError: no sandbox can be had.
        ModelError: the model is the only proposer and cannot be reached.
    """
    with RunFolder.open(asked.path, asked.configuration, resume=asked.resume) as folder:
        jobs = owed(folder, asked.sets, traced=asked.traced)
        broken = {job.key for job in jobs}
        done = [result for key, result in folder.results.items() if key not in broken]
        if not jobs:
            watcher.begins(done, 0)
            return Finish.COMPLETE
        warm_up([job.task for job in jobs], say)
        with start(asked.plan, len(jobs)) as executor:
            session = describe(
                executor=executor.name, workers=executor.workers, isolation=executor.isolation
            )
            if folder.run.sessions and folder.run.sessions[-1].code != session.code:
                say("note: the sources of Peirce have changed since this run was begun")
            folder.begin(session)
            say(executor.isolation)
            watcher.begins(done, len(jobs))
            return run_batch(folder, asked.sets, jobs, executor, halt=halt, listener=watcher)
