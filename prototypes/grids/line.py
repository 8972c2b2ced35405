"""Lines that run over the background: rays, joins, falling and spreading."""

from peirce.prototypes.grids.part import Part, Rows, content_cells, part_like

DIRECTIONS = {
    "up": (-1, 0),
    "down": (1, 0),
    "left": (0, -1),
    "right": (0, 1),
    "up left": (-1, -1),
    "up right": (-1, 1),
    "down left": (1, -1),
    "down right": (1, 1),
}
"""Step in rows and columns of every direction that has a name."""


def extend(grid: Rows, *directions: str) -> Part:
    """Extend every painted cell as a ray over the background until the next painted cell.

    Directions are followed in the order given; a later ray does not cover an earlier one.
    """
    out = [list(row) for row in grid]
    for direction in directions:
        for r, c in content_cells(grid):
            _cast(grid, out, r, c, DIRECTIONS[direction])
    return part_like(grid, out)


def _cast(grid: Rows, out: list[list[int]], r: int, c: int, step: tuple[int, int]) -> None:
    colour = grid[r][c]
    r, c = r + step[0], c + step[1]
    while 0 <= r < len(grid) and 0 <= c < len(grid[0]) and not grid[r][c]:
        out[r][c] = out[r][c] or colour
        r, c = r + step[0], c + step[1]


def _joined(line: list[int]) -> list[int]:
    out = list(line)
    last = -1
    for index, cell in enumerate(line):
        if not cell:
            continue
        if last >= 0 and line[last] == cell:
            out[last + 1 : index] = [cell] * (index - last - 1)
        last = index
    return out


def connect_across(grid: Rows) -> Part:
    """Join neighbouring cells of equal colour in a row by a line over the background."""
    return part_like(grid, (_joined(list(row)) for row in grid))


def connect_down(grid: Rows) -> Part:
    """Join neighbouring cells of equal colour in a column by a line over the background."""
    columns = [_joined(list(column)) for column in zip(*grid, strict=True)]
    return part_like(grid, zip(*columns, strict=True))


def connect(grid: Rows) -> Part:
    """Join cells of equal colour in a row or a column; lines across lie on top."""
    across, down = connect_across(grid), connect_down(grid)
    return part_like(
        grid,
        ((a or b for a, b in zip(*pair, strict=True)) for pair in zip(across, down, strict=True)),
    )


def _packed(line: tuple[int, ...], *, at_end: bool) -> tuple[int, ...]:
    cells = tuple(cell for cell in line if cell)
    gap = (0,) * (len(line) - len(cells))
    return gap + cells if at_end else cells + gap


def fall(grid: Rows, direction: str) -> Part:
    """Let every painted cell fall up, down, left or right as far as it can."""
    at_end = direction in ("down", "right")
    if direction in ("left", "right"):
        return part_like(grid, (_packed(tuple(row), at_end=at_end) for row in grid))
    columns = [_packed(column, at_end=at_end) for column in zip(*grid, strict=True)]
    return part_like(grid, zip(*columns, strict=True))


def spread(grid: Rows) -> Part:
    """Let the colours grow over the background until it is gone, the nearest colour first.

    Nearness counts steps over sides; of colours that arrive together the first wins, asked in
    the order above, left, right, below.
    """
    out = [list(row) for row in grid]
    while True:
        before = [list(row) for row in out]
        for r, row in enumerate(before):
            for c, cell in enumerate(row):
                if not cell:
                    out[r][c] = _arriving(before, r, c)
        if out == before:
            return part_like(grid, out)


def _arriving(grid: list[list[int]], r: int, c: int) -> int:
    for dr, dc in ((-1, 0), (0, -1), (0, 1), (1, 0)):
        if 0 <= r + dr < len(grid) and 0 <= c + dc < len(grid[0]) and grid[r + dr][c + dc]:
            return grid[r + dr][c + dc]
    return 0


def shift(grid: Rows, direction: str) -> Part:
    """Move the picture one cell; what leaves on one side comes back on the other."""
    dr, dc = DIRECTIONS[direction]
    height, width = len(grid), len(grid[0])
    return part_like(
        grid,
        ((grid[(r - dr) % height][(c - dc) % width] for c in range(width)) for r in range(height)),
    )
