"""Layers about the area a cell belongs to: its patch, its object or its cluster.

A patch is an area of one colour joined by sides (the background has patches too), an object is one
joined by sides or corners without the background, a cluster is an object of any colours.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from peirce.prototypes.grids.cells_scene import (
    AROUND,
    NOTHING,
    SIDES,
    Cell,
    Kind,
    Layer,
    Part,
    Rows,
    Scene,
    least_common,
    most_common,
)

Parts = tuple[Part, ...]
SEGMENTS: Final[dict[str, Callable[[Scene], Parts]]] = {
    "object": lambda scene: scene.objects,
    "cluster": lambda scene: scene.clusters,
    "patch": lambda scene: scene.patches,
}
"""The three ways of cutting a grid into areas."""


def _per_part(
    segment: Callable[[Scene], Parts],
    values: Callable[[Parts, Scene], Sequence[int]],
    *,
    outside: int,
) -> Callable[[Scene], Rows]:
    """One value for all cells of an area, `outside` for cells of none."""

    def compute(scene: Scene) -> Rows:
        out, parts = scene.fill(outside), segment(scene)
        for part, value in zip(parts, values(parts, scene), strict=True):
            for row, column in part.cells:
                out[row][column] = value
        return out

    return compute


def _each(value: Callable[[Part, Scene], int]) -> Callable[[Parts, Scene], Sequence[int]]:
    return lambda parts, scene: [value(part, scene) for part in parts]


def _on_border(part: Part, scene: Scene) -> int:
    return int(
        part.top == 0
        or part.left == 0
        or part.bottom == scene.height - 1
        or part.right == scene.width - 1
    )


def _largest(parts: Parts, _scene: Scene) -> Sequence[int]:
    top = max((len(part.cells) for part in parts), default=0)
    return [int(len(part.cells) == top) for part in parts]


def _smallest(parts: Parts, _scene: Scene) -> Sequence[int]:
    low = min((len(part.cells) for part in parts), default=0)
    return [int(len(part.cells) == low) for part in parts]


def _rank(parts: Parts, _scene: Scene) -> Sequence[int]:
    sizes = sorted({len(part.cells) for part in parts}, reverse=True)
    return [sizes.index(len(part.cells)) for part in parts]


def _twins(parts: Parts, _scene: Scene) -> Sequence[int]:
    shapes = [part.shape for part in parts]
    counts = Counter(shapes)
    return [counts[shape] for shape in shapes]


def _alike(parts: Parts, scene: Scene) -> Sequence[int]:
    colours = [_colours(part, scene) for part in parts]
    counts = Counter(colours)
    return [counts[colour] for colour in colours]


def _colours(part: Part, scene: Scene) -> frozenset[int]:
    return frozenset(scene.grid[row][column] for row, column in part.cells)


def _order_across(parts: Parts, _scene: Scene) -> Sequence[int]:
    lefts = sorted({part.left for part in parts})
    return [lefts.index(part.left) for part in parts]


def _order_down(parts: Parts, _scene: Scene) -> Sequence[int]:
    tops = sorted({part.top for part in parts})
    return [tops.index(part.top) for part in parts]


def _holes(part: Part, _scene: Scene) -> int:
    """How many areas of other cells the part encloses, areas joined by sides."""
    shape = part.shape
    height, width = part.height, part.width
    free = {
        (row, column)
        for row in range(-1, height + 1)
        for column in range(-1, width + 1)
        if (row, column) not in shape
    }
    count = -1
    while free:
        stack = [free.pop()]
        count += 1
        while stack:
            row, column = stack.pop()
            for down, right in SIDES:
                near = (row + down, column + right)
                if near in free:
                    free.remove(near)
                    stack.append(near)
    return count


def _is_box(part: Part, _scene: Scene) -> int:
    return int(len(part.cells) == part.height * part.width)


def _is_even_sideways(part: Part, _scene: Scene) -> int:
    shape = part.shape
    return int(all((row, part.width - 1 - column) in shape for row, column in shape))


def _is_even_upright(part: Part, _scene: Scene) -> int:
    shape = part.shape
    return int(all((part.height - 1 - row, column) in shape for row, column in shape))


def _main(part: Part, scene: Scene) -> int:
    return most_common(Counter(scene.grid[row][column] for row, column in part.cells))


def _rare(part: Part, scene: Scene) -> int:
    return least_common(Counter(scene.grid[row][column] for row, column in part.cells))


def _touched(steps: Sequence[Cell], *, background: bool) -> Callable[[Part, Scene], int]:
    """The most common other colour next to the part."""

    def value(part: Part, scene: Scene) -> int:
        own = set(part.cells)
        near = {
            (row + down, column + right)
            for row, column in part.cells
            for down, right in steps
            if scene.inside(row + down, column + right)
        }
        colours = Counter(scene.grid[row][column] for row, column in near - own)
        if not background:
            colours.pop(scene.background, None)
        return most_common(colours)

    return value


def _within(
    value: Callable[[Part, int, int], int],
) -> Callable[[Callable[[Scene], Parts]], Callable[[Scene], Rows]]:
    """A value for every cell of an area that depends on where in the area it lies."""

    def of(segment: Callable[[Scene], Parts]) -> Callable[[Scene], Rows]:
        def compute(scene: Scene) -> Rows:
            out = scene.fill(NOTHING)
            for part in segment(scene):
                for row, column in part.cells:
                    out[row][column] = value(part, row, column)
            return out

        return compute

    return of


def _opposite(
    down: bool, right: bool
) -> Callable[[Callable[[Scene], Parts]], Callable[[Scene], Rows]]:
    """The colour at the mirrored place within the area's enclosing box."""

    def of(segment: Callable[[Scene], Parts]) -> Callable[[Scene], Rows]:
        def compute(scene: Scene) -> Rows:
            out = scene.fill(NOTHING)
            for part in segment(scene):
                for row, column in part.cells:
                    there = part.top + part.bottom - row if down else row
                    across = part.left + part.right - column if right else column
                    out[row][column] = scene.grid[there][across]
            return out

        return compute

    return of


def _depth(scene: Scene) -> Rows:
    """Steps from the cell to the nearest cell outside its patch; 0 at the patch's edge."""
    out = scene.fill(NOTHING)
    grid = scene.grid
    ring = [
        (row, column)
        for row, column in scene.cells()
        if any(scene.colour_at(row + d, column + r) != grid[row][column] for d, r in SIDES)
    ]
    for row, column in ring:
        out[row][column] = 0
    while ring:
        ahead: list[Cell] = []
        for row, column in ring:
            for down, right in SIDES:
                near = (row + down, column + right)
                if scene.inside(*near) and out[near[0]][near[1]] == NOTHING:
                    out[near[0]][near[1]] = out[row][column] + 1
                    ahead.append(near)
        ring = ahead
    return out


def _enclosed(scene: Scene) -> Rows:
    """1 for background that no way of side steps connects to the border."""
    out = scene.fill(0)
    for part in scene.patches:
        row, column = part.cells[0]
        if scene.grid[row][column] == scene.background and not _on_border(part, scene):
            for row, column in part.cells:
                out[row][column] = 1
    return out


def _sealed(scene: Scene) -> Rows:
    """1 for background that no way of steps, diagonal ones included, connects to the border."""
    out, background = scene.fill(0), scene.background
    for row, column in scene.cells():
        out[row][column] = int(scene.grid[row][column] == background)
    ring = [
        (row, column)
        for row, column in scene.cells()
        if out[row][column] and (row in (0, scene.height - 1) or column in (0, scene.width - 1))
    ]
    for row, column in ring:
        out[row][column] = 0
    for row, column in ring:
        for down, right in AROUND:
            near = (row + down, column + right)
            if scene.inside(*near) and out[near[0]][near[1]]:
                out[near[0]][near[1]] = 0
                ring.append(near)
    return out


def _box_colour(segment: Callable[[Scene], Parts]) -> Callable[[Scene], Rows]:
    """The main colour of the smallest area whose enclosing box holds the cell."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(NOTHING)
        boxes = sorted(segment(scene), key=lambda part: -part.height * part.width)
        for part in boxes:
            colour = _main(part, scene)
            for row in range(part.top, part.bottom + 1):
                for column in range(part.left, part.right + 1):
                    out[row][column] = colour
        return out

    return compute


def _touches(segment: Callable[[Scene], Parts]) -> Callable[[Scene], Rows]:
    """1 for background next to an area, corners included, and inside no box of one."""

    def compute(scene: Scene) -> Rows:
        out = scene.fill(0)
        for part in segment(scene):
            for row in range(max(0, part.top - 1), min(scene.height, part.bottom + 2)):
                for column in range(max(0, part.left - 1), min(scene.width, part.right + 2)):
                    out[row][column] = 1
        for part in segment(scene):
            for row in range(part.top, part.bottom + 1):
                for column in range(part.left, part.right + 1):
                    out[row][column] = 0
        return out

    return compute


def _colour_total(parts: Parts, scene: Scene) -> Sequence[int]:
    return [len(_colours(part, scene)) for part in parts]


def _of(name: str, segment: Callable[[Scene], Parts]) -> dict[str, Layer]:
    """All layers about one kind of area."""
    outside = 0

    def number(words: str, values: Callable[[Parts, Scene], Sequence[int]], kind: Kind) -> Layer:
        compute = _per_part(segment, values, outside=outside if kind != Kind.PLACE else NOTHING)
        return Layer(words=words.replace("{}", name), kind=kind, compute=compute)

    def colour(words: str, value: Callable[[Part, Scene], int]) -> Layer:
        compute = _per_part(segment, _each(value), outside=NOTHING)
        return Layer(words=words.replace("{}", name), kind=Kind.COLOUR, compute=compute)

    return {
        f"{name}_size": number("the size of its {}", _each(lambda p, s: len(p.cells)), Kind.NUMBER),
        f"{name}_height": number("the height of its {}", _each(lambda p, s: p.height), Kind.NUMBER),
        f"{name}_width": number("the width of its {}", _each(lambda p, s: p.width), Kind.NUMBER),
        f"{name}_holes": number("the number of holes in its {}", _each(_holes), Kind.NUMBER),
        f"{name}_rank": number("the rank of its {} by size", _rank, Kind.PLACE),
        f"{name}_across": number("the place of its {} from the left", _order_across, Kind.PLACE),
        f"{name}_down": number("the place of its {} from the top", _order_down, Kind.PLACE),
        f"{name}_twins": number("the number of {}s shaped like its own", _twins, Kind.NUMBER),
        f"{name}_alike": number("the number of {}s coloured like its own", _alike, Kind.NUMBER),
        f"{name}_largest": number("its {} is the largest", _largest, Kind.FLAG),
        f"{name}_smallest": number("its {} is the smallest", _smallest, Kind.FLAG),
        f"{name}_on_border": number("its {} touches the border", _each(_on_border), Kind.FLAG),
        f"{name}_is_box": number("its {} fills its box", _each(_is_box), Kind.FLAG),
        f"{name}_even_sideways": number(
            "its {} is mirrored left to right", _each(_is_even_sideways), Kind.FLAG
        ),
        f"{name}_even_upright": number(
            "its {} is mirrored top to bottom", _each(_is_even_upright), Kind.FLAG
        ),
        f"{name}_row": Layer(
            words=f"the row within its {name}",
            kind=Kind.PLACE,
            compute=_within(lambda p, r, c: r - p.top)(segment),
        ),
        f"{name}_column": Layer(
            words=f"the column within its {name}",
            kind=Kind.PLACE,
            compute=_within(lambda p, r, c: c - p.left)(segment),
        ),
        f"{name}_from_bottom": Layer(
            words=f"the row within its {name} from the bottom",
            kind=Kind.PLACE,
            compute=_within(lambda p, r, c: p.bottom - r)(segment),
        ),
        f"{name}_from_right": Layer(
            words=f"the column within its {name} from the right",
            kind=Kind.PLACE,
            compute=_within(lambda p, r, c: p.right - c)(segment),
        ),
        f"{name}_touches": colour("the colour its {} touches", _touched(AROUND, background=False)),
    }


REGIONS: Final[dict[str, Layer]] = (
    _of("object", SEGMENTS["object"])
    | _of("cluster", SEGMENTS["cluster"])
    | _of("patch", SEGMENTS["patch"])
    | {
        "enclosed": Layer(words="it is enclosed", kind=Kind.FLAG, compute=_enclosed),
        "sealed": Layer(
            words="it is enclosed even for diagonal steps", kind=Kind.FLAG, compute=_sealed
        ),
        "depth": Layer(
            words="the distance to the edge of its patch", kind=Kind.PLACE, compute=_depth
        ),
        "cluster_main": Layer(
            words="the main colour of its cluster",
            kind=Kind.COLOUR,
            compute=_per_part(SEGMENTS["cluster"], _each(_main), outside=NOTHING),
        ),
        "cluster_rare": Layer(
            words="the rarest colour of its cluster",
            kind=Kind.COLOUR,
            compute=_per_part(SEGMENTS["cluster"], _each(_rare), outside=NOTHING),
        ),
        "cluster_colours": Layer(
            words="the number of colours of its cluster",
            kind=Kind.NUMBER,
            compute=_per_part(SEGMENTS["cluster"], _colour_total, outside=0),
        ),
        "cluster_mirrored_sideways": Layer(
            words="the cell mirrored left to right within its cluster",
            kind=Kind.COLOUR,
            compute=_opposite(False, True)(SEGMENTS["cluster"]),
        ),
        "cluster_mirrored_upright": Layer(
            words="the cell mirrored top to bottom within its cluster",
            kind=Kind.COLOUR,
            compute=_opposite(True, False)(SEGMENTS["cluster"]),
        ),
        "cluster_opposite": Layer(
            words="the opposite cell within its cluster",
            kind=Kind.COLOUR,
            compute=_opposite(True, True)(SEGMENTS["cluster"]),
        ),
        "object_box": Layer(
            words="the colour of the object whose box it lies in",
            kind=Kind.COLOUR,
            compute=_box_colour(SEGMENTS["object"]),
        ),
        "cluster_box": Layer(
            words="the main colour of the cluster whose box it lies in",
            kind=Kind.COLOUR,
            compute=_box_colour(SEGMENTS["cluster"]),
        ),
        "object_frame": Layer(
            words="it lies just outside the box of an object",
            kind=Kind.FLAG,
            compute=_touches(SEGMENTS["object"]),
        ),
    }
)
"""Every layer of this module by name."""
