"""Rules with cases: a condition sends every input to one of two programs, which may have cases too.

FlashFill's Switch (Gulwani, POPL 2011, section 4) with the partition chosen the other way round:
instead of merging examples that share programs, every simple condition on the inputs proposes a
partition, both sides are solved, and the sum of description lengths decides.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, TypeAlias

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.strings.concat import Effort, Whole
from peirce.agent.proposers.symbolic.strings.pieces import PIECE_COST, constant
from peirce.agent.proposers.symbolic.strings.predicates import Condition, conditions
from peirce.agent.proposers.symbolic.strings.ranking import Reading, ranked, told
from peirce.agent.proposers.symbolic.strings.substrings import Kit, solve
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
SIDE_EFFORT: Final = Effort(slack=3.0, cap=50.0, programs=40)
"""How far to look on each side of a condition."""
LISTED_COST: Final = 2.0
"""Bits of a condition that tells one input by heart."""
PER_PARTITION: Final = 3
"""Conditions tried that tell the same examples apart."""
MAX_DEPTH: Final = 2
"""Conditions under one another."""


Rows: TypeAlias = tuple[int, ...]


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
        self._kit = Kit(problem)
        self._conditions = conditions(problem)
        seen = Counter(problem.outputs)
        common = frozenset(output for output, times in seen.items() if times > 1)
        self._effort = replace(SIDE_EFFORT, common=common)
        self._known: dict[tuple[Rows, Rows], list[Branch]] = {}
        self._hopeless: list[set[int]] = []

    def straight(self, shown: Rows, unseen: Rows) -> Iterator[list[Branch] | None]:
        """Programs without cases for some of the inputs; `None` between steps, then the list."""
        key = (shown, unseen)
        if key not in self._known:
            found: list[Branch] = []
            for readings in self._readings(shown, unseen):
                if readings is None:
                    yield None
                else:
                    best = [reading.programs[0] for reading in readings[:PER_SIDE]]
                    found = [_straight(whole, len(shown)) for whole in best]
            if not found and self._clock.left() > 0:
                self._hopeless.append(set(shown))
            self._known[key] = found
        yield self._known[key]

    def _readings(self, shown: Rows, unseen: Rows) -> Iterator[list[Reading[Whole]] | None]:
        if not any(self._problem.outputs[index] for index in shown):
            yield [Reading(2.0, (Whole((constant("", 0),), 2.0, ("",) * len(unseen)),))]
        elif not any(bad <= set(shown) for bad in self._hopeless):
            yield from solve(self._kit, shown, unseen, self._clock, portions=1, effort=self._effort)

    def split(
        self, shown: Rows, unseen: Rows, depth: int, best: float = float("inf")
    ) -> Iterator[list[Branch] | None]:
        """Programs with cases for some of the inputs; `None` between steps, then the list.

        Only programs shorter than `best` bits are wanted.
        """
        found: list[Branch] = []
        bound = best
        tried: Counter[Rows] = Counter()
        for condition in self._conditions:
            if condition.cost + CASE_COST > best or self._clock.left() <= 0:
                break
            yes = tuple(index for index in shown if condition.truth[index])
            if not 0 < len(yes) < len(shown) or tried[yes] >= PER_PARTITION:
                continue
            tried[yes] += 1
            branches: list[Branch] = []
            for step in self._cases(condition, shown, unseen, depth):
                if step is None:
                    yield None
                else:
                    branches = step
            found.extend(branch for branch in branches if branch.cost < bound)
            best = min([best, *(branch.cost for branch in branches)])
        found.sort(key=lambda branch: branch.cost)
        yield found[: 8 * PER_SIDE]

    def _cases(
        self, condition: Condition, shown: Rows, unseen: Rows, depth: int
    ) -> Iterator[list[Branch] | None]:
        sides: list[list[Branch]] = []
        for truth in (True, False):
            some = tuple(index for index in shown if condition.truth[index] is truth)
            tests = tuple(index for index in unseen if condition.truth[index] is truth)
            branches: list[Branch] = []
            for step in self._side(some, tests, depth):
                if step is None:
                    yield None
                else:
                    branches = step
            if not branches:
                yield []
                return
            sides.append(branches)
        yield [_joined(condition, then, other, unseen) for then, other in product(*sides)]

    def _side(self, shown: Rows, unseen: Rows, depth: int) -> Iterator[list[Branch] | None]:
        branches: list[Branch] = []
        for step in self.straight(shown, unseen):
            if step is None:
                yield None
            else:
                branches = step
        if branches or depth <= 1 or len(shown) < 2:
            yield branches
        else:
            yield from self.split(shown, unseen, depth - 1)


def _straight(whole: Whole, examples: int) -> Branch:
    cost = whole.cost + (LONE_COST if examples == 1 else 0.0)
    return Branch(tuple(returned(whole.pieces)), listed(whole.pieces), cost, whole.tests)


def _joined(condition: Condition, then: Branch, other: Branch, unseen: Rows) -> Branch:
    """The two branches under their condition."""
    body = (f"if {condition.code}:", *(f"    {line}" for line in then.body), *other.body)
    words = f"if {condition.words}, {then.words}; otherwise {other.words}"
    left, right = iter(then.tests), iter(other.tests)
    tests = tuple(next(left) if condition.truth[index] else next(right) for index in unseen)
    return Branch(body, words, condition.cost + CASE_COST + then.cost + other.cost, tests)


def propose(task: Task, clock: Clock) -> Found:
    """Rules with cases, where they are shorter than any rule without."""
    problem = problem_of(task)
    if problem is None or problem.train < 2:
        return
    cases = Cases(problem, clock)
    shown, unseen = tuple(problem.shown), tuple(problem.unseen)
    plain: list[Branch] = []
    for step in cases.straight(shown, unseen):
        if step is None:
            yield None
        else:
            plain = step
    bound = min((branch.cost for branch in plain), default=_listing(problem))
    found: list[Branch] = []
    for step in cases.split(shown, unseen, MAX_DEPTH, bound):
        if step is None:
            yield None
        else:
            found = step
    for branch in told(ranked(found, problem, shown, unseen)):
        yield _proposal(branch, problem)


def _listing(problem: Problem) -> float:
    """Bits for learning all outputs by heart, which no rule worth the name needs."""
    outputs = set(problem.outputs)
    said = sum(LONE_COST + PIECE_COST + constant(output, 0).cost for output in outputs)
    return said + (len(outputs) - 1) * (CASE_COST + LISTED_COST)


def _proposal(branch: Branch, problem: Problem) -> Proposal:
    return proposal(branch.words, function(branch.body, problem), NAME)


def promise(task: Task) -> float:
    """Fair for tasks from texts to text with enough examples to tell cases apart."""
    problem = problem_of(task)
    return 0.0 if problem is None or problem.train < 2 else 0.5


METHOD = Method(name=NAME, propose=propose, promise=promise)
