"""`Comparison`: two runs side by side, on the tasks both have."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from peirce.agent.runs.record import TaskResult
from peirce.agent.runs.statistics import Paired, paired
from peirce.tasks.errors import ConfigError

_Outcome: TypeAlias = Literal["solved", "solved_at_one", "solved_at_two"]


class Comparison(BaseModel):
    """Two runs on the tasks both have."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    tasks: int
    """Tasks both have scored."""
    only_first: int
    """Tasks of the first run that the second has not."""
    only_second: int
    solved: Paired
    pass_at_one: Paired
    pass_at_two: Paired
    gained: tuple[str, ...]
    """Tasks only the second run solved."""
    lost: tuple[str, ...]
    """Tasks only the first run solved."""
    cpu_ratio: float | None
    """CPU seconds of the second run over those of the first, on these tasks."""


def compare(first: Iterable[TaskResult], second: Iterable[TaskResult]) -> Comparison:
    """Compare two runs on the tasks both have, matched by data set, name and content.

    Raises:
        ConfigError: no scored task is in both.
    """
    left, right = ({_identity(result): result for result in run} for run in (first, second))
    common = [key for key in left if key in right and left[key].score and right[key].score]
    olds, news = [left[key] for key in common], [right[key] for key in common]
    if not common:
        raise ConfigError(
            "the two runs share no task with known test outputs; compare runs over the same data"
        )
    before = sum(old.spent.cpu_seconds for old in olds)
    after = sum(new.spent.cpu_seconds for new in news)
    both = list(zip(olds, news, strict=True))
    return Comparison(
        tasks=len(common),
        only_first=sum(key not in right for key in left),
        only_second=sum(key not in left for key in right),
        solved=paired(_each(olds, "solved"), _each(news, "solved")),
        pass_at_one=paired(_each(olds, "solved_at_one"), _each(news, "solved_at_one")),
        pass_at_two=paired(_each(olds, "solved_at_two"), _each(news, "solved_at_two")),
        gained=tuple(new.task.name for old, new in both if new.solved and not old.solved),
        lost=tuple(old.task.name for old, new in both if old.solved and not new.solved),
        cpu_ratio=after / before if before else None,
    )


def _each(results: Sequence[TaskResult], outcome: _Outcome) -> list[bool]:
    match outcome:
        case "solved":
            return [result.solved for result in results]
        case "solved_at_one":
            return [result.solved_at_one for result in results]
        case "solved_at_two":
            return [result.solved_at_two for result in results]


def _identity(result: TaskResult) -> tuple[str, str, str]:
    return (*result.key, result.task.digest)
