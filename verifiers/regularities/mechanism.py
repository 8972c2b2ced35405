"""Which properties the examples of a task share, and which of them its predictions break."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.regularities.grids import OF_GRIDS
from peirce.verifiers.regularities.lists import OF_LISTS
from peirce.verifiers.regularities.property import Property, Reading
from peirce.verifiers.regularities.texts import OF_TEXTS

_PROPERTIES: Final[dict[tuple[ValueType, ValueType], tuple[Property, ...]]] = {
    (ValueType.GRID, ValueType.GRID): OF_GRIDS,
    (ValueType.LIST, ValueType.LIST): OF_LISTS,
    (ValueType.STRING, ValueType.STRING): OF_TEXTS,
    (ValueType.STRINGS, ValueType.STRING): OF_TEXTS,
}
"""What is read, by the types of input and output."""


@dataclass(frozen=True, slots=True)
class Regularity:
    """A property that all examples share."""

    property: Property
    reading: Reading
    before: Reading = None
    """What is read off every train input, where that is one thing and the property says it."""

    def concerns(self, value: Value) -> bool:
        """Whether it says anything of this test input's output.

        Where the inputs share what the outputs share, an input without it may give an output
        without it.
        """
        return self.before is None or self.property.read(value, value) == self.before


def properties(task: Task) -> tuple[Property, ...]:
    """What is read off the examples of a task, by the types of its inputs and outputs."""
    return _PROPERTIES.get((task.input_type, task.output_type), ())


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
            if predicted is None or not regularity.concerns(value):
                continue
            if what.read(value, predicted) != regularity.reading:
                found[what.topic] = what.words
                break
    return tuple(found.values())


@lru_cache(maxsize=16)
def _regularities(task: Task) -> tuple[Regularity, ...]:
    found: list[Regularity] = []
    for what in properties(task):
        readings = {what.read(pair.input, pair.output) for pair in task.train}
        if len(readings) == 1 and (reading := readings.pop()) is not None:
            found.append(Regularity(what, reading, _before(what, task)))
    return tuple(found)


def _before(what: Property, task: Task) -> Reading:
    """What every train input has of what its output is said to have, if that is one thing."""
    if not what.alone:
        return None
    readings = {what.read(value, value) for value in task.inputs[: len(task.train)]}
    return readings.pop() if len(readings) == 1 else None
