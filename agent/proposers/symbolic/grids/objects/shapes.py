"""What may be drawn in place of an item or with it: parts of its box, copies, other shapes."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Constant,
    Relation,
    relative,
)
from peirce.agent.proposers.symbolic.grids.objects.attributes import COLOUR_SOURCES
from peirce.agent.proposers.symbolic.grids.objects.headings import OWN, Heading
from peirce.agent.proposers.symbolic.grids.objects.lines import AROUND, SPANS, TOLD
from peirce.agent.proposers.symbolic.grids.objects.parts import (
    LINES,
    MARGINS,
    PARTS,
    PIECES,
    bars,
    with_part,
)
from peirce.agent.proposers.symbolic.grids.objects.rectangles import rectangles
from peirce.agent.proposers.symbolic.grids.objects.routes import routes
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.turns import COMPLETIONS, TURNS
from peirce.agent.proposers.symbolic.grids.objects.words import STEPS, direction_name
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

_TURNS: Final[tuple[tuple[str, str, Callable[[Item], Item]], ...]] = (
    *TURNS,
    (
        "turned().centred_on(item)",
        "turned by 90 degrees about its middle",
        lambda item: item.turned().centred_on(item),
    ),
    (
        "half_turned().turned().centred_on(item)",
        "turned by 90 degrees to the left about its middle",
        lambda item: item.half_turned().turned().centred_on(item),
    ),
)


_OWN_COLOURS: Final = COLOUR_SOURCES[:2]
"""The colours of an item itself."""


def redrawings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item completed, hollowed, framed, turned, in pieces of other colours, or another one."""
    yield from transformations(scenes, outputs)
    yield from relative(_REPLACEMENTS, scenes)
    for part in PARTS:
        yield from with_part(part, scenes, outputs, instead=True)
    for part, added in (
        *((part, True) for part in PIECES),
        *((part, False) for part in rectangles(scenes, outputs)),
    ):
        yield from with_part(
            part,
            scenes,
            outputs,
            added=added,
            instead=True,
            least=len(outputs),
            sources=_OWN_COLOURS,
        )


def transformations(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item turned or completed."""
    del scenes, outputs
    for code, words, turn in _TURNS:
        yield Action(
            code=f"item.{code}", words=f"is {words}", draw=partial(_transformed, turn), cost=3
        )
    for name, words, complete in COMPLETIONS:
        yield Action(
            code=f"grids.{name}(item)",
            words=f"is completed to be {words}",
            draw=partial(_transformed, complete),
            cost=3.5,
        )


def growths(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item drawn out in a direction."""
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
    for heading in OWN:
        yield Action(
            code=f"grids.stretch(grid, item, {heading.code}, GROUND)",
            words=f"grows {heading.words} until something is in its way",
            draw=partial(_stretched_so, heading),
            cost=3.5 + heading.cost,
        )
    yield from relative(_RELATIONS, scenes)
    for part in (
        *LINES,
        *bars(scenes, outputs),
        *MARGINS,
        *TOLD,
        *SPANS,
        *AROUND,
        *routes(scenes, outputs),
    ):
        yield from with_part(part, scenes, outputs)


def _stretched(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.stretch(scene.grid, scene.items[index], step, scene.ground)


def _stretched_so(heading: Heading, scene: Scene, index: int) -> Item:
    return _stretched(heading.step(scene, index), scene, index)


def _stretched_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.stretch(scene.grid, item, grids.towards(item, other), scene.ground)


def _stretched_away(scene: Scene, item: Item, other: Item) -> Item:
    return grids.stretch(scene.grid, item, grids.away(item, other), scene.ground)


def _transformed(turn: Callable[[Item], Item], scene: Scene, index: int) -> Item:
    return turn(scene.items[index])


_REPLACEMENTS: Final[tuple[Relation, ...]] = (
    Relation(
        "{}.centred_on(item).recoloured(item.colour)",
        "becomes {}, in its own place and colour",
        lambda scene, item, other: other.centred_on(item).recoloured(item.colour),
        3.5,
    ),
    Relation(
        "{}.moved_to(item.top, item.left).recoloured(item.colour)",
        "becomes {}, from its own corner on and in its own colour",
        lambda scene, item, other: other.moved_to(item.top, item.left).recoloured(item.colour),
        4.0,
    ),
    Relation(
        "{}.moved_to(item.top, item.left)",
        "is replaced by {}, corner on corner",
        lambda scene, item, other: other.moved_to(item.top, item.left),
        3.5,
    ),
    Relation(
        "{}.centred_on(item)",
        "is replaced by {}",
        lambda scene, item, other: other.centred_on(item),
        3.0,
    ),
)
_RELATIONS: Final[tuple[Relation, ...]] = (
    Relation(
        "grids.stretch(grid, item, grids.towards(item, {}), GROUND)",
        "grows towards {} until something is in its way",
        _stretched_towards,
        3.5,
    ),
    Relation(
        "grids.stretch(grid, item, grids.away(item, {}), GROUND)",
        "grows away from {} until something is in its way",
        _stretched_away,
        4.0,
    ),
    Relation(
        "grids.joined(item, {})",
        "grows straight towards {} until they touch",
        lambda scene, item, other: grids.joined(item, other),
        3.0,
    ),
)
