"""A fixed pattern drawn where an item stands, read off the outputs.

Around all items of one kind (all, or those equal in colour, outline or pattern) the outputs are
laid on top of each other; the cells on which they agree, and which the input did not show there,
are the pattern of that kind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.objects.actions import Action
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.values import Grid

Anchor: TypeAlias = Callable[[Item], Item]
"""From an item to the part of it that a pattern is placed by."""
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """What tells the kinds of items, each with a pattern of its own."""

    code: str
    words: str
    read: Callable[[Item], Kind]


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The part of an item that the pattern is placed by."""

    code: str
    words: str
    place: Anchor


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Patterns for all kinds of items."""

    kind: _Kind
    anchor: _Anchor
    own: bool
    """Drawn in the colour of the item."""
    table: dict[Kind, Item]
    kinds: frozenset[Kind]
    """The kinds that were seen, those without a pattern too."""


_KINDS: Final[tuple[_Kind, ...]] = (
    _Kind("", "a fixed pattern", lambda item: 0),
    _Kind("item.colour", "the pattern of its colour", lambda item: item.colour),
    _Kind("item.form", "the pattern of its outline", lambda item: item.form),
    _Kind("item.pattern", "the pattern that belongs to its own", lambda item: item.pattern),
)
_ANCHORS: Final[tuple[_Anchor, ...]] = (
    _Anchor("item", "around it", lambda item: item),
    _Anchor("grids.middle(item)", "around its middle", grids.middle),
)


def stamps(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """Fixed patterns drawn on items or in their stead, one for each kind of item."""
    emptied = [grids.erase(scene.grid, scene.items, scene.ground) for scene in scenes]
    known: set[tuple[tuple[Kind, Item], ...]] = set()
    for kind, anchor, own in product(_KINDS, _ANCHORS, (False, True)):
        groups = _groups(kind.read, anchor.place, scenes, emptied, outputs)
        if not 0 < len(groups) <= MAX_KINDS:
            continue
        for reach in _REACH:
            table = {value: _agreed(seen, reach, own) for value, seen in groups.items()}
            drawn = {value: stamp for value, stamp in table.items() if stamp.cells}
            key = tuple(drawn.items())
            if not drawn or key in known or max(s.size for s in drawn.values()) > MAX_CELLS:
                continue
            known.add(key)
            yield from _actions(_Stamp(kind, anchor, own, drawn, frozenset(table)))


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


def _agreed(seen: Seen, reach: int, own: bool) -> Item:
    """The pattern all these outputs share, placed relative to the corner of the anchor's box.

    With `own` it is what they show in the colour of the anchor, in colour 0.
    """
    cells: dict[Spot, int] = {}
    refuted: set[Spot] = set()
    for bare, output, place in seen:
        top, left, wanted = place.top, place.left, place.colour
        for row in range(max(0, top - reach), min(len(output), place.bottom + reach + 1)):
            for column in range(max(0, left - reach), min(len(output[0]), place.right + reach + 1)):
                spot, colour = (row - top, column - left), output[row][column]
                shown = colour - wanted if own else colour
                if colour == bare[row][column] or cells.setdefault(spot, shown) != shown:
                    refuted.add(spot)
    return Item.of(
        (*spot, shown)
        for spot, shown in cells.items()
        if spot not in refuted and not (own and shown)
    )


def _actions(stamp: _Stamp) -> Iterator[Action]:
    table, code = stamp.table, stamp.kind.code
    top = min(pattern.top for pattern in table.values())
    left = min(pattern.left for pattern in table.values())
    pictures = {value: _picture(pattern, top, left) for value, pattern in table.items()}
    if code:
        preamble = "STAMPS = {\n"
        preamble += "".join(f"    {value!r}: {shown},\n" for value, shown in pictures.items())
        preamble += "}"
        pattern = f"STAMPS.get({code}, ())"
    else:
        preamble = f"STAMP = {pictures[0]}"
        pattern = "STAMP"
    anchor = stamp.anchor.code
    place = f"{_plus(f'{anchor}.top', top)}, {_plus(f'{anchor}.left', left)}"
    painted = ".recoloured(item.colour)" if stamp.own else ""
    stamp_code = f"grids.item_of({pattern}).moved({place}){painted}"
    words = f"{stamp.kind.words}{' in its colour' if stamp.own else ''}"
    defined = partial(_known, stamp)
    cost = 2 + stamp.own + sum(1 + 0.6 * one.size for one in table.values())
    yield Action(
        code=f"item.with_cells({stamp_code})",
        words=f"gets {words} {stamp.anchor.words}",
        draw=partial(_stamped, stamp, True),
        defined=defined,
        cost=cost,
        preamble=preamble,
    )
    yield Action(
        code=stamp_code,
        words=f"is replaced by {words}",
        draw=partial(_stamped, stamp, False),
        defined=defined,
        cost=cost,
        preamble=preamble,
    )


def _known(stamp: _Stamp, scene: Scene, index: int) -> bool:
    return stamp.kind.read(scene.items[index]) in stamp.kinds


def _stamped(stamp: _Stamp, kept: bool, scene: Scene, index: int) -> Item | None:
    item = scene.items[index]
    value = stamp.kind.read(item)
    if value not in stamp.kinds:
        return None
    place = stamp.anchor.place(item)
    pattern = stamp.table.get(value, grids.NOTHING).moved(place.top, place.left)
    drawn = pattern.recoloured(item.colour) if stamp.own else pattern
    return item.with_cells(drawn) if kept else drawn


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
