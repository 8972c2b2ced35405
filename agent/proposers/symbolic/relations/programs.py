"""From clauses to programs: sets of clauses that cover every positive and no negative atom.

Without recursion that is a smallest cover. With recursion one or two consistent clauses are the
start and a clause that speaks of its own relation goes on from there; what they prove together is
worked out to the fixed point over the background's constants.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from peirce.agent.proposers.symbolic.relations.database import Database, Relation, Row
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.terms import COUNT, Argument, Clause, Literal

MAX_BASES: Final = 24
"""Clauses tried as the start of a recursion."""
MAX_LINKS: Final = 3
"""Literals beside the recursive one."""
MAX_PROVED: Final = 20_000
"""Largest relation a recursive program may define here."""


def cover(problem: Problem, found: Sequence[Found]) -> tuple[Clause, ...] | None:
    """Few small clauses that together cover all positive atoms; None if there are none."""
    missing = set(range(len(problem.positives)))
    chosen: list[Found] = []
    while missing:
        best = max(
            found,
            key=lambda item: len(item.covered & missing) / item.clause.size,
            default=None,
        )
        if best is None or not best.covered & missing:
            return None
        chosen.append(best)
        missing -= best.covered
    kept = list(chosen)
    for item in chosen:
        others = [other for other in kept if other is not item]
        if frozenset().union(*(other.covered for other in others)) >= set(
            range(len(problem.positives))
        ):
            kept = others
    return tuple(item.clause for item in kept)


def size(program: Sequence[Clause]) -> int:
    """Literals of all clauses."""
    return sum(clause.size for clause in program)


def recursive_clauses(problem: Problem, links: int) -> Iterator[Clause | None]:
    """Clauses with one literal of the target and a chain of `links` literals to it.

    Every argument of the recursive call is either a variable of the head, left as it is, or the
    end of a chain of background relations that begins in the head. None now and then.
    """
    arity = problem.arity
    types = list(problem.head_types)
    for literals, ends in _chains(problem, types, links):
        yield None
        calls = product(*(_targets(types, ends, place) for place in range(arity)))
        for arguments in calls:
            changed = [item for place, item in enumerate(arguments) if item != place]
            if changed and any(item in ends for item in changed if isinstance(item, int)):
                used = {item for literal in literals for item in literal.variables}
                if set(range(arity)) <= used | {i for i in arguments if isinstance(i, int)}:
                    call = Literal(problem.name, tuple(arguments))
                    yield Clause(problem.name, arity, (*literals, call))


def _targets(types: Sequence[int], ends: dict[int, int], place: int) -> list[Argument]:
    kind = types[place]
    fitting = [number for number in range(len(types)) if types[number] == kind]
    return [*fitting, *(number for number, found in ends.items() if found == kind)]


def _chains(
    problem: Problem, types: Sequence[int], links: int
) -> Iterator[tuple[tuple[Literal, ...], dict[int, int]]]:
    """Chains of binary relations that begin in a variable of the head, and their last variables."""
    binary = [
        name
        for (name, arity), relation in sorted(problem.database.relations.items())
        if arity == 2 and relation.rows and not name.startswith(COUNT)
    ]

    def grow(
        literals: tuple[Literal, ...], at: int, kind: int, fresh: int
    ) -> Iterator[tuple[tuple[Literal, ...], dict[int, int]]]:
        if len(literals) == links:
            yield literals, {at: kind}
            return
        for name in binary:
            for here, there in ((0, 1), (1, 0)):
                if problem.types[name, 2, here] == kind:
                    pair = (at, fresh) if here == 0 else (fresh, at)
                    end = problem.types[name, 2, there]
                    yield from grow((*literals, Literal(name, pair)), fresh, end, fresh + 1)

    for start, kind in enumerate(types):
        yield from grow((), start, kind, len(types))


class Prover:
    """Works out what recursive programs prove."""

    def __init__(self, problem: Problem) -> None:
        """Prepare the database."""
        self._problem = problem
        self._negatives = frozenset(problem.negatives)
        key = problem.name, problem.arity
        self._key = key
        self._bases: dict[Clause, frozenset[Row]] = {}

    def base_rows(self, clause: Clause) -> frozenset[Row]:
        """Everything a clause without recursion proves."""
        if clause not in self._bases:
            self._bases[clause] = frozenset(self._problem.database.heads(clause))
        return self._bases[clause]

    def step_is_sound(self, clause: Clause) -> bool:
        """Whether a recursive clause proves no negative atom from the positive ones."""
        database = self._with(set(self._problem.positives))
        return not any(row in self._negatives for row in database.heads(clause))

    def fits(self, bases: Sequence[Clause], steps: Sequence[Clause]) -> bool:
        """Whether a program proves every positive atom and no negative one."""
        start: set[Row] = set()
        for clause in bases:
            start |= self.base_rows(clause)
        database = self._with(start)
        relation = database.relations[self._key]
        fresh = bool(start)
        while fresh:
            found = {row for clause in steps for row in database.heads(clause)} - relation.rows
            if found & self._negatives or len(relation.rows) + len(found) > MAX_PROVED:
                return False
            relation.add(found)
            fresh = bool(found)
        return all(row in relation.rows for row in self._problem.positives)

    def _with(self, rows: set[Row]) -> Database:
        relation = Relation(self._problem.name, self._problem.arity, rows)
        return Database({**self._problem.database.relations, self._key: relation})


def recursions(
    problem: Problem, found: Sequence[Found], links: int
) -> Iterator[tuple[Clause, ...] | None]:
    """Recursive programs that fit, smaller starts first; None now and then."""
    prover = Prover(problem)
    whole = len(problem.positives)
    # A start that covers everything leaves a recursion nothing to do.
    bases = [item.clause for item in found if len(item.covered) < whole][:MAX_BASES]
    for clause in recursive_clauses(problem, links):
        yield None
        if clause is None or not prover.step_is_sound(clause):
            continue
        for base in bases:
            yield None
            if prover.fits((base,), (clause,)):
                yield (base, clause)
                break
