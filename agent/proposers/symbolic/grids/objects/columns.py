"""The attributes of all items of a task, each worked out when it is first looked at."""

from collections.abc import Iterator
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.attributes import ATTRIBUTES, Attribute
from peirce.agent.proposers.symbolic.grids.objects.comparing import COMPARISONS
from peirce.agent.proposers.symbolic.grids.objects.predicates import Column
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene, Trait
from peirce.agent.proposers.symbolic.grids.objects.standings import STANDINGS

_ALL: Final = (*ATTRIBUTES, *STANDINGS, *COMPARISONS)


class Columns:
    """Iterable any number of times; a column is computed at most once."""

    def __init__(self, train: tuple[Scene, ...], tests: tuple[Scene, ...]) -> None:
        self._train, self._tests = train, tests
        self._known: list[Column] = []

    def __iter__(self) -> Iterator[Column]:
        """All columns in order of the attributes."""
        for place, attribute in enumerate(_ALL):
            if place == len(self._known):
                self._known.append(
                    Column(
                        attribute,
                        _values(attribute, self._train),
                        _values(attribute, self._tests),
                    )
                )
            yield self._known[place]


def _values(attribute: Attribute, scenes: tuple[Scene, ...]) -> tuple[Trait, ...]:
    return tuple(
        trait for scene in scenes for trait in scene.traits(attribute.code, attribute.value)
    )
