"""The answer is some of the things in the grid, as they stand to each other, and nothing else.

Wherever the output can lie on the input, the things it shows there are the ones that must have been
meant; the shortest condition that holds for exactly these, somewhere in every example, is the rule.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple, cast

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.predicates import (
    Predicate,
    distinct,
    negated,
    predicates_of,
)
from peirce.agent.proposers.symbolic.grids.objects.promises import smaller
from peirce.agent.proposers.symbolic.grids.objects.scene import VIEWS, Scene, View, cut_in_views
from peirce.agent.proposers.symbolic.grids.objects.shortlist import shortest
from peirce.agent.proposers.symbolic.grids.objects.writing import seen_in
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

NAME: Final = "grids.objects.gather"
MAX_PAIRED: Final = 40
"""Conditions that are combined with each other."""


class _Gathered(NamedTuple):
    cost: float
    view: View
    chosen: Predicate
    predictions: tuple[Grid, ...]


def propose(task: Task, clock: Clock) -> Found:
    """Rules 'the answer is all that …', shortest first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    found: list[_Gathered] = []
    for cut in cut_in_views(VIEWS, inputs, clock):
        if cut is None:
            yield None
            continue
        for one in _rules(*cut, outputs):
            yield None
            if one is not None:
                found.append(one)
    for one in shortest(found):
        yield _write(one)


def _rules(
    view: View, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]
) -> Iterator[_Gathered | None]:
    train, tests = scenes[: len(outputs)], scenes[len(outputs) :]
    wanted: list[frozenset[int]] = []
    row = 0
    for scene, output in zip(train, outputs, strict=True):
        masks = frozenset(mask << row for mask in _meant(scene, output))
        if not masks:
            return
        wanted.append(masks)
        row += len(scene.items)
        yield None
    if max(mask.bit_count() for masks in wanted for mask in masks) < 2:
        return
    tests_rows = sum(len(scene.items) for scene in tests)
    for one in _conditions(train, tests, row, tests_rows):
        if one is None:
            yield None
        elif _fits(one, train, wanted):
            predicted = _shown(one, tests)
            if predicted is not None:
                yield _Gathered(view.cost + one.cost + 3, view, one, predicted)


def _meant(scene: Scene, output: Grid) -> Iterator[int]:
    """The sets of items, as bit masks, whose common box shows the output."""
    height, width = len(output), len(output[0])
    shown = {
        (r, c, cell)
        for r, line in enumerate(output)
        for c, cell in enumerate(line)
        if cell != scene.ground
    }
    for top in range(len(scene.grid) - height + 1):
        for left in range(len(scene.grid[0]) - width + 1):
            mask, covered = 0, 0
            for place, item in enumerate(scene.items):
                cells = [(r - top, c - left, cell) for r, c, cell in item.cells]
                if shown.issuperset(cells):
                    mask |= 1 << place
                    covered += len(cells)
            if mask and covered == len(shown) and _box(mask, scene) == (top, left, height, width):
                yield mask


def _box(mask: int, scene: Scene) -> tuple[int, int, int, int]:
    item = _gathered(mask, scene)
    return item.top, item.left, item.height, item.width


def _gathered(mask: int, scene: Scene) -> Item:
    return grids.together(
        [item for place, item in enumerate(scene.items) if mask >> place & 1],
    )


def _conditions(
    train: tuple[Scene, ...], tests: tuple[Scene, ...], rows: int, test_rows: int
) -> Iterator[Predicate | None]:
    """Conditions and pairs of them, the cheapest first; `None` now and then."""
    predicates: list[Predicate] = []
    for column in Columns(train, tests):
        yield None
        predicates.extend(predicates_of(column))
    predicates += [negated(one, rows, test_rows) for one in predicates]
    single = distinct(predicates, (1 << rows) - 1, (1 << test_rows) - 1, oriented=True)
    yield from single
    for one, two in combinations(single[:MAX_PAIRED], 2):
        yield Predicate(
            f"{one.code} and {two.code}",
            f"{one.words} and {two.words}",
            one.train & two.train,
            one.test & two.test,
            one.cost + two.cost + 1,
        )


def _fits(one: Predicate, train: tuple[Scene, ...], wanted: list[frozenset[int]]) -> bool:
    row = 0
    for scene, masks in zip(train, wanted, strict=True):
        if one.train & (((1 << len(scene.items)) - 1) << row) not in masks:
            return False
        row += len(scene.items)
    return True


def _shown(one: Predicate, tests: tuple[Scene, ...]) -> tuple[Grid, ...] | None:
    predicted: list[Grid] = []
    row = 0
    for scene in tests:
        item = _gathered(one.test >> row & ((1 << len(scene.items)) - 1), scene)
        if not item.cells:
            return None
        predicted.append(item.picture(scene.ground))
        row += len(scene.items)
    return tuple(predicted)


def _write(found: _Gathered) -> Proposal:
    view, chosen = found.view, found.chosen
    body = [
        f"chosen = [item for item in items if {chosen.code}]",
        "return grids.shown(grids.together(chosen), GROUND)",
    ]
    words = f"The answer is every {view.words} {chosen.words}, and nothing else."
    return seen_in(view, body, words, NAME)


def promise(task: Task) -> float:
    """Possible if every output is smaller than its input."""
    return 0.4 if smaller(task) else 0.0


GATHER: Final = Method(name=NAME, propose=propose, promise=promise)
