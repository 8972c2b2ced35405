"""Starts of a recursion: short clauses for rows nobody has shown, and by which of them a row holds.

Many rows are asked about and all starts at once, so a start is one bit and a literal that fails
rules out every start it stands in with one operation.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from typing import Final

from peirce.agent.proposers.symbolic.relations.database import Binding, Row
from peirce.agent.proposers.symbolic.relations.ordering import runnable
from peirce.agent.proposers.symbolic.relations.problem import Place, Problem
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Argument, Clause, Literal

MAX_STARTS: Final = 800
SOME: Final = 2_048
"""Bodies looked at in one step."""
MAX_PAIRED: Final = 16
"""Starts that are also tried two at a time."""
PLAIN: Final = 2
"""Literals of the longest start that speaks of the head's arguments alone."""
MAX_NAMED: Final = 16
"""Constants of a type, beyond which a start names none of them."""


class Starts:
    """Clauses without recursion, and pairs of them, each a bit."""

    def __init__(self, clauses: Sequence[Clause], problem: Problem) -> None:
        """Index clauses by their literals, and pair those that prove positive atoms only."""
        self._clauses = tuple(clauses[:MAX_STARTS])
        self._database = problem.database
        self._masks: dict[Row, int] = {}
        self._with: dict[Literal, int] = {}
        self._joined = 0
        # Clauses with more than one further variable are asked one by one.
        self._far = 0
        # Starts that name a constant or say that two arguments are one.
        self._named = 0
        for number, clause in enumerate(self._clauses):
            if clause.variables > clause.arity + 1:
                self._far |= 1 << number
                continue
            for literal in clause.body:
                self._with[literal] = self._with.get(literal, 0) | 1 << number
            if any(literal.name == UNEQUAL for literal in clause.body):
                self._named |= 1 << number
            if clause.variables > clause.arity and len(clause.body) > 1:
                self._joined |= 1 << number
        self.single = (1 << len(self._clauses)) - 1
        self._paired: list[tuple[int, int]] = []
        """Bit of a clause, and bits of the pairs with it."""
        self.programs: list[tuple[Clause, ...]] = [(clause,) for clause in self._clauses]
        """What each bit stands for."""
        self._pair(problem)
        self.all = (1 << len(self.programs)) - 1

    def _pair(self, problem: Problem) -> None:
        """Number the pairs of which each proves positive atoms that the other does not."""
        sound = self.single
        for row in problem.negatives:
            sound &= ~self._alone(row)
        masks = [self._alone(row) & sound for row in problem.positives]
        useful: dict[frozenset[int], int] = {}
        # Of those that prove the same one is enough; such as name a constant come last.
        numbers = sorted(_bits(sound), key=lambda number: self._named >> number & 1)
        for number in numbers:
            covers = frozenset(n for n, mask in enumerate(masks) if mask >> number & 1)
            if covers and len(self._clauses[number].body) <= PLAIN:
                useful.setdefault(covers, number)
        pairs: dict[int, int] = {}
        for (first, left), (second, right) in combinations(islice(useful.items(), MAX_PAIRED), 2):
            if not (first <= second or second <= first):
                bit = 1 << len(self.programs)
                self.programs.append((self._clauses[left], self._clauses[right]))
                for number in (left, right):
                    pairs[number] = pairs.get(number, 0) | bit
        self._paired = [(1 << number, bits) for number, bits in pairs.items()]

    def mask(self, row: Row, *, goes_on: bool = False) -> int:
        """The starts that prove a row; where the recursion goes on, only those that name nothing.

        A recursion ends at a constant, or where two things meet, only if it cannot go on.
        """
        found = self._alone(row)
        if goes_on:
            found &= ~self._named
        for bit, pairs in self._paired:
            if found & bit:
                found |= pairs
        return found

    def _alone(self, row: Row) -> int:
        """The clauses that prove a row."""
        found = self._masks.get(row)
        if found is None:
            found = self._masks[row] = self._work_out(row)
        return found

    def _work_out(self, row: Row) -> int:
        failed = 0
        reached: dict[Literal, set[str]] = {}
        binding: Binding = [*row, None]
        for literal, starts in self._with.items():
            further = literal.arguments.index(len(row)) if len(row) in literal.arguments else None
            if further is None:
                holds = self._database.passes(literal, binding)
            else:
                rows = self._database.matching(literal, binding)
                holds = bool(reached.setdefault(literal, {found[further] for found in rows}))
            if not holds:
                failed |= starts
        mask = self.single & ~failed
        # Literals that share a further variable must agree on it.
        for number in _bits(mask & self._joined):
            body = self._clauses[number].body
            if not set.intersection(*(reached[item] for item in body if item in reached)):
                mask ^= 1 << number
        for number in _bits(self._far):
            if not self._database.holds(self._clauses[number], row):
                mask ^= 1 << number
        return mask


def _bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while mask:
        bit = mask & -mask
        mask ^= bit
        yield bit.bit_length() - 1


def starts(problem: Problem, most: int) -> Iterator[Clause | None]:
    """Clauses of up to `most` literals over the variables of the head and one more that can be run.

    Clauses that say something of every argument come first: they leave nothing open. Three literals
    are worth it only if two of them share the further variable, and if shorter ones leave room.
    None now and then.
    """
    literals = list(_literals(problem))
    arity = problem.arity
    found: list[Clause] = []
    for size in range(1, most + 1):
        if size > PLAIN and len(found) >= MAX_STARTS:
            break
        for tried, body in enumerate(combinations(literals, size), start=1):
            if tried % SOME == 0:
                yield None
            variables = [item for literal in body for item in literal.variables]
            if variables.count(arity) < 2 and (arity in variables or size > PLAIN):
                continue
            if arity == 2 and size > 1 and any(literal.equates for literal in body):
                continue
            clause = Clause(problem.name, arity, body)
            if size == 1 or set(range(arity)) <= set(variables):
                found += [clause] if runnable(problem, (clause,)) else []
    every = set(range(arity))
    yield from sorted(
        found,
        key=lambda clause: (
            len(clause.body) > PLAIN,
            not every <= {i for item in clause.body for i in item.variables},
        ),
    )


def _literals(problem: Problem) -> Iterator[Literal]:
    if problem.arity == 1:
        named = problem.constants_of(problem.head_types[0])
        if len(named) <= MAX_NAMED:
            yield from (Literal(UNEQUAL, (0, name), negated=True) for name in sorted(named))
    for left, right in combinations(range(problem.arity), 2):
        if problem.head_types[left] == problem.head_types[right]:
            yield Literal(UNEQUAL, (left, right), negated=True)
    for (name, arity), relation in sorted(problem.database.relations.items()):
        if not relation.rows:
            continue
        choices = [_choices(problem, (name, arity, place)) for place in range(arity)]
        for arguments in product(*choices):
            # A recursion ends at one thing further on, not at any of a sort.
            few = arguments.count(problem.arity) <= (arity > 1 or len(relation.rows) == 1)
            if few and any(isinstance(item, int) for item in arguments):
                yield Literal(name, arguments)


def _choices(problem: Problem, place: Place) -> list[Argument]:
    """The head's variables of the same type, a further one, and the few values of an attribute."""
    kind = problem.types[place]
    own = [number for number, other in enumerate(problem.head_types) if other == kind]
    named = () if own else problem.attributes.get(place, ())
    return [*own, problem.arity, *named]
