"""`Scorer`: the one holder of test outputs. The search is never given one.

Answers are tied to a task by its digest. They do not show in the `repr`, cannot be pickled into
another process and leave the scorer only through `reveal`, which counts like a scoring.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from peirce.tasks.errors import TaskError
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType, check, same_value

GRID_ATTEMPTS: Final = 2
"""Answers that count per test input of a grid task, as in ARC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Which test inputs were answered right, with one answer each and with two."""

    at_one: tuple[bool, ...]
    """Per test input: whether the first answer is right."""
    at_two: tuple[bool, ...]
    """Per test input: whether the first or the second answer is right."""
    attempts: int
    """Answers that count for this task: 2 for grids, 1 for everything else."""

    @property
    def solved_at_one(self) -> bool:
        """Whether the first answers are right on every test input."""
        return all(self.at_one)

    @property
    def solved_at_two(self) -> bool:
        """Whether one of the first two answers is right on every test input."""
        return all(self.at_two)

    @property
    def solved(self) -> bool:
        """Whether the task counts as solved with the attempts it allows."""
        return self.solved_at_two if self.attempts > 1 else self.solved_at_one


class Scorer:
    """Compares ranked answers with test outputs that nobody else can see."""

    __slots__ = ("__answers", "__calls")

    def __init__(self, answers: Iterable[tuple[Task, Sequence[Value]]] = ()) -> None:
        """Take the test outputs of tasks, one output per test input.

        Raises:
            TaskError: an output is of the wrong type, their number is wrong, or equal tasks
                come with different outputs.
        """
        self.__answers: dict[str, tuple[Value, ...]] = {}
        self.__calls = 0
        for task, outputs in answers:
            self.__hold(task, tuple(outputs))

    def __hold(self, task: Task, outputs: tuple[Value, ...]) -> None:
        if len(outputs) != len(task.test):
            raise TaskError(
                f"task {task.name!r}: {len(outputs)} test outputs for {len(task.test)} test inputs"
            )
        for index, output in enumerate(outputs):
            where = f"task {task.name!r}, test[{index}].output"
            check(output, task.output_type, where=where)
        known = self.__answers.setdefault(task.digest, outputs)
        if not all(map(same_value, known, outputs)):
            raise TaskError(
                f"task {task.name!r}: an equal task comes with other test outputs; drop one of them"
            )

    @property
    def calls(self) -> int:
        """How often answers were scored or revealed."""
        return self.__calls

    def knows(self, task: Task) -> bool:
        """Whether the task has test inputs whose outputs are held here."""
        return bool(task.test) and task.digest in self.__answers

    def score(self, task: Task, ranked: Sequence[Sequence[Value]]) -> Score:
        """Compare the answers, best first per test input; missing answers are wrong.

        Raises:
            TaskError: the task is not known here, or there is not one ranking per test input.
        """
        outputs = self.reveal(task)
        if len(ranked) != len(outputs):
            raise TaskError(
                f"task {task.name!r}: {len(ranked)} rankings for {len(outputs)} test inputs; "
                "give one per test input, empty where there is no answer"
            )
        pairs = list(zip(outputs, ranked, strict=True))
        return Score(
            at_one=tuple(_is_among(output, answers[:1]) for output, answers in pairs),
            at_two=tuple(_is_among(output, answers[:2]) for output, answers in pairs),
            attempts=GRID_ATTEMPTS if task.output_type is ValueType.GRID else 1,
        )

    def reveal(self, task: Task) -> tuple[Value, ...]:
        """Hand out the test outputs, for a report written after the search has ended.

        Raises:
            TaskError: the task is not known here.
        """
        self.__calls += 1
        if not self.knows(task):
            raise TaskError(f"task {task.name!r}: no test outputs are held for it")
        return self.__answers[task.digest]

    def __repr__(self) -> str:
        return f"<Scorer of {len(self.__answers)} tasks, {self.__calls} calls>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Scorer stays in the process that loaded it; send tasks instead")


def _is_among(output: Value, answers: Sequence[Value]) -> bool:
    return any(same_value(output, answer) for answer in answers)
