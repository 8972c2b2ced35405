"""Texts put together from substrings, constants and changed or counted parts of the inputs.

The method proper of FlashFill (Gulwani, POPL 2011), ordered by description length; programs that
predict the same for the test inputs back each other, and predictions of an unheard-of shape count
against a program (an idea of FlashFill++, Cambronero et al., POPL 2023: rank by the outputs too).
"""

from collections.abc import Generator, Iterable, Iterator, Sequence

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.strings.concat import (
    FULL,
    Concatenations,
    Effort,
    Source,
    Whole,
)
from peirce.agent.proposers.symbolic.strings.derived import derived_pieces
from peirce.agent.proposers.symbolic.strings.pieces import Piece
from peirce.agent.proposers.symbolic.strings.ranking import R, Reading, ranked, told
from peirce.agent.proposers.symbolic.strings.sources import derived_sources, plain_sources
from peirce.agent.proposers.symbolic.strings.texts import Problem, problem_of
from peirce.agent.proposers.symbolic.strings.writing import function, listed, proposal, returned
from peirce.tasks.task import Task

NAME = "strings.substrings"


class Kit:
    """What the outputs of a problem may be made of, worked out once and in two portions."""

    def __init__(self, problem: Problem) -> None:
        """Start with nothing."""
        self.problem = problem
        self.atoms: list[Piece] = []
        self.portions: list[list[Source]] = []

    def fill(self, portion: int) -> Iterator[None]:
        """Work out the sources up to a portion: 0 the plain ones, 1 the derived ones too."""
        if not self.portions:
            for piece in derived_pieces(self.problem):
                if piece is not None:
                    self.atoms.append(piece)
                else:
                    yield None
        for more in (plain_sources, derived_sources)[len(self.portions) : portion + 1]:
            made: list[Source] = []
            for source in more(self.problem):
                made.append(source)
                yield None
            self.portions.append(made)

    def sources(self, portion: int) -> list[Source]:
        """All sources up to a portion."""
        return [source for made in self.portions[: portion + 1] for source in made]


def solve(
    kit: Kit,
    shown: Sequence[int],
    unseen: Sequence[int],
    clock: Clock,
    *,
    portions: int = 2,
    effort: Effort = FULL,
) -> Iterator[list[Reading[Whole]] | None]:
    """The ways of writing the outputs shown; `None` between steps of work, at last the ways."""
    outputs = {index: kit.problem.outputs[index] for index in shown}
    found: list[Whole] = []
    for portion in range(portions):
        yield from kit.fill(portion)
        space = Concatenations(outputs, kit.sources(portion), kit.atoms, unseen, effort)
        yield from space.explore(clock)
        found = list(space.best())
        if found:
            break
    yield ranked(found, kit.problem, shown, unseen)


def rivals(
    programs: Iterable[R | None], problem: Problem, clock: Clock
) -> Generator[None, None, Iterator[R]]:
    """Programs of another kind that are worth proposing beside those put together here.

    Args:
        programs: All that fit, with `None` wherever the search may pause.
        problem: What they fit.
        clock: The time of the whole search.
    """
    favourite = yield from _favourite(problem, clock)
    found: list[R] = []
    for program in programs:
        if program is None:
            yield None
        else:
            found.append(program)
    return told(ranked(found, problem, problem.shown, problem.unseen), favourite)


def _favourite(problem: Problem, clock: Clock) -> Generator[None, None, Reading[Whole] | None]:
    """The likeliest reading without loops, chains and cases."""
    best: Reading[Whole] | None = None
    for readings in solve(Kit(problem), problem.shown, problem.unseen, clock, portions=1):
        yield None
        if readings:
            best = readings[0]
    return best


def propose(task: Task, clock: Clock) -> Found:
    """Rules that put the output together from pieces."""
    problem = problem_of(task)
    if problem is None:
        return
    for readings in solve(Kit(problem), problem.shown, problem.unseen, clock):
        if readings is None:
            yield None
        else:
            yield from (_proposal(whole, problem) for whole in told(readings))


def _proposal(whole: Whole, problem: Problem) -> Proposal:
    source = function(returned(whole.pieces), problem)
    return proposal(listed(whole.pieces), source, NAME)


def promise(task: Task) -> float:
    """High for every task from texts to text."""
    return 0.9 if problem_of(task) is not None else 0.0


METHOD = Method(name=NAME, propose=propose, promise=promise)
