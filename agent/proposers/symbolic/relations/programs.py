"""Programs in the language allowed, and their size."""

from collections.abc import Sequence
from typing import Final

from peirce.agent.proposers.symbolic.relations.ordering import runnable
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import (
    COUNT,
    UNEQUAL,
    Clause,
    Literal,
)
from peirce.tasks.bias import Bias

LITERALS_EACH: Final = 0.8
"""Literals a program may have for every positive atom, or it is hardly more than a list."""


def allowed(problem: Problem, program: Sequence[Clause]) -> tuple[Clause, ...] | None:
    """The same program as it can be run; None if it cannot be or the bias does not allow it."""
    if not keeps_to(problem.bias, problem.name, program):
        return None
    return runnable(problem, program)


def size(program: Sequence[Clause]) -> int:
    """Literals of all clauses."""
    return sum(clause.size for clause in program)


def says_more_than_a_list(problem: Problem, program: Sequence[Clause]) -> bool:
    """Whether it is shorter than what it explains, or has no more than two clauses."""
    return len(program) <= 2 or size(program) <= LITERALS_EACH * len(problem.positives)


def keeps_to(bias: Bias, name: str, program: Sequence[Clause]) -> bool:
    """Whether a program for `name` is one that the bias allows."""
    longest = max(len(clause.body) for clause in program)
    literals = [literal for clause in program for literal in clause.body]
    return (
        (bias.max_clauses is None or len(program) <= bias.max_clauses)
        and (bias.max_body is None or longest <= bias.max_body)
        and (bias.max_vars is None or max(item.variables for item in program) <= bias.max_vars)
        and (bias.recursion or not any(clause.recursive for clause in program))
        and (bias.invention or all(clause.name == name for clause in program))
        and (bias.negation or not any(_denies(literal) for literal in literals))
        and (bias.counting or not any(literal.name.startswith(COUNT) for literal in literals))
    )


def _denies(literal: Literal) -> bool:
    """Whether something must not hold; being equal is not a denial."""
    return literal.negated is not (literal.name == UNEQUAL)
