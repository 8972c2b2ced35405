"""Recursive programs, by the size of the clauses that call themselves.

A clause alone with a start comes first, then two clauses; the pairs of one size are tried beside
the bodies of the next, since either may hold the program.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.bodies import Bodies
from peirce.agent.proposers.symbolic.relations.ordering import asks_for_answers, runnable
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.programs import allowed
from peirce.agent.proposers.symbolic.relations.recursion import Recursion, closings
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.starts import starts
from peirce.agent.proposers.symbolic.relations.terms import Clause

Programs: TypeAlias = Iterator[tuple[Clause, ...] | None]
MAX_CALLING: Final = 4
"""Literals beside the call in the longest recursive clause."""
MAX_START: Final = 3
"""Literals in the longest start of a recursion."""
MAX_LINKED: Final = 24
"""Starts that reach further than one variable."""
WANTED: Final = 6
"""Programs that fit, after which the search has said enough."""


def calling(problem: Problem, *, owing: bool = True) -> Programs:
    """Programs of starts and clauses that call themselves; None now and then.

    Args:
        problem: what is to be learned.
        owing: whether a call may work out what other literals need, as in a relation with results.
    """
    begin: list[Clause] = []
    for clause in starts(problem, MAX_START):
        if clause is None:
            yield None
        else:
            begin.append(clause)
    yield from _wanted(problem, _programs(problem, begin, owing=owing))


def calling_linked(problem: Problem, levels: Iterable[Sequence[Found] | None]) -> Programs:
    """The same, of starts that say how several other things hang together.

    Args:
        problem: what is to be learned.
        levels: the clauses another search knows each time it knows more, None where it is at it.
    """
    tried: set[Clause] = set()
    for found in levels:
        yield None
        linked = [
            item.clause
            for item in found or ()
            if not item.wrong
            and item.clause.variables > problem.arity + 1
            and item.clause not in tried
        ]
        if linked:
            tried.update(linked)
            yield from _wanted(problem, _programs(problem, linked[:MAX_LINKED], owing=False))


def _wanted(problem: Problem, programs: Programs) -> Programs:
    given = 0
    for program in programs:
        given += program is not None and allowed(problem, program) is not None
        yield program
        if given >= WANTED:
            return


def _programs(problem: Problem, begin: Sequence[Clause], *, owing: bool) -> Programs:
    recursion = Recursion(problem, begin)
    bodies = Bodies(problem, owing=owing)
    pairs: Programs = iter(())
    for _ in range(min(problem.bias.max_body or MAX_CALLING, MAX_CALLING)):
        for body in bodies.grow():
            yield None
            for clause in closings(problem, body) if body else ():
                if runnable(problem, (clause,)) and asks_for_answers(problem, clause):
                    yield from recursion.alone(clause)
            yield from islice(pairs, 1)
        yield from pairs
        pairs = recursion.paired()
    yield from pairs
