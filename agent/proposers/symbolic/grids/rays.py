"""Rays: which lines from which cells explain everything that changed.

For every source colour, way and stop the lines are drawn on the demos; those that hit only cells
of one colour (a fixed one or the source's own) are kept as sound. A greedy cover of all changed
cells by sound rays is the rule; rays that are overdrawn at crossings may join if drawn first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Final, TypeAlias, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.cells_conditions import COLOUR_WORDS
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.cells_scene import NOTHING, Cell, Scene
from peirce.prototypes.grids.rays import TELLING, WAYS, Ray, lines, shoot
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.rays"
MOST_ANSWERS: Final = 4
MOST_RAYS: Final = 8
LEAST_SOUND: Final = 0.6
"""Share of a ray's cells that must be right when the rest lies at crossings."""
SECONDS: Final = 2.0

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
class _Demo:
    """One train pair: its scene, what it becomes, and which cells change."""

    scene: Scene
    output: Grid

    def changed(self) -> frozenset[Cell]:
        return frozenset(
            (row, column)
            for row, column in self.scene.cells()
            if self.scene.grid[row][column] != self.output[row][column]
        )


@dataclass(frozen=True, slots=True)
class _Option:
    """A ray of one way, and the demo cells it gets right and wrong."""

    ray: Ray
    right: frozenset[Spot]
    """Changed cells it explains."""
    wrong: frozenset[Spot]
    demos: int
    """Number of demos it draws in."""

    @property
    def cost(self) -> float:
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


def propose(task: Task, clock: Clock) -> Found:
    """Yield sets of rays that explain all changed cells, the shortest first."""
    demos = [
        _Demo(Scene(grid), output)
        for grid, output in zip(_grids(task.inputs), _grids(task.outputs), strict=False)
    ]
    own = Clock(seconds=min(SECONDS, clock.left()))
    options: list[_Option] = []
    for step, option in enumerate(_options(demos)):
        if option is None:
            yield None
        else:
            options.append(option)
        if step % 32 == 31 and own.left() <= 0:
            break
    seen: set[tuple[Grid, ...]] = set()
    for rays in islice(_covers(demos, options), 24):
        yield None
        if any(shoot(demo.scene.grid, *rays) != demo.output for demo in demos):
            continue
        answer = tuple(shoot(grid, *rays) for grid in _grids(task.test))
        if answer not in seen:
            seen.add(answer)
            yield Proposal(
                hypothesis=Hypothesis(words=_words(rays), level=Level.OBJECT),
                program=Program(source=_program(rays)),
                origin=f"symbolic.{NAME}",
            )
        if len(seen) == MOST_ANSWERS:
            return


def _kinds(demos: Sequence[_Demo]) -> Iterator[Ray]:
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
    for source, stop in product(sources, ("bounce", "rebound", "turn_left", "turn_right")):
        yield Ray(source, (), stop=stop)
    for hit, source in product(colours, sources):
        yield Ray(source, (), hits=hit)


def _drawings(
    demos: Sequence[_Demo], kind: Ray
) -> Iterator[tuple[tuple[str, ...], dict[Spot, int]]]:
    """What the ray draws in each way and in each group of ways."""
    drawn: dict[str, dict[Spot, int]] = {}
    plain = kind == Ray(kind.source, ())
    for way in (*WAYS, *TELLING, *(FLOODS if plain else ())):
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


def _options(demos: Sequence[_Demo]) -> Iterator[_Option | None]:
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


def _weigh(demos: Sequence[_Demo], ray: Ray, drawn: dict[Spot, int]) -> _Option:
    right: set[Spot] = set()
    wrong: set[Spot] = set()
    for spot, source in drawn.items():
        index, (row, column) = spot
        ink = source if ray.ink == NOTHING else ray.ink
        if demos[index].output[row][column] != ink:
            wrong.add(spot)
        elif demos[index].scene.grid[row][column] != ink:
            right.add(spot)
    return _Option(ray, frozenset(right), frozenset(wrong), len({i for i, _ in drawn}))


def _covers(demos: Sequence[_Demo], options: Sequence[_Option]) -> Iterator[tuple[Ray, ...]]:
    """Sets of rays that together reach every changed cell, cheapest kinds first."""
    changed = frozenset((i, cell) for i, demo in enumerate(demos) for cell in demo.changed())
    sound = [option for option in options if not option.wrong]
    for pool in (sound, list(options)):
        first = _cover(pool, changed)
        if not first:
            continue
        yield _merged(first)
        for place, option in enumerate(first):
            others = [other for other in pool if other is not option]
            again = _cover(others, changed)
            if again:
                yield _merged(again)
            for other in pool:
                if other is not option and other.right >= option.right and not other.wrong:
                    yield _merged([*first[:place], other, *first[place + 1 :]])


def _cover(options: Sequence[_Option], changed: frozenset[Spot]) -> list[_Option]:
    """Greedy: the ray that explains most for its cost, until nothing is open."""
    chosen: list[_Option] = []
    left = changed
    while left and len(chosen) < MOST_RAYS:
        best = max(
            options,
            key=lambda o: len(o.right & left) / (o.cost + 0.5 * len(o.wrong)),
            default=None,
        )
        if best is None or not best.right & left:
            return []
        chosen.append(best)
        left -= best.right
    return [] if left else sorted(chosen, key=lambda option: -len(option.wrong))


def _merged(options: Sequence[_Option]) -> tuple[Ray, ...]:
    """Rays that differ in nothing but their ways become one."""
    ways: dict[Ray, tuple[str, ...]] = {}
    for option in options:
        plain = replace(option.ray, ways=())
        ways[plain] = (*ways.get(plain, ()), *option.ray.ways)
    return tuple(replace(ray, ways=tuple(dict.fromkeys(names))) for ray, names in ways.items())


def _program(rays: Sequence[Ray]) -> str:
    lines = ["from peirce.prototypes import grids", "", "RAYS = ("]
    lines += [f"    grids.{_source(ray)}," for ray in rays]
    lines += [")", "", "", "def transform(grid):", "    return grids.shoot(grid, *RAYS)"]
    return "\n".join(lines) + "\n"


def _source(ray: Ray) -> str:
    parts = [str(ray.source), repr(ray.ways)]
    if ray.ink != NOTHING:
        parts.append(f"ink={ray.ink}")
    if ray.stop != "obstacle":
        parts.append(f"stop={ray.stop!r}")
    if ray.hits != "anything":
        parts.append(f"hits={ray.hits!r}")
    if ray.stride != 1:
        parts.append(f"stride={ray.stride}")
    return f"Ray({', '.join(parts)})"


STOP_WORDS: Final = {
    "obstacle": "until something is in the way",
    "behind": "to the border, behind whatever is in the way",
    "over": "to the border, over whatever is in the way",
    "bounce": "bouncing off whatever is in the way",
    "rebound": "bouncing off the border and whatever is in the way",
    "turn_left": "turning left at whatever is in the way",
    "turn_right": "turning right at whatever is in the way",
}
HIT_WORDS: Final = {
    "border": " if they reach the border",
    "same": " if they meet the same colour",
    "other": " if they meet another colour",
    "anything": "",
}


def _words(rays: Sequence[Ray]) -> str:
    return " ".join(_sentence(ray) for ray in rays)


def _sentence(ray: Ray) -> str:
    who = "coloured" if ray.source == NOTHING else COLOUR_WORDS[ray.source]
    ink = "of their colour" if ray.ink == NOTHING else f"in {COLOUR_WORDS[ray.ink]}"
    if ray.ways[0].startswith("flood"):
        return f"The free area around {who} cells is filled {ink}."
    ways = ", ".join(way.replace("_", " and ") for way in ray.ways)
    hits = (
        HIT_WORDS[ray.hits]
        if isinstance(ray.hits, str)
        else f" if they meet {COLOUR_WORDS[ray.hits]}"
    )
    dots = "dotted lines" if ray.stride > 1 else "lines"
    return f"From {who} cells {dots} {ink} go {ways}, {STOP_WORDS[ray.stop]}{hits}."


def _grids(values: Sequence[object]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", tuple(values))


def _promise(task: Task) -> float:
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    return 0.5 if all(_only_adds(pair.input, pair.output) for pair in task.train) else 0.0


def _only_adds(before: object, after: object) -> bool:
    """Whether the sizes agree and few cells that were not background changed."""
    old, new = cast("Grid", before), cast("Grid", after)
    if len(old) != len(new) or len(old[0]) != len(new[0]):
        return False
    scene = Scene(old)
    changed = [c for c in scene.cells() if old[c[0]][c[1]] != new[c[0]][c[1]]]
    return any(old[row][column] == scene.background for row, column in changed)


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
