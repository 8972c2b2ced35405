"""Clauses by growing size that hold for some positive atom: generate, test, constrain.

A body grows by one literal at a time. What a literal introduces the next one has to use, so that
bodies are chains and branches rather than heaps (Richards and Mooney 1992, relational pathfinding).
A body that holds for no positive atom is never grown; one that covers no negative atom is never
specialised (the two constraints of Cropper and Morel 2021, Popper). One that covers few negative
atoms is told as well as specialised, in case those are wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from peirce.agent.proposers.symbolic.relations.database import Row
from peirce.agent.proposers.symbolic.relations.literals import Literals, only_tests
from peirce.agent.proposers.symbolic.relations.ordering import runnable
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.tables import Tables
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal

Key: TypeAlias = tuple[tuple[str, ...], ...]
MAX_BINDINGS: Final = 2_500
"""Ways to make one body hold for the positive atoms, beyond which it is given up."""
WORK: Final = 8
"""Literals that are tried in one go; many rows count for more."""
ROWS_AS_ONE: Final = 200
FIRST_ASKED: Final = 40
"""Negative atoms that are asked before any others."""
MAX_OPEN: Final = 2
"""Variables of a body that wait to be used."""
MAX_GUIDES: Final = 24
"""Positive atoms that decide which bodies are worth growing."""
MAX_BODIES: Final = 60_000
"""Bodies that are kept to be grown further, per size."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body under construction."""

    literals: tuple[Literal, ...]
    types: tuple[int, ...]
    """Type of every variable, the head's first."""
    open: frozenset[int]
    """Variables that stand in one literal only and must still be used."""
    bindings: tuple[tuple[str, ...], ...]
    """For positive atoms: values of all variables that make the body hold."""
    covered: frozenset[int]
    """Which positive atoms it holds for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finished clause that can be run, and what it covers."""

    clause: Clause
    covered: frozenset[int]
    """Positive atoms, by number."""
    wrong: int = 0
    """Negative atoms it covers; 0 if it is consistent."""


class Refiner:
    """Grows bodies, size by size."""

    def __init__(self, problem: Problem, *, tolerated: float = 0.0) -> None:
        """Start from the empty body.

        Args:
            problem: what is to be learned.
            tolerated: for each positive atom that a clause covers, so many negative ones.
        """
        self._problem = problem
        self._tolerated = tolerated
        # Bodies grow on some positive atoms spread over all; finished clauses meet every one.
        self._step = -(-len(problem.positives) // MAX_GUIDES)
        guides = problem.positives[:: self._step]
        self._places = {row: number for number, row in enumerate(guides)}
        self._tables = Tables(problem.database, (*problem.positives, *problem.negatives))
        everything = frozenset(range(len(guides)))
        empty = Body((), problem.head_types, frozenset(), guides, everything)
        self._bodies = [empty]
        self._seen: set[Key] = set()
        self._work = 0
        self._literals = Literals(problem)
        self._consistent: list[frozenset[Literal]] = []

    def level(self) -> Iterator[Found | None]:
        """Clauses with one literal more than those of the last call; None now and then."""
        grown: list[Body] = []
        for body in self._bodies:
            for literal in self._literals.after(body):
                self._work += 1 + len(body.bindings) // ROWS_AS_ONE
                if self._work >= WORK:
                    self._work = 0
                    yield None
                new = self._extend(body, literal)
                if new is None:
                    continue
                if any(general <= set(new.literals) for general in self._consistent):
                    continue
                if new.open:
                    grown.append(new)
                    continue
                clause = Clause(self._problem.name, self._problem.arity, new.literals)
                most = int(self._tolerated * len(new.covered) * self._step)
                wrong = self._mistakes(clause, most)
                usable = runnable(self._problem, (clause,)) is not None
                if wrong or not usable:
                    grown.append(new)
                else:
                    self._consistent.append(frozenset(new.literals))
                if wrong <= most and usable:
                    yield Found(clause, self._proved(clause, self._problem.positives), wrong)
        # Few-literal bodies that cover much are grown first when there are too many.
        grown.sort(key=lambda body: -len(body.covered))
        self._bodies = grown[:MAX_BODIES]

    @property
    def bodies(self) -> Sequence[Body]:
        """What the last level left to be grown, those that hold for most atoms first."""
        return self._bodies

    def _mistakes(self, clause: Clause, most: int) -> int:
        """How many negative atoms it covers; few of them are asked if they are more than `most`."""
        found, start, size = 0, 0, FIRST_ASKED
        while found <= most and start < len(self._problem.negatives):
            found += len(self._proved(clause, self._problem.negatives[start : start + size]))
            start, size = start + size, 4 * size
        return found

    def _proved(self, clause: Clause, rows: Sequence[Row]) -> frozenset[int]:
        """The numbers of the rows for which a clause holds."""
        found = self._tables.proved(clause.body, rows)
        if found is not None:
            return frozenset(map(int, np.flatnonzero(found)))
        holds = self._problem.database.holds
        return frozenset(number for number, row in enumerate(rows) if holds(clause, row))

    def _extend(self, body: Body, literal: Literal) -> Body | None:
        if literal in body.literals:
            return None
        fresh = [number for number in literal.variables if number >= len(body.types)]
        literals = (*body.literals, literal)
        key = Clause(self._problem.name, self._problem.arity, literals).key()
        if key in self._seen:
            return None
        self._seen.add(key)
        bindings = self._joined(body, literal)
        if not bindings:
            return None
        types = body.types + tuple(
            self._problem.types[literal.name, len(literal.arguments), place]
            for place, item in enumerate(literal.arguments)
            if isinstance(item, int) and item >= len(body.types)
        )
        arity = self._problem.arity
        covered = frozenset(self._places[row[:arity]] for row in bindings)
        still_open = (body.open - literal.variables) | set(fresh)
        if len(still_open) > MAX_OPEN:
            return None
        return Body(literals, types, frozenset(still_open), bindings, covered)

    def _joined(self, body: Body, literal: Literal) -> tuple[tuple[str, ...], ...] | None:
        """The bindings that survive the literal; None if they become too many."""
        database = self._problem.database
        if only_tests(literal):
            return database.tested(literal, body.bindings)
        return database.joined(literal, body.bindings, len(body.types), MAX_BINDINGS)
