"""The ways an item can be turned, mirrored or completed to be symmetric, for all who do it."""

from collections.abc import Callable
from typing import Final

from peirce.prototypes import grids
from peirce.prototypes.grids import Item

TURNS: Final[tuple[tuple[str, str, Callable[[Item], Item]], ...]] = (
    ("mirrored()", "mirrored left to right", Item.mirrored),
    ("flipped()", "mirrored top to bottom", Item.flipped),
    ("half_turned()", "turned by 180 degrees", Item.half_turned),
    ("turned()", "turned by 90 degrees", Item.turned),
    (
        "half_turned().turned()",
        "turned by 90 degrees to the left",
        lambda item: item.half_turned().turned(),
    ),
    ("transposed()", "mirrored along its diagonal", Item.transposed),
)
"""Methods of an item, what they are called, and what they do."""

COMPLETIONS: Final[tuple[tuple[str, str, Callable[[Item], Item]], ...]] = (
    ("completed_across", "left-right symmetric", grids.completed_across),
    ("completed_down", "top-bottom symmetric", grids.completed_down),
    ("completed", "symmetric both ways", grids.completed),
)
"""Functions that complete an item, what it becomes, and what they do."""
