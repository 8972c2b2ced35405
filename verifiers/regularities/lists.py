"""What is read off an input list and an output list."""

from collections import Counter
from collections.abc import Callable
from typing import Final, cast

from peirce.tasks.values import IntList, Value
from peirce.verifiers.regularities.property import Property, Reading, holds


def _lists(read: Callable[[IntList, IntList], Reading]) -> Callable[[Value, Value], Reading]:
    return lambda value, output: read(cast("IntList", value), cast("IntList", output))


def _lists_hold(test: Callable[[IntList, IntList], bool]) -> Callable[[Value, Value], Reading]:
    return holds(lambda value, output: test(cast("IntList", value), cast("IntList", output)))


def _is_sorted(items: IntList, *, down: bool = False) -> bool:
    numbers = [item for item in items if isinstance(item, int)]
    return len(numbers) == len(items) > 1 and numbers == sorted(numbers, reverse=down)


OF_LISTS: Final = (
    Property(
        "size", "all outputs have the same length", _lists(lambda _, out: len(out)), alone=True
    ),
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
        alone=True,
    ),
    Property(
        "order", "every output rises", _lists_hold(lambda _, out: _is_sorted(out)), alone=True
    ),
    Property(
        "order",
        "every output falls",
        _lists_hold(lambda _, out: _is_sorted(out, down=True)),
        alone=True,
    ),
    Property(
        "difference",
        "every output differs from its input",
        _lists_hold(lambda value, out: value != out),
    ),
    Property("emptiness", "no output is empty", _lists_hold(lambda _, out: bool(out)), alone=True),
)
