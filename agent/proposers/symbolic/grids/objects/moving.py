"""Where an item may go: by a constant, by its size, until something stops it, to another item."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Constant,
    Relation,
    relative,
    shifts,
)
from peirce.agent.proposers.symbolic.grids.objects.headings import OWN, Heading
from peirce.agent.proposers.symbolic.grids.objects.numbers import (
    MEASURED,
    Number,
    counts,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import (
    STEPS,
    direction_name,
    shift_name,
    times,
)
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.values import Grid


def _stepped(number: Number, scene: Scene, index: int, step: Spot) -> Item:
    return grids.stepped(scene.items[index], step, number.value(scene, index))


@dataclass(frozen=True, slots=True)
class _Stop:
    """How far an item goes in a direction."""

    template: str
    """Expression with `{}` for the direction."""
    words: str
    """What is said after the direction."""
    draw: Callable[[Scene, int, Spot], Item]
    cost: float


_STOPS: Final = (
    _Stop(
        "grids.slide(grid, item, {}, GROUND)",
        "until something is in its way",
        lambda scene, index, step: grids.slide(scene.grid, scene.items[index], step, scene.ground),
        3.5,
    ),
    _Stop(
        "grids.to_border(grid, item, {})",
        "up to the border, through everything",
        lambda scene, index, step: grids.to_border(scene.grid, scene.items[index], step),
        4.0,
    ),
)
_ONE_STEP: Final = _Stop(
    "item.moved(*{})",
    "one step",
    lambda scene, index, step: scene.items[index].moved(*step),
    4.0,
)


def _so_far(number: Number) -> _Stop:
    return _Stop(
        f"grids.stepped(item, {{}}, {number.code})",
        f"by {number.words}",
        partial(_stepped, number),
        4.5 + number.cost,
    )


_FAR: Final = (*_STOPS, *map(_so_far, MEASURED))
"""How far an item may go: until something stops it, or as far as it is large."""


def moves(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item somewhere else."""
    for down, across in shifts(scenes, outputs):
        yield Action(
            code=f"item.moved({down}, {across})",
            words=f"moves {shift_name(down, across)}",
            draw=partial(_moved, down, across),
            cost=4 + 0.2 * (abs(down) + abs(across)),
            constant=Constant(
                template="item.moved(*{})", value=f"({down}, {across})", default="(0, 0)"
            ),
        )
    counted = tuple(map(_so_far, counts(scenes)))
    for step in STEPS:
        yield from _steps(step, _FAR if 0 not in step else (*_FAR, *counted))
    for heading, stop in product(OWN, (*_FAR, _ONE_STEP)):
        yield Action(
            code=stop.template.format(heading.code),
            words=f"moves {heading.words} {stop.words}",
            draw=partial(_headed, heading, stop),
            cost=stop.cost + heading.cost,
        )
    for code, words, draw in _GOALS:
        yield Action(
            code=code,
            words=f"moves {words}",
            draw=partial(_to_goal, draw),
            cost=4,
        )
    yield from relative(_RELATIONS, scenes)


def _steps(step: Spot, stops: tuple[_Stop, ...]) -> Iterator[Action]:
    """Moves in one of the eight directions."""
    down, across = step
    oblique = abs(down * across)
    yield Action(
        code=f"item.moved({times(down, 'item.height')}, {times(across, 'item.width')})",
        words=f"moves {direction_name(step)} by its own size",
        draw=partial(_moved_by_size, down, across),
        cost=4 + oblique,
    )
    for stop in stops:
        yield Action(
            code=stop.template.format(step),
            words=f"moves {direction_name(step)} {stop.words}",
            draw=partial(_stopped, step, stop),
            cost=stop.cost + oblique,
            constant=Constant(template=stop.template, value=str(step), default="(0, 0)"),
        )


def _moved(down: int, across: int, scene: Scene, index: int) -> Item:
    return scene.items[index].moved(down, across)


def _moved_by_size(down: int, across: int, scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return item.moved(down * item.height, across * item.width)


def _stopped(step: Spot, stop: _Stop, scene: Scene, index: int) -> Item:
    return stop.draw(scene, index, step)


def _headed(heading: Heading, stop: _Stop, scene: Scene, index: int) -> Item:
    return stop.draw(scene, index, heading.step(scene, index))


def _to_goal(draw: Callable[[Grid, Item], Item], scene: Scene, index: int) -> Item:
    return draw(scene.grid, scene.items[index])


_GOALS: Final[tuple[tuple[str, str, Callable[[Grid, Item], Item]], ...]] = (
    ("grids.to_corner(grid, item)", "into the nearest corner", grids.to_corner),
    (
        "item.centred_on(grids.item_of(grid))",
        "to the middle of the grid",
        lambda grid, item: item.centred_on(grids.item_of(grid)),
    ),
)


def _slid_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.slide(scene.grid, item, grids.towards(item, other), scene.ground)


def _slid_away(scene: Scene, item: Item, other: Item) -> Item:
    return grids.slide(scene.grid, item, grids.away(item, other), scene.ground)


def _beside(way: str, scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return grids.beside(item, other, way)


_RELATIONS: Final[tuple[Relation, ...]] = (
    Relation(
        "item.moved({}.top - item.top, 0)",
        "moves to the row of {}",
        lambda scene, item, other: item.moved(other.top - item.top, 0),
        3.5,
    ),
    Relation(
        "item.moved(0, {}.left - item.left)",
        "moves to the column of {}",
        lambda scene, item, other: item.moved(0, other.left - item.left),
        3.5,
    ),
    Relation(
        "item.moved({}.bottom - item.bottom, 0)",
        "moves level with the lower edge of {}",
        lambda scene, item, other: item.moved(other.bottom - item.bottom, 0),
        4.0,
    ),
    Relation(
        "item.moved(0, {}.right - item.right)",
        "moves level with the right edge of {}",
        lambda scene, item, other: item.moved(0, other.right - item.right),
        4.0,
    ),
    Relation(
        "item.moved(({}.centre[0] - item.centre[0]) // 2, 0)",
        "moves up or down level with the middle of {}",
        lambda scene, item, other: item.moved((other.centre[0] - item.centre[0]) // 2, 0),
        4.0,
    ),
    Relation(
        "item.moved(0, ({}.centre[1] - item.centre[1]) // 2)",
        "moves left or right level with the middle of {}",
        lambda scene, item, other: item.moved(0, (other.centre[1] - item.centre[1]) // 2),
        4.0,
    ),
    *(
        Relation(
            f'grids.beside(item, {{}}, "{way}")',
            f"moves to touch {{}} {where}, in the middle",
            partial(_beside, way),
            4.0,
        )
        for way, where in (
            ("up", "from above"),
            ("down", "from below"),
            ("left", "on the left"),
            ("right", "on the right"),
        )
    ),
    Relation(
        "item.centred_on({})",
        "moves onto the middle of {}",
        lambda scene, item, other: item.centred_on(other),
        3.5,
    ),
    Relation(
        "item.moved(*grids.towards(item, {}))",
        "moves one step towards {}",
        lambda scene, item, other: item.moved(*grids.towards(item, other)),
        3.5,
    ),
    Relation(
        "grids.slide(grid, item, grids.towards(item, {}), GROUND)",
        "moves towards {} until something is in its way",
        _slid_towards,
        3.0,
    ),
    Relation(
        "grids.slide(grid, item, grids.away(item, {}), GROUND)",
        "moves away from {} until something is in its way",
        _slid_away,
        3.5,
    ),
    Relation(
        "grids.approached(item, {})",
        "moves straight towards {} until they touch",
        lambda scene, item, other: grids.approached(item, other),
        3.0,
    ),
    Relation(
        "item.reflected({})",
        "is mirrored to the other side of {}",
        lambda scene, item, other: item.reflected(other),
        3.0,
    ),
)
