"""`TaskSet`: what a file, a folder or a data set holds, with its test outputs apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from peirce.tasks.errors import TaskError
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSet:
    """Tasks with different names, and the scorer that knows their test outputs."""

    tasks: tuple[Task, ...]
    """In order of the source."""
    scorer: Scorer = field(default_factory=Scorer, compare=False)
    """Never handed to a search."""

    def __post_init__(self) -> None:
        """Check that no name occurs twice."""
        seen: set[str] = set()
        for task in self.tasks:
            if task.name in seen:
                raise TaskError(f"task {task.name!r}: two tasks have this name; rename one")
            seen.add(task.name)

    def __len__(self) -> int:
        return len(self.tasks)

    def __iter__(self) -> Iterator[Task]:
        return iter(self.tasks)

    def find(self, name: str) -> Task:
        """Return the task of that name.

        Raises:
            TaskError: there is none.
        """
        for task in self.tasks:
            if task.name == name:
                return task
        known = ", ".join(task.name for task in self.tasks[:8])
        raise TaskError(f"no task is called {name!r}; there are {len(self.tasks)}: {known} …")
