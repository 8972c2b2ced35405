"""Things that move until something stops them, and pile up on each other.

Here the items cannot be looked at one by one: where one stops depends on where the others came to
rest. So a rule is a direction and a condition for moving, tried as a whole; the condition must
hold for every item that is not where it was.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final, NamedTuple, cast

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.predicates import (
    Predicate,
    distinct,
    predicates_of,
    said,
    where,
)
from peirce.agent.proposers.symbolic.grids.objects.promises import for_moving
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    AREAS,
    DOTS,
    THINGS,
    Scene,
    View,
    cut_in_views,
)
from peirce.agent.proposers.symbolic.grids.objects.shortlist import shortest
from peirce.agent.proposers.symbolic.grids.objects.words import STEPS, direction_name
from peirce.agent.proposers.symbolic.grids.objects.writing import seen_in
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

NAME: Final = "grids.objects.fall"
_VIEWS: Final = (THINGS[0], DOTS, *THINGS[1:], AREAS)
MAX_KINDS: Final = 3
"""Most kinds of items that move in ways of their own."""
MAX_SPLITS: Final = 12
"""Most ways of telling such kinds."""
_STRAIGHT: Final = tuple(step for step in STEPS if 0 in step)


class _Part(NamedTuple):
    """Items of one kind, and where they go."""

    code: str
    """Condition over `item`; empty for all."""
    words: str
    step: Spot


class _Found(NamedTuple):
    cost: float
    view: View
    parts: tuple[_Part, ...]
    """In the order in which they move."""
    predictions: tuple[Grid, ...]


def propose(task: Task, clock: Clock) -> Found:
    """Rules 'everything that … falls', those of one view after those of another."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    seen: set[tuple[Grid, ...]] = set()
    for cut in cut_in_views(_VIEWS, inputs, clock):
        if cut is None:
            yield None
            continue
        view, scenes = cut
        if not _same_cells(scenes, outputs):
            continue
        found: list[_Found] = []
        for one in _falls(view, scenes, outputs):
            if one is None:
                yield None
            else:
                found.append(one)
        for one in shortest(found, seen):
            yield _write(one)


def _same_cells(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> bool:
    """Every output has the cells of its input, only elsewhere."""
    return all(
        sorted(cell for row in scene.grid for cell in row)
        == sorted(cell for row in output for cell in row)
        for scene, output in zip(scenes, outputs, strict=False)
    )


def _falls(
    view: View, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]
) -> Iterator[_Found | None]:
    train, tests = scenes[: len(outputs)], scenes[len(outputs) :]
    rows = sum(len(scene.items) for scene in train)
    test_rows = sum(len(scene.items) for scene in tests)
    everything, all_tests = (1 << rows) - 1, (1 << test_rows) - 1
    moved = _moved(train, outputs)
    if not moved:
        return
    movers: list[Predicate | None] = [None]
    if moved != everything:
        predicates: list[Predicate] = []
        for column in Columns(train, tests):
            predicates.extend(predicates_of(column))
        yield None
        movers += [
            one
            for one in distinct(predicates, everything, all_tests, oriented=True)
            if not moved & ~one.train and one.train != everything
        ]
    for mover in movers:
        yield None
        chosen = everything if mover is None else mover.train
        for step in STEPS:
            if _fall(train, chosen, step) == outputs:
                fallen = _fall(tests, all_tests if mover is None else mover.test, step)
                cost = view.cost + (mover.cost if mover else 0) + 3 + abs(step[0] * step[1])
                part = _Part(mover.code, mover.words, step) if mover else _Part("", "", step)
                yield _Found(cost, view, (part,), fallen)
    yield from _each_its_way(view, train, tests, outputs)


def _each_its_way(
    view: View, train: tuple[Scene, ...], tests: tuple[Scene, ...], outputs: tuple[Grid, ...]
) -> Iterator[_Found | None]:
    """Items of two or three kinds, some of which move one way and some another."""
    splits: set[tuple[tuple[int, ...], ...]] = set()
    for column in Columns(train, tests):
        kinds = sorted(set(column.train), key=repr)
        if not 2 <= len(kinds) <= MAX_KINDS or not set(column.test) <= set(kinds):
            continue
        masks = tuple((where(column.train, kind), where(column.test, kind)) for kind in kinds)
        if masks in splits or None in kinds:
            continue
        splits.add(masks)
        if len(splits) > MAX_SPLITS:
            return
        yield None
        for steps in product((*_STRAIGHT, None), repeat=len(kinds)):
            if len(set(steps) - {None}) < 2 or not _each_falls(train, outputs, masks, steps):
                continue
            fallen = tests
            for (_, mask), step in zip(masks, steps, strict=True):
                fallen = _after(fallen, mask, step)
            yield _Found(
                view.cost + column.attribute.cost + 3 + 2 * len(kinds),
                view,
                tuple(
                    _Part(*said(column.attribute, kind), step)
                    for kind, step in zip(kinds, steps, strict=True)
                    if step is not None
                ),
                tuple(scene.grid for scene in fallen),
            )


def _each_falls(
    train: tuple[Scene, ...],
    outputs: tuple[Grid, ...],
    masks: tuple[tuple[int, int], ...],
    steps: tuple[Spot | None, ...],
) -> bool:
    """Whether the outputs come out, the first example looked at first."""
    start = 0
    for scene, output in zip(train, outputs, strict=True):
        fallen = (scene,)
        for (mask, _), step in zip(masks, steps, strict=True):
            fallen = _after(fallen, mask >> start, step)
        if fallen[0].grid != output:
            return False
        start += len(scene.items)
    return True


def _after(scenes: tuple[Scene, ...], chosen: int, step: Spot | None) -> tuple[Scene, ...]:
    """The scenes with the chosen items where they come to rest, listed as they were."""
    if step is None:
        return scenes
    return tuple(
        Scene(grid, scene.ground, scene.items)
        for scene, grid in zip(scenes, _fall(scenes, chosen, step), strict=True)
    )


def _moved(train: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> int:
    """The rows of items that are not where they were."""
    mask, row = 0, 0
    for scene, output in zip(train, outputs, strict=True):
        for item in scene.items:
            if any(output[r][c] != colour for r, c, colour in item.cells):
                mask |= 1 << row
            row += 1
    return mask


def _fall(scenes: tuple[Scene, ...], chosen: int, step: Spot) -> tuple[Grid, ...]:
    results: list[Grid] = []
    row = 0
    for scene in scenes:
        movers = [item for place, item in enumerate(scene.items) if chosen >> (row + place) & 1]
        row += len(scene.items)
        results.append(grids.slide_all(scene.grid, movers, step, scene.ground))
    return tuple(results)


def _write(found: _Found) -> Proposal:
    view = found.view
    body = ["result = grid"]
    for part in found.parts:
        movers = f"[item for item in items if {part.code}]" if part.code else "items"
        body.append(f"movers = {movers}")
        body.append(f"result = grids.slide_all(result, movers, {part.step}, GROUND)")
    body.append("return result")
    moving = "; ".join(
        f"every {view.words}{f' {part.words}' if part.words else ''} moves "
        f"{direction_name(part.step)}"
        for part in found.parts
    )
    words = f"{moving[0].upper()}{moving[1:]} until the border or another one stops it."
    return seen_in(view, body, words, NAME)


FALL: Final = Method(name=NAME, propose=propose, promise=for_moving)
