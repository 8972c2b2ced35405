"""Patterns that go on: lines that repeat, and copies at equal distances, up to the border.

Nothing that is painted changes; where a grid shows no such pattern it stays as it is.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from peirce.prototypes.grids.cells_scene import Cell, Rows
from peirce.tasks.values import Grid

Painted: TypeAlias = dict[Cell, int]

MOST_PAINTED: Final = 150
"""Painted cells of a grid in which copies are looked for."""


def continue_rows(grid: Rows) -> Grid:
    """Empty rows filled with what the rows from the first to the last painted one repeat."""
    painted = [row for row, cells in enumerate(grid) if any(cells)]
    if not painted:
        return _frozen(grid)
    first, shown = painted[0], grid[painted[0] : painted[-1] + 1]
    period = _period(shown)
    return tuple(
        tuple(cells if any(cells) else shown[(row - first) % period])
        for row, cells in enumerate(grid)
    )


def continue_columns(grid: Rows) -> Grid:
    """Empty columns filled with what the others repeat."""
    columns = list(zip(*grid, strict=True))
    return tuple(zip(*continue_rows(columns), strict=True))


def continue_slanting(grid: Rows, step: int) -> Grid:
    """Every empty row filled with the row above it, moved by a step to the right.

    What is painted repeats along the row first; what has no painted row above stays empty.
    """
    out: list[tuple[int, ...]] = []
    above: tuple[int, ...] = ()
    for row in grid:
        width, painted = len(row), [place for place, cell in enumerate(row) if cell]
        if painted:
            first, shown = painted[0], row[painted[0] : painted[-1] + 1]
            period = _period(shown)
            above = tuple(shown[(place - first) % period] for place in range(-width, 2 * width))
            out.append(tuple(cell or above[width + at] for at, cell in enumerate(row)))
        elif above:
            above = (*above[-step:], *above[:-step])
            out.append(above[width : 2 * width])
        else:
            out.append(tuple(row))
    return tuple(out)


def continue_each_row(grid: Rows, *, both_ways: bool = False) -> Grid:
    """Every row filled to the right with what it repeats itself, or in both directions."""
    return tuple(_continued_row(tuple(row), both_ways) for row in grid)


def continue_each_column(grid: Rows, *, both_ways: bool = False) -> Grid:
    """Every column filled downwards with what it repeats itself, or in both directions."""
    columns = list(zip(*grid, strict=True))
    return tuple(zip(*continue_each_row(columns, both_ways=both_ways), strict=True))


def _continued_row(row: tuple[int, ...], both_ways: bool) -> tuple[int, ...]:
    painted = [place for place, cell in enumerate(row) if cell]
    if not painted:
        return row
    first, shown = painted[0], row[painted[0] : painted[-1] + 1]
    period = _period(shown)
    return tuple(
        cell or (shown[(place - first) % period] if both_ways or place > first else 0)
        for place, cell in enumerate(row)
    )


def _period(shown: Sequence[Sequence[int]] | Sequence[int]) -> int:
    """After how many places what is shown begins again."""
    return next(
        count
        for count in range(1, len(shown) + 1)
        if all(a == b for a, b in zip(shown, shown[count:], strict=False))
    )


def continue_copies(grid: Rows, *, both_ways: bool = False, apart: bool = False) -> Grid:
    """Copies at equal distances continued up to the border, in the direction with more room.

    Copies of different single colours go on with these colours in turn. With `apart` each colour
    is a pattern of its own.
    """
    painted = {
        (r, c): colour for r, row in enumerate(grid) for c, colour in enumerate(row) if colour
    }
    colours = sorted(set(painted.values())) if apart else [None]
    out = [list(row) for row in grid]
    for own in colours:
        part = {cell: colour for cell, colour in painted.items() if own in (None, colour)}
        for (r, c), colour in _continued(part, len(grid), len(grid[0]), both_ways):
            if not grid[r][c]:
                out[r][c] = colour
    return _frozen(out)


def _frozen(grid: Rows) -> Grid:
    return tuple(tuple(row) for row in grid)


def _continued(
    painted: Painted, height: int, width: int, both_ways: bool
) -> Iterator[tuple[Cell, int]]:
    """The cells of further copies that lie in the grid."""
    for (down, right), copies in _series(painted, height, width):
        seed = list(copies[0])
        room = [
            count
            for count in range(-height - width, height + width)
            if any(
                0 <= r + count * down < height and 0 <= c + count * right < width for r, c in seed
            )
        ]
        before, after = -room[0], room[-1] - len(copies) + 1
        further = [
            count
            for count in room
            if (both_ways or (count < 0) == (before > after)) and not 0 <= count < len(copies)
        ]
        for count in further:
            like = copies[count % len(copies)]
            colour = next(iter(like.values()))
            for r, c in seed:
                row, column = r + count * down, c + count * right
                if 0 <= row < height and 0 <= column < width:
                    yield (row, column), like.get((r, c), colour)
        if further:
            return


def _series(painted: Painted, height: int, width: int) -> Iterator[tuple[Cell, list[Painted]]]:
    """Shifts from copy to copy, and each copy's colours at the places of the first.

    Copies that do not touch come first, then more copies, then the smallest shifts.
    """
    if not painted or len(painted) > MOST_PAINTED:
        return
    top, left = min(painted)
    found: list[tuple[tuple[bool, int, int, int], Cell, list[Painted]]] = []
    for row, column in painted:
        shift = (row - top, column - left)
        copies = _copies(painted, shift, height, width) if shift != (0, 0) else []
        if copies:
            touch, far, steps = _touch(copies[0], shift), max(map(abs, shift)), sum(map(abs, shift))
            found.append(((touch, -len(copies), far, steps), shift, copies))
    for _, shift, copies in sorted(found, key=lambda one: one[0]):
        yield shift, copies


def _touch(seed: Painted, shift: Cell) -> bool:
    """Whether a copy touches the next one, by a side or a corner."""
    return any(
        (r + shift[0] + down, c + shift[1] + right) in seed
        for r, c in seed
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
    )


def _copies(painted: Painted, shift: Cell, height: int, width: int) -> list[Painted]:
    """The copies at multiples of a shift that make up everything painted; none if they do not.

    Each shows the same colours as the first, or each shows one colour.
    """
    down, right = shift
    copies: list[Painted] = []
    shorter: list[tuple[int, Cell]] = []
    for r, c in painted:
        if (r - down, c - right) in painted:
            continue
        length, row, column = 0, r, c
        while (row, column) in painted:
            if length == len(copies):
                copies.append({})
            copies[length][r, c] = painted[row, column]
            length, row, column = length + 1, row + down, column + right
        if 0 <= row < height and 0 <= column < width:
            shorter.append((length, (r, c)))
    if len(copies) < 2 or any(length < len(copies) for length, _ in shorter):
        return []
    same = all(copies[0][place] == colour for copy in copies for place, colour in copy.items())
    plain = all(len(set(copy.values())) == 1 for copy in copies)
    return copies if same or plain else []
