"""Rays as a person would say them, and as a program."""

from collections.abc import Sequence
from typing import Final

from peirce.agent.proposers.symbolic.grids.cells_conditions import COLOUR_WORDS
from peirce.prototypes.grids.cells_scene import NOTHING
from peirce.prototypes.grids.rays import Ray

STOP_WORDS: Final = {
    "obstacle": "until something is in the way",
    "behind": "to the border, behind whatever is in the way",
    "over": "to the border, over whatever is in the way",
    "edge": "to the edge of the area they lie in",
    "bounce": "bouncing off whatever is in the way",
    "rebound": "bouncing off the border and whatever is in the way",
    "turn_left": "turning left at whatever is in the way",
    "turn_right": "turning right at whatever is in the way",
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
        parts.append(f"ink={ray.ink}")
    if ray.stop != "obstacle":
        parts.append(f"stop={ray.stop!r}")
    if ray.hits != "anything":
        parts.append(f"hits={ray.hits!r}")
    if ray.stride != 1:
        parts.append(f"stride={ray.stride}")
    return f"Ray({', '.join(parts)})"


def words_of(rays: Sequence[Ray], crossing: int = NOTHING) -> str:
    """The rule in words."""
    sentences = [_sentence(ray) for ray in rays]
    if crossing != NOTHING:
        sentences.append(f"Where a line meets another colour it is {COLOUR_WORDS[crossing]}.")
    return " ".join(sentences)


def _sentence(ray: Ray) -> str:
    who = "coloured" if ray.source == NOTHING else COLOUR_WORDS[ray.source]
    ink = "of their colour" if ray.ink == NOTHING else f"in {COLOUR_WORDS[ray.ink]}"
    if ray.ways[0].startswith("flood"):
        return f"The free area around {who} cells is filled {ink}."
    if ray.ways[0].startswith("elbow"):
        first = "the row" if ray.ways[0] == "elbow_across" else "the column"
        end = COLOUR_WORDS[int(ray.hits)]
        return (
            f"From {who} cells lines {ink} go along {first} and round a corner to the {end} cell."
        )
    ways = ", ".join(way.replace("_", " and ") for way in ray.ways)
    hits = (
        HIT_WORDS[ray.hits]
        if isinstance(ray.hits, str)
        else f" if they meet {COLOUR_WORDS[ray.hits]}"
    )
    dots = "dotted lines" if ray.stride > 1 else "lines"
    return f"From {who} cells {dots} {ink} go {ways}, {STOP_WORDS[ray.stop]}{hits}."
