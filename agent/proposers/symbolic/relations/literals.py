"""Literals that may stand next in a body: what reaches out from its variables, what tests them."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final, NamedTuple, Protocol

from peirce.agent.proposers.symbolic.relations.ordering import is_in_order
from peirce.agent.proposers.symbolic.relations.problem import Place, Problem
from peirce.agent.proposers.symbolic.relations.terms import COUNT, UNEQUAL, Argument, Literal

MAX_VARIABLES: Final = 6


class Shape(Protocol):
    """A body as far as its literals go."""

    @property
    def literals(self) -> tuple[Literal, ...]:
        """In the order in which they were added."""
        ...

    @property
    def types(self) -> tuple[int, ...]:
        """Type of every variable, the head's first."""
        ...

    @property
    def open(self) -> frozenset[int]:
        """Variables that stand in one literal only and must still be used."""
        ...


class _Place(NamedTuple):
    """An argument of a relation."""

    kind: int
    others: tuple[Argument, ...]
    """What may stand there beside a variable that is known."""


class Literals:
    """What a problem has to say in one literal."""

    def __init__(self, problem: Problem) -> None:
        """Take the relations of a problem and the limits of its bias."""
        self._problem = problem
        self._variables = min(problem.bias.max_vars or MAX_VARIABLES, MAX_VARIABLES)
        self._single = problem.single_types
        # Where calls need something, and it is said what, bodies grow in an order that can be run.
        self._in_order = bool(problem.bias.directions and problem.modes)
        self._relations = [
            (name, tuple(self._place((name, arity, place)) for place in range(arity)))
            for (name, arity), relation in sorted(problem.database.relations.items())
            if relation.rows
        ]

    def after(self, body: Shape) -> Iterator[Literal]:
        """All that may be added to a body."""
        # The order of literals says nothing: those that only test come last.
        if not any(only_tests(literal) for literal in body.literals):
            yield from self.reaching(body)
        yield from self.testing(body)

    def testing(self, body: Shape) -> Iterator[Literal]:
        """Literals that bind nothing and use all that is open."""
        for literal in (*self._named(), *self._unequal(body), *self._denied(body)):
            if body.open <= literal.variables:
                yield literal

    def reaching(self, body: Shape) -> Iterator[Literal]:
        """Relations said of what is known and of something new."""
        fresh = len(body.types)
        fitting: dict[int, list[Argument]] = {}
        for number, kind in enumerate(body.types):
            fitting.setdefault(kind, []).append(number)
        for name, places in self._relations:
            choices = [[*fitting.get(place.kind, ()), *place.others] for place in places]
            for arguments in product(*choices):
                bound = [item for item in arguments if isinstance(item, int) and item < fresh]
                new = sum(item == -1 for item in arguments)
                if body.open and not body.open.intersection(bound) and not self._in_order:
                    continue
                if name.startswith(COUNT) and not isinstance(arguments[1], str):
                    continue
                if (
                    (bound or not arguments)
                    and fresh + new <= self._variables
                    and (new < len(places) or not new)
                ):
                    literal = Literal(name, _numbered(arguments, fresh))
                    if not self._in_order or is_in_order(self._problem, body.literals, literal):
                        yield literal

    def _place(self, place: Place) -> _Place:
        """What may stand at a place beside variables: constants, -1 for something new, `_`."""
        kind = self._problem.types[place]
        own = kind in self._problem.head_types
        constants = () if own else self._problem.attributes.get(place, ())
        more: list[Argument] = [-1, None] if place[1] > 1 else []
        if kind in self._single:
            more = more[1:]
        return _Place(kind, (*constants, *more))

    def _named(self) -> Iterator[Literal]:
        """Arguments of the head that are one constant, or the same."""
        arity, types = self._problem.arity, self._problem.head_types
        for place in range(arity):
            for value in self._problem.attributes.get((self._problem.name, arity, place), ()):
                yield Literal(UNEQUAL, (place, value), negated=True)
        if not self._problem.bias.head:
            for left, right in combinations(range(arity), 2):
                if types[left] == types[right]:
                    yield Literal(UNEQUAL, (left, right), negated=True)

    def _unequal(self, body: Shape) -> Iterator[Literal]:
        if not self._problem.bias.negation:
            return
        for left, right in combinations(range(len(body.types)), 2):
            if body.types[left] == body.types[right]:
                yield Literal(UNEQUAL, (left, right))

    def _denied(self, body: Shape) -> Iterator[Literal]:
        if not self._problem.bias.negation:
            return
        for literal in self.reaching(body):
            known = max(literal.variables, default=-1) < len(body.types)
            if known and not literal.name.startswith(COUNT):
                yield Literal(literal.name, literal.arguments, negated=True)


def only_tests(literal: Literal) -> bool:
    """Whether it can bind nothing."""
    return literal.negated or literal.name == UNEQUAL


def _numbered(arguments: Sequence[Argument], fresh: int) -> tuple[Argument, ...]:
    """New variables get the next numbers."""
    numbered: list[Argument] = []
    for item in arguments:
        if item == -1:
            item = fresh
            fresh += 1
        numbered.append(item)
    return tuple(numbered)
