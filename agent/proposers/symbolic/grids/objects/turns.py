"""The ways an item can be turned and mirrored in its box, for all who turn items."""

from collections.abc import Callable
from typing import Final

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
