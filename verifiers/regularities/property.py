"""`Property`: something that can be read off an example."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeAlias

from peirce.tasks.values import Value

Reading: TypeAlias = Hashable | None
"""What a property says of an example; None where it says nothing."""


@dataclass(frozen=True, slots=True)
class Property:
    """Something that can be read off an input and its output."""

    topic: str
    words: str
    """What holds when every example has the same reading, as a sentence."""
    read: Callable[[Value, Value], Reading]
    alone: bool = False
    """It is read off the output and could be read off an input as well."""


def holds(test: Callable[[Value, Value], bool]) -> Callable[[Value, Value], Reading]:
    """A property that counts only where it is true."""
    return lambda value, output: True if test(value, output) else None
