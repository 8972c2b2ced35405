"""Items that change their colour in the same breath: moved, turned or copied, and painted.

The shapes are those that other rules draw in the item's own colours; of shapes that come out the
same on all examples only the first few are painted, and only where about one item in every example
shows such a shape.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import Action
from peirce.agent.proposers.symbolic.grids.objects.attributes import COLOUR_SOURCES
from peirce.agent.proposers.symbolic.grids.objects.copies import copyings
from peirce.agent.proposers.symbolic.grids.objects.moving import moves
from peirce.agent.proposers.symbolic.grids.objects.parts import (
    Part,
    repainted,
    with_part,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.shapes import transformations
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.values import Grid

MAX_ALIKE: Final = 2
"""Most shapes painted that come out the same."""
_SOURCES: Final = tuple(source for source in COLOUR_SOURCES if source.cost <= 3)
"""Where the colour may come from: the item itself and the others it points at most readily."""


def changes(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item moved, turned or completed in other colours, or with a copy in others."""
    for family, added in ((moves, False), (transformations, False), (copyings, True)):
        known: Counter[tuple[frozenset[Spot], ...]] = Counter()
        for action in family(scenes, outputs):
            part = repainted(action, added=added)
            shape = _shape(part, scenes)
            known[shape] += 1
            if any(shape) and known[shape] <= MAX_ALIKE:
                yield from with_part(
                    part,
                    scenes,
                    outputs,
                    added=added,
                    instead=not added,
                    least=len(outputs),
                    sources=_SOURCES,
                )


def _shape(part: Part, scenes: tuple[Scene, ...]) -> tuple[frozenset[Spot], ...]:
    return tuple(item.spots for scene in scenes for item in scene.parts(part.code, part.draw))
