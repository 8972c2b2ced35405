"""`Task` and `Example`: what is to be explained. A task never holds its test outputs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.values import Json, Value, ValueType, check, decode, encode, infer_common_type

MAX_EXAMPLES: Final = 10_000
"""Most train examples or test inputs of one task."""
MAX_NAME: Final = 200
"""Longest name of a task, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One observed pair."""

    input: Value
    output: Value


@dataclass(frozen=True, kw_only=True)
class Task:
    """A few examples of an unknown rule, and the inputs the rule is wanted for.

    Two tasks with the same `digest` are the same task, whatever they are called.
    """

    name: str
    """What people call it; never read by a solver."""
    input_type: ValueType
    output_type: ValueType
    train: tuple[Example, ...]
    """At least one example; in order of the source."""
    test: tuple[Value, ...] = ()
    """Inputs whose outputs are wanted."""
    background: str = ""
    """Prolog facts and rules known to hold (relations only)."""
    notes: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    """Remarks of the source for people; never read by a solver."""

    def __post_init__(self) -> None:
        """Check the limits and every value."""
        self._check_sizes()
        for index, example in enumerate(self.train):
            where = f"task {self.name!r}, train[{index}]"
            check(example.input, self.input_type, where=f"{where}.input")
            check(example.output, self.output_type, where=f"{where}.output")
        for index, value in enumerate(self.test):
            check(value, self.input_type, where=f"task {self.name!r}, test[{index}].input")

    def _check_sizes(self) -> None:
        if not (self.name.isprintable() and 1 <= len(self.name) <= MAX_NAME):
            raise TaskError(
                f"task {self.name[:40]!r}: a name is 1 to {MAX_NAME} printable characters"
            )
        if not 1 <= len(self.train) <= MAX_EXAMPLES:
            raise TaskError(
                f"task {self.name!r}: train has {len(self.train)} examples, "
                f"a task has 1 to {MAX_EXAMPLES}"
            )
        if len(self.test) > MAX_EXAMPLES:
            raise TaskError(f"task {self.name!r}: test has over {MAX_EXAMPLES} inputs")

    @classmethod
    def from_pairs(
        cls,
        pairs: Sequence[tuple[Json, Json]],
        tests: Sequence[Json] | None = None,
        *,
        input_type: ValueType | None = None,
        output_type: ValueType | None = None,
        name: str = "task",
    ) -> "Task":
        """Build a task from plain JSON-like values (lists, ints, texts).

        Types are inferred from all values where they are not given.

        Raises:
            TaskError: a value is not of its declared type, or no type fits all values.
        """
        tests = tests or []
        input_type = input_type or infer_common_type([*(left for left, _ in pairs), *tests])
        output_type = output_type or infer_common_type([right for _, right in pairs])
        train = tuple(
            Example(
                input=decode(left, input_type, where=f"task {name!r}, train[{index}].input"),
                output=decode(right, output_type, where=f"task {name!r}, train[{index}].output"),
            )
            for index, (left, right) in enumerate(pairs)
        )
        test = tuple(
            decode(raw, input_type, where=f"task {name!r}, test[{index}].input")
            for index, raw in enumerate(tests)
        )
        return cls(
            name=name, input_type=input_type, output_type=output_type, train=train, test=test
        )

    @property
    def inputs(self) -> tuple[Value, ...]:
        """All inputs: those of the train examples, then the test inputs."""
        return (*(example.input for example in self.train), *self.test)

    @property
    def outputs(self) -> tuple[Value, ...]:
        """The train outputs, in order."""
        return tuple(example.output for example in self.train)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over types, examples, test inputs and background, as 64 hex digits."""
        content = {
            "input_type": self.input_type,
            "output_type": self.output_type,
            "train": [[encode(pair.input), encode(pair.output)] for pair in self.train],
            "test": [encode(value) for value in self.test],
            "background": self.background,
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
