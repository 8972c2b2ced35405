"""Items drawn again: mirrored about each other, repeated, and bars and margins put beside them."""

from peirce.prototypes.grids.objects import Item, Spot, block
from peirce.prototypes.grids.rays_ways import WAYS
from peirce.tasks.values import Grid


def mirrored_about(item: Item, other: Item) -> Item:
    """Its mirror images across both axes through the middle of another item, three in all."""
    down, across = other.centre
    return Item.of(
        cell
        for row, column, colour in item.cells
        for cell in (
            (down - row, column, colour),
            (row, across - column, colour),
            (down - row, across - column, colour),
        )
        if other.cells
    )


def repeated(
    grid: Grid, item: Item, shift: Spot, *, most: int | None = None, ground: int = 0
) -> Item:
    """Its copies at every multiple of a shift as far as the grid goes, on free cells only.

    No more than `most` copies are drawn, if that is given.
    """
    height, width = len(grid), len(grid[0])
    count = (height + width) // max(1, abs(shift[0]), abs(shift[1])) if shift != (0, 0) else 0
    count = count if most is None else min(count, most)
    copies = (item.moved(shift[0] * times, shift[1] * times) for times in range(1, count + 1))
    return Item.of(
        (row, column, colour)
        for copy in copies
        for row, column, colour in copy.cells
        if 0 <= row < height and 0 <= column < width and grid[row][column] == ground
    )


def stride(item: Item, step: Spot, gap: int = 0) -> Spot:
    """A step in this direction as long as the item's box is there, and so many cells more."""
    return (step[0] * (item.height + gap), step[1] * (item.width + gap))


def rectangle(
    item: Item, height: int, width: int, colour: int = 0, *, corner: str = "up_left"
) -> Item:
    """A solid rectangle of this size that shares one corner with the item's box."""
    down, across = WAYS[corner]
    top = item.top if down < 0 else item.bottom - height + 1
    left = item.left if across < 0 else item.right - width + 1
    return block(top, left, top + height - 1, left + width - 1, colour)


def bar(item: Item, way: str, length: int, colour: int = 0) -> Item:
    """A bar beside the item, as broad as its side there, so many cells long, in one colour."""
    down, across = WAYS[way]
    top, left, bottom, right = item.top, item.left, item.bottom, item.right
    if down:
        top, bottom = (bottom + 1, bottom + length) if down > 0 else (top - length, top - 1)
    if across:
        left, right = (right + 1, right + length) if across > 0 else (left - length, left - 1)
    return block(top, left, bottom, right, colour)


def margin(item: Item, thickness: int, colour: int = 0) -> Item:
    """A ring in one colour around its box, so many cells thick."""
    rows, columns = range(item.top, item.bottom + 1), range(item.left, item.right + 1)
    return Item(
        tuple(
            (row, column, colour)
            for row in range(item.top - thickness, item.bottom + thickness + 1)
            for column in range(item.left - thickness, item.right + thickness + 1)
            if row not in rows or column not in columns
        )
    )
