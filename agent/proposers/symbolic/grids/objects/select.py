"""The answer is one of the things in the grid: which one, and how it is shown.

Every way of showing an item is compared with the outputs first; that leaves, per example, the items
that could have been meant, and the shortest description that singles out one of them everywhere is
the rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Final, cast

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.fitting import bits
from peirce.agent.proposers.symbolic.grids.objects.predicates import (
    Predicate,
    distinct,
    negated,
    predicates_of,
)
from peirce.agent.proposers.symbolic.grids.objects.promises import smaller
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    FULL,
    MARKED,
    VIEWS,
    Scene,
    View,
    cut_in_views,
)
from peirce.agent.proposers.symbolic.grids.objects.singling import (
    SINGULAR,
    Choice,
    Showing,
    showings,
)
from peirce.agent.proposers.symbolic.grids.objects.writing import seen_in
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

NAME: Final = "grids.objects.select"
MAX_PROPOSALS: Final = 4
"""Most proposals with different predictions."""
SIMPLE: Final = 6.0
"""A rule that costs no more is proposed before other views are tried."""
_VIEWS: Final = (*VIEWS, MARKED, FULL)


@dataclass(frozen=True, slots=True)
class _Found:
    cost: float
    view: View
    choice: Choice
    showing: Showing
    predictions: tuple[Grid, ...]


def propose(task: Task, clock: Clock) -> Found:
    """Rules 'the answer is the one that …', simple ones of a view before the next is tried."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    shown = showings(outputs)
    found: list[_Found] = []
    proposed: set[tuple[Grid, ...]] = set()
    for cut in cut_in_views(_VIEWS, inputs, clock):
        if cut is None:
            yield None
            continue
        view, scenes = cut
        for one in _choices_in(view, scenes, outputs, shown):
            if one is None:
                yield None
            else:
                found.append(one)
        yield from _best(found, proposed, SIMPLE)
    yield from _best(found, proposed)


def _best(
    found: list[_Found], proposed: set[tuple[Grid, ...]], most: float = float("inf")
) -> Iterator[Proposal]:
    """Rules that cost at most so much, for predictions not proposed before, by their weight."""
    weights: dict[tuple[Grid, ...], float] = {}
    cheapest: dict[tuple[Grid, ...], _Found] = {}
    for one in sorted(found, key=lambda one: one.cost):
        weights[one.predictions] = weights.get(one.predictions, 0.0) + 2.0**-one.cost
        cheapest.setdefault(one.predictions, one)
    for predictions in sorted(weights, key=lambda key: -weights[key]):
        one = cheapest[predictions]
        if one.cost <= most and predictions not in proposed and len(proposed) < MAX_PROPOSALS:
            proposed.add(predictions)
            yield _write(one)


def _write(found: _Found) -> Proposal:
    code = found.showing.code
    if not found.view.common_ground:
        code = code.replace("(ground)", "()")
    words = found.showing.words.format(found.choice.words.format(found.view.words))
    body = [f"item = {found.choice.code}", f"return {code}"]
    return seen_in(found.view, body, f"The answer is {words}.", NAME)


def _choices_in(
    view: View, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...], shown: list[Showing]
) -> Iterator[_Found | None]:
    for showing in shown:
        wanted = _wanted(showing, scenes, outputs)
        if wanted is None:
            continue
        yield None
        for choice in _choices(scenes, wanted):
            if choice is None:
                yield None
                continue
            predictions = _predict(choice, showing, scenes, len(outputs))
            if predictions is not None:
                cost = view.cost + choice.cost + showing.cost
                yield _Found(cost, view, choice, showing, predictions)


def _wanted(
    showing: Showing, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]
) -> tuple[frozenset[int], ...] | None:
    """Per example the items that show the output; `None` if some example has none."""
    wanted: list[frozenset[int]] = []
    for scene, output in zip(scenes, outputs, strict=False):
        fitting = frozenset(
            index for index in range(len(scene.items)) if showing.draw(scene, index) == output
        )
        if not fitting:
            return None
        wanted.append(fitting)
    return tuple(wanted)


def _predict(
    choice: Choice, showing: Showing, scenes: tuple[Scene, ...], trained: int
) -> tuple[Grid, ...] | None:
    predictions: list[Grid] = []
    for number, scene in enumerate(scenes):
        if number < trained:
            continue
        index = choice.find(scene, number)
        if index < 0:
            return None
        shown = showing.draw(scene, index)
        if shown is None:
            return None
        predictions.append(shown)
    return tuple(predictions)


def _choices(
    scenes: tuple[Scene, ...], wanted: tuple[frozenset[int], ...]
) -> Iterator[Choice | None]:
    """Descriptions that point at a wanted item in every example."""
    for choice in SINGULAR:
        if all(
            choice.find(scene, number) in fitting
            for number, (scene, fitting) in enumerate(zip(scenes, wanted, strict=False))
        ):
            yield choice
    yield None
    yield from _described(scenes, wanted)


def _described(
    scenes: tuple[Scene, ...], wanted: tuple[frozenset[int], ...]
) -> Iterator[Choice | None]:
    """The only item that meets a condition, or two."""
    train, tests = scenes[: len(wanted)], scenes[len(wanted) :]
    spans, _ = _spans(train)
    test_spans, test_rows = _spans(tests)
    rows = sum(span.bit_count() for span in spans)
    good = [
        sum(1 << (_first(span) + index) for index in fitting)
        for span, fitting in zip(spans, wanted, strict=True)
    ]
    predicates: list[Predicate] = []
    for number, column in enumerate(Columns(train, tests)):
        if number % 16 == 0:
            yield None
        predicates.extend(predicates_of(column))
    predicates += [negated(one, rows, test_rows) for one in predicates]
    everything, all_tests = (1 << rows) - 1, (1 << test_rows) - 1
    candidates = [
        one
        for one in distinct(predicates, everything, all_tests, oriented=True)
        if all(one.train & mask for mask in good)
    ]
    yield None
    for one in candidates:
        if _single(one, spans, good, test_spans):
            yield _condition(one, scenes, len(wanted))
    for one, two in combinations(candidates[:40], 2):
        both = Predicate(
            f"{one.code} and {two.code}",
            f"{one.words} and {two.words}",
            one.train & two.train,
            one.test & two.test,
            one.cost + two.cost + 1,
        )
        if _single(both, spans, good, test_spans):
            yield _condition(both, scenes, len(wanted))


def _spans(scenes: tuple[Scene, ...]) -> tuple[list[int], int]:
    """The rows of every scene as a bit mask, and how many there are in all."""
    spans: list[int] = []
    start = 0
    for scene in scenes:
        spans.append(((1 << len(scene.items)) - 1) << start)
        start += len(scene.items)
    return spans, start


def _first(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _single(one: Predicate, spans: list[int], good: list[int], test_spans: list[int]) -> bool:
    """Exactly one item of every grid meets the condition, and in the examples a wanted one."""
    for span, mask in zip(spans, good, strict=True):
        met = one.train & span
        if not met or met & ~mask or met.bit_count() != 1:
            return False
    return all((one.test & span).bit_count() == 1 for span in test_spans)


def _condition(one: Predicate, scenes: tuple[Scene, ...], trained: int) -> Choice:
    picks: list[int] = []
    for mask, part in ((one.train, scenes[:trained]), (one.test, scenes[trained:])):
        spans, _ = _spans(part)
        picks += [bits(mask & span)[0] - _first(span) for span in spans]
    return Choice(
        code=f"[item for item in items if {one.code}][0]",
        words=f"the only {{}} {one.words}",
        find=partial(_picked, tuple(picks)),
        cost=one.cost + 2,
    )


def _picked(picks: tuple[int, ...], scene: Scene, number: int) -> int:
    del scene
    return picks[number]


def promise(task: Task) -> float:
    """High if every output is smaller than its input."""
    return 0.8 if smaller(task) else 0.0


SELECT: Final = Method(name=NAME, propose=propose, promise=promise)
