"""Bottom-up search over all list terms in order of price.

The plainest method: no guess about the task but what its examples contain. Finds what is short in
the vocabulary; the cost of a rule decides how long it takes.
"""

import heapq
from collections.abc import Iterator
from typing import Final

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.lists.compiled import SOURCES
from peirce.agent.proposers.symbolic.lists.targets import Target, targets_of
from peirce.agent.proposers.symbolic.lists.terms import Term, make_proposal
from peirce.agent.proposers.symbolic.lists.vocabulary import (
    KINDS,
    kind_of,
    name_of_input,
)
from peirce.agent.proposers.symbolic.lists.workbench import Workbench, workbench
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.tasks.task import Task

ALTERNATIVES: Final = 6
"""Rules that predict differently, at most, before the method stops."""
PATIENCE: Final = 60_000
"""Evaluations a rule with a dear last step waits for cheaper ones."""
STEPS: Final = 600_000
"""Evaluations at most."""
LOOK: Final = 5_000
"""Terms compared with the outputs between two looks at the clock."""


class Hits:
    """Rules that fit, waiting until no cheaper one can turn up; one per prediction."""

    def __init__(self, train: int) -> None:
        self._train = train
        self._heap: list[tuple[int, int, Term]] = []
        self._predictions: set[tuple[object, ...]] = set()
        self._count = 0
        self.given = 0
        """How many were handed out."""

    def add(self, term: Term) -> None:
        """Keep a rule."""
        self._count += 1
        heapq.heappush(self._heap, (term.cost, self._count, term))

    def release(self, price: int | None = None) -> Iterator[Term]:
        """Hand out the rules up to a price (all without one), cheapest first."""
        while self._heap and (price is None or self._heap[0][0] <= price):
            term = heapq.heappop(self._heap)[2]
            prediction = term.values[self._train :]
            if prediction not in self._predictions:
                self._predictions.add(prediction)
                self.given += 1
                yield term

    def __len__(self) -> int:
        """How many wait."""
        return len(self._heap)


def match(term: Term, targets: list[Target], train: int) -> Iterator[Term]:
    """The finished rules that a new term gives."""
    values = term.values
    for target in targets:
        if (
            target.kind is term.op.gives
            and values[0] == target.values[0]
            and values[:train] == target.values
        ):
            finished = target.finish(term)
            if finished is not None:
                yield finished


def _propose(task: Task, clock: Clock) -> Found:
    train = len(task.train)
    targets = targets_of(task.outputs)
    bench = workbench(task)
    hits = Hits(train)
    limit = STEPS
    patience = STEPS
    price = 0
    for term in _read(bench):
        if term is None:
            yield None
            if clock.left() <= 0 or bench.bank.steps > limit or hits.given >= ALTERNATIVES:
                break
            if bench.bank.steps > patience:
                yield from _proposals(hits.release(), task)
            continue
        if term.cost > price:
            yield from _proposals(hits.release(price), task)
            price = term.cost
        for rule in match(term, targets, train):
            hits.add(rule)
            limit = min(limit, 2 * bench.bank.steps + PATIENCE)
            patience = min(patience, bench.bank.steps + PATIENCE)
    yield from _proposals(hits.release(), task)


def _read(bench: Workbench) -> Iterator[Term | None]:
    """The terms of the bench from the start, growing it when they run out."""
    place = 0
    while True:
        while place < len(bench.log):
            place += 1
            yield bench.log[place - 1]
            if place % LOOK == 0:
                yield None
        bench.advance()
        yield None


def _proposals(terms: Iterator[Term], task: Task) -> Iterator[Proposal]:
    name = name_of_input(task)
    for term in terms:
        yield make_proposal(term, name=name, sources=SOURCES, origin="symbolic.lists.enumerate")


def _promise(task: Task) -> float:
    if task.input_type not in KINDS or task.output_type not in KINDS:
        return 0.0
    return 0.9 if kind_of(task.inputs) and kind_of(task.outputs) else 0.0


METHOD: Final = Method(name="lists.enumerate", propose=_propose, promise=_promise)
