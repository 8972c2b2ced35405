"""Descriptions that single out one item, and ways of showing it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.partners import (
    ALIKE,
    PARTNERS,
    SUPERLATIVES,
    Partner,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.turns import COMPLETIONS, TURNS
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import MEASURES, Amount, Measure
from peirce.tasks.values import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A way of making the output from the chosen item."""

    code: str
    """Expression over `item`, `items`, `grid` and, if named, `ground`."""
    words: str
    """With `{}` for the chosen item."""
    draw: Callable[[Scene, int], Grid | None]
    """`None` where an item it refers to does not exist."""
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A description of one item among all."""

    code: str
    """Expression over `items` and `grid`."""
    words: str
    """With `{}` for what an item is called."""
    find: Callable[[Scene, int], int]
    """From a scene and its number to the index of the item, -1 for none."""
    cost: float


def _extreme(amount: Amount, sign: int, scene: Scene, number: int) -> int:
    del number
    values = scene.amounts(amount)
    best = max(values) if sign > 0 else min(values)
    return values.index(best) if values.count(best) == 1 else -1


def _odd(measure: Measure, scene: Scene, number: int) -> int:
    del number
    values = scene.measured(measure)
    lonely = [place for place, value in enumerate(values) if values.count(value) == 1]
    return lonely[0] if len(lonely) == 1 else -1


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


SINGULAR: Final[tuple[Choice, ...]] = (
    Choice(code="items[0]", words="the only {}", find=_whole, cost=1),
    *(
        Choice(
            code=f'grids.{name}(items, "{amount}")',
            words=f"the {words[place]}",
            find=partial(_extreme, amount, 1 - 2 * place),
            cost=2 if amount == "size" else 3,
        )
        for amount, words in SUPERLATIVES.items()
        for place, name in enumerate(("most", "least"))
    ),
    *(
        Choice(
            code=f'grids.odd_one(items, "{measure}")',
            words=f"the only {{}} of its {words}",
            find=partial(_odd, measure),
            cost=3,
        )
        for measure, words in ALIKE
    ),
    *(
        Choice(
            code=f'grids.typical(items, "{measure}")',
            words=f"the {{}} whose {words} is the most frequent",
            find=partial(_typical, measure),
            cost=3,
        )
        for measure, words in ALIKE
    ),
    *(
        Choice(
            code=f"max(items, key=lambda item: item.only({colour}).size)",
            words=f"the {{}} with most {colour_name(colour)} cells",
            find=partial(_coloured, colour, 1),
            cost=4,
        )
        for colour in range(10)
    ),
    *(
        Choice(
            code=f"min(items, key=lambda item: item.only({colour}).size)",
            words=f"the {{}} with fewest {colour_name(colour)} cells",
            find=partial(_coloured, colour, -1),
            cost=4.5,
        )
        for colour in range(10)
    ),
)
"""Descriptions that need no fitting."""


_Drawing: TypeAlias = Callable[[Grid, int, Item], Grid]
"""From the grid, its ground and the chosen item to the output."""


def _plain(draw: _Drawing, scene: Scene, index: int) -> Grid:
    return draw(scene.grid, scene.ground, scene.items[index])


def _turned(turn: Callable[[Item], Item], grid: Grid, ground: int, item: Item) -> Grid:
    del grid
    return turn(item).picture(ground)


def _block(height: int, width: int, grid: Grid, ground: int, item: Item) -> Grid:
    del grid, ground
    return grids.canvas(height, width, item.colour)


def _recoloured(partner: Partner, scene: Scene, index: int) -> Grid | None:
    other = partner.index(scene, index)
    if other < 0:
        return None
    return scene.items[index].recoloured(scene.items[other].colour).picture(scene.ground)


def _in_colour(colour: int, grid: Grid, ground: int, item: Item) -> Grid:
    del grid
    return item.recoloured(colour).picture(ground)


def _exchanged(grid: Grid, ground: int, item: Item) -> Grid:
    del grid
    return item.exchanged({item.colour: item.rarest, item.rarest: item.colour}).picture(ground)


def _enlarged(factor: int, grid: Grid, ground: int, item: Item) -> Grid:
    del grid
    return grids.enlarged(item, factor).picture(ground)


def _surrounded(thickness: int, grid: Grid, ground: int, item: Item) -> Grid:
    del ground
    return grids.cut_out(grid, grids.margin(item, thickness))


def _half(half: Callable[[Grid], grids.Part], grid: Grid, ground: int, item: Item) -> Grid:
    del ground
    return tuple(tuple(row) for row in half(grids.cut_out(grid, item)))


_WAYS: Final[tuple[tuple[str, str, _Drawing, float], ...]] = (
    ("item.picture(ground)", "{}", lambda g, k, i: i.picture(k), 0),
    (
        "grids.cut_out(grid, item)",
        "what the grid shows in the box of {}",
        lambda g, _, i: grids.cut_out(g, i),
        1,
    ),
    (
        "item.recoloured(item.colour).picture(ground)",
        "{} in its commonest colour alone",
        lambda g, k, i: i.recoloured(i.colour).picture(k),
        3,
    ),
    (
        "item.recoloured(item.rarest).picture(ground)",
        "{} in its rarest colour alone",
        lambda g, k, i: i.recoloured(i.rarest).picture(k),
        3,
    ),
    (
        "item.only(item.colour).picture(ground)",
        "{} (only the cells of its commonest colour)",
        lambda g, k, i: i.only(i.colour).picture(k),
        3,
    ),
    (
        "item.without_cells(item.only(item.colour)).picture(ground)",
        "{} (without the cells of its commonest colour)",
        lambda g, k, i: grids.shown(i.without_cells(i.only(i.colour)), k),
        3,
    ),
    (
        "item.exchanged({item.colour: item.rarest, item.rarest: item.colour}).picture(ground)",
        "{} (its commonest and its rarest colour exchanged)",
        _exchanged,
        3,
    ),
    (
        "grids.cut_out(grid, item.rest(0))",
        "what the grid shows inside {}",
        lambda g, _, i: grids.cut_out(g, i.rest(0)),
        2.5,
    ),
    (
        "grids.trim_border(grids.cut_out(grid, item))",
        "what the grid shows within the rim of {}",
        lambda g, _, i: tuple(grids.trim_border(grids.cut_out(g, i))),
        2.5,
    ),
    (
        "grids.paint_in_rarest_colour(grids.cut_out(grid, item))",
        "{} (its box, painted in the rarest colour there)",
        lambda g, _, i: tuple(grids.paint_in_rarest_colour(grids.cut_out(g, i))),
        3,
    ),
    (
        "grids.remove_main_colour(grids.cut_out(grid, item))",
        "{} (its box, without the main colour there)",
        lambda g, _, i: tuple(grids.remove_main_colour(grids.cut_out(g, i))),
        3,
    ),
    (
        "grids.canvas(item.height, item.width, item.colour)",
        "the whole box of {} in its commonest colour",
        lambda g, _, i: grids.canvas(i.height, i.width, i.colour),
        2.5,
    ),
    *(
        (f"item.{name}.picture(ground)", f"{{}} ({words})", partial(_turned, turn), 3)
        for name, words, turn in TURNS
    ),
    *(
        (
            f"grids.{name}(item).picture(ground)",
            f"{{}} (completed to be {words})",
            partial(_turned, complete),
            3,
        )
        for name, words, complete in COMPLETIONS
    ),
    *(
        (
            f"grids.cut_out(grid, grids.margin(item, {thickness}))",
            f"what the grid shows around, up to {distance} away from, {{}}",
            partial(_surrounded, thickness),
            3,
        )
        for thickness, distance in ((1, "one cell"), (2, "two cells"))
    ),
    *(
        (
            f"grids.{name}(grids.cut_out(grid, item))",
            f"the {words} half of what the grid shows in the box of {{}}",
            partial(_half, half),
            3.5,
        )
        for name, words, half in (
            ("top_half", "upper", grids.top_half),
            ("bottom_half", "lower", grids.bottom_half),
            ("left_half", "left", grids.left_half),
            ("right_half", "right", grids.right_half),
        )
    ),
    *(
        (
            f"grids.enlarged(item, {factor}).picture(ground)",
            f"{{}} ({factor} times as large)",
            partial(_enlarged, factor),
            3,
        )
        for factor in (2, 3)
    ),
)

SHOWINGS: Final[tuple[Showing, ...]] = (
    *(
        Showing(code=code, words=words, draw=partial(_plain, draw), cost=cost)
        for code, words, draw, cost in _WAYS
    ),
    *(
        Showing(
            code=f"item.recoloured({partner.code}.colour).picture(ground)",
            words=f"{{}} in the colour of {partner.words}",
            draw=partial(_recoloured, partner),
            cost=2 + partner.cost,
        )
        for partner in PARTNERS
    ),
)
"""Ways of showing an item whatever the outputs."""


def showings(outputs: tuple[Grid, ...]) -> list[Showing]:
    """Ways of showing an item that the sizes and colours of the outputs allow."""
    found = list(SHOWINGS)
    sizes = {(len(output), len(output[0])) for output in outputs}
    palettes = [{cell for row in output for cell in row} for output in outputs]
    if len(sizes) == 1 and all(len(palette) == 1 for palette in palettes):
        height, width = sizes.pop()
        found.append(
            Showing(
                code=f"grids.canvas({height}, {width}, item.colour)",
                words=f"a {height} by {width} block in the colour of {{}}",
                draw=partial(_plain, partial(_block, height, width)),
                cost=2,
            )
        )
    found += [
        Showing(
            code=f"item.recoloured({colour}).picture(ground)",
            words=f"{{}} (in {colour_name(colour)})",
            draw=partial(_plain, partial(_in_colour, colour)),
            cost=3.5,
        )
        for colour in sorted(set[int].intersection(*palettes))
        if colour != 0 and all(len(palette) <= 2 for palette in palettes)
    ]
    return found
