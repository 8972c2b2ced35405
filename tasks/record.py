"""`Record`: a task as a file states it, before its values have types, and the way to a `Task`.

Output types are settled without the test outputs, so that a task is the same with and without them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peirce.tasks.errors import TaskError
from peirce.tasks.kinds import Kind, decode_side, settle_type
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Value, ValueType, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One task of a file, its values still plain JSON."""

    where: str
    """File, and line where there is one; starts every message."""
    name: str
    kind: Kind
    train: Sequence[tuple[object, object]]
    tests: Sequence[object]
    """The test inputs."""
    answers: Sequence[object] | None = None
    """The test outputs, or none at all."""
    input_type: ValueType | None = None
    """Overrides what the kind implies."""
    output_type: ValueType | None = None
    background: str = ""
    bias: str = ""
    notes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A task, its test outputs if the source has them, and where it was found."""

    task: Task
    answers: tuple[Value, ...] | None
    where: str


def build(record: Record) -> Loaded:
    """Give the values of a record their types.

    Raises:
        TaskError: a value does not fit; the message names file, task and field.
    """
    where = f"{record.where}: task {show(record.name)}"
    if not record.train:
        raise TaskError(f"{where}: train is empty; give at least one example")
    inputs = _side("train", "input", [left for left, _ in record.train])
    outputs = _side("train", "output", [right for _, right in record.train])
    tests = _side("test", "input", record.tests)
    input_type = record.input_type or settle_type(record.kind, {**inputs, **tests}, where=where)
    output_type = record.output_type or settle_type(record.kind, outputs, where=where)
    lefts = decode_side(inputs, input_type, where=where)
    rights = decode_side(outputs, output_type, where=where)
    asked = decode_side(tests, input_type, where=where)
    try:
        task = Task(
            name=record.name,
            input_type=input_type,
            output_type=output_type,
            train=tuple(map(_example, lefts, rights)),
            test=asked,
            background=record.background,
            bias=record.bias,
            notes=record.notes,
        )
    except TaskError as error:
        raise TaskError(f"{record.where}: {error}") from None
    if record.answers is None:
        return Loaded(task=task, answers=None, where=record.where)
    answers = decode_side(_side("test", "output", record.answers), output_type, where=where)
    return Loaded(task=task, answers=answers, where=record.where)


def _side(part: str, side: str, values: Sequence[object]) -> dict[str, object]:
    return {f"{part}[{index}].{side}": raw for index, raw in enumerate(values)}


def _example(left: Value, right: Value) -> Example:
    return Example(input=left, output=right)
