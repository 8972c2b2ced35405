"""Wrong examples mixed in on purpose, to see what a tolerance is worth."""

import random
from dataclasses import replace

from peirce.agent.runs.data import DataSet
from peirce.tasks.errors import ConfigError
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Example, Task
from peirce.tasks.values import same_value


def with_noise(data: DataSet, share: float, *, seed: int) -> DataSet:
    """The same tasks with a share of their train outputs taken from other examples.

    Test inputs and outputs stay as they are.

    Raises:
        ConfigError: the share is not in [0, 0.5).
    """
    if not 0 <= share < 0.5:
        raise ConfigError(f"--noise {share!r} is not in [0, 0.5): the majority must be right")
    if share == 0:
        return data
    noisy = [(task, mix_wrong(task, share, seed=seed)) for task in data.tasks]
    known = [(wrong, data.scorer.reveal(task)) for task, wrong in noisy if data.scorer.knows(task)]
    return replace(data, tasks=tuple(wrong for _, wrong in noisy), scorer=Scorer(known))


def mix_wrong(task: Task, share: float, *, seed: int) -> Task:
    """A task with `share` of its examples, rounded down, given the output of another one."""
    lots = random.Random(f"{seed} {task.digest}")
    train = list(task.train)
    for index in lots.sample(range(len(train)), int(share * len(train))):
        others = [
            pair.output for pair in task.train if not same_value(pair.output, train[index].output)
        ]
        if others:
            train[index] = Example(input=train[index].input, output=lots.choice(others))
    return replace(task, train=tuple(train))
