"""The demos of a task side by side as one row of bits, and the lines that can be drawn on them.

Every cell of every output is a bit, so that what a set of lines has right and wrong is worked out
by a few operations on whole numbers. Lines are walked once for each way and stop.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from peirce.prototypes.grids.cells_scene import NOTHING, Scene
from peirce.prototypes.grids.rays import GAP, Ink, Line, Ray, inks, is_hit, line_from, lines
from peirce.prototypes.grids.rays_ways import TELLING, WAYS, Start, starts
from peirce.tasks.values import Grid


class Walk(NamedTuple):
    """A line of a demo."""

    demo: int
    line: Line
    spots: tuple[int, ...]
    """Its cells as places of bits, from the start."""
    mask: int
    """The same as bits."""


class Sheaf:
    """Lines that are drawn together."""

    def __init__(self, walks: Iterable[Walk]) -> None:
        """Bind them together."""
        self.walks: Final = tuple(walks)
        self.by_source: Final = _gathered(self.walks, lambda line: line.source)
        self.covered: Final = _union(self.by_source.values())
        """All cells of the lines."""

    @property
    def by_end(self) -> dict[int, int]:
        """The cells of the lines that end at each colour."""
        return _gathered(self.walks, lambda line: line.end)

    def cut(self, reach: int) -> "Sheaf":
        """The same lines, at most so many cells long."""
        lines = ((walk, walk.line.cut(reach)) for walk in self.walks)
        return Sheaf(
            walk._replace(line=line, spots=spots, mask=_mask(spots))
            for walk, line in lines
            if (spots := walk.spots[: len(line.cells)])
        )


class Marks(NamedTuple):
    """Cells that lines have right, of those that change, and cells that they have wrong."""

    right: int
    wrong: int


class Board:
    """All train pairs of a task."""

    def __init__(self, inputs: Sequence[Grid], outputs: Sequence[Grid]) -> None:
        """Lay the pairs side by side."""
        pairs = tuple(zip(inputs, outputs, strict=False))
        self.scenes: Final = tuple(Scene(grid) for grid, _ in pairs)
        self.outputs: Final = tuple(output for _, output in pairs)
        self.before: Final = [cell for grid, _ in pairs for row in grid for cell in row]
        self.after: Final = [cell for _, output in pairs for row in output for cell in row]
        self.shows: Final = _masks(self.after)
        """For each colour the cells that have it in the end."""
        self.changed: Final = sum(
            1 << spot
            for spot, (old, new) in enumerate(zip(self.before, self.after, strict=True))
            if old != new
        )
        self._starts = [0]
        for grid, _ in pairs:
            self._starts.append(self._starts[-1] + len(grid) * len(grid[0]))
        self._walks: dict[Ray, tuple[Walk, ...]] = {}
        self._begin: dict[tuple[int, int, str], tuple[Start, ...]] = {}

    def walks(self, ray: Ray, way: str) -> tuple[Walk, ...]:
        """The lines of a ray in one way, whatever they are drawn with."""
        grounds = {scene.background for scene in self.scenes}
        source = ray.source if ray.source in grounds else NOTHING
        hits = ray.hits if way.startswith("elbow") else "anything"
        wall = NOTHING if ray.stop == "obstacle" else ray.wall
        every = replace(ray, source=source, ways=(way,), hits=hits, wall=wall)
        if every not in self._walks:
            self._walks[every] = tuple(
                self._walk(demo, scene, line)
                for demo, scene in enumerate(self.scenes)
                for line in self._lines(scene, every)
            )
        return tuple(
            walk
            for walk in self._walks[every]
            if ray.source in (NOTHING, walk.line.source)
            and walk.line.source != ray.wall
            and (hits == ray.hits or is_hit(walk.line.end, walk.line.source, ray.hits))
        )

    def _lines(self, scene: Scene, ray: Ray) -> Iterator[Line]:
        """The lines of a ray in its only way; where they start is worked out once."""
        way = ray.ways[0]
        if way not in WAYS and way not in TELLING:
            yield from lines(scene, ray, way)
            return
        key = (id(scene), ray.source, way)
        if key not in self._begin:
            self._begin[key] = tuple(starts(scene, ray.source, way))
        for start in self._begin[key]:
            line = line_from(scene, ray, start)
            if line is not None:
                yield line

    def _walk(self, demo: int, scene: Scene, line: Line) -> Walk:
        start = self._starts[demo]
        spots = tuple(start + row * scene.width + column for row, column in line.cells)
        return Walk(demo, line, spots, _mask(spots))

    def judge(self, sheaf: Sheaf, ink: Ink) -> Marks:
        """What lines in this ink have right and wrong."""
        drawn = self._drawn(sheaf, ink)
        right = wrong = 0
        for colour, mask in drawn.items():
            shows = self.shows.get(colour, 0)
            right |= mask & shows & self.changed
            wrong |= mask & ~shows
        return Marks(right, wrong & ~right)

    def _drawn(self, sheaf: Sheaf, ink: Ink) -> dict[int, int]:
        """The cells that get each colour."""
        if ink == NOTHING:
            return sheaf.by_source
        if ink == "end":
            return {colour: mask for colour, mask in sheaf.by_end.items() if colour != NOTHING}
        if isinstance(ink, int):
            return {ink: sheaf.covered}
        drawn: dict[int, int] = {}
        for walk in sheaf.walks:
            shown = inks(self.scenes[walk.demo], ink, walk.line)
            for spot, colour in zip(walk.spots, shown, strict=True):
                if colour != GAP:
                    drawn[colour] = drawn.get(colour, 0) | 1 << spot
        return drawn

    def colours_in(self, mask: int) -> list[int]:
        """The colours that changed cells among these have in the end."""
        return [colour for colour, cells in self.shows.items() if mask & cells & self.changed]

    def allowed(self, walk: Walk, place: int) -> set[int]:
        """What a line may be drawn with at one of its cells."""
        spot = walk.spots[place]
        colour = self.after[spot]
        choices = {colour}
        if colour == walk.line.source:
            choices.add(NOTHING)
        if colour == self.before[spot]:
            choices.add(GAP)
        return choices


def _mask(spots: Iterable[int]) -> int:
    mask = 0
    for spot in spots:
        mask |= 1 << spot
    return mask


def _masks(colours: Sequence[int]) -> dict[int, int]:
    return {
        colour: _mask(spot for spot, other in enumerate(colours) if other == colour)
        for colour in sorted(set(colours))
    }


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _gathered(walks: Iterable[Walk], colour: Callable[[Line], int]) -> dict[int, int]:
    masks: dict[int, int] = {}
    for walk in walks:
        key = colour(walk.line)
        masks[key] = masks.get(key, 0) | walk.mask
    return masks
