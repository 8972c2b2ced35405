"""One rule for some inputs, another for the rest, and a test of the whole input that decides.

Every cheap term is right on a subset of the train examples; every cheap truth value splits them.
The cheapest pair of terms that are right on the two sides of a split is a rule. The price of the
parts and of the split is the guard against explaining each example by itself.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from peirce.agent.proposers.symbolic.lists.compiled import SOURCES
from peirce.agent.proposers.symbolic.lists.enumeration import Hits
from peirce.agent.proposers.symbolic.lists.targets import Target, targets_of
from peirce.agent.proposers.symbolic.lists.terms import TERNARY, Kind, Op, Term, make_proposal
from peirce.agent.proposers.symbolic.lists.vocabulary import (
    KINDS,
    kind_of,
    name_of_input,
)
from peirce.agent.proposers.symbolic.lists.workbench import workbench
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task

LIMIT: Final = 26
"""The highest price of a rule in two parts."""
ALTERNATIVES: Final = 4
"""Rules that predict differently, at most."""


class _Parts:
    """The cheapest term for each set of train examples it is right on."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._best: dict[int, Term] = {}

    def add(self, term: Term) -> None:
        """Take a term into account."""
        right = sum(
            1 << index
            for index, (value, wanted) in enumerate(
                zip(term.values, self._target.values, strict=False)
            )
            if value == wanted
        )
        if right and (right not in self._best or self._best[right].cost > term.cost):
            self._best[right] = term

    def covering(self, examples: int) -> Term | None:
        """The cheapest term right on at least these examples."""
        fitting = [term for right, term in self._best.items() if right & examples == examples]
        return min(fitting, key=lambda term: term.cost, default=None)


def _rules(parts: _Parts, splits: list[Term], target: Target, train: int) -> Iterator[Term]:
    everything = (1 << train) - 1
    for split in splits:
        yes = sum(1 << index for index, value in enumerate(split.values[:train]) if value)
        if yes in (0, everything):
            continue
        then, other = parts.covering(yes), parts.covering(everything & ~yes)
        if then is None or other is None:
            continue
        rule = _join(split, then, other)
        finished = target.finish(rule)
        if finished is not None and finished.cost <= LIMIT:
            yield finished


def _join(split: Term, then: Term, other: Term) -> Term:
    values = tuple(
        left if chosen else right
        for chosen, left, right in zip(split.values, then.values, other.values, strict=True)
    )
    op = Op(
        (),
        then.op.gives,
        3,
        lambda: None,
        "{1:2} if {0:2} else {2:1}",
        "{1} if {0}, otherwise {2}",
        TERNARY,
    )
    cost = 3 + split.cost + then.cost + other.cost
    return Term(op, (split, then, other), cost, values)


def _propose(task: Task, clock: Clock) -> Found:
    train = len(task.train)
    bench = workbench(task)
    yield from bench.prepare(clock)
    parts = [(target, _Parts(target)) for target in targets_of(task.outputs)[:2]]
    for target, group in parts:
        for term in bench.shared(target.kind):
            group.add(term)
        yield None
    splits = bench.shared(Kind.BOOL)
    hits = Hits(train)
    for target, group in parts:
        for rule in _rules(group, splits, target, train):
            hits.add(rule)
        yield None
    for term in islice(hits.release(), ALTERNATIVES):
        yield make_proposal(
            term, name=name_of_input(task), sources=SOURCES, origin="symbolic.lists.conditional"
        )


def _promise(task: Task) -> float:
    if task.input_type not in KINDS or task.output_type not in KINDS or len(task.train) < 4:
        return 0.0
    return 0.5 if kind_of(task.inputs) and kind_of(task.outputs) else 0.0


METHOD: Final = Method(name="lists.conditional", propose=_propose, promise=_promise)
