"""Starts of a recursion: short clauses for rows nobody has shown, and by which of them a row holds.

Many rows are asked about and all starts at once, so a start is one bit and a literal that fails
rules out every start it stands in with one operation.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final

from peirce.agent.proposers.symbolic.relations.database import Binding, Database, Row
from peirce.agent.proposers.symbolic.relations.problem import Place, Problem
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Argument, Clause, Literal

MAX_STARTS: Final = 800
PLAIN: Final = 2
"""Literals of the longest start that speaks of the head's arguments alone."""
MAX_NAMED: Final = 16
"""Constants of a type, beyond which a start names none of them."""


class Starts:
    """Clauses without recursion, each a bit."""

    def __init__(self, clauses: Sequence[Clause], database: Database) -> None:
        """Index clauses by their literals."""
        self.clauses = tuple(clauses[:MAX_STARTS])
        self.all = (1 << len(self.clauses)) - 1
        self._database = database
        self._masks: dict[Row, int] = {}
        self._with: dict[Literal, int] = {}
        self._joined = 0
        # Starts that name a constant or say that two arguments are one.
        self.named = 0
        for number, clause in enumerate(self.clauses):
            for literal in clause.body:
                self._with[literal] = self._with.get(literal, 0) | 1 << number
            if any(literal.name == UNEQUAL for literal in clause.body):
                self.named |= 1 << number
            if clause.variables > clause.arity and len(clause.body) > 1:
                self._joined |= 1 << number

    def mask(self, row: Row) -> int:
        """The starts that prove a row."""
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
        mask = self.all & ~failed
        # Literals that share a further variable must agree on it.
        left = mask & self._joined
        while left:
            bit = left & -left
            left ^= bit
            body = self.clauses[bit.bit_length() - 1].body
            if not set.intersection(*(reached[item] for item in body if item in reached)):
                mask ^= bit
        return mask


def starts(problem: Problem, most: int) -> Iterator[Clause]:
    """Clauses of up to `most` literals over the variables of the head and one more.

    Clauses that say something of every argument come first: they leave nothing open. Three literals
    are worth it only if two of them share the further variable.
    """
    literals = list(_literals(problem))
    arity = problem.arity
    found: list[Clause] = []
    for size in range(1, most + 1):
        for body in combinations(literals, size):
            variables = [item for literal in body for item in literal.variables]
            if variables.count(arity) < 2 and (arity in variables or size > PLAIN):
                continue
            if arity == 2 and size > 1 and any(literal.equates for literal in body):
                continue
            if size == 1 or set(range(arity)) <= set(variables):
                found.append(Clause(problem.name, arity, body))
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
            few = arguments.count(problem.arity) <= 1 and arguments != (problem.arity,)
            if few and any(isinstance(item, int) for item in arguments):
                yield Literal(name, arguments)


def _choices(problem: Problem, place: Place) -> list[Argument]:
    """The head's variables of the same type, a further one, and the few values of an attribute."""
    kind = problem.types[place]
    own = [number for number, other in enumerate(problem.head_types) if other == kind]
    named = () if own else problem.attributes.get(place, ())
    return [*own, problem.arity, *named]
