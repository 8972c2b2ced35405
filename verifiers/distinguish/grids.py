"""Grids that look like known ones: full of cells, or things on a ground.

Sizes, shapes, colours, and how many things lie on the ground are those of the known grids; the
things are single cells and pieces cut out of known grids.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from peirce.prototypes.grids.objects_views import objects
from peirce.tasks.values import Grid
from peirce.verifiers.distinguish.ranges import Range, range_of

MAX_THINGS: Final = 12
"""A known grid with more things on its ground than this counts as full of cells."""
MAX_PIECES: Final = 24
"""Pieces of known grids that are put into new ones, the smallest first."""
SPARSE: Final = 0.5
"""Share of cells off the ground below which a grid is things on a ground."""

Piece: TypeAlias = tuple[tuple[int, int, int], ...]
"""Row, column and colour of each cell, from the top left corner of the piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the known grids have in common."""

    sizes: SearchStrategy[tuple[int, int]]
    ground: int
    colours: tuple[int, ...]
    """The ground first, then from the most frequent on."""
    things: Range | None
    """How many things lie on the ground; None if the grids are full of cells."""
    pieces: tuple[Piece, ...]


def grids_like(known: Sequence[Grid]) -> SearchStrategy[Grid]:
    """Grids that look like the known ones."""
    look = _look(known)
    if look.things is None:
        return look.sizes.flatmap(lambda size: _full(look, *size))
    return look.sizes.flatmap(lambda size: _strewn(look, look.things or Range(0, 0), *size))


def _look(known: Sequence[Grid]) -> _Look:
    counts = Counter(cell for grid in known for row in grid for cell in row)
    ranked = [colour for colour, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    ground = ranked[0]
    found = [objects(grid, diagonal=True, mixed=True, ground=ground) for grid in known]
    cells = {piece for items in found for item in items if (piece := _piece(item.cells))}
    single = tuple(((0, 0, colour),) for colour in ranked[1:])
    cut = sorted(cells - set(single), key=lambda piece: (len(piece), piece))
    things = range_of([len(items) for items in found])
    sparse = counts[ground] > SPARSE * counts.total() and things.high <= MAX_THINGS
    return _Look(
        sizes=_sizes(known),
        ground=ground,
        colours=tuple(ranked),
        things=things if sparse and ranked[1:] else None,
        pieces=(*single, *cut[:MAX_PIECES]),
    )


def _piece(cells: Sequence[tuple[int, int, int]]) -> Piece:
    top, left = min(row for row, _, _ in cells), min(column for _, column, _ in cells)
    return tuple((row - top, column - left, colour) for row, column, colour in cells)


def _sizes(known: Sequence[Grid]) -> SearchStrategy[tuple[int, int]]:
    heights, widths = range_of(map(len, known)), range_of(len(grid[0]) for grid in known)
    if all(len(grid) == len(grid[0]) for grid in known):
        return heights.integers().map(lambda side: (side, side))
    return st.tuples(heights.integers(), widths.integers())


def _full(look: _Look, height: int, width: int) -> SearchStrategy[Grid]:
    row = st.tuples(*[st.sampled_from(look.colours)] * width)
    return st.tuples(*[row] * height)


def _strewn(look: _Look, things: Range, height: int, width: int) -> SearchStrategy[Grid]:
    """Pieces on a ground; what would stick out is cut off."""
    place = st.tuples(
        st.sampled_from(look.pieces), st.integers(0, height - 1), st.integers(0, width - 1)
    )

    def draw(placed: Sequence[tuple[Piece, int, int]]) -> Grid:
        canvas = [[look.ground] * width for _ in range(height)]
        for piece, top, left in placed:
            for row, column, colour in piece:
                if top + row < height and left + column < width:
                    canvas[top + row][left + column] = colour
        return tuple(map(tuple, canvas))

    return st.lists(place, min_size=things.low, max_size=things.high).map(draw)
