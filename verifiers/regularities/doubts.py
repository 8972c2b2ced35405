"""How much each example of a task is unlike the others: where some may be wrong, these come first.

A property that all examples share but a few speaks against these few, by Laplace's rule of
succession the more the more examples have it. It says nothing where more break it than may be
wrong. As elsewhere, properties of one topic count once.
"""

import math
from collections import Counter
from typing import Final, TypeAlias, cast

from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.regularities.mechanism import properties
from peirce.verifiers.regularities.property import Property, holds

_Items: TypeAlias = "tuple[Value, ...] | str"


def doubts(task: Task, wrong: int) -> tuple[float, ...]:
    """Bits that speak against each train example, where so many of them may be wrong."""
    against: list[dict[str, float]] = [{} for _ in task.train]
    for what in (*properties(task), *_of_sequences(task)):
        readings = [what.read(pair.input, pair.output) for pair in task.train]
        common, count = Counter(readings).most_common(1)[0]
        odd = len(readings) - count
        if common is None or not 0 < odd <= wrong or count <= odd:
            continue
        bits = math.log2((count + 1) / (odd + 1))
        for topics, reading in zip(against, readings, strict=True):
            if reading != common:
                topics[what.topic] = max(bits, topics.get(what.topic, 0.0))
    return tuple(sum(topics.values(), 0.0) for topics in against)


def _of_sequences(task: Task) -> tuple[Property, ...]:
    """What is read off lists and texts alike."""
    kinds = (ValueType.LIST, ValueType.STRING)
    same = task.input_type is task.output_type and task.input_type in kinds
    return _OF_SEQUENCES if same else ()


def _longer(value: Value, output: Value) -> int:
    return len(cast("_Items", output)) - len(cast("_Items", value))


def _within(inner: Value, outer: Value) -> bool:
    """Whether one sequence is what is left of the other without some of its items."""
    rest = iter(cast("_Items", outer))
    return all(item in rest for item in cast("_Items", inner))


_OF_SEQUENCES: Final = (
    Property("length", "all outputs are longer than their inputs by the same number", _longer),
    Property(
        "first",
        "every output begins as its input does",
        holds(lambda value, out: cast("_Items", value)[:1] == cast("_Items", out)[:1]),
    ),
    Property(
        "last",
        "every output ends as its input does",
        holds(lambda value, out: cast("_Items", value)[-1:] == cast("_Items", out)[-1:]),
    ),
    Property("kept", "no input loses an item, nor their order", holds(_within)),
    Property(
        "picked",
        "every output is its input without some items",
        holds(lambda value, out: _within(out, value)),
    ),
    Property(
        "items",
        "every item of an input is in its output",
        holds(lambda value, out: set(cast("_Items", value)) <= set(cast("_Items", out))),
    ),
)
