"""What all examples of a task have in common, and which predictions break it.

A rule may fit every example by accident. Then what it says of a test input is often unlike anything
the examples show: the outputs all had one colour and the prediction has three, every output was a
part of its input and the prediction is not. By Laplace's rule of succession a property that all of
n examples share fails the next time with probability 1 / (n + 2), so a broken one speaks against
the rule. Properties that say nearly the same form a topic, and a topic counts once.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias, cast

from peirce.tasks.task import Task
from peirce.tasks.values import Grid, IntList, Value, ValueType

Reading: TypeAlias = Hashable | None
"""What a property says of an example; None where it says nothing."""


@dataclass(frozen=True, slots=True)
class Property:
    """Something that can be read off an input and its output."""

    topic: str
    words: str
    """What holds when every example has the same reading, as a sentence."""
    read: Callable[[Value, Value], Reading]


@dataclass(frozen=True, slots=True)
class Regularity:
    """A property that all examples share."""

    property: Property
    reading: Reading


def regularities(task: Task) -> tuple[Regularity, ...]:
    """The properties all train examples share; none where there are fewer than two examples."""
    return _regularities(task) if len(task.train) > 1 else ()


def broken(task: Task, predictions: Sequence[Value | None]) -> tuple[str, ...]:
    """What the predictions for the test inputs break, in words, at most one for each topic."""
    found: dict[str, str] = {}
    for regularity in regularities(task):
        what = regularity.property
        if what.topic in found:
            continue
        for value, predicted in zip(task.test, predictions, strict=True):
            if predicted is not None and what.read(value, predicted) != regularity.reading:
                found[what.topic] = what.words
                break
    return tuple(found.values())


@lru_cache(maxsize=16)
def _regularities(task: Task) -> tuple[Regularity, ...]:
    found: list[Regularity] = []
    for what in _PROPERTIES.get((task.input_type, task.output_type), ()):
        readings = {what.read(pair.input, pair.output) for pair in task.train}
        if len(readings) == 1 and (reading := readings.pop()) is not None:
            found.append(Regularity(what, reading))
    return tuple(found)


def _holds(test: Callable[[Value, Value], bool]) -> Callable[[Value, Value], Reading]:
    """A property that counts only where it is true."""
    return lambda value, output: True if test(value, output) else None


def _grids(read: Callable[[Grid, Grid], Reading]) -> Callable[[Value, Value], Reading]:
    return lambda value, output: read(cast("Grid", value), cast("Grid", output))


def _grids_hold(test: Callable[[Grid, Grid], bool]) -> Callable[[Value, Value], Reading]:
    return _holds(lambda value, output: test(cast("Grid", value), cast("Grid", output)))


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _colours(grid: Grid) -> frozenset[int]:
    return frozenset(cell for row in grid for cell in row)


def _counts(grid: Grid) -> Counter[int]:
    return Counter(cell for row in grid for cell in row)


def _filled(grid: Grid) -> int:
    return sum(cell != 0 for row in grid for cell in row)


def _changes(value: Grid, output: Grid) -> frozenset[tuple[int, int]] | None:
    """The colours before and after of the cells that change, where sizes agree."""
    if _size(value) != _size(output):
        return None
    return frozenset(
        (old, new)
        for before, after in zip(value, output, strict=True)
        for old, new in zip(before, after, strict=True)
        if old != new
    )


def _changed_from(value: Grid, output: Grid) -> Reading:
    changes = _changes(value, output)
    return None if changes is None else frozenset(old for old, _ in changes)


def _changed_to(value: Grid, output: Grid) -> Reading:
    changes = _changes(value, output)
    return None if changes is None else frozenset(new for _, new in changes)


def _keeps_filled(value: Grid, output: Grid) -> bool:
    changes = _changes(value, output)
    return changes is not None and all(old == 0 for old, _ in changes)


def _is_window(value: Grid, output: Grid) -> bool:
    """Whether the output shows somewhere in the input."""
    (height, width), (down, across) = _size(value), _size(output)
    if (height, width) == (down, across) or down > height or across > width:
        return False
    first = output[0]
    return any(
        value[top][left : left + across] == first
        and all(value[top + row][left : left + across] == output[row] for row in range(1, down))
        for top in range(height - down + 1)
        for left in range(width - across + 1)
    )


def _areas(grid: Grid) -> int:
    """How many areas of one colour but black there are, corners connecting."""
    todo = {(r, c): cell for r, row in enumerate(grid) for c, cell in enumerate(row) if cell}
    count = 0
    while todo:
        start, colour = todo.popitem()
        count += 1
        stack = [start]
        while stack:
            row, column = stack.pop()
            for near in ((row + d, column + e) for d in (-1, 0, 1) for e in (-1, 0, 1)):
                if todo.get(near) == colour:
                    del todo[near]
                    stack.append(near)
    return count


_OF_GRIDS: Final = (
    Property("size", "all outputs have one size", _grids(lambda _, out: _size(out))),
    Property(
        "size",
        "every output is as large as its input",
        _grids_hold(lambda value, out: _size(value) == _size(out)),
    ),
    Property(
        "size",
        "all outputs are the same number of times as large as their inputs",
        _grids(lambda v, out: (len(out) / len(v), len(out[0]) / len(v[0]))),
    ),
    Property(
        "colours",
        "all outputs bring the same new colours",
        _grids(lambda value, out: _colours(out) - _colours(value)),
    ),
    Property(
        "lost colours",
        "all outputs lose the same colours",
        _grids(lambda value, out: _colours(value) - _colours(out)),
    ),
    Property(
        "number of colours",
        "all outputs have the same number of colours",
        _grids(lambda _, out: len(_colours(out))),
    ),
    Property(
        "objects",
        "all outputs have the same number of objects",
        _grids(lambda _, out: _areas(out)),
    ),
    Property(
        "objects",
        "every output has as many objects as its input",
        _grids_hold(lambda value, out: _areas(value) == _areas(out)),
    ),
    Property(
        "amounts",
        "every output has as many cells of each colour as its input",
        _grids_hold(lambda value, out: _counts(value) == _counts(out)),
    ),
    Property(
        "amounts",
        "every output has as many filled cells as its input",
        _grids_hold(lambda value, out: _filled(value) == _filled(out)),
    ),
    Property("content", "every output shows somewhere in its input", _grids_hold(_is_window)),
    Property("content", "filled cells never change", _grids_hold(_keeps_filled)),
    Property("content", "only cells of certain colours change", _grids(_changed_from)),
    Property("new content", "cells change to certain colours only", _grids(_changed_to)),
    Property(
        "mirror",
        "every output is the same when mirrored left to right",
        _grids_hold(lambda _, out: all(row == row[::-1] for row in out)),
    ),
    Property(
        "mirror",
        "every output is the same when mirrored top to bottom",
        _grids_hold(lambda _, out: out == out[::-1]),
    ),
    Property(
        "difference",
        "every output differs from its input",
        _grids_hold(lambda value, out: value != out),
    ),
    Property(
        "difference",
        "no output is of one colour",
        _grids_hold(lambda _, out: len(_colours(out)) > 1),
    ),
)


def _lists(read: Callable[[IntList, IntList], Reading]) -> Callable[[Value, Value], Reading]:
    return lambda value, output: read(cast("IntList", value), cast("IntList", output))


def _lists_hold(test: Callable[[IntList, IntList], bool]) -> Callable[[Value, Value], Reading]:
    return _holds(lambda value, output: test(cast("IntList", value), cast("IntList", output)))


def _is_sorted(items: IntList, *, down: bool = False) -> bool:
    numbers = [item for item in items if isinstance(item, int)]
    return len(numbers) == len(items) > 1 and numbers == sorted(numbers, reverse=down)


_OF_LISTS: Final = (
    Property("size", "all outputs have the same length", _lists(lambda _, out: len(out))),
    Property(
        "size",
        "every output is as long as its input",
        _lists_hold(lambda value, out: len(value) == len(out)),
    ),
    Property(
        "size",
        "no output is longer than its input",
        _lists_hold(lambda value, out: len(value) >= len(out)),
    ),
    Property(
        "content",
        "every output holds the same items as its input",
        _lists_hold(lambda value, out: Counter(value) == Counter(out)),
    ),
    Property(
        "content",
        "every item of an output is one of its input",
        _lists_hold(lambda value, out: set(out) <= set(value)),
    ),
    Property(
        "repetition",
        "no output repeats an item",
        _lists_hold(lambda _, out: len(set(out)) == len(out)),
    ),
    Property("order", "every output rises", _lists_hold(lambda _, out: _is_sorted(out))),
    Property("order", "every output falls", _lists_hold(lambda _, out: _is_sorted(out, down=True))),
    Property(
        "difference",
        "every output differs from its input",
        _lists_hold(lambda value, out: value != out),
    ),
    Property("emptiness", "no output is empty", _lists_hold(lambda _, out: bool(out))),
)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(cast("tuple[str, ...]", value))


def _texts(read: Callable[[str, str], Reading]) -> Callable[[Value, Value], Reading]:
    return lambda value, output: read(_text(value), cast("str", output))


def _texts_hold(test: Callable[[str, str], bool]) -> Callable[[Value, Value], Reading]:
    return _holds(lambda value, output: test(_text(value), cast("str", output)))


def _form(text: str) -> str:
    """The kinds of characters in a row, each run told once: `Aa 9`."""
    return "".join(kind for kind, _ in groupby(text, _kind))


def _kind(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character


_OF_TEXTS: Final = (
    Property("form", "all outputs have the same form", _texts(lambda _, out: _form(out))),
    Property("size", "all outputs have the same length", _texts(lambda _, out: len(out))),
    Property(
        "size",
        "every output is as long as its input",
        _texts_hold(lambda value, out: len(value) == len(out)),
    ),
    Property(
        "content",
        "every output is a part of its input",
        _texts_hold(lambda value, out: out in value),
    ),
    Property(
        "content",
        "every character of an output is one of its input",
        _texts_hold(lambda value, out: set(out) <= set(value)),
    ),
    Property(
        "difference",
        "every output differs from its input",
        _texts_hold(lambda value, out: value != out),
    ),
    Property("emptiness", "no output is empty", _texts_hold(lambda _, out: bool(out))),
)

_PROPERTIES: Final[dict[tuple[ValueType, ValueType], tuple[Property, ...]]] = {
    (ValueType.GRID, ValueType.GRID): _OF_GRIDS,
    (ValueType.LIST, ValueType.LIST): _OF_LISTS,
    (ValueType.STRING, ValueType.STRING): _OF_TEXTS,
    (ValueType.STRINGS, ValueType.STRING): _OF_TEXTS,
}
"""What is read, by the types of input and output."""
