"""Descriptions that single out one item, and ways of showing it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.partners import PARTNERS, SUPERLATIVES
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import colour_name
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import MEASURES, Amount, Measure
from peirce.tasks.values import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A way of making the output from the chosen item."""

    code: str
    """Expression over `item`, `grid` and, if named, `ground`."""
    words: str
    draw: Callable[[Grid, int, Item], Grid]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A description of one item among all."""

    code: str
    """Expression over `items` and `grid`."""
    words: str
    find: Callable[[Scene, int], int]
    """From a scene and its number to the index of the item, -1 for none."""
    cost: float


def _with(words: str) -> str:
    return words.replace("one with", "ITEM with") if "one with" in words else f"{words} ITEM"


def _extreme(amount: Amount, sign: int, scene: Scene, number: int) -> int:
    del number
    values = scene.amounts(amount)
    best = max(values) if sign > 0 else min(values)
    return values.index(best) if values.count(best) == 1 else -1


def _partner(find: Callable[[Scene, int], int], scene: Scene, number: int) -> int:
    del number
    return find(scene, 0)


def _typical(measure: Measure, scene: Scene, number: int) -> int:
    del number
    item = grids.typical(scene.items, measure)
    value = MEASURES[measure](item)
    values = scene.measured(measure)
    counts = sorted((values.count(other) for other in set(values)), reverse=True)
    if len(counts) > 1 and counts[0] == counts[1]:
        return -1
    return values.index(value)


def _coloured(colour: int, sign: int, scene: Scene, number: int) -> int:
    del number
    values = [item.only(colour).size for item in scene.items]
    best = max(values) if sign > 0 else min(values)
    return values.index(best) if values.count(best) == 1 else -1


def _whole(scene: Scene, number: int) -> int:
    del number
    return 0 if len(scene.items) == 1 else -1


_TYPES: Final[tuple[tuple[Measure, str], ...]] = (
    ("pattern", "pattern"),
    ("form", "outline"),
    ("turned_form", "outline, turned or not"),
    ("colour", "colour"),
    ("size", "size"),
)

SINGULAR: Final[tuple[Choice, ...]] = (
    Choice(code="items[0]", words="the only ITEM", find=_whole, cost=1),
    *(
        Choice(
            code=f'grids.{name}(items, "{amount}")',
            words=f"the {_with(words[place])}",
            find=partial(_extreme, amount, 1 - 2 * place),
            cost=2 if amount == "size" else 3,
        )
        for amount, words in SUPERLATIVES.items()
        for place, name in enumerate(("most", "least"))
    ),
    *(
        Choice(
            code=partner.code,
            words=f"{partner.words} (of every ITEM)",
            find=partial(_partner, partner.find),
            cost=partner.cost,
        )
        for partner in PARTNERS
        if "odd_one" in partner.code
    ),
    *(
        Choice(
            code=f'grids.typical(items, "{measure}")',
            words=f"the ITEM whose {words} is the most frequent",
            find=partial(_typical, measure),
            cost=3,
        )
        for measure, words in _TYPES
    ),
    *(
        Choice(
            code=f"max(items, key=lambda item: item.only({colour}).size)",
            words=f"the ITEM with most {colour_name(colour)} cells",
            find=partial(_coloured, colour, 1),
            cost=4,
        )
        for colour in range(10)
    ),
    *(
        Choice(
            code=f"min(items, key=lambda item: item.only({colour}).size)",
            words=f"the ITEM with fewest {colour_name(colour)} cells",
            find=partial(_coloured, colour, -1),
            cost=4.5,
        )
        for colour in range(10)
    ),
)
"""Descriptions that need no fitting."""


_TURNS: Final[tuple[tuple[str, str, Callable[[Item], Item]], ...]] = (
    ("mirrored", "mirrored left to right", Item.mirrored),
    ("flipped", "mirrored top to bottom", Item.flipped),
    ("half_turned", "turned by 180 degrees", Item.half_turned),
    ("turned", "turned by 90 degrees", Item.turned),
    ("transposed", "mirrored along its diagonal", Item.transposed),
)


def _turned(turn: Callable[[Item], Item], grid: Grid, ground: int, item: Item) -> Grid:
    del grid
    return turn(item).picture(ground)


def _block(height: int, width: int, grid: Grid, ground: int, item: Item) -> Grid:
    del grid, ground
    return grids.canvas(height, width, item.colour)


SHOWINGS: Final[tuple[Showing, ...]] = (
    Showing(code="item.picture(ground)", words="", draw=lambda g, k, i: i.picture(k), cost=0),
    Showing(
        code="grids.cut_out(grid, item)",
        words="what the grid shows in the box of",
        draw=lambda g, _, i: grids.cut_out(g, i),
        cost=1,
    ),
    Showing(
        code="item.recoloured(item.colour).picture(ground)",
        words="in its commonest colour alone",
        draw=lambda g, k, i: i.recoloured(i.colour).picture(k),
        cost=3,
    ),
    Showing(
        code="item.recoloured(item.rarest).picture(ground)",
        words="in its rarest colour alone",
        draw=lambda g, k, i: i.recoloured(i.rarest).picture(k),
        cost=3,
    ),
    Showing(
        code="grids.cut_out(grid, item.rest(0))",
        words="what the grid shows inside",
        draw=lambda g, _, i: grids.cut_out(g, i.rest(0)),
        cost=2.5,
    ),
    Showing(
        code="grids.paint_in_rarest_colour(grids.cut_out(grid, item))",
        words="(its box, painted in the rarest colour there)",
        draw=lambda g, _, i: tuple(grids.paint_in_rarest_colour(grids.cut_out(g, i))),
        cost=3,
    ),
    Showing(
        code="grids.remove_main_colour(grids.cut_out(grid, item))",
        words="(its box, without the main colour there)",
        draw=lambda g, _, i: tuple(grids.remove_main_colour(grids.cut_out(g, i))),
        cost=3,
    ),
    *(
        Showing(
            code=f"item.{name}().picture(ground)",
            words=f"({words})",
            draw=partial(_turned, turn),
            cost=3,
        )
        for name, words, turn in _TURNS
    ),
)
"""Ways of showing an item whatever the sizes of the outputs."""


def showings(outputs: tuple[Grid, ...]) -> list[Showing]:
    """Ways of showing an item that the sizes of the outputs allow."""
    found = list(SHOWINGS)
    sizes = {(len(output), len(output[0])) for output in outputs}
    if len(sizes) == 1 and all(len({c for row in out for c in row}) == 1 for out in outputs):
        height, width = sizes.pop()
        found.append(
            Showing(
                code=f"grids.canvas({height}, {width}, item.colour)",
                words=f"a {height} by {width} block in the colour of",
                draw=partial(_block, height, width),
                cost=2,
            )
        )
    return found
