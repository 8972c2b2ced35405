"""Relations between two things and properties of one, built from others by their operations.

A property is a set of constants, a relation a set of pairs; both are kept as whole numbers with a
bit per constant or pair, so that two expressions that mean the same over the background are seen to
at once and only the shorter one is kept. Composition, inverse, meet, "and not the same", union,
"and so on", denial and counting make what people call sibling, uncle, leaf, reachable. Unions and
"and so on" are what predicate invention comes to here.
(Relation algebra: Tarski 1941; enumeration up to observational equivalence: Udupa et al. 2013.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from peirce.agent.proposers.symbolic.relations.problem import Problem

MAX_CONSTANTS: Final = 160
MAX_KEPT: Final = 1_500
"""Expressions of one size that are built upon."""
MAX_COUNT: Final = 4
MAX_TIMES: Final = 8
INVENTED: Final = 4
"""What a word of its own costs, in operations."""


class Op(StrEnum):
    """How an expression is made of its parts."""

    BASE = "base"
    """A relation or property of the background."""
    VALUE = "value"
    """Being one constant."""
    INVERSE = "inverse"
    THEN = "then"
    """The first relation leads to something from which the second leads on."""
    BOTH = "both"
    EITHER = "either"
    OTHER = "other"
    """The relation, between different things."""
    ON = "on"
    """The relation, leading to things with a property."""
    ONWARD = "onward"
    """The relation, once or more."""
    WITHIN = "within"
    """The relation, once to so many times."""
    TIMES = "times"
    """The relation, exactly so many times."""
    SOME = "some"
    """The property of having something in the relation."""
    SELF = "self"
    """The property of being in the relation to itself."""
    NOT = "not"
    """A property, but not another one."""
    EXACTLY = "exactly"
    """The property of having so many in the relation."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A property (arity 1) or a relation (arity 2) over the constants."""

    op: Op
    arity: int
    bits: int
    """One bit per constant, or per pair."""
    size: int
    parts: "tuple[Expression, ...]" = ()
    name: str = ""
    """Of the background's relation, or a constant."""
    count: int = 0

    @property
    def cost(self) -> int:
        """Its size, repetitions and invented words charged for what they let it say.

        A word is invented once however often it is used.
        """
        invented = {item.bits for item in self._everything() if item.op in _WORDS}
        return INVENTED * len(invented) + sum(item._own_cost for item in self._everything())

    @property
    def _own_cost(self) -> int:
        return 0 if self.op is Op.INVERSE or self.op in _WORDS else 1 + self.count

    def _everything(self) -> "Iterator[Expression]":
        """The expression and its parts; what a word is made of is met in the word's first use."""
        yield self
        met: set[int] = set()
        for part in self.parts:
            if part.op in _WORDS and part.bits in met:
                yield Expression(Op.BASE, part.arity, part.bits, 1)
                continue
            met.add(part.bits)
            yield from part._everything()


_WORDS: Final = (Op.ONWARD, Op.EITHER)


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
        self._width = len(self.constants)
        self._row = (1 << self._width) - 1
        self._diagonal = sum(1 << (n * self._width + n) for n in range(self._width))
        self._seen: set[tuple[int, int]] = set()
        self._by_size: list[list[Expression]] = [[]]

    @property
    def too_large(self) -> bool:
        """Whether there are more constants than pairs of them can be handled."""
        return self._width > MAX_CONSTANTS

    def bit(self, row: Sequence[str]) -> int:
        """The bit of a constant or a pair."""
        numbers = [self._number[item] for item in row]
        return 1 << (numbers[0] if len(numbers) == 1 else numbers[0] * self._width + numbers[1])

    def grow(self) -> Iterator[Expression | None]:
        """Expressions of the next size, each new in meaning; None now and then."""
        size = len(self._by_size)
        found: list[Expression] = []
        source = self._simple() if size == 1 else self._compound(size)
        for tried, expression in enumerate(source):
            if tried % 16 == 0:
                yield None
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
                yield Expression(Op.INVERSE, 2, self._inverse(bits), 1, (base,))
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
        yield Expression(Op.SOME, 1, self._some(part.bits), size, (part,))
        if part.bits & self._diagonal:
            yield Expression(Op.SELF, 1, self._reflexive(part.bits), size, (part,))
        if bias.negation:
            yield Expression(Op.OTHER, 2, part.bits & ~self._diagonal, size, (part,))
        if part.size <= 2 and part.op is not Op.OTHER:
            yield from self._repeated(part, size)
        if bias.counting and part.op in (Op.BASE, Op.INVERSE):
            degrees = self._degrees(part.bits)
            for count in range(1, MAX_COUNT + 1):
                bits = sum(1 << n for n, degree in enumerate(degrees) if degree == count)
                yield Expression(Op.EXACTLY, 1, bits, size, (part,), count=count)

    def _repeated(self, part: Expression, size: int) -> Iterator[Expression]:
        """The relation again and again, for relations that lead where they come from."""
        if not self._some(part.bits) & self._some(self._inverse(part.bits)):
            return
        bias = self._problem.bias
        if bias.recursion and (bias.invention or size <= 2):
            yield Expression(Op.ONWARD, 2, self._onward(part.bits), size, (part,))
        within = power = part.bits
        for count in range(2, min(MAX_TIMES, bias.max_clauses or MAX_TIMES) + 1):
            power = self._then(power, part.bits)
            within |= power
            if part.size == 1:
                yield Expression(Op.WITHIN, 2, within, size, (part,), count=count)
                yield Expression(Op.TIMES, 2, power, size, (part,), count=count)

    def _of_two(self, left: Expression, right: Expression, size: int) -> Iterator[Expression]:
        bias = self._problem.bias
        match left.arity, right.arity:
            case 2, 2:
                if left.op is not Op.THEN:
                    bits = self._then(left.bits, right.bits)
                    yield Expression(Op.THEN, 2, bits, size, (left, right))
                if left.size >= right.size and right.size <= 2:
                    both = left.bits & right.bits
                    yield Expression(Op.BOTH, 2, both, size, (left, right))
                if size == 2 and bias.invention:
                    either = left.bits | right.bits
                    yield Expression(Op.EITHER, 2, either, size, (left, right))
            case 2, 1:
                yield Expression(Op.ON, 2, self._on(left.bits, right.bits), size, (left, right))
            case 1, 1:
                if left.size >= right.size:
                    yield Expression(Op.BOTH, 1, left.bits & right.bits, size, (left, right))
                if bias.negation:
                    yield Expression(Op.NOT, 1, left.bits & ~right.bits, size, (left, right))
            case _:
                pass

    def _lines(self, bits: int) -> list[int]:
        """For each constant what it is related to."""
        return [bits >> (n * self._width) & self._row for n in range(self._width)]

    def _joined(self, lines: Sequence[int]) -> int:
        found = 0
        for line in reversed(lines):
            found = found << self._width | line
        return found

    def _inverse(self, bits: int) -> int:
        lines = [0] * self._width
        while bits:
            low = bits & -bits
            first, second = divmod(low.bit_length() - 1, self._width)
            lines[second] |= 1 << first
            bits ^= low
        return self._joined(lines)

    def _then(self, left: int, right: int) -> int:
        onward = self._lines(right)
        lines: list[int] = []
        for line in self._lines(left):
            reached = 0
            while line:
                low = line & -line
                reached |= onward[low.bit_length() - 1]
                line ^= low
            lines.append(reached)
        return self._joined(lines)

    def _onward(self, bits: int) -> int:
        """Transitive closure, one constant at a time as the way through (Warshall 1962)."""
        lines = self._lines(bits)
        for middle in range(self._width):
            for n, line in enumerate(lines):
                if line >> middle & 1:
                    lines[n] |= lines[middle]
        return self._joined(lines)

    def _on(self, bits: int, among: int) -> int:
        return self._joined([line & among for line in self._lines(bits)])

    def _some(self, bits: int) -> int:
        return sum(1 << n for n, line in enumerate(self._lines(bits)) if line)

    def _reflexive(self, bits: int) -> int:
        return sum(1 << n for n, line in enumerate(self._lines(bits)) if line >> n & 1)

    def _degrees(self, bits: int) -> list[int]:
        return [line.bit_count() for line in self._lines(bits)]
