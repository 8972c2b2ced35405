"""Steps that something tells: where an item lies, how it looks, or where another one is.

Whoever moves, draws out or copies items takes the direction from here, and conditions ask for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.partners import Partner
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import STEPS, direction_name
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A step of one cell, in one of eight directions or in none, that belongs to an item."""

    code: str
    """Expression over `item`, `items` and `grid`."""
    words: str
    """Said after what moves or grows."""
    side: str
    """The same as a place: where a copy lies."""
    step: Callable[[Scene, int], Spot]
    cost: float
    defined: Callable[[Scene, int], bool] | None = None
    """Whether there is an item it refers to, if it refers to one."""


_OWN: Final[tuple[tuple[str, str, str, Callable[[Scene, int], Spot]], ...]] = (
    (
        "grids.inward(grid, item)",
        "away from the border it touches",
        "on the side away from the border it touches",
        lambda scene, index: grids.inward(scene.grid, scene.items[index]),
    ),
    (
        "grids.outward(grid, item)",
        "towards the nearest border",
        "on the side of the nearest border",
        lambda scene, index: grids.outward(scene.grid, scene.items[index]),
    ),
    (
        "grids.pointed(item)",
        "to the side of its rarest colour",
        "on the side of its rarest colour",
        lambda scene, index: grids.pointed(scene.items[index]),
    ),
    (
        "grids.opening(item)",
        "to the side where it is open",
        "on the side where it is open",
        lambda scene, index: grids.opening(scene.items[index]),
    ),
)
OWN: Final[tuple[Heading, ...]] = tuple(
    Heading(code=code, words=words, side=side, step=step, cost=1.0)
    for code, words, side, step in _OWN
)
"""What its place in the grid and its own shape and colours tell."""


def fixed(step: Spot) -> Heading:
    """The same direction for all items."""
    return Heading(
        code=str(step),
        words=direction_name(step),
        side=direction_name(step),
        step=partial(_always, step),
        cost=0.0,
    )


def _always(step: Spot, scene: Scene, index: int) -> Spot:
    del scene, index
    return step


FIXED: Final = tuple(map(fixed, STEPS))
"""The eight directions."""


def told(scenes: Sequence[Scene], partners: Iterable[Partner]) -> Iterator[Heading]:
    """The headings by which items go different ways, one of each that lead alike."""
    known: set[tuple[Spot, ...]] = set()
    for heading in (*OWN, *by_partner(partners)):
        steps = tuple(
            heading.step(scene, index) for scene in scenes for index in range(len(scene.items))
        )
        if len(set(steps) - {(0, 0)}) > 1 and steps not in known:
            known.add(steps)
            yield heading


def by_partner(partners: Iterable[Partner]) -> Iterator[Heading]:
    """Towards each of these other items, and away from it."""
    for partner in partners:
        for name, step, where in (
            ("towards", grids.towards, "towards"),
            ("away", grids.away, "away from"),
        ):
            yield Heading(
                code=f"grids.{name}(item, {partner.code})",
                words=f"{where} {partner.words}",
                side=f"on the side {where} {partner.words}",
                step=partial(_to_partner, step, partner),
                cost=partner.cost,
                defined=partner.exists,
            )


def _to_partner(
    step: Callable[[Item, Item], Spot], partner: Partner, scene: Scene, index: int
) -> Spot:
    other = partner.index(scene, index)
    return step(scene.items[index], scene.items[other]) if other >= 0 else (0, 0)
