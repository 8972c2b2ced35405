"""The item drawn again: moved, repeated, mirrored beside itself or about another one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.objects.actions import Action, shifts, with_partner
from peirce.agent.proposers.symbolic.grids.objects.headings import (
    FIXED,
    Heading,
    fixed,
    told,
)
from peirce.agent.proposers.symbolic.grids.objects.numbers import (
    Number,
    counts,
    one_less,
)
from peirce.agent.proposers.symbolic.grids.objects.partners import Partner, present
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.agent.proposers.symbolic.grids.objects.words import STEPS, direction_name, shift_name
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.values import Grid

MAX_REPEATED: Final = 8
"""Most displacements by which items are repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _First:
    """A copy on one side of the item."""

    code: str
    """Expression over `item` with `{}` for the step."""
    words: str
    """With `{}` for the side."""
    image: Callable[[Item, Spot], Item]
    """What is copied, in the place of the item."""
    gap: int
    """Free cells between the item and its copy."""
    goes_on: bool
    """Whether a row of such copies makes sense."""
    cost: float

    def draw(self, item: Item, step: Spot) -> Item:
        """The copy on this side."""
        return self.image(item, step).moved(*grids.stride(item, step, self.gap))


def _same(item: Item, step: Spot) -> Item:
    del step
    return item


def _mirror_image(item: Item, step: Spot) -> Item:
    image = item.flipped() if step[0] else item
    return image.mirrored() if step[1] else image


_Beginnings: TypeAlias = tuple[tuple[Scene, int, frozenset[Spot]], ...]
"""For every item the directions in which the outputs show a copy of it."""

_FIRSTS: Final = (
    _First(
        code="item.moved(*grids.stride(item, {}))",
        words="a copy of itself {}, touching it",
        image=_same,
        gap=0,
        goes_on=True,
        cost=0.0,
    ),
    _First(
        code="item.moved(*grids.stride(item, {}, 1))",
        words="a copy of itself {}, one cell away",
        image=_same,
        gap=1,
        goes_on=True,
        cost=0.5,
    ),
    _First(
        code="grids.unfolded(item, {})",
        words="its mirror image {}",
        image=_mirror_image,
        gap=0,
        goes_on=False,
        cost=0.0,
    ),
)


def copyings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """Copies of the item that are drawn while it stays."""
    seen = shifts(scenes, outputs)
    for down, across in seen:
        yield _with(
            f"item.moved({down}, {across})",
            f"gets a copy of itself {shift_name(down, across)}",
            partial(_moved, down, across),
            3.5 + 0.2 * (abs(down) + abs(across)),
        )
    for down, across in seen[:MAX_REPEATED]:
        yield _with(
            f"grids.repeated(grid, item, {(down, across)}, ground=GROUND)",
            f"gets copies of itself every {shift_name(down, across)}",
            partial(_repeated, (down, across)),
            4 + 0.2 * (abs(down) + abs(across)),
        )
    beginnings = _beginnings(scenes, outputs)
    if any(steps for shown in beginnings for _, _, steps in shown):
        for heading in (*FIXED, *told(scenes, present(scenes))):
            yield from _beside(heading, beginnings)
    counted = counts(scenes)
    for step in STEPS if counted else ():
        if 0 in step and any(step in steps for _, _, steps in beginnings[0]):
            yield from _so_many(step, (*counted, *map(one_less, counted)))
    for partner in present(scenes):
        yield from _about(partner)


def _with(
    added: str,
    words: str,
    add: Callable[[Scene, int], Item | None],
    cost: float,
    defined: Callable[[Scene, int], bool] | None = None,
) -> Action:
    return Action(
        code=f"item.with_cells({added})",
        words=words,
        draw=partial(_joined, add),
        cost=cost,
        added=added,
        add=add,
        defined=defined,
    )


def _joined(add: Callable[[Scene, int], Item | None], scene: Scene, index: int) -> Item | None:
    added = add(scene, index)
    return None if added is None else scene.items[index].with_cells(added)


def _beside(heading: Heading, beginnings: tuple[_Beginnings, ...]) -> Iterator[Action]:
    """Copies on one side of the item, and rows of them, of which the outputs show the first."""
    for first, shown in zip(_FIRSTS, beginnings, strict=True):
        if not any(heading.step(scene, index) in steps for scene, index, steps in shown):
            continue
        yield _with(
            first.code.format(heading.code),
            f"gets {first.words.format(heading.side)}",
            partial(_placed, first, heading),
            4.0 + first.cost + heading.cost,
            heading.defined,
        )
        if first.goes_on:
            gap = f", {first.gap}" if first.gap else ""
            yield _with(
                f"grids.repeated(grid, item, grids.stride(item, {heading.code}{gap}), "
                "ground=GROUND)",
                f"gets copies of itself {heading.side} up to the border"
                f"{', one cell apart' if first.gap else ''}",
                partial(_row, heading, first.gap, None),
                4.0 + first.cost + heading.cost,
                heading.defined,
            )


def _beginnings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> tuple[_Beginnings, ...]:
    """The beginnings of every kind of copy."""
    return tuple(
        tuple(
            (
                scene,
                index,
                frozenset(step for step in STEPS if _is_shown(first, item, step, scene, output)),
            )
            for scene, output in zip(scenes, outputs, strict=False)
            for index, item in enumerate(scene.items)
        )
        for first in _FIRSTS
    )


def _is_shown(first: _First, item: Item, step: Spot, scene: Scene, output: Grid) -> bool:
    """Whether what lies on the background is in the output, and there is some."""
    height, width = len(output), len(output[0])
    down, across = grids.stride(item, step, first.gap)
    found = False
    for row, column, colour in first.image(item, step).cells:
        row, column = row + down, column + across
        if 0 <= row < height and 0 <= column < width and scene.grid[row][column] == scene.ground:
            if output[row][column] != colour:
                return False
            found = True
    return found


def _so_many(step: Spot, numbers: Iterable[Number]) -> Iterator[Action]:
    """Rows of copies, as many as are counted."""
    for number in numbers:
        yield _with(
            f"grids.repeated(grid, item, grids.stride(item, {step}), most={number.code}, "
            "ground=GROUND)",
            f"gets as many copies of itself {direction_name(step)} as {number.words} says",
            partial(_row, fixed(step), 0, number),
            4.5 + number.cost,
        )


def _about(partner: Partner) -> Iterator[Action]:
    for code, words, draw in _IMAGES:
        yield _with(
            code.format(partner.code),
            words.format(partner.words),
            partial(with_partner, partner, draw),
            3.5 + partner.cost,
            partner.exists,
        )


def _mirrored_about(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return grids.mirrored_about(item, other)


def _reflected(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return item.reflected(other)


def _centred(scene: Scene, item: Item, other: Item) -> Item:
    del scene
    return other.centred_on(item)


_IMAGES: Final = (
    ("item.reflected({})", "gets its mirror image on the other side of {}", _reflected),
    (
        "grids.mirrored_about(item, {})",
        "gets its mirror images on all sides of {}",
        _mirrored_about,
    ),
    ("{}.centred_on(item)", "gets a copy of {} in its middle", _centred),
)


def _moved(down: int, across: int, scene: Scene, index: int) -> Item:
    return scene.items[index].moved(down, across)


def _repeated(shift: tuple[int, int], scene: Scene, index: int) -> Item:
    return grids.repeated(scene.grid, scene.items[index], shift, ground=scene.ground)


def _placed(first: _First, heading: Heading, scene: Scene, index: int) -> Item:
    return first.draw(scene.items[index], heading.step(scene, index))


def _row(heading: Heading, gap: int, number: Number | None, scene: Scene, index: int) -> Item:
    item = scene.items[index]
    shift = grids.stride(item, heading.step(scene, index), gap)
    most = None if number is None else number.value(scene, index)
    return grids.repeated(scene.grid, item, shift, most=most, ground=scene.ground)
