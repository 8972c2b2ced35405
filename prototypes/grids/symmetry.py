"""Symmetry and tiling: find what a picture repeats, and restore what is hidden of it.

Everywhere `hidden` is the colour that covers the picture. Symmetries are looked for among the
visible cells only and must not be contradicted by any of them; where nothing is found, or nothing
visible says what a hidden cell should be, the cell stays as it is.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from peirce.prototypes.grids.cells_scene import Cell, Rows
from peirce.tasks.values import Grid

Move: TypeAlias = Callable[[int, int], Cell]
Key: TypeAlias = Callable[[int, int], Cell]

LEAST_OVERLAP: Final = 0.25
"""Share of the visible cells that must have a visible mirror image."""
LEAST_AGREEMENT: Final = 0.75
"""Share of the cells that must agree with a tiling that tolerates exceptions."""
MIRRORS: Final[dict[str, Callable[[int], Move]]] = {
    "sideways": lambda k: lambda r, c: (r, k - c),
    "upright": lambda k: lambda r, c: (k - r, c),
    "diagonal": lambda k: lambda r, c: (c + k, r - k),
    "antidiagonal": lambda k: lambda r, c: (k - c, k - r),
}
"""The mirrors by name; the number says where the axis lies."""


def mend_symmetry(grid: Rows, hidden: int = 0) -> Grid:
    """Hidden cells restored from their mirror images, in all mirrors the picture has."""
    moves = [move for name in MIRRORS for move in _axes(grid, hidden, name)]
    if not moves:
        moves = list(_centre(grid, hidden))
    return _mirror_in(grid, hidden, moves)


def mend_mirror(grid: Rows, hidden: int, name: str) -> Grid:
    """Hidden cells restored from one mirror: sideways, upright, diagonal or antidiagonal."""
    return _mirror_in(grid, hidden, list(_axes(grid, hidden, name)))


def mend_turned(grid: Rows, hidden: int = 0) -> Grid:
    """Hidden cells restored from the picture turned around its centre by quarters."""
    return _mirror_in(grid, hidden, list(_centre(grid, hidden)))


def mend_tiling(grid: Rows, hidden: int = 0) -> Grid:
    """Hidden cells restored from the smallest tile that repeats all over the grid."""
    key = next(_tilings(grid, hidden), None)
    return _fill(grid, hidden, key, len(grid), _width(grid)) if key else _frozen(grid)


def mend_rows(grid: Rows, hidden: int = 0) -> Grid:
    """Hidden cells restored from what repeats within their own row, each row for itself."""
    return tuple(mend_tiling([row], hidden)[0] for row in grid)


def mend_columns(grid: Rows, hidden: int = 0) -> Grid:
    """Hidden cells restored from what repeats within their own column."""
    return tuple(zip(*mend_rows(list(zip(*grid, strict=True)), hidden), strict=True))


def smooth_tiling(grid: Rows) -> Grid:
    """The tiling most cells agree with, without the exceptions."""
    key = next(_near_tilings(grid), None)
    if key is None:
        return _frozen(grid)
    votes: dict[Cell, Counter[int]] = {}
    for r, c, colour in _cells(grid):
        votes.setdefault(key(r, c), Counter())[colour] += 1
    return tuple(
        tuple(votes[key(r, c)].most_common(1)[0][0] for c in range(len(row)))
        for r, row in enumerate(grid)
    )


def extend_tiling(grid: Rows, height: int, width: int, hidden: int = -1) -> Grid:
    """The grid's pattern continued onto a canvas of another size."""
    key = next(_tilings(grid, hidden), None)
    if key is None:
        return _frozen(grid)
    return _fill(grid, hidden, key, height, width)


def hidden_part(grid: Rows, whole: Rows, hidden: int = 0) -> Grid:
    """What the restored picture shows where the grid has its hidden cells: their enclosing box."""
    spots = [(r, c) for r, c, colour in _cells(grid) if colour == hidden]
    if not spots:
        return _frozen(whole)
    rows, columns = [r for r, _ in spots], [c for _, c in spots]
    return tuple(
        tuple(row[min(columns) : max(columns) + 1]) for row in whole[min(rows) : max(rows) + 1]
    )


def recolour_changes(grid: Rows, whole: Rows, table: Mapping[int, int]) -> Grid:
    """The second picture, with the cells that differ from the first recoloured by a table."""
    return tuple(
        tuple(
            new if new == old else table.get(new, new) for old, new in zip(row, line, strict=True)
        )
        for row, line in zip(grid, whole, strict=True)
    )


def _frozen(grid: Rows) -> Grid:
    return tuple(tuple(row) for row in grid)


def _width(grid: Rows) -> int:
    return len(grid[0]) if grid else 0


def _cells(grid: Rows) -> Iterator[tuple[int, int, int]]:
    for r, row in enumerate(grid):
        for c, colour in enumerate(row):
            yield r, c, colour


def _visible(grid: Rows, hidden: int) -> list[tuple[int, int, int]]:
    return [(r, c, colour) for r, c, colour in _cells(grid) if colour != hidden]


def _overlap(grid: Rows, hidden: int, visible: list[tuple[int, int, int]], move: Move) -> int:
    """Visible cells whose image is visible too; 0 if one of them contradicts."""
    height, width, count = len(grid), _width(grid), 0
    for r, c, colour in visible:
        row, column = move(r, c)
        if 0 <= row < height and 0 <= column < width:
            other = grid[row][column]
            if other != hidden:
                if other != colour:
                    return 0
                count += 1
    return count


def _axes(grid: Rows, hidden: int, name: str) -> Iterator[Move]:
    """The mirror of this name with most support, if there is one."""
    visible = _visible(grid, hidden)
    height, width = len(grid), _width(grid)
    middle = {"sideways": width - 1, "upright": height - 1, "diagonal": 0}.get(
        name, (height + width - 2) // 2
    )
    places = sorted(range(-height - width, height + width), key=lambda k: (abs(k - middle), k))
    best, chosen = max(1, int(LEAST_OVERLAP * len(visible))) - 1, None
    for place in places:
        move = MIRRORS[name](place)
        count = _overlap(grid, hidden, visible, move)
        if count > best and _moves_any(visible, move):
            best, chosen = count, move
    if chosen is not None:
        yield chosen


def _moves_any(visible: list[tuple[int, int, int]], move: Move) -> bool:
    return any(move(r, c) != (r, c) for r, c, _ in visible)


def _centre(grid: Rows, hidden: int) -> Iterator[Move]:
    """Quarter turns around the best centre, or else half turns."""
    visible = _visible(grid, hidden)
    if not visible:
        return
    middle_row = min(r for r, _, _ in visible) + max(r for r, _, _ in visible)
    middle_column = min(c for _, c, _ in visible) + max(c for _, c, _ in visible)
    places = [
        (middle_row + down, middle_column + right)
        for down in range(-6, 7)
        for right in range(-6, 7)
    ]
    least = max(2, int(2 * LEAST_OVERLAP * len(visible)))
    for quarter in (True, False):
        scored = [
            (
                _overlap(grid, hidden, visible, _turn(place, quarter=quarter)),
                -_far(place, middle_row, middle_column),
                place,
            )
            for place in places
            if not quarter or (place[0] + place[1]) % 2 == 0
        ]
        count, _, place = max(scored)
        if count >= least:
            yield _turn(place, quarter=quarter)
            return


def _far(place: Cell, row: int, column: int) -> int:
    return abs(place[0] - row) + abs(place[1] - column)


def _turn(place: Cell, *, quarter: bool) -> Move:
    """A turn around a centre given by the sums of opposite rows and of opposite columns."""
    down, right = place
    if not quarter:
        return lambda r, c: (down - r, right - c)
    shift, total = (down - right) // 2, (down + right) // 2
    return lambda r, c: (c + shift, total - r)


def _mirror_in(grid: Rows, hidden: int, moves: list[Move]) -> Grid:
    """Hidden cells filled from their images under any sequence of the moves."""
    out = [list(row) for row in grid]
    height, width = len(grid), _width(grid)
    open_cells = [(r, c) for r, c, colour in _cells(grid) if colour == hidden]
    changed = True
    while changed and open_cells:
        changed = False
        for r, c in list(open_cells):
            for move in moves:
                row, column = r, c
                for _ in range(3):
                    row, column = move(row, column)
                    if not (0 <= row < height and 0 <= column < width):
                        break
                    if out[row][column] != hidden:
                        out[r][c] = out[row][column]
                        break
                if out[r][c] != hidden:
                    open_cells.remove((r, c))
                    changed = True
                    break
    return _frozen(out)


def _tile_key(height: int, width: int, shift: int) -> Key:
    return lambda r, c: (r % height, (c - shift * (r // height)) % width)


def _candidates(height: int, width: int) -> Iterator[Key]:
    """Tiles from small to large, straight ones first, then those shifted from row to row."""
    sizes = sorted(
        ((h, w) for h in range(1, height + 1) for w in range(1, width + 1)),
        key=lambda size: (size[0] * size[1], size),
    )
    for h, w in sizes:
        yield _tile_key(h, w, 0)
        if h == 1:
            for shift in range(1, w):
                yield _tile_key(h, w, shift)


def _tilings(grid: Rows, hidden: int) -> Iterator[Key]:
    """Tilings no visible cell contradicts, and that say what every hidden cell is."""
    visible = _visible(grid, hidden)
    spots = [(r, c) for r, c, colour in _cells(grid) if colour == hidden]
    for key in _candidates(len(grid), _width(grid)):
        tile: dict[Cell, int] = {}
        if all(tile.setdefault(key(r, c), colour) == colour for r, c, colour in visible) and (
            2 * len(tile) <= len(visible) and all(key(r, c) in tile for r, c in spots)
        ):
            yield key


def _near_tilings(grid: Rows) -> Iterator[Key]:
    """Tilings that most cells agree with."""
    cells = list(_cells(grid))
    for key in _candidates(len(grid), _width(grid)):
        votes: dict[Cell, Counter[int]] = {}
        for r, c, colour in cells:
            votes.setdefault(key(r, c), Counter())[colour] += 1
        agree = sum(max(count.values()) for count in votes.values())
        if 3 * len(votes) > len(cells):
            return
        if agree >= LEAST_AGREEMENT * len(cells) and len(votes) > 1:
            yield key


def _fill(grid: Rows, hidden: int, key: Key, height: int, width: int) -> Grid:
    tile = {key(r, c): colour for r, c, colour in _visible(grid, hidden)}
    return tuple(
        tuple(tile.get(key(r, c), hidden if hidden >= 0 else 0) for c in range(width))
        for r in range(height)
    )
