"""Rules with cases: a condition sends every input to one of two programs, which may have cases too.

FlashFill's Switch (Gulwani, POPL 2011, section 4) with the partition chosen the other way round:
instead of merging examples that share programs, every simple condition on the inputs proposes a
partition, both sides are solved, and the sum of description lengths decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.strings.concat import Whole
from peirce.agent.proposers.symbolic.strings.pieces import constant
from peirce.agent.proposers.symbolic.strings.predicates import Condition, conditions
from peirce.agent.proposers.symbolic.strings.ranking import ranked
from peirce.agent.proposers.symbolic.strings.substrings import solve
from peirce.agent.proposers.symbolic.strings.texts import Problem, problem_of
from peirce.agent.proposers.symbolic.strings.writing import function, listed, proposal, returned
from peirce.tasks.task import Task

NAME = "strings.conditional"
CASE_COST: Final = 3.0
"""Bits for having cases at all."""
LONE_COST: Final = 2.0
"""Bits for a case that a single example supports."""
PER_SIDE: Final = 3
"""Programs kept for each side."""
MAX_SPLITS: Final = 40
"""Conditions tried at one level."""
MAX_DEPTH: Final = 2
"""Conditions under one another."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A program with cases, or without."""

    body: tuple[str, ...]
    """Statements, ending in a return."""
    words: str
    cost: float
    tests: tuple[str, ...]
    """Predictions for the test inputs it was solved with."""


class Cases:
    """Solves sets of examples of one problem, remembering what was solved."""

    def __init__(self, problem: Problem, clock: Clock) -> None:
        """Look at a problem within a clock."""
        self._problem = problem
        self._clock = clock
        self._known: dict[tuple[int, ...], list[Branch]] = {}

    def straight(self, rows: Sequence[int]) -> Iterator[list[Branch] | None]:
        """Programs without cases for some of the inputs; `None` between steps, then the list."""
        key = tuple(rows)
        if key not in self._known:
            part = self._part(rows)
            if not any(part.outputs):
                piece = constant("", len(rows))
                tests = ("",) * (len(rows) - part.train)
                found = [_straight(Whole((piece,), 2.0, tests), part)]
            else:
                found: list[Branch] = []
                for whole in solve(part, self._clock):
                    if whole is None:
                        yield None
                    elif len(found) < PER_SIDE:
                        found.append(_straight(whole, part))
            self._known[key] = found
        yield self._known[key]

    def _part(self, rows: Sequence[int]) -> Problem:
        columns = tuple(tuple(column[row] for row in rows) for column in self._problem.columns)
        train = self._problem.train
        outputs = tuple(self._problem.outputs[row] for row in rows if row < train)
        return Problem(columns, outputs, self._problem.arguments)

    def split(self, rows: Sequence[int], depth: int) -> Iterator[list[Branch] | None]:
        """Programs with cases for some of the inputs; `None` between steps, then the list."""
        found: list[Branch] = []
        best = float("inf")
        part = self._part(rows)
        for condition in conditions(part)[:MAX_SPLITS]:
            if condition.cost + CASE_COST + 4.0 > best + 4.0 or self._clock.left() <= 0:
                break
            yes = [row for row, truth in zip(rows, condition.truth, strict=True) if truth]
            no = [row for row, truth in zip(rows, condition.truth, strict=True) if not truth]
            sides: list[list[Branch]] = []
            for side in (yes, no):
                branches: list[Branch] = []
                for step in self._side(side, depth):
                    if step is None:
                        yield None
                    else:
                        branches = step
                sides.append(branches)
                if not branches:
                    break
            for then, other in product(*sides) if len(sides) == 2 else ():
                branch = _joined(condition, then, other, part.train, len(self._rows(yes)))
                best = min(best, branch.cost)
                found.append(branch)
        found.sort(key=lambda branch: branch.cost)
        yield found[: 4 * PER_SIDE]

    def _rows(self, rows: Sequence[int]) -> list[int]:
        return [row for row in rows if row < self._problem.train]

    def _side(self, rows: Sequence[int], depth: int) -> Iterator[list[Branch] | None]:
        branches: list[Branch] = []
        for step in self.straight(rows):
            if step is None:
                yield None
            else:
                branches = step
        if not branches and depth > 1 and len(self._rows(rows)) > 1:
            yield from self.split(rows, depth - 1)
            return
        yield branches


def _straight(whole: Whole, part: Problem) -> Branch:
    cost = whole.cost + (LONE_COST if part.train == 1 else 0.0)
    return Branch(tuple(returned(whole.pieces)), listed(whole.pieces), cost, whole.tests)


def _joined(condition: Condition, then: Branch, other: Branch, train: int, shown: int) -> Branch:
    """The two branches under their condition."""
    del shown
    body = (f"if {condition.code}:", *(f"    {line}" for line in then.body), *other.body)
    words = f"if {condition.words}, {then.words}; otherwise {other.words}"
    left, right = iter(then.tests), iter(other.tests)
    tests = tuple(next(left) if truth else next(right) for truth in condition.truth[train:])
    cost = condition.cost + CASE_COST + then.cost + other.cost
    return Branch(body, words, cost, tests)


def propose(task: Task, clock: Clock) -> Found:
    """Rules with cases, where they are shorter than any rule without."""
    problem = problem_of(task)
    if problem is None or problem.train < 2:
        return
    cases = Cases(problem, clock)
    rows = range(len(problem.columns[0]))
    plain: list[Branch] = []
    for step in cases.straight(rows):
        if step is None:
            yield None
        else:
            plain = step
    bound = min((branch.cost for branch in plain), default=float("inf"))
    found: list[Branch] = []
    for step in cases.split(rows, MAX_DEPTH):
        if step is None:
            yield None
        else:
            found = [branch for branch in step if branch.cost < bound]
    for branch in ranked(found, problem.outputs):
        yield _proposal(branch, problem)


def _proposal(branch: Branch, problem: Problem) -> Proposal:
    return proposal(branch.words, function(branch.body, problem.arguments), NAME)


def promise(task: Task) -> float:
    """Fair for tasks from texts to text with enough examples to tell cases apart."""
    problem = problem_of(task)
    return 0.0 if problem is None or problem.train < 2 else 0.5


METHOD = Method(name=NAME, propose=propose, promise=promise)
