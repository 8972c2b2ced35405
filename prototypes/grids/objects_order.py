"""Items put together into a new picture: in a line, on a pile, on top of each other."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from peirce.prototypes.grids.objects import Item, Spot
from peirce.prototypes.grids.objects_drawing import canvas, erase, paint
from peirce.prototypes.grids.objects_paths import to_border
from peirce.prototypes.grids.objects_relations import NOTHING
from peirce.prototypes.grids.rays_ways import WAYS
from peirce.tasks.values import Grid

Side: TypeAlias = Literal["up", "down", "left", "right"]
"""A border of the grid."""


def lined_up(items: Sequence[Item], way: Side = "right", *, space: int = 0) -> Item:
    """The items in a line, the first at the top left corner, with so many free cells between."""
    together, row, column = Item(()), 0, 0
    for item in items if way in ("right", "down") else reversed(items):
        together = together.with_cells(item.moved_to(row, column))
        if way in ("left", "right"):
            column += item.width + space
        else:
            row += item.height + space
    return together


def piled(
    grid: Grid, items: Sequence[Item], start: Side, side: Side | None = None, *, ground: int = 0
) -> Grid:
    """The items piled up on one border, the first at the bottom, and pushed to another if wanted.

    Without a side to push to, items keep their place along the border.
    """
    result = erase(grid, items, ground)
    filled = 0
    for item in items:
        moved = to_border(grid, item, WAYS[start])
        down, across = WAYS[start]
        moved = moved.moved(-down * filled, -across * filled)
        if side is not None:
            moved = to_border(grid, moved, WAYS[side])
        result = paint(result, moved)
        filled += item.height if down else item.width
    return result


def changed_places(
    grid: Grid, items: Sequence[Item], way: Side = "right", *, ground: int = 0
) -> Grid:
    """The items put in this order at the places where items were, counted in one direction.

    Those that change places along a row keep their rows, along a column their columns.
    """
    across = way in ("left", "right")
    places = sorted((item.left if across else item.top) for item in items)
    result = erase(grid, items, ground)
    for item, place in zip(
        items, places if way in ("right", "down") else places[::-1], strict=True
    ):
        moved = item.moved_to(item.top, place) if across else item.moved_to(place, item.left)
        result = paint(result, moved)
    return result


def together(items: Sequence[Item]) -> Item:
    """The items as one, each where it is, later ones on top."""
    return Item.of(cell for item in items for cell in item.cells)


def nested(items: Sequence[Item]) -> Item:
    """The items centred on the first one, later ones on top."""
    together = Item(())
    for item in items:
        together = together.with_cells(item.centred_on(items[0]))
    return together


def matched(items: Sequence[Item], colour: int) -> Item:
    """The items laid on each other so that their first cells of one colour meet.

    An item without the colour is left out; later ones are on top, the shared colour above all.
    """
    together, mark = Item(()), Item(())
    for item in items:
        key = item.only(colour)
        if key.cells:
            mark = mark if mark.cells else key
            moved = item.moved(mark.top - key.top, mark.cells[0][1] - key.cells[0][1])
            together = together.with_cells(moved)
    return together.with_cells(mark)


def dot(item: Item) -> Item:
    """A single cell of the item's commonest colour, at the corner of its box."""
    return Item(((item.top, item.left, item.colour),))


def written(
    items: Sequence[Item], height: int, width: int, way: Side = "right", *, snake: bool = False
) -> Grid:
    """The items' colours written into a grid of this size as if they were letters.

    Lines run to the right, one below the other, or down, one beside the other; a snake turns round
    at the end of each line. Cells left over are 0, items left over are not shown.
    """
    length, lines = (width, height) if way == "right" else (height, width)
    colours = [item.colour for item in items[: height * width]]
    colours += [0] * (height * width - len(colours))
    text = [tuple(colours[k * length : (k + 1) * length]) for k in range(lines)]
    if snake:
        text = [line[::-1] if k % 2 else line for k, line in enumerate(text)]
    return tuple(text) if way == "right" else tuple(zip(*text, strict=True))


def shown(item: Item, ground: int = 0) -> Grid:
    """The picture of an item; a single cell of the ground if it has no cells."""
    return item.picture(ground) if item.cells else canvas(1, 1, ground)


MAX_PIECES: Final = 8
MAX_TRIED: Final = 4000
"""Largest puzzle that is put together, and how many placements are tried for it."""


def jigsaw(items: Sequence[Item], *, turned: bool = False) -> Item:
    """The items laid side by side so that they fill a rectangle; nothing if they do not.

    Of several rectangles the squarest is filled, lying before standing; the first free cell in
    reading order takes the first item that fits. Items are turned and mirrored only if wanted.
    """
    total = sum(item.size for item in items)
    if len(items) > MAX_PIECES:
        return NOTHING
    copies = [tuple(dict.fromkeys(item.turns())) if turned else (item,) for item in items]
    sides = [side for side in range(1, total + 1) if total % side == 0]
    for height in sorted(sides, key=lambda side: (abs(side - total // side), side)):
        tries = iter(range(MAX_TRIED))
        placed = _fill(copies, frozenset(), height, total // height, tries)
        if placed:
            return Item.of(cell for item in placed for cell in item.cells)
    return NOTHING


def _fill(
    copies: Sequence[tuple[Item, ...]],
    taken: frozenset[Spot],
    height: int,
    width: int,
    tries: Iterator[int],
) -> tuple[Item, ...]:
    """The items of which one copy each fills the free cells; none if that cannot be."""
    row, column = next(
        (row, column)
        for row in range(height)
        for column in range(width)
        if (row, column) not in taken
    )
    for place, choices in enumerate(copies):
        rest = [*copies[:place], *copies[place + 1 :]]
        for item in choices:
            if next(tries, None) is None:
                return ()
            first = item.cells[0]
            moved = item.moved(row - first[0], column - first[1])
            if moved.right >= width or moved.bottom >= height or moved.left < 0:
                continue
            if not taken.isdisjoint(moved.spots):
                continue
            further = _fill(rest, taken | moved.spots, height, width, tries) if rest else ()
            if further or not rest:
                return (moved, *further)
    return ()


def listed(colours: Sequence[int], way: Side = "right", thickness: int = 1) -> Grid:
    """Colours in a line, the first at the start, each as many cells thick as wanted."""
    ordered = colours if way in ("right", "down") else tuple(reversed(colours))
    if way in ("right", "left"):
        return (tuple(ordered),) * thickness
    return tuple((colour,) * thickness for colour in ordered)
