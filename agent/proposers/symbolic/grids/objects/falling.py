"""Things that move until something stops them, and pile up on each other.

Here the items cannot be looked at one by one: where one stops depends on where the others came to
rest. So a rule is a direction and a condition for moving, tried as a whole; the condition must
hold for every item that is not where it was.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple, cast

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.fitting import (
    Predicate,
    distinct,
    predicates_of,
)
from peirce.agent.proposers.symbolic.grids.objects.promises import for_moving
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    DOTS,
    VIEWS,
    Scene,
    View,
    cut_in_views,
)
from peirce.agent.proposers.symbolic.grids.objects.words import STEPS, direction_name
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids.objects import Spot
from peirce.tasks.task import Task
from peirce.tasks.values import Grid
from peirce.verifiers.program import Program

MAX_PROPOSALS: Final = 3
"""Most proposals with different predictions."""
_VIEWS: Final = tuple(
    view for view in (*VIEWS, DOTS) if "objects(" in view.code or "dots(" in view.code
)


class _Found(NamedTuple):
    cost: float
    view: View
    mover: Predicate | None
    step: Spot
    predictions: tuple[Grid, ...]


def propose(task: Task, clock: Clock) -> Found:
    """Rules 'everything that … falls', shortest first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    found: list[_Found] = []
    for cut in cut_in_views(_VIEWS, inputs, clock):
        if cut is None:
            yield None
            continue
        view, scenes = cut
        if not _same_cells(scenes, outputs):
            continue
        for one in _falls(view, scenes, outputs):
            if one is None:
                yield None
            else:
                found.append(one)
    seen: set[tuple[Grid, ...]] = set()
    for one in sorted(found, key=lambda one: one.cost):
        if one.predictions not in seen and len(seen) < MAX_PROPOSALS:
            seen.add(one.predictions)
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
                yield _Found(cost, view, mover, step, fallen)


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
    view, mover, step = found.view, found.mover, found.step
    lines = ["from peirce.prototypes import grids", "", "", "def transform(grid):"]
    if view.common_ground:
        lines.append("    ground = grids.commonest(grid)")
    lines.append(f"    items = {view.code}")
    if mover is None:
        lines.append("    movers = items")
    else:
        lines.append(f"    movers = [item for item in items if {mover.code}]")
    ground = ", ground" if view.common_ground else ""
    lines += [f"    return grids.slide_all(grid, movers, {step}{ground})", ""]
    which = f" {mover.words}" if mover else ""
    words = (
        f"Every {view.words}{which} moves {direction_name(step)} until the border or another "
        "one stops it."
    )
    return Proposal(
        hypothesis=Hypothesis(words=words, level=Level.OBJECT),
        program=Program(source="\n".join(lines)),
        origin="symbolic.grids.objects.fall",
    )


FALL: Final = Method(name="grids.objects.fall", propose=propose, promise=for_moving)
