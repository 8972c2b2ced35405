"""Which of the rules found are said: the shortest of each prediction."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol, TypeVar

from peirce.tasks.values import Grid

MAX_PROPOSALS: Final = 3
"""Most proposals with different predictions."""


class Predicting(Protocol):
    """A rule that is known by its length and by what it predicts."""

    @property
    def cost(self) -> float:
        """Description length."""
        ...

    @property
    def predictions(self) -> tuple[Grid, ...]:
        """The outputs for the test inputs."""
        ...


R = TypeVar("R", bound=Predicting)


def shortest(found: Iterable[R], seen: set[tuple[Grid, ...]] | None = None) -> Iterator[R]:
    """The shortest rules, one for every prediction not `seen` yet; `seen` learns of them."""
    seen = set() if seen is None else seen
    for one in sorted(found, key=lambda one: one.cost):
        if len(seen) >= MAX_PROPOSALS:
            return
        if one.predictions not in seen:
            seen.add(one.predictions)
            yield one
