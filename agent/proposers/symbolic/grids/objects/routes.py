"""Routes from an item over free cells to another one, round whatever is in the way."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.partners import ROUTED, Partner
from peirce.agent.proposers.symbolic.grids.objects.parts import Part
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

MAX_ITEMS: Final = 16
"""Routes are not looked for between more items."""


def routes(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Part]:
    """A route to each of the others an item may be joined with, where the outputs show one."""
    if max(len(scene.items) for scene in scenes) > MAX_ITEMS:
        return
    for partner in ROUTED:
        if all(
            any(_is_shown(partner, scene, index, output) for index in range(len(scene.items)))
            for scene, output in zip(scenes, outputs, strict=False)
        ):
            yield Part(
                code=f"grids.route(grid, item, {partner.code}, {{}}, ground=GROUND)",
                words=f"the shortest free way to {partner.words}",
                draw=partial(_routed, partner),
                cost=1.5 + partner.cost,
            )


def _is_shown(partner: Partner, scene: Scene, index: int, output: Grid) -> bool:
    """Whether the way to the other one is painted: it starts and ends in what has changed."""
    other = partner.index(scene, index)
    if other < 0 or not all(
        _grows(scene.items[place], scene.grid, output) for place in (index, other)
    ):
        return False
    way = _routed(partner, scene, index)
    return bool(way.cells) and len({output[row][column] for row, column, _ in way.cells}) == 1


def _grows(item: Item, grid: Grid, output: Grid) -> bool:
    """Whether some cell beside it has changed."""
    return any(
        0 <= row < len(grid)
        and 0 <= column < len(grid[0])
        and grid[row][column] != output[row][column]
        for row, column, _ in item.edging(0).cells
    )


def _routed(partner: Partner, scene: Scene, index: int) -> Item:
    other = partner.index(scene, index)
    if other < 0:
        return grids.NOTHING
    return grids.route(scene.grid, scene.items[index], scene.items[other], ground=scene.ground)
