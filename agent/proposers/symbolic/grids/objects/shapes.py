"""What may be drawn in place of an item or with it: parts of its box, copies, other shapes."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import Action, Constant, with_partner
from peirce.agent.proposers.symbolic.grids.objects.partners import COLOURED, PARTNERS
from peirce.agent.proposers.symbolic.grids.objects.parts import BARS, LINES, PARTS, with_part
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import STEPS, direction_name
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

_TURNS: Final = (
    ("mirrored", "mirrored left to right"),
    ("flipped", "mirrored top to bottom"),
    ("half_turned", "turned by 180 degrees"),
    ("turned", "turned by 90 degrees"),
    ("transposed", "mirrored along its diagonal"),
)


def redrawings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item completed, hollowed, framed, turned, or grown."""
    for name, words in _TURNS:
        yield Action(
            code=f"item.{name}()",
            words=f"is {words}",
            draw=partial(_transformed, name),
            cost=3,
        )
    for part in PARTS:
        yield from with_part(part, scenes, outputs, instead=True)


def growths(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item drawn out in a direction, or another item drawn in its place."""
    for step in STEPS:
        yield Action(
            code=f"grids.stretch(grid, item, {step}, GROUND)",
            words=f"grows {direction_name(step)} until something is in its way",
            draw=partial(_stretched, step),
            cost=4 + abs(step[0] * step[1]),
            constant=Constant(
                template="grids.stretch(grid, item, {}, GROUND)",
                value=str(step),
                default="(0, 0)",
            ),
        )
    yield Action(
        code="grids.stretch(grid, item, grids.inward(grid, item), GROUND)",
        words="grows away from the border it touches until something is in its way",
        draw=_stretched_inward,
        cost=4.5,
    )
    for partner in (*PARTNERS, *COLOURED):
        yield Action(
            code=f"grids.stretch(grid, item, grids.towards(item, {partner.code}), GROUND)",
            words=f"grows towards {partner.words} until something is in its way",
            draw=partial(with_partner, partner, _stretched_towards),
            defined=partner.exists,
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"grids.joined(item, {partner.code})",
            words=f"grows straight towards {partner.words} until they touch",
            draw=partial(with_partner, partner, _joined),
            defined=partner.exists,
            cost=3 + partner.cost,
        )
        yield Action(
            code=f"{partner.code}.centred_on(item).recoloured(item.colour)",
            words=f"becomes {partner.words}, in its own place and colour",
            draw=partial(with_partner, partner, _centred_in_colour),
            defined=partner.exists,
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"{partner.code}.centred_on(item)",
            words=f"is replaced by {partner.words}",
            draw=partial(with_partner, partner, _centred),
            defined=partner.exists,
            cost=3 + partner.cost,
        )
    for part in (*LINES, *BARS):
        yield from with_part(part, scenes, outputs)


def _stretched(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.stretch(scene.grid, scene.items[index], step, scene.ground)


def _stretched_inward(scene: Scene, index: int) -> Item:
    return _stretched(grids.inward(scene.grid, scene.items[index]), scene, index)


def _stretched_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.stretch(scene.grid, item, grids.towards(item, other), scene.ground)


def _joined(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return grids.joined(item, other)


def _centred(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return other.centred_on(item)


def _centred_in_colour(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return other.centred_on(item).recoloured(item.colour)


def _transformed(name: str, scene: Scene, index: int) -> Item:
    return _METHODS[name](scene.items[index])


_METHODS: Final[dict[str, Callable[[Item], Item]]] = {
    "mirrored": Item.mirrored,
    "flipped": Item.flipped,
    "half_turned": Item.half_turned,
    "turned": Item.turned,
    "transposed": Item.transposed,
}
