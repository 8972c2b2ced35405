"""The method `relations.learn`: three searches side by side, each from short programs to long ones.

Expressions of an algebra for properties and relations between two things; clauses that grow literal
by literal; recursive clauses with all their starts at once. Each is good at what the others reach
late or never, and all see the same ground facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.agent.proposers.symbolic.method import Found as Proposals
from peirce.agent.proposers.symbolic.relations.bodies import Bodies
from peirce.agent.proposers.symbolic.relations.composing import composed
from peirce.agent.proposers.symbolic.relations.ordering import runnable
from peirce.agent.proposers.symbolic.relations.problem import (
    Problem,
    is_relational,
    pose,
    presumed,
    with_counts,
)
from peirce.agent.proposers.symbolic.relations.programs import cover, keeps_to, size
from peirce.agent.proposers.symbolic.relations.recursion import Recursion, closings
from peirce.agent.proposers.symbolic.relations.refining import Found, Refiner
from peirce.agent.proposers.symbolic.relations.starts import starts
from peirce.agent.proposers.symbolic.relations.terms import Clause
from peirce.agent.proposers.symbolic.relations.writing import source, words
from peirce.tasks.task import Task
from peirce.verifiers.program import Language, Program

Programs: TypeAlias = Iterator[tuple[Clause, ...] | None]
NAME: Final = "relations.learn"
MAX_SIZE: Final = 6
"""Literals in the longest body."""
MAX_CALLING: Final = 4
"""Literals beside the call in the longest recursive clause."""
SHORT: Final = 3
"""Literals in the longest body of a short program."""
MAX_START: Final = 2
"""Literals in the longest start of a recursion."""
AHEAD: Final = 24
"""Steps of the algebra for one of the others: its steps are short and it comes to an end."""
AHEAD_ON_TERMS: Final = 6
MOST_STEPS: Final = 10**9
MOST_GIVEN: Final = 48
"""Programs, runnable or not, after which all searches have said enough."""
LINGERING: Final = 600
"""Steps that are made after a find in any case."""
WANTED: Final = 6
"""Programs that fit, after which a search has said enough."""


def propose(task: Task, clock: Clock) -> Proposals:
    """Programs that prove all atoms that hold and none of the others, smaller ones first."""
    del clock
    for program in programs(task):
        if program is None:
            yield None
            continue
        yield Proposal(
            hypothesis=Hypothesis(words=words(program), level=Level.RELATION),
            program=Program(
                source=source(program), language=Language.PROLOG, entry=program[0].name
            ),
            origin=f"symbolic.{NAME}",
        )


def programs(task: Task) -> Programs:
    """Programs that fit and can be run, each once, the head's clauses first; None now and then."""
    problem = yield from pose(task)
    if problem is None or not problem.positives or problem.contradictory:
        return
    told: set[str] = set()
    for found in _alternated(_searches(problem)):
        kept = found if found and keeps_to(problem.bias, problem.name, found) else None
        program = kept and runnable(problem, kept)
        text = source(program) if program else ""
        if program is None or text in told:
            yield None
            continue
        told.add(text)
        # Words invented on the way are explained after the relation itself.
        yield tuple(sorted(program, key=lambda clause: clause.name != problem.name))


@dataclass(frozen=True, slots=True)
class _Share:
    """A search and how many steps it makes in its turn."""

    search: Programs
    steps: int


def _searches(problem: Problem) -> list[_Share]:
    searches = [_Share(composed(problem), AHEAD)]
    if not problem.negatives:
        problem = presumed(problem)
    searches.append(_Share(_plain(problem), 1))
    if problem.bias.recursion:
        # Lists and terms are what recursion is for.
        searches.append(_Share(_recursive(problem), AHEAD_ON_TERMS if problem.modes else 1))
    return searches


def _alternated(searches: Sequence[_Share]) -> Programs:
    """Some steps of each in turn, until all have ended or enough is found.

    After the first find they go on for as long again, in case there is something simpler.
    """
    running = list(searches)
    given = made = 0
    last = MOST_STEPS
    while running and given < MOST_GIVEN and made < last:
        for share in tuple(running):
            taken = 0
            for found in islice(share.search, share.steps):
                taken += 1
                made += 1
                if found is not None:
                    given += 1
                    last = min(last, 2 * made + LINGERING)
                yield found
            if taken < share.steps:
                running.remove(share)


def _plain(problem: Problem) -> Programs:
    """Programs without recursion: short ones, then such that count, then longer ones."""
    most = min(problem.bias.max_body or MAX_SIZE, MAX_SIZE)
    plain = _Clauses(problem)
    stages = [(plain, range(1, min(SHORT, most) + 1)), (plain, range(SHORT + 1, most + 1))]
    if problem.bias.counting:
        stages.insert(1, (_Clauses(with_counts(problem)), range(1, SHORT)))
    for clauses, sizes in stages:
        given = 0
        for _ in sizes:
            for program in clauses.programs():
                given += program is not None
                yield program
            if given >= WANTED:
                break
        if given:
            return


class _Clauses:
    """One refiner, the clauses it has found, and the programs made of them."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._refiner = Refiner(problem)
        self._found: list[Found] = []

    def programs(self) -> Programs:
        """Fitting programs whose longest body has one literal more than before."""
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
        yield from sorted(fitting, key=size)


def _recursive(problem: Problem) -> Programs:
    """Programs of a start and clauses that call themselves, by the size of the latter."""
    recursion = Recursion(problem, list(starts(problem, MAX_START)))
    bodies = Bodies(problem)
    given = 0
    for _ in range(min(problem.bias.max_body or MAX_CALLING, MAX_CALLING)):
        for body in bodies.grow():
            yield None
            for clause in closings(problem, body) if body else ():
                for program in recursion.alone(clause):
                    given += runnable(problem, program) is not None
                    yield program
            if given >= WANTED:
                return
        for program in recursion.paired():
            given += program is not None and runnable(problem, program) is not None
            yield program
            if given >= WANTED:
                return


def promise(task: Task) -> float:
    """1 for relations over a background, else 0."""
    return 1.0 if is_relational(task) else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=promise)
