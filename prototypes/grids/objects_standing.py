"""What kind of shape an item is, where it stands in the grid, and how usual it is.

Directions are the names of `WAYS`; where nobody answers the description, the answer is the item
without cells.
"""

from collections import Counter
from collections.abc import Sequence

from peirce.prototypes.grids.objects import Item, Spot
from peirce.prototypes.grids.objects_relations import (
    MEASURES,
    NOTHING,
    Measure,
    gap,
    nearest,
)
from peirce.prototypes.grids.rays_ways import WAYS
from peirce.tasks.values import Grid


def shape_name(item: Item) -> str:
    """The name a person has for its outline, `other` if there is none.

    One of `dot`, `line`, `diagonal`, `square`, `rectangle`, `frame`, `plus`, `x`, `corner` and
    `tee`, whatever the size; lines of shapes are one cell thick.
    """
    if item.size <= 1:
        return "dot"
    if item.is_line:
        return "line"
    if item.is_solid:
        return "square" if item.is_square else "rectangle"
    if item.is_frame:
        return "frame"
    return _thin_shape(item)


def _thin_shape(item: Item) -> str:
    """The name of a shape drawn by rows, columns or diagonals of its box."""
    height, width, spots = item.height, item.width, item.spots
    rows, columns = {row for row, _ in spots}, {column for _, column in spots}
    row_starts = [row for row in rows if all((row, column) in spots for column in columns)]
    column_starts = [column for column in columns if all((row, column) in spots for row in rows)]
    if len(row_starts) == len(column_starts) == 1 and item.size == height + width - 1:
        ends = (row_starts[0] in (item.top, item.bottom)) + (
            column_starts[0] in (item.left, item.right)
        )
        return ("plus", "tee", "corner")[ends]
    if height == width:
        falling = frozenset((item.top + step, item.left + step) for step in range(height))
        rising = frozenset((item.bottom - step, item.left + step) for step in range(height))
        if spots in (falling, rising):
            return "diagonal"
        if spots == falling | rising:
            return "x"
    return "other"


def at_sides(item: Item, grid: Grid) -> tuple[str, ...]:
    """The sides of the grid that it touches, of `up`, `down`, `left` and `right`."""
    touched = {
        "up": item.top <= 0,
        "down": item.bottom >= len(grid) - 1,
        "left": item.left <= 0,
        "right": item.right >= len(grid[0]) - 1,
    }
    return tuple(side for side, touches in touched.items() if touches)


def in_corner(item: Item, grid: Grid) -> bool:
    """It touches two sides of the grid that meet."""
    sides = at_sides(item, grid)
    return any(side in sides for side in ("up", "down")) and any(
        side in sides for side in ("left", "right")
    )


def like(item: Item, items: Sequence[Item], measure: Measure) -> tuple[Item, ...]:
    """All items with the same value, itself included."""
    value = MEASURES[measure]
    own = value(item)
    return tuple(other for other in items if value(other) == own)


def unusualness(item: Item, items: Sequence[Item], measure: Measure) -> int:
    """How many different counts above that of its own value occur: 0 for the commonest value."""
    value = MEASURES[measure]
    counts = Counter(map(value, items))
    own = counts[value(item)]
    return len({count for count in counts.values() if count > own})


def ahead(item: Item, items: Sequence[Item], way: str) -> Item:
    """The first other item one meets going straight this way from its box."""
    down, across = WAYS[way]
    met = [
        other
        for other in items
        if _leads(other.top, other.bottom, item.top, item.bottom) == down
        and _leads(other.left, other.right, item.left, item.right) == across
    ]
    return min(met, key=lambda other: gap(item, other), default=NOTHING)


def _leads(first: int, last: int, start: int, end: int) -> int:
    """Whether a span lies wholly after (1) or before (-1) another, or shares places with it."""
    return int(first > end) - int(last < start)


def nearest_alike(item: Item, items: Sequence[Item], measure: Measure) -> Item:
    """The closest other item with the same value; of equally close ones the first."""
    return nearest(item, like(item, items, measure))


def pointed(item: Item) -> Spot:
    """The step, one of eight, from the middle of its box to the middle of its rarest colour.

    None for an item of one colour.
    """
    mark = item.only(item.rarest)
    down, across = (there - here for there, here in zip(mark.centre, item.centre, strict=True))
    return ((down > 0) - (down < 0), (across > 0) - (across < 0))


def opening(item: Item) -> Spot:
    """The step, one of eight, from the middle of the cells missing in its box outwards.

    That is where a bowl is open and where a corner shows; none if the gaps are balanced.
    """
    gaps = item.rest(0).cells
    height, width = item.centre
    down = sum(2 * row - height for row, _, _ in gaps)
    across = sum(2 * column - width for _, column, _ in gaps)
    return ((down > 0) - (down < 0), (across > 0) - (across < 0))


def unfolded(item: Item, step: Spot) -> Item:
    """Its mirror image beyond the side of its box in this direction, touching it."""
    down, across = step
    image = item.flipped() if down else item
    image = image.mirrored() if across else image
    return image.moved(down * item.height, across * item.width)


def stepped(item: Item, step: Spot, count: int) -> Item:
    """The item moved by so many equal steps, at most a hundred."""
    count = min(max(count, -100), 100)
    return item.moved(step[0] * count, step[1] * count)


def to_corner(grid: Grid, item: Item) -> Item:
    """The item moved into the nearest corner of the grid; of equally near ones the upper, left."""
    height, width = len(grid), len(grid[0])
    lower = height - 1 - item.bottom < item.top
    right = width - 1 - item.right < item.left
    return item.moved_to(height - item.height if lower else 0, width - item.width if right else 0)


def beside(item: Item, other: Item, way: str) -> Item:
    """The item moved to touch another one's box on one side, their middles level."""
    down, across = WAYS[way]
    moved = item.centred_on(other)
    if down:
        row = other.bottom + 1 if down > 0 else other.top - item.height
        return moved.moved_to(row, moved.left)
    column = other.right + 1 if across > 0 else other.left - item.width
    return moved.moved_to(moved.top, column)
