"""Places in a grid, the steps between them, and what hangs together by such steps."""

from collections.abc import Iterable
from typing import Final, TypeAlias

Cell: TypeAlias = tuple[int, int, int]
"""Row, column and colour of a cell."""
Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell, or a step in rows and columns."""

SIDES: Final[tuple[Spot, ...]] = ((-1, 0), (0, -1), (0, 1), (1, 0))
"""Steps to the cells that share a side."""
AROUND: Final[tuple[Spot, ...]] = (*SIDES, (-1, -1), (-1, 1), (1, -1), (1, 1))
"""Steps to all eight neighbours."""


def connected(spots: Iterable[Spot], steps: tuple[Spot, ...]) -> tuple[frozenset[Spot], ...]:
    """The parts of a set of places that hang together by these steps, in reading order."""
    ordered = sorted(spots)
    left = set(ordered)
    parts: list[frozenset[Spot]] = []
    for start in ordered:
        if start not in left:
            continue
        left.discard(start)
        part, queue = [start], [start]
        while queue:
            row, column = queue.pop()
            for down, across in steps:
                spot = (row + down, column + across)
                if spot in left:
                    left.discard(spot)
                    part.append(spot)
                    queue.append(spot)
        parts.append(frozenset(part))
    return tuple(parts)
