"""Programs from the algebra: the shortest expressions that hold of all that should and no more.

Without negative atoms any relation that is large enough fits, so an expression is charged its own
length and, for every positive atom, the size of what it claims to hold: a claim that could have
shown many atoms and showed only these is unlikely (the size principle, Tenenbaum and Griffiths
2001).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.algebra import Algebra
from peirce.agent.proposers.symbolic.relations.expressions import INVENTED, Expression, Op
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import Clause
from peirce.agent.proposers.symbolic.relations.translating import clauses_of

Programs: TypeAlias = Iterator[tuple[Clause, ...] | None]
MAX_SIZE: Final = 4
PART_BITS: Final = 5.0
"""Bits charged for one more operation in an expression."""
MAX_PARTIAL: Final = 4_000
"""Expressions kept that hold of some positive atoms and no negative one."""
MAX_PAIRED: Final = 400
MAX_PARTS: Final = 4
"""Most expressions joined by "or"."""
WANTED: Final = 24


def composed(problem: Problem) -> Programs:
    """Fitting programs, the shortest first; None now and then."""
    if problem.arity > 2 or any("_" in row for row in (*problem.positives, *problem.negatives)):
        return
    # Expressions know constants, not types: 3 the example and 3 the number would be one.
    if problem.bias.single or problem.types_overlap:
        return
    algebra = Algebra(problem)
    if not algebra.too_large:
        yield from _Composer(problem, algebra).programs()


class _Composer:
    """Sorts expressions into those that fit and those that hold of some positive atoms only."""

    def __init__(self, problem: Problem, algebra: Algebra) -> None:
        self.algebra = algebra
        self._problem = problem
        self._positive = sum(self.algebra.bit(row) for row in problem.positives)
        self._negative = sum(self.algebra.bit(row) for row in problem.negatives)
        self._partial: list[Expression] = []
        self._fitting: list[Expression] = []

    def programs(self) -> Programs:
        """Programs from expressions of growing size."""
        for size in range(1, MAX_SIZE + 1):
            for expression in self.algebra.grow():
                if expression and size == MAX_SIZE:
                    expression = self._apart(expression)
                if expression is not None and not self._fits(expression):
                    continue
                yield self._program(expression) if expression and self._negative else None
            if self._negative and self._fitting:
                return
            joined = self._cover() if self._negative else None
            if joined is not None:
                yield self._program(*joined)
        self._fitting.sort(key=lambda item: _charge(item, len(self._problem.positives)))
        yield from map(self._program, self._fitting[:WANTED])

    def _program(self, *expressions: Expression) -> tuple[Clause, ...]:
        return clauses_of(self._problem, expressions)

    def _apart(self, expression: Expression) -> Expression:
        """The expression, between different things if only their being one is against it."""
        wrong = expression.bits & self._negative
        if expression.arity == 1 or not wrong or not self._problem.bias.negation:
            return expression
        other = self.algebra.apart(expression)
        return expression if other.bits & self._negative else other

    def _fits(self, expression: Expression) -> bool:
        """Whether an expression holds of all that should and nothing that should not."""
        bits = expression.bits
        if expression.arity != self._problem.arity or bits & self._negative:
            return False
        if not self._positive & ~bits:
            self._fitting.append(expression)
            return True
        if bits & self._positive and len(self._partial) < MAX_PARTIAL:
            self._partial.append(expression)
        return False

    def _cover(self) -> list[Expression] | None:
        """Few expressions that together hold of all positive atoms; None if there are none."""
        return self._pair() or self._greedy()

    def _pair(self) -> list[Expression] | None:
        """The two shortest that do; of equals those that claim most."""
        wide = sorted(self._partial, key=lambda item: -(item.bits & self._positive).bit_count())[
            :MAX_PAIRED
        ]
        found: list[tuple[int, int, int, int]] = []
        for number, left in enumerate(wide):
            missing = self._positive & ~left.bits
            for other in range(number + 1, len(wide)):
                right = wide[other]
                if not missing & ~right.bits:
                    claimed = (left.bits | right.bits).bit_count()
                    found.append((left.cost + right.cost, -claimed, number, other))
        if not found:
            return None
        _, _, first, second = min(found)
        return [wide[first], wide[second]]

    def _greedy(self) -> list[Expression] | None:
        """One after another, whichever adds most for its size."""
        chosen: list[Expression] = []
        missing = self._positive
        while missing:
            best = max(self._partial, key=_rank(missing), default=None)
            if best is None or not best.bits & missing or len(chosen) == MAX_PARTS:
                return None
            chosen.append(best)
            missing &= ~best.bits
        for item in tuple(chosen):
            rest = [other for other in chosen if other is not item]
            if rest and not self._positive & ~_union(rest):
                chosen = rest
        return chosen


def _charge(expression: Expression, positives: int) -> float:
    # The head itself going on needs no word of its own.
    saved = INVENTED - 1 if expression.op is Op.ONWARD else 0
    return PART_BITS * (expression.cost - saved) + positives * math.log2(
        expression.bits.bit_count()
    )


def _rank(missing: int) -> Callable[[Expression], tuple[float, int]]:
    """How much an expression adds for its size; of equals the most general one."""

    def rank(item: Expression) -> tuple[float, int]:
        return (item.bits & missing).bit_count() / (1 + item.cost), item.bits.bit_count()

    return rank


def _union(expressions: Sequence[Expression]) -> int:
    found = 0
    for expression in expressions:
        found |= expression.bits
    return found
