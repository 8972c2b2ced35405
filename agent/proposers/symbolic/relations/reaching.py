"""Programs of long clauses, for rules that no short clause comes near to.

Clauses are sought that cover one atom after another, those first that only clauses of little weight
explain so far; what is found for one serves all. After each step the shortest program of all
clauses found is told, be it a mere patchwork.
"""

import math
from collections.abc import Iterator
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.beam import Beam
from peirce.agent.proposers.symbolic.relations.covering import cover
from peirce.agent.proposers.symbolic.relations.noise import LITERAL_BITS, Rough
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.programs import allowed, size
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.tables import Tables
from peirce.agent.proposers.symbolic.relations.terms import Clause

Programs: TypeAlias = Iterator[tuple[Clause, ...] | None]
SURE_AT_FIRST: Final = 4
"""Atoms that are sought before it is thought of that some are wrong."""


def reached(problem: Problem, rough: Rough) -> Programs:
    """Programs of few long clauses that fit; None now and then.

    Args:
        problem: what is to be learned.
        rough: takes the clauses found, those that are mostly right as well.
    """
    if not problem.positives or not problem.negatives or problem.modes:
        return
    tables = Tables(problem.database, (*problem.positives, *problem.negatives))
    pool = _Pool(problem)
    for number in range(len(problem.positives)):
        doubts = number >= SURE_AT_FIRST and number % 2 == 1
        seed = pool.seed(rough.missed if doubts else frozenset())
        beam = Beam(problem, tables, seed, tolerated=rough.tolerated)
        while beam.goes_on:
            for item in beam.clauses():
                yield None
                if item:
                    rough.add(item)
                if item and not item.wrong:
                    pool.add(item)
            rough.sum_up()
            yield pool.better()


class _Pool:
    """All clauses found, and the best program of them."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._found: dict[frozenset[int], Found] = {}
        """The smallest clause of each coverage."""
        self._best: list[Found] = []
        self._told: int | None = None
        """How long the last program was."""
        self._sought: set[int] = set()

    def add(self, item: Found) -> None:
        """Take a clause in."""
        known = self._found.get(item.covered)
        if known is None or item.clause.size < known.clause.size:
            self._found[item.covered] = item

    def better(self) -> tuple[Clause, ...] | None:
        """A program shorter than any before."""
        problem = self._problem
        found = cover(len(problem.positives), list(self._found.values()), problem.bias.max_clauses)
        if found is None:
            return None
        self._best = found
        fit = allowed(problem, [item.clause for item in found])
        if not fit or (self._told is not None and size(fit) >= self._told):
            return None
        self._told = size(fit)
        return fit

    def seed(self, missed: frozenset[int]) -> int:
        """A positive atom that was not sought yet: the one that least speaks for.

        Args:
            missed: what a program leaves out that may be right for the rest. Least speaks for atoms
                that are wrong; of these the one is taken that most speaks for.
        """
        left = [n for n in range(len(self._problem.positives)) if n not in self._sought]
        weight = dict.fromkeys(left, -math.inf)
        for item in self._best:
            saved = len(item.covered) - LITERAL_BITS * item.clause.size
            for atom in item.covered & weight.keys():
                weight[atom] = max(weight[atom], saved)
        known = dict.fromkeys(left, 0)
        for covered in self._found:
            for atom in covered & known.keys():
                known[atom] += len(covered)
        if likely := missed & known.keys():
            seed = max(sorted(likely), key=known.__getitem__)
        else:
            seed = min(left, key=lambda atom: (weight[atom], known[atom]))
        self._sought.add(seed)
        return seed
