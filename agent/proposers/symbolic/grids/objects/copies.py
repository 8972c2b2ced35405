"""The item drawn again: moved, repeated, mirrored beside itself or about another one."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import Action, shifts, with_partner
from peirce.agent.proposers.symbolic.grids.objects.numbers import (
    Number,
    counts,
    one_less,
)
from peirce.agent.proposers.symbolic.grids.objects.partners import Partner, present
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

MAX_REPEATED: Final = 8
"""Most displacements by which items are repeated."""


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
    counted = counts(scenes)
    for step in STEPS:
        yield from _beside(step)
        if 0 in step and counted and _shown(step, scenes, outputs):
            yield from _so_many(step, (*counted, *map(one_less, counted)))
    for code, where, heading in (
        ("grids.pointed(item)", "on the side of its rarest colour", grids.pointed),
        ("grids.opening(item)", "on the side where it is open", grids.opening),
    ):
        yield _with(
            f"grids.unfolded(item, {code})",
            f"gets its mirror image {where}",
            partial(_unfolded, heading),
            4.5,
        )
    for partner in present(scenes):
        yield from _about(partner)


def _unfolded(heading: Callable[[Item], Spot], scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return grids.unfolded(item, heading(item))


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


def _beside(step: tuple[int, int]) -> Iterator[Action]:
    """Copies that touch the item, and rows of them."""
    down, across = step
    by = f"{times(down, 'item.height')}, {times(across, 'item.width')}"
    where = direction_name(step)
    yield _with(
        f"item.moved({by})",
        f"gets a copy of itself {where}, touching it",
        partial(_placed, "", step),
        4.0,
    )
    yield _with(
        f"grids.repeated(grid, item, ({by}), ground=GROUND)",
        f"gets copies of itself {where} up to the border",
        partial(_row, step, None),
        4.0,
    )
    if down * across == 0:
        turn, how = ("mirrored", "left to right") if across else ("flipped", "top to bottom")
        yield _with(
            f"item.{turn}().moved({by})",
            f"gets a copy of itself {where}, mirrored {how}",
            partial(_placed, turn, step),
            4.0,
        )


def _shown(step: Spot, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> bool:
    """Whether some output shows a copy of an item beside it where the input shows none."""
    for scene, output in zip(scenes, outputs, strict=False):
        height, width = len(output), len(output[0])
        for index in range(len(scene.items)):
            cells = _placed("", step, scene, index).cells
            if (
                all(0 <= r < height and 0 <= c < width for r, c, _ in cells)
                and all(output[r][c] == colour for r, c, colour in cells)
                and any(scene.grid[r][c] != colour for r, c, colour in cells)
            ):
                return True
    return False


def _so_many(step: Spot, numbers: Iterable[Number]) -> Iterator[Action]:
    """Rows of copies, as many as are counted."""
    by = f"{times(step[0], 'item.height')}, {times(step[1], 'item.width')}"
    for number in numbers:
        yield _with(
            f"grids.repeated(grid, item, ({by}), most={number.code}, ground=GROUND)",
            f"gets as many copies of itself {direction_name(step)} as {number.words} says",
            partial(_row, step, number),
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


def _placed(turn: str, step: tuple[int, int], scene: Scene, index: int) -> Item:
    item = scene.items[index]
    if turn:
        item = item.mirrored() if turn == "mirrored" else item.flipped()
    return item.moved(step[0] * item.height, step[1] * item.width)


def _row(step: Spot, number: Number | None, scene: Scene, index: int) -> Item:
    item = scene.items[index]
    shift = (step[0] * item.height, step[1] * item.width)
    most = None if number is None else number.value(scene, index)
    return grids.repeated(scene.grid, item, shift, most=most, ground=scene.ground)
