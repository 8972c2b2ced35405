"""Rules about things that make a part of the change and spoil next to nothing of it.

A whole rule must explain all that changes. A beginning is one action for all things, or for those
that meet one condition, which makes cells right that were wrong; what it leaves is a task of its
own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.actions import Family, keep, recolourings
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.copies import copyings
from peirce.agent.proposers.symbolic.grids.objects.drawing import drawn
from peirce.agent.proposers.symbolic.grids.objects.fitting import Group, Rule, Trial
from peirce.agent.proposers.symbolic.grids.objects.moving import moves
from peirce.agent.proposers.symbolic.grids.objects.paper import Paper, paper_of
from peirce.agent.proposers.symbolic.grids.objects.predicates import (
    Predicate,
    distinct,
    predicates_of,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    THINGS,
    Scene,
    View,
    cut_in_views,
)
from peirce.agent.proposers.symbolic.grids.objects.shapes import growths, redrawings
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.values import Grid

LEAST_SHARE: Final = 0.2
"""Share of the cells to be changed that a beginning makes right."""
MOST_CONDITIONS: Final = 60
"""Conditions, the cheapest, by which things may be told apart."""
FEWEST_THINGS: Final = 2
"""Things of the examples that it changes."""
_FAMILIES: Final[tuple[Family, ...]] = (recolourings, moves, redrawings, growths, copyings)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A rule, what it makes of all inputs, and how much of the change it makes."""

    view: View
    rule: Rule
    grids: tuple[Grid, ...]
    share: float
    """Part of the cells to be changed that it makes right, 0 to 1."""


def beginnings(
    inputs: tuple[Grid, ...], outputs: tuple[Grid, ...], clock: Clock
) -> Iterator[Beginning | None]:
    """The best beginning of every family in every view of things; `None` now and then."""
    for cut in cut_in_views(THINGS, inputs, clock):
        if cut is None:
            yield None
            continue
        view, scenes = cut
        paper = paper_of(view, inputs, outputs)
        if paper.spoilt:
            continue
        yield None
        search = _Search(view, scenes, paper, len(outputs))
        yield from search.conditions()
        for family in _FAMILIES:
            for trial in paper.trials(family, search.tests, clock):
                yield None
                if trial is not None:
                    search.weigh(trial)
            found = search.best()
            if found is not None:
                yield found


class _Search:
    """What may begin the change in one view."""

    def __init__(self, view: View, scenes: tuple[Scene, ...], paper: Paper, examples: int) -> None:
        self.tests = scenes[examples:]
        self._view, self._paper = view, paper
        self._train = scenes[:examples]
        self._everything = (1 << paper.rows) - 1
        self._all_tests = (1 << sum(len(scene.items) for scene in self.tests)) - 1
        self._conditions: list[Predicate] = []
        self._best: tuple[float, Rule] | None = None

    def conditions(self) -> Iterator[None]:
        """Work out which things may be told from the others, and how."""
        found: list[Predicate] = []
        for column in Columns(self._train, self.tests):
            found.extend(predicates_of(column))
            yield None
        splits = distinct(found, self._everything, self._all_tests, oriented=True)
        self._conditions = splits[:MOST_CONDITIONS]

    def weigh(self, trial: Trial) -> None:
        """Keep the action, for the things that it suits, if it begins more than those before."""
        if trial.action.stays or trial.accepted.bit_count() < FEWEST_THINGS:
            return
        everybody = (None,) if trial.action.redraws else ()
        for one in (*everybody, *self._conditions):
            rows = one.train if one else self._everything
            tests = one.test if one else self._all_tests
            if rows & ~trial.accepted or tests & ~trial.defined:
                continue
            if rows.bit_count() < FEWEST_THINGS:
                continue
            share = self._paper.share(trial, rows)
            if share < LEAST_SHARE:
                continue
            cost = trial.action.cost + (one.cost if one else 0.0)
            if self._best is None or (-share, cost) < (-self._best[0], self._best[1].cost):
                self._best = share, self._rule(trial, one, cost)

    def _rule(self, trial: Trial, one: Predicate | None, cost: float) -> Rule:
        if one is None:
            whole = Group(None, None, trial, self._everything, self._all_tests)
            return Rule((whole,), None, cost)
        rest, rest_tests = self._everything & ~one.train, self._all_tests & ~one.test
        stays = Trial(keep(), rest, (), rest_tests)
        groups = (
            Group(one, None, trial, one.train, one.test),
            Group(None, None, stays, rest, rest_tests),
        )
        return Rule(groups, None, cost)

    def best(self) -> Beginning | None:
        """The best beginning weighed since this was asked last."""
        if self._best is None:
            return None
        (share, rule), self._best = self._best, None
        begun = (
            *drawn(self._train, [(group.train, group.trial) for group in rule.groups]),
            *drawn(self.tests, [(group.test, group.trial) for group in rule.groups]),
        )
        return Beginning(self._view, rule, begun, share)
