"""Single rays that may be a part of the rule: what each would draw on the demos, right and wrong.

For every source colour, way and stop the lines are walked on the demos; what they are drawn with is
read off the outputs. A ray whose lines are right more often than wrong is an option.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations, product
from typing import Final

from peirce.agent.proposers.symbolic.grids.rays_board import Board, Sheaf, Walk
from peirce.prototypes.grids.cells_scene import NOTHING
from peirce.prototypes.grids.rays import ELBOWS, HALF, RINGS, Ink, Ray
from peirce.prototypes.grids.rays_paths import TURNS
from peirce.prototypes.grids.rays_ways import TELLING, WAYS
from peirce.tasks.values import Grid

LEAST_SOUND: Final = 0.6
"""Share of a ray's cells that must be right when the rest lies at crossings."""
MOST_SCATTERED: Final = 8
"""Background cells in a grid, on average, that may be what lines start from."""
MOST_IN_TURN: Final = 4
"""Most colours and gaps that lines may have in turn."""
PAUSE: Final = 400
"""Lines that are looked at in one step, each way counted as ten."""
FLOODS: Final = ("flood", "flood_around")
SLANTING: Final = ("bounce", "rebound", "zigzag_down", "zigzag_across")
"""Turns of lines that go down or up and to a side at the same time."""
PLAIN: Final = ("obstacle", "behind", "over")
GROUPS: Final = (
    ("left", "right"),
    ("up", "down"),
    ("left", "right", "up", "down"),
    ("up_left", "down_right"),
    ("up_right", "down_left"),
    ("up_left", "up_right", "down_left", "down_right"),
)
"""Ways that are one idea together."""
_STOP_COSTS: Final = {"obstacle": 0.0, "behind": 0.5, "over": 0.5}
_WAY_COSTS: Final = {"inward": 1.0, "nearest": 1.5, "farthest": 1.5} | dict.fromkeys(WAYS, 0.0)
_HIT_COSTS: Final[dict[int | str, float]] = {
    "anything": 0.0, "border": 1.0, "same": 0.7, "other": 0.8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A ray of one way, and the demo cells it gets right and wrong, as bits."""

    ray: Ray
    right: int
    """Changed cells it explains."""
    wrong: int
    demos: int
    """Number of demos it draws in."""

    @property
    def cost(self) -> float:
        """Description length, in bits or so."""
        ray = self.ray
        return (
            1.0
            + _ink_cost(ray.ink)
            + (ray.source != NOTHING)
            + _STOP_COSTS.get(ray.stop, 1.5)
            + _HIT_COSTS.get(ray.hits, 1.5)
            + 1.5 * (ray.wall != NOTHING)
            + 1.5 * (ray.reach != 0)
            + _WAY_COSTS.get(ray.ways[0], 0.3)
            + 0.2 * (len(ray.ways) > 1)
        )


def _ink_cost(ink: Ink) -> float:
    match ink:
        case tuple():
            return 0.5 * len(ink) + sum(0.5 for colour in set(ink) if colour >= 0)
        case str():
            return 1.0
        case _:
            return float(ink != NOTHING)


class Options:
    """The options of one task, found little by little; the same steps give the same options."""

    def __init__(self, inputs: Sequence[Grid], outputs: Sequence[Grid]) -> None:
        """Start with none."""
        self.board = Board(inputs, outputs)
        self.found: list[Option] = []
        self._coming = _options_of(self.board)

    def work(self) -> bool:
        """Look at the next kind of ray; false when there is none left."""
        for option in self._coming:
            if option is None:
                return True
            self.found.append(option)
        return False


@lru_cache(maxsize=8)
def options_for(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Options:
    """The options of a task, shared by the methods that work on it at the same time."""
    return Options(inputs, outputs)


def _kinds(board: Board) -> Iterator[Ray]:
    """Rays without ways and ink, the plainest first."""
    colours = sorted({colour for scene in board.scenes for colour in scene.colours})
    sources = (NOTHING, *colours)
    for hits, stop, source in product(("anything", "same", "other", "border"), PLAIN, sources):
        if hits in ("anything", "border") or stop == "obstacle":
            yield Ray(source, (), stop=stop, hits=hits)
    for source in (*sources, *_scattered(board)):
        yield Ray(source, (), stop="edge")
    for source, stop in product(sources, TURNS):
        if stop != "signs":
            yield Ray(source, (), stop=stop)
    for hit, source in product(colours, sources):
        yield Ray(source, (), hits=hit)
    if len(colours) > 2:
        for hits, wall in product(("anything", "border"), colours):
            yield Ray(NOTHING, (), hits=hits, wall=wall)
        yield from _told_by_colours(colours)


def _told_by_colours(colours: Sequence[int]) -> Iterator[Ray]:
    """Rays that one colour ends, or that two colours turn."""
    for wall, stop, source in product(colours, ("behind", "over"), (NOTHING, *colours)):
        if source != wall:
            yield Ray(source, (), stop=stop, wall=wall)
    for source, left, right in permutations(colours, 3):
        yield Ray(source, (), stop="signs", signs=(left, right))


def _scattered(board: Board) -> Iterator[int]:
    """The background, where it is but a few cells in an area of other colours."""
    backgrounds = {scene.background for scene in board.scenes}
    cells = sum(scene.counts[scene.background] for scene in board.scenes)
    if len(backgrounds) == 1 and cells <= MOST_SCATTERED * len(board.scenes):
        yield from backgrounds


def _walks(board: Board, kind: Ray) -> Iterator[tuple[tuple[str, ...], tuple[Walk, ...]]]:
    """The lines of the ray in each way and in each group of ways, in some there may be none."""
    walks: dict[str, tuple[Walk, ...]] = {}
    for way in _ways(kind):
        walks[way] = board.walks(kind, way)
        yield (way,), walks[way]
    for ways in GROUPS:
        if sum(bool(walks.get(way)) for way in ways) > 1:
            yield ways, tuple(walk for way in ways for walk in walks[way])


def _ways(kind: Ray) -> tuple[str, ...]:
    """The ways that make sense for a kind of ray."""
    if kind.stop in SLANTING:
        return (*(way for way in WAYS if "_" in way), "onward", "tail", "open", "pointing")
    if kind.stop in TURNS or (kind.wall != NOTHING and kind.stop != "obstacle"):
        slant = () if kind.stop in TURNS else tuple(way for way in WAYS if "_" in way)
        return ("left", "right", "up", "down", *slant, "away", "onward", "inward")
    if kind == Ray(kind.source, ()):
        return (*WAYS, *TELLING, *RINGS, *FLOODS)
    corners = kind == Ray(kind.source, (), hits=kind.hits) and kind.hits in range(10)
    return (*WAYS, *TELLING, *(ELBOWS if corners else ()))


def _options_of(board: Board) -> Iterator[Option | None]:
    """All rays that are right more often than wrong."""
    kept: set[tuple[int, int, int]] = set()
    looked = 0
    for kind in _kinds(board):
        for ways, walks in _walks(board, kind):
            looked += 10 + len(walks)
            if looked >= PAUSE:
                looked = 0
                yield None
            sheaf = Sheaf(walks)
            for ray in _drawn(board, replace(kind, ways=ways), sheaf):
                option = _weigh(board, ray, sheaf)
                key = (option.right, option.wrong, kind.source)
                if option.right and key not in kept:
                    kept.add(key)
                    right, wrong = option.right.bit_count(), option.wrong.bit_count()
                    if right >= LEAST_SOUND * (right + wrong):
                        yield option


def _weigh(board: Board, ray: Ray, sheaf: Sheaf) -> Option:
    marks = board.judge(sheaf.cut(ray.reach) if ray.reach else sheaf, ray.ink)
    return Option(ray, marks.right, marks.wrong, len({walk.demo for walk in sheaf.walks}))


def _drawn(board: Board, ray: Ray, sheaf: Sheaf) -> Iterator[Ray]:
    """The ray in every ink, and of every length, that the outputs speak for."""
    colours = board.colours_in(sheaf.covered)
    if not colours:
        return
    for ink in (NOTHING, *colours):
        yield replace(ray, ink=ink)
    if ray.stop == "obstacle" and ray.hits in ("anything", "same", "other"):
        yield replace(ray, ink="end")
        for ink in (NOTHING, *colours):
            if _is_half(board, sheaf.walks, ink):
                yield replace(ray, ink=ink, reach=HALF)
    if ray.stop in PLAIN and ray.hits == "anything" and ray.wall == NOTHING:
        yield from _patterned(board, ray, sheaf.walks, colours)


def _patterned(
    board: Board, ray: Ray, walks: Sequence[Walk], colours: Sequence[int]
) -> Iterator[Ray]:
    """The ray in colours that change along the line, and as long as all lines are."""
    if ray.stop == "over":
        yield replace(ray, ink="passed")
    in_turn = _in_turn(board, walks)
    if in_turn:
        yield replace(ray, ink=in_turn)
    for ink in (NOTHING, *colours):
        reach = _reach(board, walks, ink)
        if reach:
            yield replace(ray, ink=ink, reach=reach)


def _in_turn(board: Board, walks: Sequence[Walk]) -> tuple[int, ...]:
    """The fewest colours in turn that all lines show, if there are any."""
    longest = max(walk.line.distances[-1] for walk in walks) + 1
    for count in range(2, min(MOST_IN_TURN, longest // 2) + 1):
        shown = [_common(board, walks, first, count) for first in range(count)]
        if all(shown):
            ink = tuple(_simplest(choices) for choices in shown)
            if len(set(ink)) > 1:
                return ink
    return ()


def _common(board: Board, walks: Sequence[Walk], first: int, count: int) -> set[int]:
    """What every line may show at every `count`-th cell from one of its first cells on."""
    common: set[int] | None = None
    for walk in walks:
        for index, place in enumerate(walk.line.distances):
            if place % count != first:
                continue
            allowed = board.allowed(walk, index)
            common = allowed if common is None else common & allowed
            if not common:
                return set()
    return common or set()


def _simplest(choices: set[int]) -> int:
    """A gap or the source's own colour before any other."""
    return min(choices, key=lambda colour: (colour >= 0, colour))


def _reach(board: Board, walks: Sequence[Walk], ink: int) -> int:
    """The length of all lines in this ink that are not ended before; 0 if there is none."""
    lengths: list[int] = []
    for walk in walks:
        colour = walk.line.source if ink == NOTHING else ink
        distances = walk.line.distances
        length = next(
            (
                place
                for place, spot in zip(distances, walk.spots, strict=True)
                if board.after[spot] != colour
            ),
            distances[-1] + 1,
        )
        if length < min(2, distances[-1] + 1):
            return 0
        lengths.append(length)
    ends = [walk.line.distances[-1] + 1 for walk in walks]
    reach = max(lengths)
    fits = all(length == min(reach, end) for length, end in zip(lengths, ends, strict=True))
    return reach if fits and reach < max(ends) else 0


def _is_half(board: Board, walks: Sequence[Walk], ink: int) -> bool:
    """Whether the first half of all lines is drawn in this ink."""
    return all(
        board.after[spot] == (walk.line.source if ink == NOTHING else ink)
        for walk in walks
        for spot in walk.spots[: len(walk.spots) // 2]
    )
