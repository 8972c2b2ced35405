"""Rays as a person would say them, and as a program."""

from collections.abc import Sequence
from typing import Final

from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.prototypes.grids.cells_scene import NOTHING
from peirce.prototypes.grids.rays import GAP, HALF, RINGS, Ink, Ray

STOP_WORDS: Final = {
    "obstacle": "until something is in the way",
    "behind": "to the border, behind whatever is in the way",
    "over": "to the border, over whatever is in the way",
    "edge": "to the edge of the area they lie in",
    "bounce": "bouncing off whatever is in the way",
    "rebound": "bouncing off the border and whatever is in the way",
    "turn_left": "turning left at whatever is in the way",
    "turn_right": "turning right at whatever is in the way",
    "zigzag_down": "swinging between left and right",
    "zigzag_across": "swinging between top and bottom",
    "wind_left": "winding inwards to the left",
    "wind_right": "winding inwards to the right",
    "signs": "turning",
    "flow": "flowing around whatever is in the way",
    "dodge_left": "stepping to the left of whatever is in the way",
    "dodge_right": "stepping to the right of whatever is in the way",
}
WAY_WORDS: Final = {
    "away": "away from the other colour they touch",
    "onward": "onward in their own line",
    "tail": "onward from the tail of their shape",
    "across": "across the other colour they touch",
    "inward": "away from the border they touch",
    "nearest": "to the nearest border",
    "farthest": "to the farthest border",
    "open": "out of the open side of their corner",
    "pointing": "as their corner points",
}
HIT_WORDS: Final = {
    "border": " if they reach the border",
    "same": " if they meet the same colour",
    "other": " if they meet another colour",
    "anything": "",
}


def program_of(rays: Sequence[Ray], crossing: int = NOTHING) -> str:
    """The rule as a program."""
    drawn = "*RAYS" if crossing == NOTHING else f"*RAYS, crossing={crossing}"
    lines = ["from peirce.prototypes import grids", "", "RAYS = ("]
    lines += [f"    grids.{source_of(ray)}," for ray in rays]
    lines += [")", "", "", "def transform(grid):", f"    return grids.shoot(grid, {drawn})"]
    return "\n".join(lines) + "\n"


def source_of(ray: Ray) -> str:
    """One ray as source."""
    parts = [str(ray.source), repr(ray.ways)]
    if ray.ink != NOTHING:
        parts.append(f"ink={ray.ink!r}")
    if ray.stop != "obstacle":
        parts.append(f"stop={ray.stop!r}")
    if ray.hits != "anything":
        parts.append(f"hits={ray.hits!r}")
    if ray.wall != NOTHING:
        parts.append(f"wall={ray.wall}")
    if ray.signs != (NOTHING, NOTHING):
        parts.append(f"signs={ray.signs}")
    if ray.reach:
        parts.append(f"reach={ray.reach}")
    return f"Ray({', '.join(parts)})"


def words_of(rays: Sequence[Ray], crossing: int = NOTHING) -> str:
    """The rule in words."""
    sentences = [_sentence(ray) for ray in rays]
    if crossing != NOTHING:
        sentences.append(f"Where a line meets another colour it is {COLOUR_WORDS[crossing]}.")
    return " ".join(sentences)


def _sentence(ray: Ray) -> str:
    who = "coloured" if ray.source == NOTHING else COLOUR_WORDS[ray.source]
    cells = f"{who} cells"
    if ray.source == NOTHING != ray.wall:
        cells += f" but {COLOUR_WORDS[ray.wall]} ones"
    ink = _ink_words(ray.ink)
    if ray.ways[0].startswith("flood"):
        return f"The free area around {who} cells is filled {ink}."
    if ray.ways[0] in RINGS:
        shape = "squares" if ray.ways[0] == "rings" else "diamonds"
        reach = f", {ray.reach} of them" if ray.reach else ""
        return f"Rings {ink} run around {who} cells as {shape}{reach}."
    if ray.ways[0].startswith("elbow"):
        first = "the row" if ray.ways[0] == "elbow_across" else "the column"
        end = COLOUR_WORDS[int(ray.hits)]
        return (
            f"From {who} cells lines {ink} go along {first} and round a corner to the {end} cell."
        )
    ways = ", ".join(WAY_WORDS.get(way, way.replace("_", " and ")) for way in ray.ways)
    hits = (
        HIT_WORDS[ray.hits]
        if isinstance(ray.hits, str)
        else f" if they meet {COLOUR_WORDS[ray.hits]}"
    )
    stop = STOP_WORDS[ray.stop]
    if ray.wall != NOTHING:
        stop = stop.replace("to the border", f"as far as {COLOUR_WORDS[ray.wall]}")
    if ray.stop == "signs":
        left, right = (COLOUR_WORDS[colour] for colour in ray.signs)
        stop = f"turning left at {left} and right at {right}"
    reach = f", at most {ray.reach} cells" if ray.reach > 0 else ""
    reach = ", but only half the way" if ray.reach == HALF else reach
    return f"From {cells} lines {ink} go {ways}, {stop}{reach}{hits}."


def _ink_words(ink: Ink) -> str:
    match ink:
        case "end":
            return "of the colour they meet"
        case "passed":
            return "of the colour they passed last"
        case tuple():
            return f"of {', '.join(map(_in_turn, ink))} in turn"
        case _:
            return "of their colour" if ink == NOTHING else f"in {COLOUR_WORDS[int(ink)]}"


def _in_turn(colour: int) -> str:
    names = {NOTHING: "their colour", GAP: "nothing"}
    return names.get(colour) or COLOUR_WORDS[colour]
