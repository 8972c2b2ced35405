"""`Task` and `Example`: what is to be explained. A task never holds its test outputs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from peirce.tasks.errors import TaskError
from peirce.tasks.kinds import Kind, decode_side, settle_type
from peirce.tasks.values import Json, Value, ValueType, check, encode

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
    bias: str = ""
    """What the rules may look like, in Popper's declarations (relations only)."""
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
        pairs: "Sequence[tuple[Json, Json]]",
        tests: "Sequence[Json]" = (),
        *,
        input_type: ValueType | None = None,
        output_type: ValueType | None = None,
        name: str = "task",
        background: str = "",
        bias: str = "",
    ) -> "Task":
        """Build a task from plain JSON-like values (lists, ints, texts).

        A type that is not given is what all values of the side look like: rectangles of colours
        are grids, other lists are lists, texts are texts (never atoms).

        Raises:
            TaskError: a value is not of its declared type, or no type fits all of a side.
        """
        where = f"task {name!r}"
        lefts = {f"train[{index}].input": left for index, (left, _) in enumerate(pairs)}
        rights = {f"train[{index}].output": right for index, (_, right) in enumerate(pairs)}
        asked = {f"test[{index}].input": raw for index, raw in enumerate(tests)}
        if not pairs:
            raise TaskError(f"{where}: train is empty; give at least one example")
        left_type = input_type or settle_type(Kind.OTHER, {**lefts, **asked}, where=where)
        right_type = output_type or settle_type(Kind.OTHER, rights, where=where)
        inputs = decode_side(lefts, left_type, where=where)
        outputs = decode_side(rights, right_type, where=where)
        return cls(
            name=name,
            input_type=left_type,
            output_type=right_type,
            train=tuple(
                Example(input=left, output=right)
                for left, right in zip(inputs, outputs, strict=True)
            ),
            test=decode_side(asked, left_type, where=where),
            background=background,
            bias=bias,
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
        """SHA-256 over types, examples, tests, background and bias, as 64 hex digits."""
        content = {
            "input_type": self.input_type,
            "output_type": self.output_type,
            "train": [[encode(pair.input), encode(pair.output)] for pair in self.train],
            "test": [encode(value) for value in self.test],
            "background": self.background,
        }
        if self.bias:
            content["bias"] = self.bias
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
