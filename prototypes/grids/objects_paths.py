"""Where items go and what lies on their way: towards another item, to the border, along lines.

Lines start at an item, at its middle or at a corner of its box; the item itself is never in their
way and never painted over.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from peirce.prototypes.grids.objects import Item, Spot
from peirce.prototypes.grids.objects_relations import NOTHING, towards
from peirce.prototypes.grids.rays_ways import WAYS
from peirce.tasks.values import Grid

DIAGONALS: Final = ("up_left", "up_right", "down_left", "down_right")
"""The ways that lead away from corners."""


def facing(item: Item, other: Item) -> Item:
    """The other item if it lies straight ahead, in shared rows or columns; else nothing."""
    step = towards(item, other)
    return other if other.cells and step != (0, 0) and 0 in step else NOTHING


def approached(item: Item, other: Item) -> Item:
    """The item moved straight towards another one until they touch, whatever lies between."""
    return item.moved(*_way_to(item, other))


def joined(item: Item, other: Item) -> Item:
    """The item drawn out straight towards another one until they touch."""
    down, across = _way_to(item, other)
    length = max(abs(down), abs(across))
    step = towards(item, other)
    return Item.of(
        (row + step[0] * count, column + step[1] * count, colour)
        for count in range(length, -1, -1)
        for row, column, colour in item.cells
    )


def to_border(grid: Grid, item: Item, step: Spot) -> Item:
    """The item moved by equal steps, through everything, until it is at the border."""
    down, across = step
    room = [len(grid) + len(grid[0])]
    if down:
        room.append(len(grid) - 1 - item.bottom if down > 0 else item.top)
    if across:
        room.append(len(grid[0]) - 1 - item.right if across > 0 else item.left)
    count = max(0, min(room)) if step != (0, 0) else 0
    return item.moved(down * count, across * count)


def inward(grid: Grid, item: Item) -> Spot:
    """The step away from the border it touches; none if it touches no or opposite sides."""
    down = (item.top <= 0) - (item.bottom >= len(grid) - 1)
    across = (item.left <= 0) - (item.right >= len(grid[0]) - 1)
    return (down, across)


def outward(grid: Grid, item: Item) -> Spot:
    """The straight step to the nearest border; of equally near ones up, down, left, right."""
    rooms = {
        (-1, 0): item.top,
        (1, 0): len(grid) - 1 - item.bottom,
        (0, -1): item.left,
        (0, 1): len(grid[0]) - 1 - item.right,
    }
    return min(rooms, key=lambda step: rooms[step])


def surrounding(grid: Grid, item: Item) -> int:
    """The colour of most cells that share a side with it; of equally frequent ones the smallest."""
    height, width = len(grid), len(grid[0])
    counts = Counter(
        grid[row][column]
        for row, column, _ in item.edging(0).cells
        if 0 <= row < height and 0 <= column < width
    )
    return min(counts, key=lambda colour: (-counts[colour], colour), default=0)


def middle(item: Item) -> Item:
    """The one, two or four cells in the middle of its box, in its commonest colour."""
    down, across = item.centre
    rows, columns = {down // 2, (down + 1) // 2}, {across // 2, (across + 1) // 2}
    return Item.of((row, column, item.colour) for row in rows for column in columns)


def shadows(
    grid: Grid,
    item: Item,
    ways: Sequence[str],
    colour: int = 0,
    *,
    behind: bool = False,
    ground: int = 0,
) -> Item:
    """The free cells the item would pass in these ways, until something stops it.

    With `behind` they go on to the border, behind whatever is in the way.
    """
    starts = ((way, _front(item, WAYS[way])) for way in ways)
    return _lines(grid, item, starts, colour, behind, ground)


def beams(
    grid: Grid,
    item: Item,
    ways: Sequence[str],
    colour: int = 0,
    *,
    behind: bool = False,
    ground: int = 0,
) -> Item:
    """The free cells on lines from its middle in these ways, stopped like shadows."""
    start = middle(item).cells
    return _lines(grid, item, ((way, start) for way in ways), colour, behind, ground)


def corner_rays(
    grid: Grid,
    item: Item,
    ways: Sequence[str] = DIAGONALS,
    colour: int = 0,
    *,
    behind: bool = False,
    ground: int = 0,
) -> Item:
    """The free cells on diagonal lines from the corners of its box, stopped like shadows."""
    starts = ((way, _corner(item, WAYS[way])) for way in ways if way in DIAGONALS)
    return _lines(grid, item, starts, colour, behind, ground)


def _front(item: Item, step: Spot) -> tuple[tuple[int, int, int], ...]:
    """Its cells that have none of its own ahead."""
    spots, (down, across) = item.spots, step
    return tuple(cell for cell in item.cells if (cell[0] + down, cell[1] + across) not in spots)


def _corner(item: Item, step: Spot) -> tuple[tuple[int, int, int], ...]:
    row = item.bottom if step[0] > 0 else item.top
    column = item.right if step[1] > 0 else item.left
    return ((row, column, item.colour),)


def _way_to(item: Item, other: Item) -> Spot:
    """How far down and across the item can go straight towards the other one."""
    if not facing(item, other).cells:
        return (0, 0)
    down, across = towards(item, other)
    targets = other.spots
    for count in range(item.length + other.length + _box_gap(item, other) + 1):
        ahead = count + 1
        if any(
            (row + down * ahead, column + across * ahead) in targets
            for row, column, _ in item.cells
        ):
            return (down * count, across * count)
    return (0, 0)


def _box_gap(item: Item, other: Item) -> int:
    return abs(item.top - other.top) + abs(item.left - other.left)


def _lines(
    grid: Grid,
    item: Item,
    starts: Iterable[tuple[str, tuple[tuple[int, int, int], ...]]],
    colour: int,
    behind: bool,
    ground: int,
) -> Item:
    height, width = len(grid), len(grid[0])
    own = item.spots
    passed: set[Spot] = set()
    for way, cells in starts:
        down, across = WAYS[way]
        for row, column, _ in cells:
            while 0 <= row < height and 0 <= column < width:
                if grid[row][column] == ground:
                    passed.add((row, column))
                elif not behind and (row, column) not in own:
                    break
                row, column = row + down, column + across
    return Item(tuple((*spot, colour) for spot in sorted(passed - own)))
