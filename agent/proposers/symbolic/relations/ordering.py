"""The order in which Prolog can prove the literals of a body: what a call needs is bound before."""

from collections.abc import Sequence

from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Clause, Literal


def runnable(problem: Problem, program: Sequence[Clause]) -> tuple[Clause, ...] | None:
    """The same program with its bodies in an order that can be run; None if there is none.

    What is asked of a program is ground, but what it asks of itself may not be, so a recursive
    program is ordered from those arguments only that the bias says are known, if it can be. Where
    the last argument is to be worked out, it is never taken to be known.
    """
    own = {(clause.name, clause.arity) for clause in program}
    ordered: list[Clause] = []
    for clause in program:
        body = _ordered(problem, clause, own, _known(problem, clause, program))
        if body is None and not problem.bias.functional:
            body = _ordered(problem, clause, own, frozenset(range(clause.arity)))
        if body is None:
            return None
        ordered.append(Clause(clause.name, clause.arity, body))
    return tuple(ordered)


def _known(problem: Problem, clause: Clause, program: Sequence[Clause]) -> frozenset[int]:
    declared = problem.bias.directions.get((clause.name, clause.arity))
    if declared is None or (len(program) == 1 and not problem.bias.functional):
        return frozenset(range(clause.arity))
    return frozenset(place for place, way in enumerate(declared) if way == "in")


def _ordered(
    problem: Problem, clause: Clause, own: set[tuple[str, int]], known: frozenset[int]
) -> tuple[Literal, ...] | None:
    bound = set(known)
    waiting = list(clause.body)
    placed: list[Literal] = []
    while waiting:
        ready = next((item for item in waiting if _is_ready(problem, item, own, bound)), None)
        if ready is None:
            return None
        waiting.remove(ready)
        placed.append(ready)
        bound |= ready.variables
    return tuple(placed)


def _is_ready(
    problem: Problem, literal: Literal, own: set[tuple[str, int]], bound: set[int]
) -> bool:
    if literal.negated or literal.name == UNEQUAL:
        return literal.variables <= bound
    key = literal.name, len(literal.arguments)
    if key in own:
        declared = problem.bias.directions.get(key)
        needed = [] if declared is None else [n for n, way in enumerate(declared) if way == "in"]
        return all(_is_bound(literal, place, bound) for place in needed)
    modes = problem.modes.get(key)
    return modes is None or any(
        all(_is_bound(literal, place, bound) for place in inputs) for inputs in modes
    )


def _is_bound(literal: Literal, place: int, bound: set[int]) -> bool:
    item = literal.arguments[place]
    return item in bound if isinstance(item, int) else item is not None
