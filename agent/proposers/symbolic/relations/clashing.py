"""What a program says of things nobody spoke of, where one value has to be chosen for each.

If every thing among the examples has one value and others are said to be wrong, a program that
gives another thing two values is wrong in one of them, and the likelier fault is the clause with
fewer examples behind it. (The functional test: Muggleton, Lin, Pahlavi and Tamaddoni-Nezhad,
Meta-interpretive learning, 2014; here it is asked of all that the background knows.)
"""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Final

from peirce.agent.proposers.symbolic.relations.database import Row
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import Clause

FEWEST: Final = 8
"""Things with a value, below which that each has one may be by chance."""
MOST_ASKED: Final = 4_000
"""Rows a program is asked about."""


def has_one_value(problem: Problem) -> bool:
    """Whether the examples show that every thing is of one of a few kinds: the last argument."""
    values = dict[Row, str]()
    for row in problem.positives:
        if values.setdefault(row[:-1], row[-1]) != row[-1]:
            return False
    denied = sum(row[:-1] in values for row in problem.negatives)
    is_few = 1 < len(set(values.values())) <= len(values) // 2
    return is_few and len(values) >= FEWEST and 2 * denied > len(problem.negatives) > 0


def clashes(problem: Problem, program: Sequence[Clause]) -> list[Row]:
    """Rows that are wrong if a program gives some thing two values; none if it gives each one.

    They are what the clause with most examples behind it denies and nobody spoke of. None either
    where the program has exceptions or words of its own, or would be asked about too much.
    """
    plain = all(clause.name == problem.name and not clause.recursive for clause in program)
    things = [sorted(problem.constants_of(kind)) for kind in problem.head_types[:-1]]
    values = sorted({row[-1] for row in problem.positives})
    if not plain or not 0 < prod(map(len, things)) * len(values) <= MOST_ASKED:
        return []
    holds = problem.database.holds
    covered = [{row for row in problem.positives if holds(clause, row)} for clause in program]
    if len(set[Row]().union(*covered)) < len(problem.positives):
        return []
    best = max(range(len(program)), key=lambda number: len(covered[number]))
    clashing = False
    others: list[Row] = []
    for thing in product(*things):
        rows = [(*thing, value) for value in values]
        proved = [row for row in rows if any(holds(clause, row) for clause in program)]
        clashing = clashing or len(proved) > 1
        founded = [row for row in proved if holds(program[best], row)]
        others += [row for row in rows if len(founded) == 1 and row not in founded]
    spoken = {*problem.positives, *problem.negatives}
    return [row for row in others if row not in spoken] if clashing else []
