"""The type of one side of a task, settled over all its examples within what the kind allows."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never, cast

from peirce.tasks.errors import TaskError
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


def decode_side(values: Mapping[str, object], kind: ValueType, *, where: str) -> tuple[Value, ...]:
    """Decode the values of one side, by name of field.

    Raises:
        TaskError: one is not of that type.
    """
    return tuple(decode(raw, kind, where=f"{where}, {name}") for name, raw in values.items())
