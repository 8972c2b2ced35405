"""Rays: which lines from which cells explain everything that changed.

For every source colour, way and stop the lines are drawn on the demos; those that hit only cells
of one colour (a fixed one or the source's own) are kept as sound. A greedy cover of all changed
cells by sound rays is the rule; rays that are overdrawn at crossings may join if drawn first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Final, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.rays_options import (
    FLOODS,
    Option,
    Options,
    options_for,
)
from peirce.agent.proposers.symbolic.grids.rays_words import program_of, words_of
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes.grids.cells_scene import NOTHING, Scene
from peirce.prototypes.grids.rays import ELBOWS, RINGS, Ray, shoot
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType
from peirce.verifiers.program import Program

NAME: Final = "grids.rays"
LIKELY: Final = 0.5
"""Promise where lines would lie on the background."""
HARDLY: Final = 0.2
"""Promise where only other cells change."""
MOST_ANSWERS: Final = 4
MOST_RAYS: Final = 8
MOST_COVERS: Final = 24
"""Sets of rays that are tried."""
MOST_CROSSED: Final = 0.2
"""Share of the changed cells that may lie where lines cross."""
MOST_BEGUN: Final = 3
"""Rays that are drawn before another method goes on."""
MOST_WRONG: Final = 0.2
"""Cells that such a ray may have wrong, beside those that it has right."""
SECONDS: Final = 2.0


def propose(task: Task, clock: Clock) -> Found:
    """Yield sets of rays that explain all changed cells, the shortest first."""
    own = clock.within(SECONDS)
    options = options_for(_grids(task.inputs), _grids(task.outputs))
    while own.left() > 0 and options.work():
        yield None
    seen: set[tuple[Grid, ...]] = set()
    for crossing, apart in _crossings(options):
        draw = partial(shoot, crossing=crossing)
        for rays in islice(_covers(options, apart), MOST_COVERS):
            yield None
            board = options.board
            if any(
                draw(scene.grid, *rays) != output
                for scene, output in zip(board.scenes, board.outputs, strict=True)
            ):
                continue
            answer = tuple(draw(grid, *rays) for grid in _grids(task.test))
            if answer not in seen:
                seen.add(answer)
                yield Proposal(
                    hypothesis=Hypothesis(words=words_of(rays, crossing), level=Level.OBJECT),
                    program=Program(source=program_of(rays, crossing)),
                    origin=f"symbolic.{NAME}",
                )
            if len(seen) == MOST_ANSWERS:
                return


def _crossings(options: Options) -> Iterator[tuple[int, int]]:
    """Colours that cells may have where lines cross, none first, and the changed cells of each."""
    yield NOTHING, 0
    board = options.board
    for colour in board.colours_in(board.changed):
        cells = board.changed & board.shows[colour]
        if cells.bit_count() <= MOST_CROSSED * board.changed.bit_count():
            yield colour, cells


def beginnings(options: Options) -> Iterator[tuple[Ray, ...]]:
    """Sets of rays drawn in every demo that leave some of the change unexplained.

    First those that are right, then those that are wrong at a few cells, as where lines cross.
    """
    changed = options.board.changed
    everywhere = [one for one in options.found if one.demos == len(options.board.scenes)]
    right = [one for one in everywhere if not one.wrong]
    nearly = [
        one for one in everywhere if one.wrong.bit_count() <= MOST_WRONG * one.right.bit_count()
    ]
    said = {changed}
    for pool, most in ((right, MOST_BEGUN), (right, 1), (nearly, MOST_BEGUN)):
        chosen = _greedy(pool, changed, most)
        covered = _explained(chosen)
        if covered and covered not in said:
            said.add(covered)
            yield _merged(chosen)


def _covers(options: Options, apart: int) -> Iterator[tuple[Ray, ...]]:
    """Sets of rays that together reach every changed cell but those apart, cheapest kinds first."""
    changed = options.board.changed & ~apart
    sound = [option for option in options.found if not option.wrong & ~apart]
    for pool in (sound, options.found):
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
                if other is option or other.wrong & ~apart:
                    continue
                if not option.right & ~other.right:
                    yield _merged([*first[:place], other, *first[place + 1 :]])


def _cover(options: Sequence[Option], changed: int) -> list[Option]:
    """Options that explain everything; none if they cannot."""
    chosen = _greedy(options, changed, MOST_RAYS)
    if changed & ~_explained(chosen):
        return []
    for option in chosen[:-1]:
        rest = [other for other in chosen if other is not option]
        chosen = chosen if changed & ~_explained(rest) else rest
    return sorted(chosen, key=lambda option: -option.wrong.bit_count())


def _explained(options: Sequence[Option]) -> int:
    cells = 0
    for option in options:
        cells |= option.right
    return cells


def _greedy(options: Sequence[Option], changed: int, most: int) -> list[Option]:
    """The ray that explains most for its cost, again and again while something is open."""
    chosen: list[Option] = []
    left = changed
    while left and len(chosen) < most:
        best = max(
            options,
            key=lambda o: (o.right & left).bit_count() / (o.cost + 0.5 * o.wrong.bit_count()),
            default=None,
        )
        if best is None or not best.right & left:
            break
        chosen.append(best)
        left &= ~best.right
    return chosen


def _merged(options: Sequence[Option]) -> tuple[Ray, ...]:
    """Rays that differ in nothing but their straight ways become one."""
    merged: dict[Ray, Ray] = {}
    for ray in (option.ray for option in options):
        straight = ray.ways[0] not in (*FLOODS, *RINGS, *ELBOWS)
        kind = replace(ray, ways=()) if straight else ray
        ways = (*merged[kind].ways, *ray.ways) if kind in merged else ray.ways
        merged[kind] = replace(ray, ways=tuple(dict.fromkeys(ways)))
    return tuple(merged.values())


def _grids(values: Sequence[object]) -> tuple[Grid, ...]:
    return cast("tuple[Grid, ...]", tuple(values))


def _promise(task: Task) -> float:
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    return min((_hope(pair.input, pair.output) for pair in task.train), default=0.0)


def _hope(before: object, after: object) -> float:
    """Nothing unless the sizes agree; lines are drawn on the background as a rule."""
    old, new = cast("Grid", before), cast("Grid", after)
    if len(old) != len(new) or len(old[0]) != len(new[0]) or old == new:
        return 0.0
    scene = Scene(old)
    changed = [c for c in scene.cells() if old[c[0]][c[1]] != new[c[0]][c[1]]]
    on_ground = any(old[row][column] == scene.background for row, column in changed)
    return LIKELY if on_ground else HARDLY


METHOD: Final = Method(name=NAME, propose=propose, promise=_promise)
