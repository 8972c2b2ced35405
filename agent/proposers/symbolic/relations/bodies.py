"""Bodies that a recursive call may finish: every literal reaches out from what is known already.

Unlike the bodies of plain clauses several of their variables may be left for the call to use. A
literal that says again what another one has settled (the same item of the same list) is not added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.database import Relation, Row
from peirce.agent.proposers.symbolic.relations.ordering import answers, owed
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal

MAX_VARIABLES: Final = 7
MAX_BINDINGS: Final = 2_000
MAX_BODIES: Final = 6_000
"""Bodies of one size that are grown further."""
MAX_GUIDES: Final = 12
MAX_NAMED: Final = 4
"""Values of a place, beyond which a body names none of them."""
_Key: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Literals, the types of all variables, and how they hold for positive rows."""

    literals: tuple[Literal, ...]
    types: tuple[int, ...]
    bindings: tuple[Row, ...]

    def open(self, arity: int) -> frozenset[int]:
        """Variables beyond the head's that stand in one literal only."""
        places = [item for literal in self.literals for item in literal.arguments]
        return frozenset(
            number for number in range(arity, len(self.types)) if places.count(number) == 1
        )


class Bodies:
    """Grows bodies, size by size."""

    def __init__(self, problem: Problem, *, owing: bool = True) -> None:
        """Start from the empty body.

        Args:
            problem: what is to be learned.
            owing: whether the recursive call may work out what other literals need.
        """
        self._problem = problem
        step = -(-len(problem.positives) // MAX_GUIDES)
        self._level = [Body((), problem.head_types, problem.positives[::step])]
        self._seen: set[_Key] = set()
        self._relations = [
            relation for _, relation in sorted(problem.database.relations.items()) if relation.rows
        ]
        self._settling = {id(relation): _settling(relation) for relation in self._relations}
        self._owing = len(answers(problem)) if owing else 0
        self._most = min(problem.bias.max_vars or MAX_VARIABLES, MAX_VARIABLES)

    def grow(self) -> Iterator[Body | None]:
        """Bodies with one literal more than those of the last call; None now and then."""
        grown: list[Body] = []
        for body in self._level:
            yield None
            for relation in self._relations:
                for literal in self._literals(body, relation):
                    found = self._extended(body, relation, literal)
                    if found is not None:
                        grown.append(found)
                        yield found
        self._level = grown[:MAX_BODIES]

    def _literals(self, body: Body, relation: Relation) -> Iterator[Literal]:
        types, fresh = body.types, len(body.types)
        choices: list[list[int | str]] = []
        for place in range(relation.arity):
            kind = self._problem.types[relation.name, relation.arity, place]
            known = [number for number, found in enumerate(types) if found == kind]
            choices.append([*known, -1, *self._named(relation, place)])
        for arguments in product(*choices):
            new = arguments.count(-1)
            if all(item == -1 or isinstance(item, str) for item in arguments):
                continue
            if fresh + new > self._most:
                continue
            if self._repeats(body, relation, arguments):
                continue
            numbers = iter(range(fresh, fresh + new))
            literal = Literal(
                relation.name, tuple(next(numbers) if item == -1 else item for item in arguments)
            )
            if self._can_be_run(body, literal):
                yield literal

    def _named(self, relation: Relation, place: int) -> Sequence[str]:
        """The values a literal may name at a place, if they are few and no arguments of the head.

        A property may hang on them; what relates two things seldom does.
        """
        key = relation.name, relation.arity, place
        few = self._problem.attributes.get(key, ())
        own = self._problem.types[key] in self._problem.head_types
        return () if own or self._problem.arity > 1 or len(few) > MAX_NAMED else few

    def _can_be_run(self, body: Body, literal: Literal) -> bool:
        """Whether all calls find bound what they need, given what one recursive call works out."""
        return (
            not self._problem.modes
            or len(owed(self._problem, (*body.literals, literal))) <= self._owing
        )

    def _repeats(self, body: Body, relation: Relation, arguments: Sequence[int | str]) -> bool:
        """Whether a literal of the body has settled all that this one could say."""
        for literal in body.literals:
            if literal.name == relation.name and len(literal.arguments) == relation.arity:
                for places in self._settling[id(relation)]:
                    if all(literal.arguments[place] == arguments[place] for place in places):
                        return True
        return False

    def _extended(self, body: Body, relation: Relation, literal: Literal) -> Body | None:
        literals = (*body.literals, literal)
        key = Clause(self._problem.name, self._problem.arity, literals).key()
        if key in self._seen:
            return None
        self._seen.add(key)
        bindings = self._problem.database.joined(
            literal, body.bindings, len(body.types), MAX_BINDINGS
        )
        if not bindings:
            return None
        kinds = [
            self._problem.types[relation.name, relation.arity, place]
            for place, item in enumerate(literal.arguments)
            if isinstance(item, int) and item >= len(body.types)
        ]
        return Body(literals, (*body.types, *kinds), bindings)


def _settling(relation: Relation) -> list[tuple[int, ...]]:
    """Smallest sets of places whose values settle the whole row."""
    found: list[tuple[int, ...]] = []
    for size in range(1, relation.arity + 1):
        for places in combinations(range(relation.arity), size):
            if any(set(other) <= set(places) for other in found):
                continue
            keys = {tuple(row[place] for place in places) for row in relation.rows}
            if len(keys) == len(relation.rows):
                found.append(places)
    return found
