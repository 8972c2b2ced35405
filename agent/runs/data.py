"""`DataSet`: the tasks a run is over, chosen from a file, a folder or a named set."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from peirce.agent.runs.record import DataRecord
from peirce.tasks.errors import ConfigError, TaskError
from peirce.tasks.formats import load_tasks
from peirce.tasks.formats.jsonl import format_jsonl
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task
from peirce.tasks.taskset import TaskSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which tasks of each data set to take; the narrowings apply in the order of the fields."""

    ids: tuple[str, ...] = ()
    """Only the tasks of these names; empty for all."""
    every: int = 1
    """Only every N-th task."""
    sample: int | None = None
    """So many tasks at random; a larger sample of the same seed holds the smaller one."""
    limit: int | None = None
    """At most the first so many tasks."""
    seed: int = 0
    """Seed of the sample."""

    def __post_init__(self) -> None:
        """Refuse selections of nothing."""
        for name in ("every", "sample", "limit"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ConfigError(f"--{name} is {value!r}; it must be at least 1")

    def choose(self, tasks: Sequence[Task]) -> tuple[Task, ...]:
        """The chosen tasks in order of the source."""
        named = [task for task in tasks if not self.ids or task.name in self.ids]
        chosen = named[:: self.every]
        if self.sample is not None:
            drawn = {task.name for task in sorted(chosen, key=self._lot)[: self.sample]}
            chosen = [task for task in chosen if task.name in drawn]
        return tuple(chosen[: self.limit])

    def _lot(self, task: Task) -> float:
        return random.Random(f"{self.seed} {task.digest} {task.name}").random()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """Chosen tasks, and the scorer that knows their test outputs."""

    record: DataRecord
    tasks: tuple[Task, ...]
    scorer: Scorer


class NamedSets(Protocol):
    """Where names that are no files are looked up."""

    def __call__(self, name: str) -> tuple[TaskSet, str]:
        """The tasks of a named set, and its licence.

        Raises:
            TaskError: there is no such set, or it cannot be had.
        """
        ...


def open_data(
    sources: Sequence[str], selection: Selection, *, named: NamedSets
) -> tuple[DataSet, ...]:
    """Load and choose the tasks of every source.

    Raises:
        TaskError: a source cannot be read, or no task has one of the asked names.
        ConfigError: two sources have the same name, or nothing is chosen.
    """
    sets = [_open(source, selection, named) for source in sources]
    names = [found.record.name for found in sets]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ConfigError(f"two data sets are called {min(twice)!r}; rename one of the files")
    found_ids = {task.name for found in sets for task in found.tasks}
    missing = [name for name in selection.ids if name not in found_ids]
    if missing and selection == Selection(ids=selection.ids):
        raise TaskError(
            f"no task is called {missing[0]!r}; `peirce tasks FILE` lists the names of a file"
        )
    if not found_ids:
        raise ConfigError("no task is left to run; widen --ids, --sample or --limit")
    return tuple(sets)


def _open(source: str, selection: Selection, named: NamedSets) -> DataSet:
    path = Path(source)
    if path.exists():
        name, (taskset, licence) = path.stem, (load_tasks(path), "")
    else:
        name, (taskset, licence) = source, named(source)
    chosen = selection.choose(taskset.tasks)
    return DataSet(
        record=DataRecord(
            name=name,
            source=source,
            digest=content_digest(taskset),
            tasks=len(taskset),
            chosen=tuple(task.name for task in chosen),
            licence=licence,
        ),
        tasks=chosen,
        scorer=taskset.scorer,
    )


def content_digest(taskset: TaskSet) -> str:
    """SHA-256 over all tasks and test outputs, however the file they came in was laid out."""
    digest = hashlib.sha256()
    for task in taskset:
        digest.update(format_jsonl(task, taskset.scorer).encode() + b"\n")
    return digest.hexdigest()
