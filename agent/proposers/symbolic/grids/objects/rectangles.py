"""Rectangles drawn in the place of an item, whose sides something about it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.numbers import MEASURED, Number, counts
from peirce.agent.proposers.symbolic.grids.objects.parts import Part
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.rays_ways import WAYS
from peirce.tasks.values import Grid


@dataclass(frozen=True, slots=True)
class _Sides:
    """How high and how wide a rectangle is."""

    height: Number
    width: Number
    words: str


_ONE: Final = Number(code="1", words="one cell", read=lambda scene, index: 1)
_CORNERS: Final = (
    ("up_left", "upper left", 0.0),
    ("down_left", "lower left", 0.5),
    ("up_right", "upper right", 0.5),
    ("down_right", "lower right", 0.5),
)


def rectangles(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Part]:
    """Rows, columns and squares of told length that about one item in every output shows."""
    boxes = tuple((item.height, item.width) for scene in scenes for item in scene.items)
    places = [
        (item, output, _changes(item, scene.grid, output))
        for scene, output in zip(scenes, outputs, strict=False)
        for item in scene.items
    ]
    known = {boxes}
    for sides in _sides(scenes):
        sizes = tuple(
            (sides.height.value(scene, index), sides.width.value(scene, index))
            for scene in scenes
            for index in range(len(scene.items))
        )
        if len(set(sizes)) == 1 or sizes in known:
            continue
        known.add(sizes)
        for corner, place, extra in _CORNERS:
            shown = (
                changed and _is_shown(item, *size, corner, output)
                for (item, output, changed), size in zip(places, sizes, strict=True)
            )
            if sum(shown) >= len(outputs):
                yield _part(sides, corner, place, extra)


def _changes(item: Item, grid: Grid, output: Grid) -> bool:
    """Whether the output differs from the input where the item is or beside it."""
    return any(
        0 <= row < len(grid)
        and 0 <= column < len(grid[0])
        and grid[row][column] != output[row][column]
        for row, column, _ in (*item.cells, *item.edging(0).cells)
    )


def _is_shown(item: Item, height: int, width: int, corner: str, output: Grid) -> bool:
    """Whether the output shows a rectangle of this size there, of one colour and no larger."""
    down, across = WAYS[corner]
    top = item.top if down < 0 else item.bottom - height + 1
    left = item.left if across < 0 else item.right - width + 1
    bottom, right = top + height, left + width
    if min(top, left) < 0 or bottom > len(output) or right > len(output[0]) or not height * width:
        return False
    colour = output[top][left]
    lines = [output[row][left:right] for row in range(top, bottom)]
    if any(cell != colour for line in lines for cell in line):
        return False
    beyond = [output[row][left:right] for row in (top - 1, bottom) if 0 <= row < len(output)]
    beyond += [
        tuple(output[row][column] for row in range(top, bottom))
        for column in (left - 1, right)
        if 0 <= column < len(output[0])
    ]
    return not any(all(cell == colour for cell in line) for line in beyond)


def _part(sides: _Sides, corner: str, place: str, extra: float) -> Part:
    option = "" if corner == "up_left" else f', corner="{corner}"'
    return Part(
        code=f"grids.rectangle(item, {sides.height.code}, {sides.width.code}, {{}}{option})",
        words=f"{sides.words} at its {place} corner",
        draw=partial(_drawn, sides, corner),
        cost=2.0 + extra + max(sides.height.cost, sides.width.cost),
    )


def _sides(scenes: tuple[Scene, ...]) -> Iterator[_Sides]:
    height, width = (number for number in MEASURED if number.code in ("item.height", "item.width"))
    yield _Sides(width, height, "a rectangle as high as it was wide and as wide as it was high")
    for number in (*MEASURED, *counts(scenes)):
        yield _Sides(_ONE, number, f"a row as long as {number.words}")
        yield _Sides(number, _ONE, f"a column as long as {number.words}")
        yield _Sides(number, number, f"a square as wide as {number.words}")


def _drawn(sides: _Sides, corner: str, scene: Scene, index: int) -> Item:
    height, width = sides.height.value(scene, index), sides.width.value(scene, index)
    return grids.rectangle(scene.items[index], height, width, corner=corner)
