"""Texts put together from substrings, constants and changed or counted parts of the inputs.

The method proper of FlashFill (Gulwani, POPL 2011), ordered by description length; programs that
predict the same for the test inputs back each other, and predictions of an unheard-of shape count
against a program (an idea of FlashFill++, Cambronero et al., POPL 2023: rank by the outputs too).
"""

from collections.abc import Iterator

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.strings.concat import Concatenations, Source, Whole
from peirce.agent.proposers.symbolic.strings.derived import derived_pieces
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.ranking import ranked
from peirce.agent.proposers.symbolic.strings.sources import derived_sources, plain_sources
from peirce.agent.proposers.symbolic.strings.texts import Problem, problem_of
from peirce.agent.proposers.symbolic.strings.writing import function, listed, proposal, returned
from peirce.tasks.task import Task

NAME = "strings.substrings"


def solve(problem: Problem, clock: Clock) -> Iterator[Whole | None]:
    """The ways of writing the outputs, best first, `None` between steps of work."""
    atoms: list[Piece] = []
    for piece in derived_pieces(problem):
        if piece is None:
            yield None
        else:
            atoms.append(piece)
    sources: list[Source] = []
    found: list[Whole] = []
    for more in (plain_sources, derived_sources):
        for source in more(problem):
            sources.append(source)
            yield None
        space = Concatenations(problem.outputs, sources, atoms, len(problem.columns[0]))
        yield from space.explore(clock)
        found = list(space.best())
        if found:
            break
    yield from ranked(found, problem.outputs)


def propose(task: Task, clock: Clock) -> Found:
    """Rules that put the output together from pieces."""
    problem = problem_of(task)
    if problem is None:
        return
    for whole in solve(problem, clock):
        yield None if whole is None else _proposal(whole, problem)


def _proposal(whole: Whole, problem: Problem) -> Proposal:
    source = function(returned(whole.pieces), problem.arguments)
    return proposal(listed(whole.pieces), source, NAME)


def promise(task: Task) -> float:
    """High for every task from texts to text."""
    return 0.9 if problem_of(task) is not None else 0.0


METHOD = Method(name=NAME, propose=propose, promise=promise)
