"""What may become of an item: each action is an expression, its words and a way to work it out."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.objects.attributes import COLOUR_SOURCES, Attribute
from peirce.agent.proposers.symbolic.grids.objects.partners import COLOURED, PARTNERS, Partner
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import (
    STEPS,
    colour_name,
    direction_name,
    shift_name,
)
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

MAX_SHIFTS: Final = 24
"""Most constant displacements tried in one view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The constant in an action, so that a table over items can vary it."""

    template: str
    """The action's expression with `{}` for the constant."""
    value: str
    """The constant as code."""
    default: str
    """The constant that leaves the item as it is, as code over `item`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """An action that draws one shape in one colour, so that it can be judged without drawing."""

    code: str
    """Names the shape."""
    draw: Callable[[Scene, int], Item]
    """The shape, in colour 0."""
    colour: Callable[[Scene, int], int | None]
    kept: bool
    """The item itself stays below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done with an item."""

    code: str
    """Expression of the item drawn in its stead; empty if it is only removed."""
    words: str
    draw: Callable[[Scene, int], Item | None]
    """What `code` gives; `None` where the item it refers to does not exist."""
    cost: float
    constant: Constant | None = None
    added: str = ""
    """Expression of what is drawn on top of the item, if the item itself stays."""
    add: Callable[[Scene, int], Item | None] | None = None
    """What `added` gives."""
    defined: Callable[[Scene, int], bool] | None = None
    """Whether `draw` gives anything, if it does not always."""
    tint: Tint | None = None
    """The same as `draw`, if it is of this kind."""
    preamble: str = ""
    """Definitions the code refers to, one a line."""


Family: TypeAlias = Callable[[tuple[Scene, ...], tuple[Grid, ...]], Iterator[Action]]
"""The actions worth trying, given the train scenes and outputs."""


def keep() -> Action:
    """The item stays."""
    return Action(code="item", words="stays as it is", draw=lambda s, i: s.items[i], cost=0)


def delete() -> Action:
    """The item goes."""
    return Action(code="", words="is removed", draw=lambda s, i: grids.NOTHING, cost=0.5)


def leave() -> Action:
    """Nothing is drawn for the item."""
    return Action(code="", words="is left alone", draw=lambda s, i: grids.NOTHING, cost=0)


def recolourings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item in another colour, given or taken from another item."""
    for colour in _colours(outputs):
        yield Action(
            code=f"item.recoloured({colour})",
            words=f"becomes {colour_name(colour)}",
            draw=partial(_recoloured, colour),
            cost=3,
            constant=Constant(
                template="item.recoloured({})", value=str(colour), default="item.colour"
            ),
        )
    for source in COLOUR_SOURCES:
        yield Action(
            code=f"item.recoloured({source.code})",
            words=f"takes {the(source)}",
            draw=partial(_recoloured_from, source),
            defined=partial(_has_colour, source),
            cost=1.5 + source.cost,
        )
    if any(item.colour_count == 2 for scene in scenes for item in scene.items):
        yield Action(
            code="item.exchanged({item.colour: item.rarest, item.rarest: item.colour})",
            words="exchanges its commonest and its rarest colour",
            draw=_exchanged,
            cost=3.5,
        )


def moves(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item somewhere else: by a constant, by its size, until something, towards another."""
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
    for down, across in STEPS:
        yield Action(
            code=f"item.moved({_times(down, 'item.height')}, {_times(across, 'item.width')})",
            words=f"moves {direction_name((down, across))} by its own size",
            draw=partial(_moved_by_size, down, across),
            cost=4 + abs(down * across),
        )
        yield Action(
            code=f"grids.slide(grid, item, {(down, across)}, GROUND)",
            words=f"moves {direction_name((down, across))} until something is in its way",
            draw=partial(_slid, (down, across)),
            cost=3.5 + abs(down * across),
            constant=Constant(
                template="grids.slide(grid, item, {}, GROUND)",
                value=str((down, across)),
                default="(0, 0)",
            ),
        )
        yield Action(
            code=f"grids.to_border(grid, item, {(down, across)})",
            words=f"moves {direction_name((down, across))} up to the border, through everything",
            draw=partial(_at_border, (down, across)),
            cost=4 + abs(down * across),
            constant=Constant(
                template="grids.to_border(grid, item, {})",
                value=str((down, across)),
                default="(0, 0)",
            ),
        )
    yield Action(
        code="grids.slide(grid, item, grids.inward(grid, item), GROUND)",
        words="moves away from the border it touches until something is in its way",
        draw=_slid_inward,
        cost=4.5,
    )
    yield Action(
        code="grids.to_border(grid, item, grids.outward(grid, item))",
        words="moves to the nearest border",
        draw=_slid_outward,
        cost=4.5,
    )
    for partner in (*PARTNERS, *COLOURED):
        for code, words, draw in _ALIGNED:
            yield Action(
                code=code.format(partner.code),
                words=words.format(partner.words),
                draw=partial(with_partner, partner, draw),
                defined=partner.exists,
                cost=3.5 + partner.cost,
            )
        yield Action(
            code=f"item.moved(*grids.towards(item, {partner.code}))",
            words=f"moves one step towards {partner.words}",
            draw=partial(with_partner, partner, _stepped_towards),
            defined=partner.exists,
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"grids.slide(grid, item, grids.towards(item, {partner.code}), GROUND)",
            words=f"moves towards {partner.words} until something is in its way",
            draw=partial(with_partner, partner, _slid_towards),
            defined=partner.exists,
            cost=3 + partner.cost,
        )
        yield Action(
            code=f"grids.approached(item, {partner.code})",
            words=f"moves straight towards {partner.words} until they touch",
            draw=partial(with_partner, partner, _approached),
            defined=partner.exists,
            cost=3 + partner.cost,
        )
        yield Action(
            code=f"grids.approached(item, {partner.code}).recoloured({partner.code}.colour)",
            words=f"moves straight towards {partner.words} until they touch, and takes its colour",
            draw=partial(with_partner, partner, _absorbed),
            defined=partner.exists,
            cost=4 + partner.cost,
        )
        yield Action(
            code=f"item.centred_on({partner.code})",
            words=f"moves onto the middle of {partner.words}",
            draw=partial(with_partner, partner, _onto),
            defined=partner.exists,
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"item.reflected({partner.code})",
            words=f"is mirrored to the other side of {partner.words}",
            draw=partial(with_partner, partner, _reflected),
            defined=partner.exists,
            cost=3 + partner.cost,
        )


def _colours(outputs: tuple[Grid, ...]) -> list[int]:
    return sorted({cell for grid in outputs for row in grid for cell in row})


def the(source: Attribute, article: str = "its") -> str:
    """An attribute as the object of a sentence."""
    return source.words if source.words.startswith("the ") else f"{article} {source.words}"


def _recoloured(colour: int, scene: Scene, index: int) -> Item:
    return scene.items[index].recoloured(colour)


def source_colour(source: Attribute, scene: Scene, index: int) -> int | None:
    """The colour an attribute names, if it names one."""
    colour = source.value(scene, index)
    return colour if isinstance(colour, int) else None


def _has_colour(source: Attribute, scene: Scene, index: int) -> bool:
    return source_colour(source, scene, index) is not None


def _recoloured_from(source: Attribute, scene: Scene, index: int) -> Item | None:
    colour = source_colour(source, scene, index)
    return None if colour is None else scene.items[index].recoloured(colour)


def _exchanged(scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return item.exchanged({item.colour: item.rarest, item.rarest: item.colour})


def shifts(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> list[tuple[int, int]]:
    """Displacements after which some item is found in the output, the most usual first."""
    counts: Counter[tuple[int, int]] = Counter()
    for scene, output in zip(scenes, outputs, strict=False):
        for item in scene.items[:20]:
            counts.update(_places(item, output))
    counts.pop((0, 0), None)
    usual = sorted(counts, key=lambda step: (-counts[step], abs(step[0]) + abs(step[1]), step))
    return usual[:MAX_SHIFTS]


def _places(item: Item, output: Grid) -> Iterator[tuple[int, int]]:
    height, width = len(output), len(output[0])
    for down in range(-item.top, height - item.bottom):
        for across in range(-item.left, width - item.right):
            if all(output[row + down][column + across] == k for row, column, k in item.cells):
                yield (down, across)


def _times(sign: int, code: str) -> str:
    return {0: "0", 1: code, -1: f"-{code}"}[sign]


def _moved(down: int, across: int, scene: Scene, index: int) -> Item:
    return scene.items[index].moved(down, across)


def _moved_by_size(down: int, across: int, scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return item.moved(down * item.height, across * item.width)


def _slid(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.slide(scene.grid, scene.items[index], step, scene.ground)


def _slid_inward(scene: Scene, index: int) -> Item:
    return _slid(grids.inward(scene.grid, scene.items[index]), scene, index)


def _slid_outward(scene: Scene, index: int) -> Item:
    return _at_border(grids.outward(scene.grid, scene.items[index]), scene, index)


def _at_border(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.to_border(scene.grid, scene.items[index], step)


def with_partner(
    partner: Partner, draw: Callable[[Scene, Item, Item], Item], scene: Scene, index: int
) -> Item | None:
    """What is drawn for an item that points at another one; `None` if it points at nobody."""
    other = partner.index(scene, index)
    return None if other < 0 else draw(scene, scene.items[index], scene.items[other])


def _stepped_towards(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.moved(*grids.towards(item, other))


def _slid_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.slide(scene.grid, item, grids.towards(item, other), scene.ground)


def _approached(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return grids.approached(item, other)


def _absorbed(scene: Scene, item: Item, other: Item) -> Item:
    return _approached(scene, item, other).recoloured(other.colour)


def _onto(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.centred_on(other)


def _to_row(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.moved(other.top - item.top, 0)


def _to_column(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.moved(0, other.left - item.left)


def _reflected(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.reflected(other)


_ALIGNED: Final = (
    ("item.moved({}.top - item.top, 0)", "moves to the row of {}", _to_row),
    ("item.moved(0, {}.left - item.left)", "moves to the column of {}", _to_column),
)


def both(one: Action, other: Action) -> Action:
    """Two additions to the item, the second on top."""
    return Action(
        code=f"{one.code}.with_cells({other.added})",
        words=f"{one.words} and {other.words.removeprefix('gets ')}",
        draw=partial(_both, one.draw, other),
        cost=one.cost + other.cost,
        added=f"{one.added}.with_cells({other.added})",
        add=partial(_both, one.add or one.draw, other),
        defined=partial(_both_defined, one, other),
    )


def _both_defined(one: Action, other: Action, scene: Scene, index: int) -> bool:
    return all(action.defined is None or action.defined(scene, index) for action in (one, other))


def _both(
    first: Callable[[Scene, int], Item | None], other: Action, scene: Scene, index: int
) -> Item | None:
    below = first(scene, index)
    above = other.add(scene, index) if other.add else None
    return None if below is None or above is None else below.with_cells(above)
