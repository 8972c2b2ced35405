"""How displacements, directions and multiples are said."""

from typing import Final

_DIRECTIONS: Final = {
    (-1, 0): "up",
    (1, 0): "down",
    (0, -1): "to the left",
    (0, 1): "to the right",
    (-1, -1): "up and left",
    (-1, 1): "up and right",
    (1, -1): "down and left",
    (1, 1): "down and right",
}
STEPS: Final = tuple(_DIRECTIONS)
"""The eight directions, straight ones first."""


def direction_name(step: tuple[int, int]) -> str:
    """The name of a direction."""
    return _DIRECTIONS[step]


def shift_name(down: int, across: int) -> str:
    """A displacement in words."""
    parts = [
        f"{abs(count)} {forward if count > 0 else backward}"
        for count, forward, backward in ((down, "down", "up"), (across, "right", "left"))
        if count
    ]
    return " and ".join(parts) or "nowhere"


def times(sign: int, code: str) -> str:
    """An expression taken once, not at all or negatively, as code."""
    return {0: "0", 1: code, -1: f"-{code}"}[sign]
