"""The method `relations.learn`: clauses by size, then programs from them, the smallest first."""

from collections.abc import Iterator, Sequence
from typing import Final

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.agent.proposers.symbolic.method import Found as Proposals
from peirce.agent.proposers.symbolic.relations.problem import (
    Problem,
    is_relational,
    pose,
    with_counts,
)
from peirce.agent.proposers.symbolic.relations.programs import cover, recursions, size
from peirce.agent.proposers.symbolic.relations.refining import Found, Refiner
from peirce.agent.proposers.symbolic.relations.terms import Clause
from peirce.agent.proposers.symbolic.relations.writing import source, words
from peirce.tasks.task import Task
from peirce.verifiers.program import Language, Program

NAME: Final = "relations.learn"
MAX_SIZE: Final = 6
"""Literals in the longest body."""
MAX_LINKS: Final = 2
"""Literals between the head and the recursive call."""
SHORT: Final = 3
"""Literals in the longest body of a short program."""
WANTED: Final = 6
"""Programs that fit, after which a size is the last one."""


def propose(task: Task, clock: Clock) -> Proposals:
    """Programs that prove all atoms that hold and none of the others, smaller ones first."""
    del clock
    problem = pose(task)
    if problem is None or not problem.positives or problem.contradictory:
        return
    told: set[str] = set()
    for program in _programs(problem):
        if program is None:
            yield None
            continue
        text = source(program)
        if text not in told:
            told.add(text)
            yield Proposal(
                hypothesis=Hypothesis(words=words(program), level=Level.RELATION),
                program=Program(source=text, language=Language.PROLOG, entry=problem.name),
                origin=f"symbolic.{NAME}",
            )


def _programs(problem: Problem) -> Iterator[tuple[Clause, ...] | None]:
    """Fitting programs: short plain ones, then such that count, then longer plain ones."""
    plain = _Search(problem)
    for search, sizes in (
        (plain, range(1, SHORT + 1)),
        (_Search(with_counts(problem)), range(1, SHORT)),
        (plain, range(SHORT + 1, MAX_SIZE + 1)),
    ):
        given = 0
        for length in sizes:
            for program in search.programs(length):
                given += program is not None
                yield program
            if given >= WANTED:
                break
        if given:
            return


class _Search:
    """One refiner, the clauses it has found, and the programs made of them."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._refiner = Refiner(problem)
        self._found: list[Found] = []

    def programs(self, length: int) -> Iterator[tuple[Clause, ...] | None]:
        """Fitting programs whose longest body has `length` literals; None now and then."""
        fitting: list[tuple[Clause, ...]] = []
        for item in self._refiner.level():
            yield None
            if item is not None:
                self._found.append(item)
                if len(item.covered) == len(self._problem.positives):
                    fitting.append((item.clause,))
        joined = cover(self._problem, self._found)
        if joined is not None:
            fitting.append(joined)
        links = max(1, length - 1)
        for program in _recursive(self._problem, self._found, links) if links <= MAX_LINKS else ():
            if program is None:
                yield None
            else:
                fitting.append(program)
        yield from sorted(fitting, key=size)


def _recursive(
    problem: Problem, found: Sequence[Found], links: int
) -> Iterator[tuple[Clause, ...] | None]:
    ordered = sorted(found, key=lambda item: (item.clause.size, -len(item.covered)))
    yield from recursions(problem, ordered, links)


def promise(task: Task) -> float:
    """1 for relations over a background, else 0."""
    return 1.0 if is_relational(task) else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=promise)
