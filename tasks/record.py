"""`Record`: a task as a file states it, before its values have types, and the way to a `Task`.

The type of a side is settled over all examples of the task, within what the kind allows. Output
types are settled without the test outputs, so that a task is the same with and without them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Value, ValueType, decode, infer_type, show

_Sort: TypeAlias = Literal["boolean", "number", "text", "list"]


class Kind(StrEnum):
    """The domain a task file declares."""

    GRID = "grid"
    """Lists are grids."""
    LIST = "list"
    """Lists are lists of integers, even where they look like grids."""
    STRING = "string"
    """Lists are lists of texts."""
    RELATION = "relation"
    """Texts are ground Prolog atoms."""
    OTHER = "other"
    """Every value is what it looks like."""


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
    lefts = _decode_side(inputs, input_type, where)
    rights = _decode_side(outputs, output_type, where)
    try:
        task = Task(
            name=record.name,
            input_type=input_type,
            output_type=output_type,
            train=tuple(map(_example, lefts, rights)),
            test=_decode_side(tests, input_type, where),
            background=record.background,
            notes=record.notes,
        )
    except TaskError as error:
        raise TaskError(f"{record.where}: {error}") from None
    if record.answers is None:
        return Loaded(task=task, answers=None, where=record.where)
    answers = _decode_side(_side("test", "output", record.answers), output_type, where)
    return Loaded(task=task, answers=answers, where=record.where)


def settle_type(kind: Kind, values: Mapping[str, object], *, where: str) -> ValueType:
    """Find the one type that all values of one side have under the kind.

    `values` maps the name of each field to what stands there.

    Raises:
        TaskError: two values are of different sorts, or one is of no known sort.
    """
    sorts: dict[str, _Sort] = {
        name: _sort(raw, where=f"{where}, {name}") for name, raw in values.items()
    }
    first_name, first = next(iter(sorts.items()))
    for name, sort in sorts.items():
        if sort != first:
            raise TaskError(
                f"{where}, {name}: holds a {sort}, but {first_name} a {first}; "
                "all values of one side are of one type"
            )
    match first:
        case "boolean":
            return ValueType.BOOLEAN
        case "number":
            return ValueType.NUMBER
        case "text":
            return ValueType.ATOM if kind is Kind.RELATION else ValueType.STRING
        case "list":
            return _list_type(kind, [cast("list[object]", raw) for raw in values.values()])
        case _:
            assert_never(first)


def _sort(raw: object, *, where: str) -> _Sort:
    match raw:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case _:
            raise TaskError(
                f"{where}: {show(raw)} is no value; give a list, text, number or boolean"
            )


def _list_type(kind: Kind, values: Sequence[list[object]]) -> ValueType:
    if kind is Kind.GRID:
        return ValueType.GRID
    if any(isinstance(item, str) for items in values for item in items):
        return ValueType.STRINGS
    if kind is Kind.STRING and not any(values):
        return ValueType.STRINGS
    if kind in (Kind.OTHER, Kind.RELATION) and all(
        infer_type(items) is ValueType.GRID for items in values
    ):
        return ValueType.GRID
    return ValueType.LIST


def _side(part: str, side: str, values: Sequence[object]) -> dict[str, object]:
    return {f"{part}[{index}].{side}": raw for index, raw in enumerate(values)}


def _decode_side(values: Mapping[str, object], kind: ValueType, where: str) -> tuple[Value, ...]:
    return tuple(decode(raw, kind, where=f"{where}, {name}") for name, raw in values.items())


def _example(left: Value, right: Value) -> Example:
    return Example(input=left, output=right)
