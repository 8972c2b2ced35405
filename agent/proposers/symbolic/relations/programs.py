"""From clauses to programs: few clauses that together cover every positive and no negative atom."""

from collections.abc import Sequence

from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.terms import Clause


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
