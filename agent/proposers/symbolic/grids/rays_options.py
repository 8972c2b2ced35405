"""Single rays that may be a part of the rule: what each would draw on the demos, right and wrong.

For every source colour, way and stop the lines are drawn on the demos; a ray whose lines are right
more often than wrong, in a fixed colour or the source's own, is an option.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Final, TypeAlias

from peirce.prototypes.grids.cells_scene import NOTHING, Cell, Scene
from peirce.prototypes.grids.rays import ELBOWS, TELLING, WAYS, Ray, lines
from peirce.tasks.values import Grid

LEAST_SOUND: Final = 0.6
"""Share of a ray's cells that must be right when the rest lies at crossings."""
MOST_SCATTERED: Final = 8
"""Background cells in a grid, on average, that may be what lines start from."""
FLOODS: Final = ("flood", "flood_around")
GROUPS: Final = (
    ("left", "right"),
    ("up", "down"),
    ("left", "right", "up", "down"),
    ("up_left", "down_right"),
    ("up_right", "down_left"),
    ("up_left", "up_right", "down_left", "down_right"),
)
"""Ways that are one idea together."""

Spot: TypeAlias = tuple[int, Cell]
"""A cell of a demo."""


@dataclass(frozen=True, slots=True)
class Demo:
    """One train pair: its scene, what it becomes, and which cells change."""

    scene: Scene
    output: Grid

    def changed(self) -> frozenset[Cell]:
        """The cells that change."""
        return frozenset(
            (row, column)
            for row, column in self.scene.cells()
            if self.scene.grid[row][column] != self.output[row][column]
        )


@dataclass(frozen=True, slots=True)
class Option:
    """A ray of one way, and the demo cells it gets right and wrong."""

    ray: Ray
    right: frozenset[Spot]
    """Changed cells it explains."""
    wrong: frozenset[Spot]
    demos: int
    """Number of demos it draws in."""

    @property
    def cost(self) -> float:
        """Description length, in bits or so."""
        ray = self.ray
        return (
            1.0
            + (ray.ink != NOTHING)
            + (ray.source != NOTHING)
            + {"obstacle": 0.0, "behind": 0.5, "over": 0.5}.get(ray.stop, 1.5)
            + {"anything": 0.0, "border": 1.0, "same": 0.7, "other": 0.8}.get(str(ray.hits), 1.5)
            + 1.5 * (ray.stride - 1)
            + 0.3 * (ray.ways[0] not in WAYS)
            + 0.2 * (len(ray.ways) > 1)
        )


class Options:
    """The options of one task, found little by little; the same steps give the same options."""

    def __init__(self, inputs: Sequence[Grid], outputs: Sequence[Grid]) -> None:
        """Start with none."""
        self.demos = tuple(
            Demo(Scene(grid), output) for grid, output in zip(inputs, outputs, strict=False)
        )
        self.found: list[Option] = []
        self._coming = _options_of(self.demos)

    def work(self) -> bool:
        """Look at the next kind of ray; false when there is none left."""
        for option in self._coming:
            if option is None:
                return True
            self.found.append(option)
        return False

    def changed(self) -> frozenset[Spot]:
        """The cells of all demos that change."""
        return frozenset((i, cell) for i, demo in enumerate(self.demos) for cell in demo.changed())


@lru_cache(maxsize=2)
def options_for(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Options:
    """The options of a task, shared by the methods that work on it at the same time."""
    return Options(inputs, outputs)


def _kinds(demos: Sequence[Demo]) -> Iterator[Ray]:
    """Rays without ways and ink, the plainest first."""
    colours = sorted({c for demo in demos for c in demo.scene.colours})
    sources = (NOTHING, *colours)
    for hits, stride in (
        ("anything", 1),
        ("same", 1),
        ("other", 1),
        ("border", 1),
        ("anything", 2),
    ):
        for stop, source in product(("obstacle", "behind", "over"), sources):
            if hits in ("anything", "border") or stop == "obstacle":
                yield Ray(source, (), stop=stop, hits=hits, stride=stride)
    for source in (*sources, *_scattered(demos)):
        yield Ray(source, (), stop="edge")
    for source, stop in product(sources, ("bounce", "rebound", "turn_left", "turn_right")):
        yield Ray(source, (), stop=stop)
    for hit, source in product(colours, sources):
        yield Ray(source, (), hits=hit)


def _scattered(demos: Sequence[Demo]) -> Iterator[int]:
    """The background, where it is but a few cells in an area of other colours."""
    backgrounds = {demo.scene.background for demo in demos}
    cells = sum(demo.scene.counts[demo.scene.background] for demo in demos)
    if len(backgrounds) == 1 and cells <= MOST_SCATTERED * len(demos):
        yield from backgrounds


def _drawings(
    demos: Sequence[Demo], kind: Ray
) -> Iterator[tuple[tuple[str, ...], dict[Spot, int]]]:
    """What the ray draws in each way and in each group of ways."""
    drawn: dict[str, dict[Spot, int]] = {}
    plain = kind == Ray(kind.source, ())
    corners = (
        ELBOWS if kind == Ray(kind.source, (), hits=kind.hits) and kind.hits in range(10) else ()
    )
    for way in (*WAYS, *TELLING, *corners, *(FLOODS if plain else ())):
        drawn[way] = {
            (index, cell): line.source
            for index, demo in enumerate(demos)
            for line in lines(demo.scene, kind, way)
            for cell in line.cells
        }
        if drawn[way]:
            yield (way,), drawn[way]
    for ways in GROUPS:
        together: dict[Spot, int] = {}
        for way in ways:
            together.update(drawn[way])
        if sum(bool(drawn[way]) for way in ways) > 1:
            yield ways, together


def _options_of(demos: Sequence[Demo]) -> Iterator[Option | None]:
    """All rays that are right more often than wrong."""
    kept: set[tuple[frozenset[Spot], frozenset[Spot], int]] = set()
    for kind in _kinds(demos):
        yield None
        for ways, drawn in _drawings(demos, kind):
            wanted = {demos[i].output[cell[0]][cell[1]] for i, cell in drawn}
            for ink in (NOTHING, *sorted(wanted)):
                option = _weigh(demos, replace(kind, ways=ways, ink=ink), drawn)
                key = (option.right, option.wrong, kind.source)
                if option.right and key not in kept:
                    kept.add(key)
                    if len(option.right) >= LEAST_SOUND * (len(option.right) + len(option.wrong)):
                        yield option


def _weigh(demos: Sequence[Demo], ray: Ray, drawn: dict[Spot, int]) -> Option:
    right: set[Spot] = set()
    wrong: set[Spot] = set()
    for spot, source in drawn.items():
        index, (row, column) = spot
        ink = source if ray.ink == NOTHING else ray.ink
        if demos[index].output[row][column] != ink:
            wrong.add(spot)
        elif demos[index].scene.grid[row][column] != ink:
            right.add(spot)
    return Option(ray, frozenset(right), frozenset(wrong), len({i for i, _ in drawn}))
