"""Lines from an item in ways that it tells, out of its gaps, on all sides, and to another item."""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.partners import FACED, Partner
from peirce.agent.proposers.symbolic.grids.objects.parts import Part
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

_WAYS: Final[tuple[tuple[str, str, Callable[[Grid, Item], tuple[str, ...]]], ...]] = (
    (
        "grids.ways_of(grids.inward(grid, item))",
        "away from the border it touches",
        lambda grid, item: grids.ways_of(grids.inward(grid, item)),
    ),
    (
        "grids.ways_of(grids.outward(grid, item))",
        "to the nearest border",
        lambda grid, item: grids.ways_of(grids.outward(grid, item)),
    ),
    (
        "grids.ways_of(grids.pointed(item))",
        "to the side of its rarest colour",
        lambda grid, item: grids.ways_of(grids.pointed(item)),
    ),
    (
        "grids.ways_of(grids.opening(item))",
        "to the side where it is open",
        lambda grid, item: grids.ways_of(grids.opening(item)),
    ),
    ("grids.along(item)", "along its longer side", lambda grid, item: grids.along(item)),
    ("grids.athwart(item)", "along its shorter side", lambda grid, item: grids.athwart(item)),
)
_BEHIND: Final = ((False, ""), (True, ", behind=True"))
_KINDS: Final = (
    ("shadows", grids.shadows, "its shadow", 2.0, _BEHIND[0]),
    ("shadows", grids.shadows, "its shadow", 2.5, _BEHIND[1]),
    ("beams", grids.beams, "lines from its middle", 2.5, _BEHIND[0]),
)


def _told(
    line: Callable[..., Item],
    ways: Callable[[Grid, Item], tuple[str, ...]],
    behind: bool,
    scene: Scene,
    index: int,
) -> Item:
    item = scene.items[index]
    return line(scene.grid, item, ways(scene.grid, item), behind=behind, ground=scene.ground)


def _outflow(behind: bool, scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return grids.outflow(scene.grid, item, behind=behind, ground=scene.ground)


def _words(words: str, behind: bool) -> str:
    return f"{words}{' behind whatever is in the way' if behind else ''}"


TOLD: Final[tuple[Part, ...]] = (
    *(
        Part(
            code=f"grids.{name}(grid, item, {ways}, {{}}{option}, ground=GROUND)",
            words=_words(f"{words} {where}", behind),
            draw=partial(_told, line, find, behind),
            cost=cost,
        )
        for (name, line, words, cost, (behind, option)), (ways, where, find) in product(
            _KINDS, _WAYS
        )
    ),
    *(
        Part(
            code=f"grids.outflow(grid, item, {{}}{option}, ground=GROUND)",
            words=_words("lines out of the gaps in its sides", behind),
            draw=partial(_outflow, behind),
            cost=2.0 + 0.5 * behind,
        )
        for behind, option in _BEHIND
    ),
)
"""Lines whose way the item tells."""

_SPANS: Final = (
    ("bridge", grids.bridge, "a bridge to", 1.5),
    ("link", grids.link, "a line across to", 2.0),
)


def _spanned(
    partner: Partner, draw: Callable[[Item, Item], Item], scene: Scene, index: int
) -> Item:
    other = partner.index(scene, index)
    return draw(scene.items[index], scene.items[other]) if other >= 0 else grids.NOTHING


SPANS: Final[tuple[Part, ...]] = tuple(
    Part(
        code=f"grids.{name}(item, {partner.code}, {{}})",
        words=f"{words} {partner.words}",
        draw=partial(_spanned, partner, draw),
        cost=cost + partner.cost,
    )
    for partner, (name, draw, words, cost) in product(FACED, _SPANS)
)
"""What joins an item to another one it faces."""


def _armed(length: Callable[[Item], int], scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return grids.arms(item, min(length(item), LONGEST))


def _ringed(thickness: int, scene: Scene, index: int) -> Item:
    return grids.margin(scene.items[index], thickness)


LONGEST: Final = 60
"""Longest arm drawn."""
_LENGTHS: Final[tuple[tuple[str, str, Callable[[Item], int]], ...]] = (
    ("1", "one cell long", lambda item: 1),
    ("2", "two cells long", lambda item: 2),
    ("3", "three cells long", lambda item: 3),
    ("item.size", "as long as its size", lambda item: item.size),
    ("item.length", "as long as its longer side", lambda item: item.length),
)
AROUND: Final[tuple[Part, ...]] = (
    *(
        Part(
            code=f"grids.arms(item, {code}, {{}})",
            words=f"arms {words} on all sides",
            draw=partial(_armed, length),
            cost=2.5,
        )
        for code, words, length in _LENGTHS
    ),
    *(
        Part(
            code=f"grids.margin(item, {thickness}, {{}})",
            words=f"a margin {words} thick",
            draw=partial(_ringed, thickness),
            cost=2.5,
        )
        for thickness, words in ((1, "one cell"), (3, "three cells"))
    ),
)
"""What lies on all sides of an item and is as long or thick as is said."""
