"""The order in which Prolog can prove the literals of a body: what a call needs is bound before."""

from collections.abc import Iterable, Sequence

from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import UNEQUAL, Clause, Literal


def runnable(problem: Problem, program: Sequence[Clause]) -> tuple[Clause, ...] | None:
    """The same program with its bodies in an order that can be run; None if there is none.

    What is asked of a program is ground, but what it asks of itself may not be, and a bias that
    says which arguments are known means rules that work all others out. Where the bias does not
    say, all are known at the start.
    """
    own = {(clause.name, clause.arity) for clause in program}
    ordered: list[Clause] = []
    for clause in program:
        known = _known(problem, clause)
        body = _ordered(problem, clause.body, own, known)
        if body is None or not _binds_head(clause, known):
            return None
        ordered.append(Clause(clause.name, clause.arity, body))
    return tuple(ordered)


def is_in_order(problem: Problem, body: Iterable[Literal], literal: Literal) -> bool:
    """Whether Prolog can call `literal` once it has proved a body that can be run itself."""
    bound = set(_known_at_first(problem)).union(*(item.variables for item in body))
    return _is_ready(problem, literal, set(), bound)


def owed(problem: Problem, body: Sequence[Literal]) -> set[int]:
    """Variables that something else has to bind before all of a body can be run."""
    bound = set(_known_at_first(problem))
    waiting = list(body)
    missing: set[int] = set()
    while waiting:
        ready = next((item for item in waiting if _is_ready(problem, item, set(), bound)), None)
        if ready is None:
            ready = waiting[0]
            needed = _needed(problem, ready) - bound
            missing |= needed
            bound |= needed
        waiting.remove(ready)
        bound |= ready.variables
    return missing


def answers(problem: Problem) -> tuple[int, ...]:
    """The arguments of the relation that a call of it may work out.

    Where nothing is declared that is the last one, unless it is the only one.
    """
    if not problem.bias.directions:
        return tuple(range(problem.arity))[1:][-1:]
    known = _known_at_first(problem)
    return tuple(place for place in range(problem.arity) if place not in known)


def asks_for_answers(problem: Problem, clause: Clause) -> bool:
    """Whether what its literals need and the head does not say are answers of its own calls."""
    calls = [literal for literal in clause.body if literal.name == clause.name]
    others = [literal for literal in clause.body if literal.name != clause.name]
    places = answers(problem)
    answered = {call.arguments[place] for call in calls for place in places}
    asked = {
        item
        for call in calls
        for place, item in enumerate(call.arguments)
        if place not in places and isinstance(item, int)
    }
    missing = owed(problem, others)
    return missing <= answered and not missing & asked


def _needed(problem: Problem, literal: Literal) -> set[int]:
    """The variables that a call has to know in the way that asks for fewest."""
    modes = problem.modes.get((literal.name, len(literal.arguments)), (frozenset[int](),))
    inputs = min(modes, key=len)
    return {item for place in inputs if isinstance(item := literal.arguments[place], int)}


def _known_at_first(problem: Problem) -> frozenset[int]:
    return _known(problem, Clause(problem.name, problem.arity, ()))


def _known(problem: Problem, clause: Clause) -> frozenset[int]:
    declared = problem.bias.directions.get((clause.name, clause.arity))
    if declared is None:
        return frozenset(range(clause.arity))
    return frozenset(place for place, way in enumerate(declared) if way == "in")


def _binds_head(clause: Clause, known: frozenset[int]) -> bool:
    """Whether the body says what the arguments are that are not known."""
    bound = known.union(*(item.variables for item in clause.body if not item.negated))
    return set(range(clause.arity)) <= bound


def _ordered(
    problem: Problem, body: Sequence[Literal], own: set[tuple[str, int]], known: frozenset[int]
) -> tuple[Literal, ...] | None:
    bound = set(known)
    waiting = list(body)
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
