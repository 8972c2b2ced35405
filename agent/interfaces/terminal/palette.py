"""The colours of grids: the palette of ARC's testing interface, and its nearest 16-colour names."""

from typing import Final

from rich.color import Color
from rich.style import Style

HEX: Final = (
    "#000000",
    "#0074d9",
    "#ff4136",
    "#2ecc40",
    "#ffdc00",
    "#aaaaaa",
    "#f012be",
    "#ff851b",
    "#7fdbff",
    "#870c25",
)
"""Colours 0 to 9 as in fchollet/ARC-AGI's `common.css`."""
NAMES: Final = (
    "black",
    "blue",
    "red",
    "green",
    "bright_yellow",
    "white",
    "magenta",
    "yellow",
    "bright_cyan",
    "bright_red",
)
"""For terminals of 16 colours: ten names that differ."""

_FOG: Final = (0x48, 0x48, 0x48)
_FOG_SHARE: Final = 0.72
_LIGHT: Final = (3, 4, 5, 7, 8)
WRONG: Final = Style(color="bright_red", bold=True, reverse=True)
"""For items and characters that differ."""
DOT: Final = "bright_black"
"""For the dots that show how far black cells reach on a black terminal."""


def ink(colour: int) -> str:
    """Black or white, whichever can be read on a cell of this colour."""
    return "#000000" if colour in _LIGHT else "#ffffff"


def paint(colour: int, *, true_colour: bool, fogged: bool = False) -> Color:
    """Return the terminal colour of a cell; fog dims cells that nothing is to be said about."""
    if not true_colour:
        return Color.parse(NAMES[colour])
    if not fogged:
        return Color.parse(HEX[colour])
    parts = Color.parse(HEX[colour]).get_truecolor()
    mixed = (
        round(own * (1 - _FOG_SHARE) + fog * _FOG_SHARE)
        for own, fog in zip(parts, _FOG, strict=True)
    )
    return Color.from_rgb(*mixed)
