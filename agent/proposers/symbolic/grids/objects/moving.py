"""Where an item may go: by a constant, by its size, until something stops it, to another item."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Constant,
    Relation,
    relative,
    shifts,
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
from peirce.tasks.values import Grid


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
    for step in STEPS:
        yield from _steps(step)
    yield Action(
        code="grids.slide(grid, item, grids.inward(grid, item), GROUND)",
        words="moves away from the border it touches until something is in its way",
        draw=_slid_inward,
        cost=4.5,
    )
    yield Action(
        code="grids.to_border(grid, item, grids.outward(grid, item))",
        words="moves to the nearest border",
        draw=_moved_outward,
        cost=4.5,
    )
    yield from relative(_RELATIONS, scenes)


def _steps(step: tuple[int, int]) -> Iterator[Action]:
    """Moves in one of the eight directions."""
    down, across = step
    oblique = abs(down * across)
    yield Action(
        code=f"item.moved({times(down, 'item.height')}, {times(across, 'item.width')})",
        words=f"moves {direction_name(step)} by its own size",
        draw=partial(_moved_by_size, down, across),
        cost=4 + oblique,
    )
    for function, words, draw, cost in (
        ("slide", "until something is in its way", _slid, 3.5),
        ("to_border", "up to the border, through everything", _at_border, 4.0),
    ):
        template = f"grids.{function}(grid, item, {{}}{', GROUND' * (function == 'slide')})"
        yield Action(
            code=template.format(step),
            words=f"moves {direction_name(step)} {words}",
            draw=partial(draw, step),
            cost=cost + oblique,
            constant=Constant(template=template, value=str(step), default="(0, 0)"),
        )


def _moved(down: int, across: int, scene: Scene, index: int) -> Item:
    return scene.items[index].moved(down, across)


def _moved_by_size(down: int, across: int, scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return item.moved(down * item.height, across * item.width)


def _slid(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.slide(scene.grid, scene.items[index], step, scene.ground)


def _at_border(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.to_border(scene.grid, scene.items[index], step)


def _slid_inward(scene: Scene, index: int) -> Item:
    return _slid(grids.inward(scene.grid, scene.items[index]), scene, index)


def _moved_outward(scene: Scene, index: int) -> Item:
    return _at_border(grids.outward(scene.grid, scene.items[index]), scene, index)


def _slid_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.slide(scene.grid, item, grids.towards(item, other), scene.ground)


def _slid_away(scene: Scene, item: Item, other: Item) -> Item:
    return grids.slide(scene.grid, item, grids.away(item, other), scene.ground)


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
        "grids.approached(item, {0}).recoloured({0}.colour)",
        "moves straight towards {} until they touch, and takes its colour",
        lambda scene, item, other: grids.approached(item, other).recoloured(other.colour),
        4.0,
    ),
    Relation(
        "item.reflected({})",
        "is mirrored to the other side of {}",
        lambda scene, item, other: item.reflected(other),
        3.0,
    ),
)
