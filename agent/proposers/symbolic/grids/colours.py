"""What people call the colours of grids."""

from typing import Final

COLOUR_WORDS: Final = (
    "black", "blue", "red", "green", "yellow", "grey", "magenta", "orange", "light blue", "maroon",
)  # fmt: skip
"""The ten colours by name."""


def colour_name(colour: int) -> str:
    """The name of a colour; the number itself where it is none of the ten."""
    return COLOUR_WORDS[colour] if 0 <= colour < len(COLOUR_WORDS) else str(colour)
