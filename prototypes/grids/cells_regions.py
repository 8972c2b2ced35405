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
    return int(part.touches_border(scene))


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


def _colour_total(parts: Parts, scene: Scene) -> Sequence[int]:
    return [len(_colours(part, scene)) for part in parts]


_VALUES: Final[tuple[tuple[str, str, Callable[[Parts, Scene], Sequence[int]], Kind], ...]] = (
    ("size", "the size of its {}", _each(lambda p, s: len(p.cells)), Kind.NUMBER),
    ("height", "the height of its {}", _each(lambda p, s: p.height), Kind.NUMBER),
    ("width", "the width of its {}", _each(lambda p, s: p.width), Kind.NUMBER),
    ("holes", "the number of holes in its {}", _each(_holes), Kind.NUMBER),
    ("rank", "the rank of its {} by size", _rank, Kind.PLACE),
    ("across", "the place of its {} from the left", _order_across, Kind.PLACE),
    ("down", "the place of its {} from the top", _order_down, Kind.PLACE),
    ("twins", "how many areas are shaped like its {}", _twins, Kind.NUMBER),
    ("alike", "how many areas are coloured like its {}", _alike, Kind.NUMBER),
    ("largest", "its {} is the largest", _largest, Kind.FLAG),
    ("smallest", "its {} is the smallest", _smallest, Kind.FLAG),
    ("on_border", "its {} touches the border", _each(_on_border), Kind.FLAG),
    ("is_box", "its {} fills its box", _each(_is_box), Kind.FLAG),
    ("even_sideways", "its {} is mirrored left to right", _each(_is_even_sideways), Kind.FLAG),
    ("even_upright", "its {} is mirrored top to bottom", _each(_is_even_upright), Kind.FLAG),
)
"""What is one number or flag for a whole area."""
_PLACES: Final[tuple[tuple[str, str, Callable[[Part, int, int], int]], ...]] = (
    ("row", "the row within its {}", lambda p, r, c: r - p.top),
    ("column", "the column within its {}", lambda p, r, c: c - p.left),
    ("from_bottom", "the row within its {} from the bottom", lambda p, r, c: p.bottom - r),
    ("from_right", "the column within its {} from the right", lambda p, r, c: p.right - c),
)
"""Where a cell lies within its area."""


def _of(name: str, segment: Callable[[Scene], Parts]) -> dict[str, Layer]:
    """All layers about one kind of area."""
    layers = {
        f"{name}_{suffix}": Layer(
            words.format(name),
            kind,
            _per_part(segment, values, outside=NOTHING if kind == Kind.PLACE else 0),
        )
        for suffix, words, values, kind in _VALUES
    }
    for suffix, words, place in _PLACES:
        layers[f"{name}_{suffix}"] = Layer(words.format(name), Kind.PLACE, _within(place)(segment))
    layers[f"{name}_touches"] = Layer(
        f"the colour its {name} touches",
        Kind.COLOUR,
        _per_part(segment, _each(_touched(AROUND, background=False)), outside=NOTHING),
    )
    return layers


REGIONS: Final[dict[str, Layer]] = (
    _of("object", SEGMENTS["object"])
    | _of("cluster", SEGMENTS["cluster"])
    | _of("patch", SEGMENTS["patch"])
    | {
        "cluster_main": Layer(
            "the main colour of its cluster",
            Kind.COLOUR,
            _per_part(SEGMENTS["cluster"], _each(_main), outside=NOTHING),
        ),
        "cluster_rare": Layer(
            "the rarest colour of its cluster",
            Kind.COLOUR,
            _per_part(SEGMENTS["cluster"], _each(_rare), outside=NOTHING),
        ),
        "cluster_colours": Layer(
            "the number of colours of its cluster",
            Kind.NUMBER,
            _per_part(SEGMENTS["cluster"], _colour_total, outside=0),
        ),
        "cluster_mirrored_sideways": Layer(
            "the cell mirrored left to right within its cluster",
            Kind.COLOUR,
            _opposite(False, True)(SEGMENTS["cluster"]),
        ),
        "cluster_mirrored_upright": Layer(
            "the cell mirrored top to bottom within its cluster",
            Kind.COLOUR,
            _opposite(True, False)(SEGMENTS["cluster"]),
        ),
        "cluster_opposite": Layer(
            "the opposite cell within its cluster",
            Kind.COLOUR,
            _opposite(True, True)(SEGMENTS["cluster"]),
        ),
    }
)
"""Every layer of this module by name."""
