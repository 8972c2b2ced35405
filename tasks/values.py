"""The values a task is made of, and the one strict way in from JSON and out to JSON.

Values are immutable plain Python (tuples, int, float, str, bool) and `Atom`. `decode` refuses
whatever is not exactly of the declared type: a bool is not an int, 1.0 is not 1, NaN is nothing.
"""

import math
import reprlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias, assert_never, cast

from peirce.tasks.atoms import Atom, parse_atom
from peirce.tasks.errors import TaskError

MAX_SIDE: Final = 128
"""Largest height or width of a grid, in cells."""
COLOURS: Final = 10
"""Grid cells are the integers 0 to 9."""
MAX_ITEMS: Final = 100_000
"""Largest number of integers in a list value, counted at all depths."""
MAX_DEPTH: Final = 16
"""Deepest nesting of a list value."""
MAX_TEXT: Final = 1_000_000
"""Longest string value, in characters."""
MAX_DIGITS: Final = 4_000
"""Longest integer, in decimal digits."""

Grid: TypeAlias = tuple[tuple[int, ...], ...]
IntList: TypeAlias = tuple["int | IntList", ...]
Strings: TypeAlias = tuple[str, ...]
Value: TypeAlias = Grid | IntList | Strings | str | int | float | bool | Atom
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class ValueType(StrEnum):
    """What kind of value stands on one side of an example."""

    GRID = "grid"
    """A rectangle of colours 0 to 9, up to 128 by 128."""
    LIST = "list"
    """A list of integers; lists may be nested."""
    STRING = "string"
    """One text."""
    STRINGS = "strings"
    """Several texts, for example the columns of a table row."""
    NUMBER = "number"
    """An integer or a finite float."""
    BOOLEAN = "boolean"
    """True or false."""
    ATOM = "atom"
    """A ground Prolog atom such as `parent(ann, bob)`."""


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):
    """Why a value is refused, and where inside it."""

    reason: str


def decode(raw: object, kind: ValueType, *, where: str = "value") -> Value:
    """Turn parsed JSON into a value of type `kind`.

    Raises:
        TaskError: `raw` is not exactly such a value; the message starts with `where`.
    """
    try:
        return _DECODERS[kind](raw)
    except _Refusal as refusal:
        raise TaskError(f"{where}: {refusal.reason}") from None


def check(value: Value, kind: ValueType, *, where: str = "value") -> None:
    """Make sure that `value` is exactly what `decode` would have built.

    Raises:
        TaskError: it is of another type, mutable or over a limit.
    """
    try:
        genuine = decode(encode(value), kind, where=where) == value
    except RecursionError:
        genuine = False
    if not genuine:
        raise TaskError(f"{where}: {show(value)} is no {kind} value; use tuples, not lists")


def same_value(left: Value, right: Value) -> bool:
    """Whether two values are the same answer.

    A boolean is never a number; 3 and 3.0 are one number; floats may differ by one part in 10⁹,
    because two programs can reach the same number along different roads.
    """
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same_value, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right or _are_close(left, right)
    return type(left) is type(right) and left == right


def _are_close(left: float, right: float) -> bool:
    if isinstance(left, int) and isinstance(right, int):
        return False
    try:
        return math.isclose(left, right, rel_tol=1e-9)
    except OverflowError:
        return False


def encode(value: Value) -> Json:
    """Turn a value into what `json.dumps` takes; `decode` of it gives the value back."""
    if isinstance(value, Atom):
        return value.text
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def infer_type(raw: object) -> ValueType:
    """Guess the type of a JSON value that came without one.

    A non-empty list of equally long non-empty lists of integers 0 to 9 counts as a grid.

    Raises:
        TaskError: no value type fits.
    """
    if isinstance(raw, bool):
        return ValueType.BOOLEAN
    if isinstance(raw, int | float):
        return ValueType.NUMBER
    if isinstance(raw, str):
        return ValueType.STRING
    if isinstance(raw, list):
        items = cast("list[object]", raw)
        if items and all(isinstance(item, str) for item in items):
            return ValueType.STRINGS
        return ValueType.GRID if _is_grid(items) else ValueType.LIST
    raise TaskError(f"value: {show(raw)} is of no known type; see `peirce tasks --help`")


def _is_grid(raw: object) -> bool:
    try:
        _decode_grid(raw)
    except _Refusal:
        return False
    return True


def _decode_grid(raw: object) -> Grid:
    rows = _expect_list(raw, "a list of rows")
    if rows and not any(isinstance(row, list) for row in rows):
        raise _Refusal(
            f"expected a grid, a list of rows, got {show(raw)}; the type of other lists is list, "
            'in JSONL "kind": "list"'
        )
    if not 1 <= len(rows) <= MAX_SIDE:
        raise _Refusal(f"a grid has 1 to {MAX_SIDE} rows, not {len(rows)}")
    width = len(_expect_list(rows[0], "row 0 as a list of colours"))
    if not 1 <= width <= MAX_SIDE:
        raise _Refusal(f"row 0 has {width} cells, a row has 1 to {MAX_SIDE}")
    return tuple(_decode_row(row, index, width) for index, row in enumerate(rows))


def _decode_row(raw: object, index: int, width: int) -> tuple[int, ...]:
    row = _expect_list(raw, f"row {index} as a list of colours")
    if len(row) != width:
        raise _Refusal(f"row {index} has {len(row)} cells, row 0 has {width}: the grid is ragged")
    for column, cell in enumerate(row):
        if type(cell) is not int or not 0 <= cell < COLOURS:
            raise _Refusal(
                f"row {index}, column {column}: {show(cell)} is not a colour, "
                f"an integer from 0 to {COLOURS - 1}"
            )
    return tuple(cast("list[int]", row))


def _decode_list(raw: object) -> IntList:
    counter = [0]
    return _decode_items(raw, counter, 0)


def _decode_items(raw: object, counter: list[int], depth: int) -> IntList:
    if depth > MAX_DEPTH:
        raise _Refusal(f"lists are nested deeper than {MAX_DEPTH}")
    out: list[int | IntList] = []
    for item in _expect_list(raw, "a list of integers"):
        counter[0] += 1
        if counter[0] > MAX_ITEMS:
            raise _Refusal(f"a list holds more than {MAX_ITEMS} items")
        if isinstance(item, list):
            out.append(_decode_items(cast("object", item), counter, depth + 1))
        else:
            out.append(_expect_int(item))
    return tuple(out)


def _decode_string(raw: object) -> str:
    if not isinstance(raw, str):
        raise _Refusal(f"expected a text, got {show(raw)}")
    if len(raw) > MAX_TEXT:
        raise _Refusal(f"a text of {len(raw)} characters is over the limit of {MAX_TEXT}")
    if any("\ud800" <= char <= "\udfff" for char in raw):
        raise _Refusal("the text holds half of a surrogate pair and cannot be written as UTF-8")
    return raw


def _decode_strings(raw: object) -> Strings:
    return tuple(_decode_string(item) for item in _expect_list(raw, "a list of texts"))


def _decode_number(raw: object) -> int | float:
    if isinstance(raw, float):
        if not math.isfinite(raw):
            raise _Refusal(f"{raw!r} is not a finite number")
        return raw
    return _expect_int(raw)


def _decode_boolean(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _Refusal(f"expected true or false, got {show(raw)}")
    return raw


def _decode_atom(raw: object) -> Atom:
    try:
        return parse_atom(_decode_string(raw))
    except TaskError as error:
        raise _Refusal(str(error)) from None


def _expect_list(raw: object, what: str) -> list[object]:
    if not isinstance(raw, list):
        raise _Refusal(f"expected {what}, got {show(raw)}")
    return cast("list[object]", raw)


def _expect_int(raw: object) -> int:
    if type(raw) is not int:
        raise _Refusal(f"expected an integer, got {show(raw)}")
    if raw.bit_length() > MAX_DIGITS * 10 // 3:
        raise _Refusal(f"an integer of more than {MAX_DIGITS} digits")
    return raw


class _Short(reprlib.Repr):
    """A repr that is short and safe for values of any depth and any number of digits."""

    def repr_int(self, x: int, level: int) -> str:
        return f"an integer of {x.bit_length()} bits" if x.bit_length() > 100 else repr(x)

    def repr_instance(self, x: object, level: int) -> str:
        plain = x is None or isinstance(x, bool | float)
        return repr(x) if plain else f"a value of type {type(x).__name__}"


_SHORT: Final = _Short()
_SHORT.maxlevel = 2
_SHORT.maxstring = 40


def show(raw: object) -> str:
    """Write any object into a message: short, on one line, whatever it is."""
    return _SHORT.repr(raw)


def default_value(kind: ValueType) -> Value:
    """The smallest value of a type; stands in where no prediction can be given."""
    match kind:
        case ValueType.GRID:
            return ((0,),)
        case ValueType.LIST | ValueType.STRINGS:
            return ()
        case ValueType.STRING:
            return ""
        case ValueType.NUMBER:
            return 0
        case ValueType.BOOLEAN:
            return False
        case ValueType.ATOM:
            return Atom(text="true")
        case _:
            assert_never(kind)


_DECODERS: Final[dict[ValueType, Callable[[object], Value]]] = {
    ValueType.GRID: _decode_grid,
    ValueType.LIST: _decode_list,
    ValueType.STRING: _decode_string,
    ValueType.STRINGS: _decode_strings,
    ValueType.NUMBER: _decode_number,
    ValueType.BOOLEAN: _decode_boolean,
    ValueType.ATOM: _decode_atom,
}
