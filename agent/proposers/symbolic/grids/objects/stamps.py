"""A fixed pattern drawn where an item stands, read off the outputs.

Around all items of one kind (all, or those equal in colour, outline or pattern) the outputs are
laid on top of each other; the cells on which they agree, and which the input did not show there,
are the pattern of that kind.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.objects.actions import Action
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.values import Grid

Anchor: TypeAlias = Callable[[Item], Item]
"""The part of an item that the pattern is placed by."""
Kind: TypeAlias = int | Grid
"""What items of one kind share."""
Seen: TypeAlias = list[tuple[Grid, Grid, Item]]
"""Anchors of one kind of items, each with the emptied input and the output."""

_REACH: Final = (1, 2, 4)
"""How far from the box of an item the pattern may extend."""
MAX_CELLS: Final = 60
"""Largest pattern."""
MAX_LENGTH: Final = 6
"""Longest anchor a pattern is learned for."""
MAX_KINDS: Final = 8
"""Most kinds of items; each needs at least two to learn from."""
_KINDS: Final[tuple[tuple[str, str, Callable[[Item], Kind]], ...]] = (
    ("", "a fixed pattern", lambda item: 0),
    ("item.colour", "the pattern of its colour", lambda item: item.colour),
    ("item.form", "the pattern of its outline", lambda item: item.form),
    ("item.pattern", "the pattern that belongs to its own", lambda item: item.pattern),
)


_ANCHORS: Final[tuple[tuple[str, str, Anchor], ...]] = (
    ("item", "around it", lambda item: item),
    ("grids.middle(item)", "around its middle", grids.middle),
)


def stamps(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """Fixed patterns drawn on items or in their stead, one for each kind of item."""
    emptied = [grids.erase(scene.grid, scene.items, scene.ground) for scene in scenes]
    known: set[tuple[tuple[Kind, Item], ...]] = set()
    for code, words, kind in _KINDS:
        for anchored in _ANCHORS:
            groups = _groups(kind, anchored[2], scenes, emptied, outputs)
            if not 0 < len(groups) <= MAX_KINDS:
                continue
            for reach in _REACH:
                table = {value: _agreed(seen, reach) for value, seen in groups.items()}
                drawn = {value: stamp for value, stamp in table.items() if stamp.cells}
                key = tuple(drawn.items())
                if not drawn or key in known or max(s.size for s in drawn.values()) > MAX_CELLS:
                    continue
                known.add(key)
                yield from _actions(code, words, kind, drawn, frozenset(table), anchored)


def _groups(
    kind: Callable[[Item], Kind],
    anchor: Anchor,
    scenes: tuple[Scene, ...],
    emptied: list[Grid],
    outputs: tuple[Grid, ...],
) -> dict[Kind, Seen]:
    """The anchors of all items by kind; each kind needs at least two to learn from."""
    groups: dict[Kind, Seen] = {}
    for scene, bare, output in zip(scenes, emptied, outputs, strict=False):
        for item in scene.items:
            place = anchor(item)
            if place.length <= MAX_LENGTH:
                groups.setdefault(kind(item), []).append((bare, output, place))
    return {value: seen for value, seen in groups.items() if len(seen) > 1}


def _agreed(seen: Seen, reach: int) -> Item:
    """The pattern all these outputs share, placed relative to the corner of the anchor's box."""
    cells: dict[Spot, int] = {}
    refuted: set[Spot] = set()
    for bare, output, place in seen:
        top, left = place.top, place.left
        for row in range(max(0, top - reach), min(len(output), place.bottom + reach + 1)):
            for column in range(max(0, left - reach), min(len(output[0]), place.right + reach + 1)):
                spot, colour = (row - top, column - left), output[row][column]
                if colour == bare[row][column] or cells.setdefault(spot, colour) != colour:
                    refuted.add(spot)
    return Item.of((*spot, colour) for spot, colour in cells.items() if spot not in refuted)


def _actions(
    code: str,
    words: str,
    kind: Callable[[Item], Kind],
    table: dict[Kind, Item],
    kinds: frozenset[Kind],
    anchored: tuple[str, str, Anchor],
) -> Iterator[Action]:
    place_code, place_words, anchor = anchored
    top = min(stamp.top for stamp in table.values())
    left = min(stamp.left for stamp in table.values())
    pictures = {value: _picture(stamp, top, left) for value, stamp in table.items()}
    if code:
        preamble = "STAMPS = {\n"
        preamble += "".join(f"    {value!r}: {shown},\n" for value, shown in pictures.items())
        preamble += "}"
        pattern = f"STAMPS.get({code}, ())"
    else:
        preamble = f"STAMP = {pictures[0]}"
        pattern = "STAMP"
    place = f"{_plus(f'{place_code}.top', top)}, {_plus(f'{place_code}.left', left)}"
    stamp_code = f"grids.item_of({pattern}).moved({place})"
    defined = partial(_known, kind, kinds)
    cost = 2 + sum(1 + 0.6 * stamp.size for stamp in table.values())
    yield Action(
        code=f"item.with_cells({stamp_code})",
        words=f"gets {words} {place_words}",
        draw=partial(_stamped, kind, anchor, table, kinds, True),
        defined=defined,
        cost=cost,
        preamble=preamble,
    )
    yield Action(
        code=stamp_code,
        words=f"is replaced by {words}",
        draw=partial(_stamped, kind, anchor, table, kinds, False),
        defined=defined,
        cost=cost,
        preamble=preamble,
    )


def _known(kind: Callable[[Item], Kind], kinds: frozenset[Kind], scene: Scene, index: int) -> bool:
    return kind(scene.items[index]) in kinds


def _stamped(
    kind: Callable[[Item], Kind],
    anchor: Anchor,
    table: dict[Kind, Item],
    kinds: frozenset[Kind],
    kept: bool,
    scene: Scene,
    index: int,
) -> Item | None:
    item = scene.items[index]
    value = kind(item)
    if value not in kinds:
        return None
    place = anchor(item)
    stamp = table.get(value, grids.NOTHING).moved(place.top, place.left)
    return item.with_cells(stamp) if kept else stamp


def _picture(stamp: Item, top: int, left: int) -> str:
    """The pattern as rows of colours, -1 where it leaves the grid as it is."""
    colours = {(row, column): colour for row, column, colour in stamp.cells}
    rows = tuple(
        tuple(colours.get((row, column), -1) for column in range(left, stamp.right + 1))
        for row in range(top, stamp.bottom + 1)
    )
    return repr(rows)


def _plus(code: str, number: int) -> str:
    return f"{code} {'-' if number < 0 else '+'} {abs(number)}" if number else code
