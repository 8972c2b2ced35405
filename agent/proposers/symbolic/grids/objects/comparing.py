"""What else may decide: how an item compares with the one it points at, and which way that lies."""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.attributes import Attribute
from peirce.agent.proposers.symbolic.grids.objects.headings import OWN, Heading, by_partner
from peirce.agent.proposers.symbolic.grids.objects.partners import (
    COLOURED,
    COMPARED,
    LARGEST,
    Partner,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene, Trait
from peirce.prototypes import grids
from peirce.prototypes.grids import Item

_COMPARISONS: Final[tuple[tuple[str, str, Callable[[Item, Item], bool]], ...]] = (
    ("item.colour == {}.colour", "is of the colour of {}", lambda a, b: a.colour == b.colour),
    ("item.form == {}.form", "has the outline of {}", lambda a, b: a.form == b.form),
    ("item.size > {}.size > 0", "is larger than {}", lambda a, b: a.size > b.size),
)


def _compared(
    holds: Callable[[Item, Item], bool], partner: Partner, scene: Scene, index: int
) -> Trait:
    other = partner.index(scene, index)
    return int(other >= 0 and holds(scene.items[index], scene.items[other]))


def _way(heading: Heading, scene: Scene, index: int) -> Trait:
    return grids.way_of(heading.step(scene, index))


def _told(heading: Heading, words: str, cost: float) -> Attribute:
    return Attribute(
        code=f"grids.way_of({heading.code})",
        words=words,
        kind="name",
        value=partial(_way, heading),
        cost=cost,
    )


COMPARISONS: Final[tuple[Attribute, ...]] = (
    *(
        Attribute(
            code=code.format(partner.code),
            words=words.format(partner.words),
            kind="flag",
            value=partial(_compared, holds, partner),
            cost=2.0 + partner.cost,
        )
        for partner, (code, words, holds) in product(COMPARED, _COMPARISONS)
    ),
    *(
        _told(heading, words, 3.0)
        for heading, words in zip(
            OWN,
            (
                "way from the border it touches",
                "way to the nearest border",
                "way to its rarest colour",
                "way out of its open side",
            ),
            strict=True,
        )
    ),
    *(
        _told(heading, f"way to {partner.words}", 1.5 + partner.cost)
        for partner in (LARGEST, COMPARED[0], *COLOURED)
        for heading in by_partner((partner,))
        if heading.code.startswith("grids.towards(")
    ),
)
"""Attributes tried after all others."""
