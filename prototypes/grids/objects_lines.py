"""Ways told by the shape of an item, and lines that lead out of it or across to another one."""

from peirce.prototypes.grids.objects import Item, Spot, block
from peirce.prototypes.grids.objects_copies import bar
from peirce.prototypes.grids.objects_paths import facing
from peirce.prototypes.grids.objects_relations import NOTHING, towards
from peirce.prototypes.grids.rays_ways import WAYS
from peirce.tasks.values import Grid

_NAMES = {step: way for way, step in WAYS.items()}


def ways_of(step: Spot) -> tuple[str, ...]:
    """The way that is called after a step of one cell; none for no step."""
    return (_NAMES[step],) if step in _NAMES else ()


def way_of(step: Spot) -> str:
    """The name of the way that a step of one cell goes, `nowhere` for no step."""
    return _NAMES.get(step, "nowhere")


def along(item: Item) -> tuple[str, ...]:
    """Both ways along the longer side of its box; none if it is as high as wide."""
    if item.height == item.width:
        return ()
    return ("up", "down") if item.is_tall else ("left", "right")


def athwart(item: Item) -> tuple[str, ...]:
    """Both ways along the shorter side of its box; none if it is as high as wide."""
    if item.height == item.width:
        return ()
    return ("left", "right") if item.is_tall else ("up", "down")


def arms(item: Item, length: int, colour: int = 0) -> Item:
    """Bars on all four sides of its box, so many cells long, in one colour."""
    ways = ("up", "down", "left", "right")
    return Item.of(cell for way in ways for cell in bar(item, way, length, colour).cells)


def outflow(
    grid: Grid, item: Item, colour: int = 0, *, behind: bool = False, ground: int = 0
) -> Item:
    """The free cells from every gap in the sides of its box straight outwards.

    They end before whatever is in the way, or go on behind it. Corners are no gaps.
    """
    height, width = len(grid), len(grid[0])
    cells: list[tuple[int, int, int]] = []
    for row, column in item.rim(0).spots - item.spots:
        down = (row == item.bottom) - (row == item.top)
        across = (column == item.right) - (column == item.left)
        if (down == 0) == (across == 0):
            continue
        while 0 <= row < height and 0 <= column < width:
            if grid[row][column] == ground:
                cells.append((row, column, colour))
            elif not behind:
                break
            row, column = row + down, column + across
    return Item.of(cells)


def bridge(item: Item, other: Item, colour: int = 0) -> Item:
    """All cells between two boxes in the rows or columns they share; none without any."""
    if not facing(item, other).cells:
        return NOTHING
    if towards(item, other)[0]:
        upper, lower = sorted((item, other), key=lambda one: one.top)
        left, right = max(item.left, other.left), min(item.right, other.right)
        return block(upper.bottom + 1, left, lower.top - 1, right, colour)
    first, last = sorted((item, other), key=lambda one: one.left)
    top, bottom = max(item.top, other.top), min(item.bottom, other.bottom)
    return block(top, first.right + 1, bottom, last.left - 1, colour)


def link(item: Item, other: Item, colour: int = 0) -> Item:
    """The middle line or lines of the bridge between two boxes."""
    whole = bridge(item, other, colour)
    if not whole.cells:
        return whole
    down, across = whole.centre
    if towards(item, other)[0]:
        return Item(tuple(cell for cell in whole.cells if abs(2 * cell[1] - across) < 2))
    return Item(tuple(cell for cell in whole.cells if abs(2 * cell[0] - down) < 2))
