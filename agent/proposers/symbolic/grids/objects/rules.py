"""Per-object rules: in every view, every object is changed as its attributes decide.

The idea of reading parameters off matched objects follows ARGA (Xu, Khalil, Sanner 2023) and GPAR
(Lei, Lipovetzky, Ehinger 2024); the exact fit over bit masks is our own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from typing import Final, cast

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Family,
    both,
    recolourings,
)
from peirce.agent.proposers.symbolic.grids.objects.changing import changes
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.copies import copyings
from peirce.agent.proposers.symbolic.grids.objects.drawing import drawn
from peirce.agent.proposers.symbolic.grids.objects.fitting import Board, Rule, Trial, fit
from peirce.agent.proposers.symbolic.grids.objects.moving import moves
from peirce.agent.proposers.symbolic.grids.objects.paper import Paper, paper_of
from peirce.agent.proposers.symbolic.grids.objects.promises import (
    for_adding,
    for_changing,
    for_mixing,
    for_moving,
    for_recolouring,
    for_redrawing,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    MARKED,
    ON_TOP,
    ROOMS,
    THINGS,
    VIEWS,
    Scene,
    View,
    cut_in_views,
)
from peirce.agent.proposers.symbolic.grids.objects.shapes import growths, redrawings
from peirce.agent.proposers.symbolic.grids.objects.stamps import stamps
from peirce.agent.proposers.symbolic.grids.objects.writing import write
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

MAX_PROPOSALS: Final = 4
"""Most proposals with different predictions."""
MARGIN: Final = 3.0
"""A rule that costs so much more than the cheapest is not proposed beside it."""
MAX_ALIKE: Final = 3
"""Most actions that do the same on all examples."""
SIMPLE: Final = 9.0
"""Once a rule costs no more than this, rules of two conditions are not looked for; it is proposed
before other views are tried."""
MIXED_SIMPLE: Final = 14.0
"""Rules of mixed fates are proposed before other views are tried if they cost no more than this:
two actions and a condition are never cheap."""
PATIENCE: Final = 1.0
"""How much more rules may cost to be proposed with every view that is tried."""
MAX_PAIRED: Final = 12
"""Most additions to an item that are combined with each other."""
MAX_TRIPLED: Final = 4
"""Most pairs of additions to which a third is added."""
MAX_STEPS: Final = 650
"""Most rules, pauses included, taken from the fit in one view."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rule of one view with what it predicts."""

    cost: float
    view: View
    rule: Rule
    predictions: tuple[Grid, ...]


class _Ranking:
    """The cheapest rule of each prediction, and which have been proposed."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._weights: dict[tuple[Grid, ...], float] = {}
        self._cheapest: dict[tuple[Grid, ...], Ranked] = {}
        self._proposed: set[tuple[Grid, ...]] = set()

    def add(self, one: Ranked) -> None:
        """Count a rule towards its predictions."""
        key = one.predictions
        self._weights[key] = self._weights.get(key, 0.0) + 2.0**-one.cost
        if key not in self._cheapest or one.cost < self._cheapest[key].cost:
            self._cheapest[key] = one

    def proposals(self, most: float = float("inf")) -> Iterator[Proposal]:
        """Rules not proposed before that cost at most so much, by the weight of predictions."""
        costs = [one.cost for one in self._cheapest.values()]
        limit = min(most, min(costs, default=0.0) + MARGIN)
        for key in sorted(self._weights, key=lambda key: -self._weights[key]):
            one = self._cheapest[key]
            if len(self._proposed) == MAX_PROPOSALS:
                return
            if one.cost <= limit and key not in self._proposed:
                self._proposed.add(key)
                yield write(one.view, one.rule, self._origin)


def learn(family: Family, depth: int, origin: str, task: Task, clock: Clock) -> Found:
    """Fit rules made of one family of actions in every view; the shortest come first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    ranking = _Ranking(origin)
    sure = MIXED_SIMPLE if family is _mixed else SIMPLE
    for cut in cut_in_views(_views(family), inputs, clock):
        if cut is None:
            yield None
            continue
        view, scenes = cut
        for found in _rules(view, scenes, outputs, family, depth, clock):
            if found is None:
                yield None
            else:
                ranking.add(found)
                depth = min(depth, 1) if found.cost <= SIMPLE else depth
        yield from ranking.proposals(sure)
        sure += PATIENCE
    yield from ranking.proposals()


def _views(family: Family) -> tuple[View, ...]:
    """The views in which these actions make sense; many shapes are drawn for things alone."""
    if family is changes:
        return THINGS
    rooms = (ROOMS, MARKED) if family in (recolourings, redrawings) else ()
    on_top = ON_TOP if family in (redrawings, growths) else ()
    return (*VIEWS, *rooms, *on_top)


def _rules(
    view: View,
    scenes: tuple[Scene, ...],
    outputs: tuple[Grid, ...],
    family: Family,
    depth: int,
    clock: Clock,
) -> Iterator[Ranked | None]:
    train, tests = scenes[: len(outputs)], scenes[len(outputs) :]
    if sum(len(scene.items) for scene in train) < 2:
        return
    paper = paper_of(view, tuple(scene.grid for scene in scenes), outputs)
    if paper.spoilt:
        return
    trials: list[Trial] = []
    alike: Counter[tuple[int, ...]] = Counter()
    yield None
    for trial in paper.trials(family, tests, clock):
        if trial is None:
            yield None
            continue
        behaviour = (trial.accepted, *trial.explained)
        alike[behaviour] += 1
        if alike[behaviour] <= MAX_ALIKE:
            trials.append(trial)
    if paper.required & ~_reach(trials):
        return
    yield None
    if family is not _mixed:
        trials += _together(trials, paper, tests)
        yield None
    board = Board(
        paper.rows, sum(len(scene.items) for scene in tests), paper.required, tuple(trials)
    )
    plain = family is recolourings
    for rule in islice(fit(board, Columns(train, tests), depth), MAX_STEPS):
        if clock.left() <= 0:
            return
        fits = rule is not None and (plain or not _only_removes(rule))
        yield _ranked(view, rule, tests) if rule is not None and fits else None


def _only_removes(rule: Rule) -> bool:
    """Items only stay or go: such rules are left to one family."""
    return not any(group.trial.action.redraws for group in rule.groups)


def _reach(trials: list[Trial]) -> int:
    cells = 0
    for trial in trials:
        for explained in trial.explained:
            cells |= explained
    return cells


def _together(trials: list[Trial], paper: Paper, tests: tuple[Scene, ...]) -> list[Trial]:
    """Two or three additions, or things in place of the item, that explain more than fewer do."""
    found: list[Trial] = []
    for kept in (True, False):
        gains = [
            (_gain(trial, paper.required), trial) for trial in trials if _joins(trial.action, kept)
        ]
        useful = sorted((one for one in gains if one[0]), key=lambda one: -one[0].bit_count())
        joined: list[tuple[int, Trial]] = []
        for (cells, one), (others, two) in combinations(useful[:MAX_PAIRED], 2):
            _join(joined, cells, one, others, two, paper, tests)
        pairs = sorted(joined, key=lambda one: -one[0].bit_count())[:MAX_TRIPLED]
        for (cells, one), (others, two) in product(pairs, useful[:MAX_PAIRED]):
            _join(joined, cells, one, others, two, paper, tests)
        found += [trial for _, trial in joined]
    return found


def _joins(action: Action, kept: bool) -> bool:
    """Whether it is added to the item, or a thing of one colour that takes its place."""
    return bool(action.added) if kept else action.tint is not None and not action.tint.kept


def _join(
    found: list[tuple[int, Trial]],
    cells: int,
    one: Trial,
    others: int,
    two: Trial,
    paper: Paper,
    tests: tuple[Scene, ...],
) -> None:
    if one.accepted & two.accepted and (cells | others) not in (cells, others):
        trial = paper.attempt(both(one.action, two.action), tests)
        if trial is not None:
            found.append((cells | others, trial))


def _gain(trial: Trial, required: int) -> int:
    return _reach([trial]) & required


def _ranked(view: View, rule: Rule, tests: tuple[Scene, ...]) -> Ranked:
    chosen = [(group.test, group.trial) for group in rule.groups]
    return Ranked(rule.cost + view.cost, view, rule, drawn(tests, chosen))


def _mixed(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """All actions, so that some items may be moved where others are painted or drawn out."""
    families = (recolourings, moves, redrawings, growths, copyings, stamps)
    return chain.from_iterable(family(scenes, outputs) for family in families)


def _method(name: str, family: Family, promise: Callable[[Task], float], depth: int = 2) -> Method:
    def propose(task: Task, clock: Clock) -> Found:
        return learn(family, depth, name, task, clock)

    return Method(name=name, propose=propose, promise=promise)


RECOLOUR: Final = _method("grids.objects.recolour", recolourings, for_recolouring)
MOVE: Final = _method("grids.objects.move", moves, for_moving)
CHANGE: Final = _method("grids.objects.change", changes, for_changing, depth=1)
REDRAW: Final = _method("grids.objects.redraw", redrawings, for_redrawing)
STAMP: Final = _method("grids.objects.stamp", stamps, for_redrawing, depth=1)
GROW: Final = _method("grids.objects.grow", growths, for_adding)
COPY: Final = _method("grids.objects.copy", copyings, for_adding)
MIX: Final = _method("grids.objects.mix", _mixed, for_mixing)
