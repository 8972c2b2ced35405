"""Relations between two things and properties of one, built from others by their operations.

A property is a set of constants, a relation a set of pairs; both are kept as whole numbers with a
bit per constant or pair, so that two expressions that mean the same over the background are seen to
at once and only the shorter one is kept. Composition, inverse, meet, "and not the same", union,
"and so on", denial and counting make what people call sibling, uncle, leaf, reachable. Unions and
"and so on" are what predicate invention comes to here.
(Relation algebra: Tarski 1941; enumeration up to observational equivalence: Udupa et al. 2013.)
"""

from collections.abc import Iterator, Sequence
from typing import Final

from peirce.agent.proposers.symbolic.relations.expressions import Expression, Op
from peirce.agent.proposers.symbolic.relations.pairs import Pairs
from peirce.agent.proposers.symbolic.relations.problem import Problem

AT_ONCE: Final = 16
"""Expressions that are tried in one go, up to so many pairs of constants."""
MANY_PAIRS: Final = 5_000
MAX_CONSTANTS: Final = 160
MAX_KEPT: Final = 1_500
"""Expressions of one size that are built upon."""
MAX_COUNT: Final = 4
MAX_TIMES: Final = 8


class Algebra:
    """All expressions over a background by size, each meaning once."""

    def __init__(self, problem: Problem) -> None:
        """Number the constants and take the background's relations."""
        self._problem = problem
        rows = {row for relation in problem.database.relations.values() for row in relation.rows}
        constants = {
            item for row in (*rows, *problem.positives, *problem.negatives) for item in row
        }
        self.constants = tuple(sorted(constants))
        self._number = {constant: number for number, constant in enumerate(self.constants)}
        self._pairs = Pairs(len(self.constants))
        self._seen: set[tuple[int, int]] = set()
        self._by_size: list[list[Expression]] = [[]]

    @property
    def _at_once(self) -> int:
        """Expressions that are tried in one go: the fewer, the more pairs each speaks of."""
        return max(1, AT_ONCE * MANY_PAIRS // max(MANY_PAIRS, self._pairs.width**2))

    @property
    def too_large(self) -> bool:
        """Whether there are more constants than pairs of them can be handled."""
        return self._pairs.width > MAX_CONSTANTS

    def bit(self, row: Sequence[str]) -> int:
        """The bit of a constant or a pair."""
        numbers = [self._number[item] for item in row]
        return 1 << (
            numbers[0] if len(numbers) == 1 else numbers[0] * self._pairs.width + numbers[1]
        )

    def apart(self, expression: Expression) -> Expression:
        """A relation between different things only."""
        bits = expression.bits & ~self._pairs.diagonal
        return Expression(Op.OTHER, 2, bits, expression.size + 1, (expression,))

    def grow(self) -> Iterator[Expression | None]:
        """Expressions of the next size, each new in meaning; None now and then."""
        size, at_once = len(self._by_size), self._at_once
        found: list[Expression] = []
        source = self._simple() if size == 1 else self._compound(size)
        for tried, expression in enumerate(source):
            if tried % at_once == 0:
                yield None
            if expression.invents and not self._problem.bias.invention:
                continue
            key = expression.arity, expression.bits
            if expression.bits and key not in self._seen:
                self._seen.add(key)
                found.append(expression)
                yield expression
        self._by_size.append(found[:MAX_KEPT])

    def _simple(self) -> Iterator[Expression]:
        for (name, arity), relation in sorted(self._problem.database.relations.items()):
            if arity not in (1, 2) or not relation.rows:
                continue
            bits = sum(self.bit(row) for row in relation.rows)
            base = Expression(Op.BASE, arity, bits, 1, name=name)
            yield base
            if arity == 2:
                yield Expression(Op.INVERSE, 2, self._pairs.inverse(bits), 1, (base,))
        # Constants of the kind that is asked about are names, not properties.
        own = set(self._problem.head_types)
        places = self._problem.attributes.items()
        values = {
            value for place, few in places if self._problem.types[place] not in own for value in few
        }
        for value in sorted(values):
            yield Expression(Op.VALUE, 1, self.bit((value,)), 1, name=value)

    def _compound(self, size: int) -> Iterator[Expression]:
        for part in self._by_size[size - 1]:
            yield from self._of_one(part, size)
        for left_size in range(1, size):
            for left in self._by_size[left_size]:
                for right in self._by_size[size - left_size] if size > left_size else ():
                    yield from self._of_two(left, right, size)

    def _of_one(self, part: Expression, size: int) -> Iterator[Expression]:
        bias = self._problem.bias
        if part.arity == 1:
            return
        yield Expression(Op.SOME, 1, self._pairs.some(part.bits), size, (part,))
        if part.bits & self._pairs.diagonal:
            yield Expression(Op.SELF, 1, self._pairs.reflexive(part.bits), size, (part,))
        if bias.negation:
            yield self.apart(part)
        if part.size <= 2 and part.op is not Op.OTHER:
            yield from self._repeated(part, size)
        if bias.counting and part.op in (Op.BASE, Op.INVERSE):
            degrees = self._pairs.degrees(part.bits)
            for count in range(1, MAX_COUNT + 1):
                bits = sum(1 << n for n, degree in enumerate(degrees) if degree == count)
                yield Expression(Op.EXACTLY, 1, bits, size, (part,), count=count)

    def _repeated(self, part: Expression, size: int) -> Iterator[Expression]:
        """The relation again and again, for relations that lead where they come from."""
        if not self._pairs.some(part.bits) & self._pairs.some(self._pairs.inverse(part.bits)):
            return
        bias = self._problem.bias
        if bias.recursion:
            yield Expression(Op.ONWARD, 2, self._pairs.onward(part.bits), size, (part,))
        within = power = part.bits
        for count in range(2, min(MAX_TIMES, bias.max_clauses or MAX_TIMES) + 1):
            power = self._pairs.then(power, part.bits)
            within |= power
            if part.size == 1:
                yield Expression(Op.WITHIN, 2, within, size, (part,), count=count)
                yield Expression(Op.TIMES, 2, power, size, (part,), count=count)

    def _of_two(self, left: Expression, right: Expression, size: int) -> Iterator[Expression]:
        bias = self._problem.bias
        match left.arity, right.arity:
            case 2, 2:
                if left.op is not Op.THEN:
                    bits = self._pairs.then(left.bits, right.bits)
                    yield Expression(Op.THEN, 2, bits, size, (left, right))
                if left.size >= right.size and right.size <= 2:
                    both = left.bits & right.bits
                    yield Expression(Op.BOTH, 2, both, size, (left, right))
                if size == 2:
                    either = left.bits | right.bits
                    yield Expression(Op.EITHER, 2, either, size, (left, right))
            case 2, 1:
                among = self._pairs.on(left.bits, right.bits)
                yield Expression(Op.ON, 2, among, size, (left, right))
                if bias.negation and right.size <= 2:
                    yield Expression(Op.OFF, 2, left.bits & ~among, size, (left, right))
            case 1, 1:
                if left.size >= right.size:
                    yield Expression(Op.BOTH, 1, left.bits & right.bits, size, (left, right))
                if bias.negation:
                    yield Expression(Op.NOT, 1, left.bits & ~right.bits, size, (left, right))
            case _:
                pass
