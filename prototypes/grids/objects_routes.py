"""Routes over free cells that lead round whatever is in the way."""

from heapq import heappop, heappush

from peirce.prototypes.grids.objects import Item, Spot
from peirce.prototypes.grids.objects_places import SIDES
from peirce.prototypes.grids.objects_relations import NOTHING
from peirce.tasks.values import Grid


def route(grid: Grid, item: Item, other: Item, colour: int = 0, *, ground: int = 0) -> Item:
    """The cells between two items on the shortest way over free cells, side by side, in one colour.

    Of equally short ways the one with fewest turns counts, then the first in reading order; no
    cells if there is no way or the items touch or overlap.
    """
    height, width = len(grid), len(grid[0])
    goal, start = other.spots, item.spots
    if not goal.isdisjoint(start):
        return NOTHING
    queue: list[tuple[int, int, tuple[Spot, ...], int]] = []
    for spot in sorted(start):
        heappush(queue, (0, 0, (spot,), -1))
    done: set[tuple[Spot, int]] = set()
    while queue:
        steps, turns, way, heading = heappop(queue)
        spot = way[-1]
        if spot in goal:
            return Item.of((*between, colour) for between in way[1:-1])
        if (spot, heading) in done:
            continue
        done.add((spot, heading))
        for ahead, (down, across) in enumerate(SIDES):
            row, column = spot[0] + down, spot[1] + across
            if not (0 <= row < height and 0 <= column < width) or (row, column) in start:
                continue
            if grid[row][column] == ground or (row, column) in goal:
                turned = turns + (heading not in (-1, ahead))
                heappush(queue, (steps + 1, turned, (*way, (row, column)), ahead))
    return NOTHING
