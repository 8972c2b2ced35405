"""What may become of an item: each action is an expression, its words and a way to work it out."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.attributes import (
    COLOUR_SOURCES,
    PARTNERS,
    Attribute,
    Partner,
)
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
class Action:
    """One thing that can be done with an item."""

    code: str
    """Expression of the item drawn in its stead; empty if it is only removed."""
    words: str
    draw: Callable[[Scene, int], Item | None]
    """What `code` gives; `None` where the item it refers to does not exist."""
    cost: float
    constant: Constant | None = None


def keep() -> Action:
    """The item stays."""
    return Action(code="item", words="stays as it is", draw=lambda s, i: s.items[i], cost=0)


def delete() -> Action:
    """The item goes."""
    return Action(code="", words="is removed", draw=lambda s, i: grids.NOTHING, cost=0.5)


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
            words=f"takes {_the(source)}",
            draw=partial(_recoloured_from, source),
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
    for down, across in _shifts(scenes, outputs):
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
    for partner in PARTNERS:
        yield Action(
            code=f"grids.slide(grid, item, grids.towards(item, {partner.code}), GROUND)",
            words=f"moves towards {partner.words} until something is in its way",
            draw=partial(_with_partner, partner, _slid_towards),
            cost=3 + partner.cost,
        )
        yield Action(
            code=f"item.reflected({partner.code})",
            words=f"is mirrored to the other side of {partner.words}",
            draw=partial(_with_partner, partner, _reflected),
            cost=3 + partner.cost,
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
    for part, words in _PARTS:
        seen = _part_colours(part, scenes, outputs)
        for colour in sorted({colour for _, _, colour in seen}):
            yield _added(part, words, str(colour), colour_name(colour), 4, partial(_fixed, colour))
            yield _left(part, words, str(colour), colour_name(colour), 4.5, partial(_fixed, colour))
        for source in COLOUR_SOURCES:
            if not any(source.value(scene, index) == colour for scene, index, colour in seen):
                continue
            colour_of = partial(_source_colour, source)
            cost = 2.5 + source.cost
            words_of = f"in {_the(source, 'its')}"
            yield _added(part, words, source.code, words_of, cost, colour_of)
            yield _left(part, words, source.code, words_of, cost + 0.5, colour_of)


def growths(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item drawn out in a direction, or another item drawn in its place."""
    del scenes, outputs
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
    for partner in PARTNERS:
        yield Action(
            code=f"grids.stretch(grid, item, grids.towards(item, {partner.code}), GROUND)",
            words=f"grows towards {partner.words} until something is in its way",
            draw=partial(_with_partner, partner, _stretched_towards),
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"{partner.code}.centred_on(item).recoloured(item.colour)",
            words=f"becomes {partner.words}, in its own place and colour",
            draw=partial(_with_partner, partner, _centred_in_colour),
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"{partner.code}.centred_on(item)",
            words=f"is replaced by {partner.words}",
            draw=partial(_with_partner, partner, _centred),
            cost=3 + partner.cost,
        )


_TURNS: Final = (
    ("mirrored", "mirrored left to right"),
    ("flipped", "mirrored top to bottom"),
    ("half_turned", "turned by 180 degrees"),
    ("turned", "turned by 90 degrees"),
    ("transposed", "mirrored along its diagonal"),
)
_PARTS: Final = (
    ("inside", "what it encloses"),
    ("rest", "the rest of its box"),
    ("outline", "a line around it"),
    ("edging", "the cells beside it"),
    ("frame", "a frame around its box"),
    ("border", "its border"),
    ("core", "its core"),
    ("box", "its box"),
    ("rim", "the rim of its box"),
    ("corners", "the corners of its box"),
)


def _colours(outputs: tuple[Grid, ...]) -> list[int]:
    return sorted({cell for grid in outputs for row in grid for cell in row})


def _part_colours(
    part: str, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]
) -> list[tuple[Scene, int, int]]:
    """Where such a part shows one colour in the output, and the input or the item differs."""
    found: list[tuple[Scene, int, int]] = []
    for scene, output in zip(scenes, outputs, strict=False):
        height, width = len(output), len(output[0])
        for index, drawn in enumerate(scene.parts(part, _PART_METHODS[part])):
            spots = [
                (row, column)
                for row, column, _ in drawn.cells
                if 0 <= row < height and 0 <= column < width
            ]
            colours = {output[row][column] for row, column in spots}
            changed = drawn.size < scene.items[index].size or any(
                output[row][column] != scene.grid[row][column] for row, column in spots
            )
            if len(colours) == 1 and changed:
                found.append((scene, index, colours.pop()))
    return found


def _the(source: Attribute, article: str = "its") -> str:
    return source.words if source.words.startswith("the ") else f"{article} {source.words}"


def _recoloured(colour: int, scene: Scene, index: int) -> Item:
    return scene.items[index].recoloured(colour)


def _source_colour(source: Attribute, scene: Scene, index: int) -> int | None:
    colour = source.value(scene, index)
    return colour if isinstance(colour, int) else None


def _recoloured_from(source: Attribute, scene: Scene, index: int) -> Item | None:
    colour = _source_colour(source, scene, index)
    return None if colour is None else scene.items[index].recoloured(colour)


def _exchanged(scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return item.exchanged({item.colour: item.rarest, item.rarest: item.colour})


def _shifts(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> list[tuple[int, int]]:
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


def _stretched(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.stretch(scene.grid, scene.items[index], step, scene.ground)


def _with_partner(
    partner: Partner, draw: Callable[[Scene, Item, Item], Item], scene: Scene, index: int
) -> Item | None:
    other = partner.index(scene, index)
    return None if other < 0 else draw(scene, scene.items[index], scene.items[other])


def _slid_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.slide(scene.grid, item, grids.towards(item, other), scene.ground)


def _stretched_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.stretch(scene.grid, item, grids.towards(item, other), scene.ground)


def _reflected(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.reflected(other)


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
_PART_METHODS: Final[dict[str, Callable[[Item, int], Item]]] = {
    "inside": Item.inside,
    "rest": Item.rest,
    "outline": Item.outline,
    "edging": Item.edging,
    "frame": Item.frame,
    "border": Item.border,
    "core": Item.core,
    "box": Item.box,
    "rim": Item.rim,
    "corners": Item.corners,
}


def _fixed(colour: int, scene: Scene, index: int) -> int:
    del scene, index
    return colour


def _added(
    part: str,
    words: str,
    code: str,
    colour_words: str,
    cost: float,
    colour: Callable[[Scene, int], int | None],
) -> Action:
    return Action(
        code=f"item.with_cells(item.{part}({code}))",
        words=f"gets {words} {colour_words}",
        draw=partial(_with_part, part, colour, True),
        cost=cost,
        constant=Constant(
            template=f"item.with_cells(item.{part}({{}}))", value=code, default="item.colour"
        )
        if code.isdigit()
        else None,
    )


def _left(
    part: str,
    words: str,
    code: str,
    colour_words: str,
    cost: float,
    colour: Callable[[Scene, int], int | None],
) -> Action:
    return Action(
        code=f"item.{part}({code})",
        words=f"gives way to {words} {colour_words}",
        draw=partial(_with_part, part, colour, False),
        cost=cost,
        constant=Constant(template=f"item.{part}({{}})", value=code, default="item.colour")
        if code.isdigit()
        else None,
    )


def _with_part(
    part: str,
    colour: Callable[[Scene, int], int | None],
    kept: bool,
    scene: Scene,
    index: int,
) -> Item | None:
    chosen = colour(scene, index)
    if chosen is None:
        return None
    item = scene.items[index]
    drawn = scene.parts(part, _PART_METHODS[part])[index].recoloured(chosen)
    return item.with_cells(drawn) if kept else drawn
