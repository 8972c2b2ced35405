"""What may be drawn in place of an item or with it: parts of its box, copies, other shapes."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Constant,
    source_colour,
    the,
    with_partner,
)
from peirce.agent.proposers.symbolic.grids.objects.attributes import COLOUR_SOURCES
from peirce.agent.proposers.symbolic.grids.objects.partners import COLOURED, PARTNERS
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import (
    STEPS,
    colour_name,
    direction_name,
)
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
            colour_of = partial(source_colour, source)
            cost = 2.5 + source.cost
            words_of = f"in {the(source, 'its')}"
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
    for partner in (*PARTNERS, *COLOURED):
        yield Action(
            code=f"grids.stretch(grid, item, grids.towards(item, {partner.code}), GROUND)",
            words=f"grows towards {partner.words} until something is in its way",
            draw=partial(with_partner, partner, _stretched_towards),
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"{partner.code}.centred_on(item).recoloured(item.colour)",
            words=f"becomes {partner.words}, in its own place and colour",
            draw=partial(with_partner, partner, _centred_in_colour),
            cost=3.5 + partner.cost,
        )
        yield Action(
            code=f"{partner.code}.centred_on(item)",
            words=f"is replaced by {partner.words}",
            draw=partial(with_partner, partner, _centred),
            cost=3 + partner.cost,
        )


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


def _stretched(step: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.stretch(scene.grid, scene.items[index], step, scene.ground)


def _stretched_towards(scene: Scene, item: Item, other: Item) -> Item:
    return grids.stretch(scene.grid, item, grids.towards(item, other), scene.ground)


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
        added=f"item.{part}({code})",
        add=partial(_with_part, part, colour, False),
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
