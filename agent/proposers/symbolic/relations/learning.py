"""The method `relations.learn`: searches side by side, each from short programs to long ones.

Expressions of an algebra for properties and relations between two things; clauses that grow literal
by literal; long clauses that grow reason by reason, the likeliest only; recursive clauses with all
their starts at once; recursive programs of many clauses that call each other. Each is good at what
the others reach late or never, and all see the same ground facts.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Final, TypeAlias

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.agent.proposers.symbolic.method import Found as Proposals
from peirce.agent.proposers.symbolic.relations.calling import calling, calling_linked
from peirce.agent.proposers.symbolic.relations.clashing import clashes, has_one_value
from peirce.agent.proposers.symbolic.relations.composing import composed
from peirce.agent.proposers.symbolic.relations.covering import cover
from peirce.agent.proposers.symbolic.relations.database import Row
from peirce.agent.proposers.symbolic.relations.higher import copies
from peirce.agent.proposers.symbolic.relations.metarules import of_forms
from peirce.agent.proposers.symbolic.relations.mutual import mutually_recursive
from peirce.agent.proposers.symbolic.relations.noise import Rough
from peirce.agent.proposers.symbolic.relations.ordering import answers
from peirce.agent.proposers.symbolic.relations.posing import (
    Stated,
    is_relational,
    pose,
    stated,
)
from peirce.agent.proposers.symbolic.relations.presuming import presumed
from peirce.agent.proposers.symbolic.relations.problem import (
    Problem,
    with_counts,
)
from peirce.agent.proposers.symbolic.relations.programs import (
    allowed,
    says_more_than_a_list,
    size,
)
from peirce.agent.proposers.symbolic.relations.reaching import reached
from peirce.agent.proposers.symbolic.relations.refining import Found, Refiner
from peirce.agent.proposers.symbolic.relations.terms import Clause
from peirce.agent.proposers.symbolic.relations.writing import source, words
from peirce.agent.trace import Failed
from peirce.tasks.bias import Bias
from peirce.tasks.errors import TaskError
from peirce.tasks.task import Task
from peirce.verifiers.program import Language, Program

Programs: TypeAlias = Iterator[tuple[Clause, ...] | None]
NAME: Final = "relations.learn"
MAX_SIZE: Final = 6
"""Literals in the longest body."""
SHORT: Final = 3
"""Literals in the longest body of a short program."""
AHEAD: Final = 24
"""Steps of the algebra for one of the others: its steps are short and it comes to an end."""
PLAIN_AHEAD: Final = 5
FAR_AHEAD: Final = 16
AHEAD_ON_TERMS: Final = 12
EARLY: Final = 120
"""Turns in which a patient search makes one for `EACH` of the others."""
EACH: Final = 4
MANY_ROWS: Final = 200
"""Atoms that make one step of a recursion long, and that few different programs fit."""
MOST_STEPS: Final = 10**9
MOST_GIVEN: Final = 48
"""Programs after which all searches have said enough."""
LINGERING: Final = 600
"""Steps that are made after a find in any case."""
MOST_CLASHES: Final = 4
"""Searches that may end in a program that gives a thing two values."""
WANTED: Final = 6
"""Programs that fit, after which a search has said enough."""


def propose(task: Task, clock: Clock) -> Proposals:
    """Programs that prove all atoms that hold and none of the others, smaller ones first."""
    try:
        said = stated(task)
    except TaskError as fault:
        clock.tell(Failed(origin=f"symbolic.{NAME}", message=str(fault)))
        return
    for program in programs(said):
        if program is None:
            yield None
            continue
        text = source(program) + "".join(_copied(said.bias, program))
        yield Proposal(
            hypothesis=Hypothesis(words=words(program), level=Level.RELATION),
            program=Program(source=text, language=Language.PROLOG, entry=said.head[0]),
            origin=f"symbolic.{NAME}",
        )


def _copied(bias: Bias, program: Sequence[Clause]) -> Iterator[str]:
    """Definitions that a program uses and that stand in the bias, not in the background."""
    used = {(item.name, len(item.arguments)) for clause in program for item in clause.body}
    own = dict.fromkeys((clause.name, clause.arity) for clause in program)
    for copy in copies(bias, own):
        if copy.indicator in used:
            yield copy.text


def programs(said: Stated) -> Programs:
    """Programs that fit and can be run, each once, the head's clauses first; None now and then."""
    forms = of_forms(said) if said.bias.metarules else iter(())
    problem = yield from _meanwhile(forms, pose(said))
    if problem is None or not problem.positives:
        return
    told: set[str] = set()
    for program in _of_one_value(problem, forms):
        text = source(program) if program else ""
        if program is None or text in told:
            yield None
            continue
        told.add(text)
        # Words invented on the way are explained after the relation itself.
        yield tuple(sorted(program, key=lambda clause: clause.name != problem.name))


def _of_one_value(problem: Problem, forms: Programs) -> Programs:
    """What the searches find; what gives a thing two values where it has one is sought again.

    If nothing else is found, the first of those is better than nothing.
    """
    clashing: list[tuple[Clause, ...]] = []
    is_settled = has_one_value(problem)
    while True:
        wrong: list[Row] = []
        given = False
        for program in _alternated(problem, [_Share(forms, 1, decides=True), *_searches(problem)]):
            wrong = clashes(problem, program) if program and is_settled else []
            if program and wrong:
                clashing.append(program)
                break
            given = given or program is not None
            yield program
        if not wrong or len(clashing) == MOST_CLASHES:
            break
        problem = replace(problem, negatives=(*problem.negatives, *wrong))
    if not given:
        yield from clashing


@dataclass(frozen=True, slots=True)
class _Share:
    """A search and how many steps it makes in its turn."""

    search: Programs
    steps: int
    tentative: bool = False
    """Whether it tells what the others come by, which leaves them something to find."""
    last_resort: bool = False
    """Whether it is done with as soon as another one has found something.

    If it finds hardly more than a list, that leaves the others something to find.
    """
    patient: bool = False
    """Whether it gives way to the others at first, as its steps are long."""
    decides: bool = False
    """Whether what it finds is all that is wanted."""

    def leaves_more(self, problem: Problem, program: Sequence[Clause]) -> bool:
        """Whether something better than a program it has found is to be looked for."""
        is_list = self.last_resort and not says_more_than_a_list(problem, program)
        return self.tentative or is_list


def _meanwhile(
    search: Programs, posing: Generator[None, None, Problem]
) -> Generator[tuple[Clause, ...] | None, None, Problem | None]:
    """Work a problem out while a search goes on; None if the search finds all that is wanted."""
    for found in search:
        yield found
        if found:
            yield from search
            return None
        try:
            next(posing)
        except StopIteration as end:
            return end.value
    return (yield from posing)


def _searches(problem: Problem) -> list[_Share]:
    told = problem
    if not problem.negatives:
        problem = presumed(problem)
    # The size of what an expression claims speaks for itself, unless there is a result to miss.
    searches = [_Share(composed(problem if problem.functional else told), AHEAD)]
    rough = Rough(problem)
    plain = _Plain(problem, rough)
    searches.append(_Share(plain.programs(), PLAIN_AHEAD))
    searches.append(_Share(reached(problem, rough), FAR_AHEAD, last_resort=True, patient=True))
    searches.append(_Share(rough.programs(), 1, tentative=True))
    if problem.bias.recursion:
        # Lists and terms are what recursion is for.
        steps = AHEAD_ON_TERMS if problem.modes else 1
        many = len(problem.positives) + len(problem.negatives) > MANY_ROWS
        owing = not problem.modes or bool(answers(problem))
        if not (owing and problem.bias.directions) and problem.modes:
            searches.append(_Share(calling(problem, owing=False), steps, patient=many))
        if problem.modes:
            linked = calling_linked(problem, plain.levels())
            searches.append(_Share(linked, steps, patient=many))
        if owing:
            searches.append(_Share(calling(problem), steps, patient=many))
        if not problem.modes:
            searches.append(_Share(mutually_recursive(problem), PLAIN_AHEAD))
    return searches


def _alternated(problem: Problem, searches: Sequence[_Share]) -> Programs:
    """Some steps of each in turn, until all have ended or enough is found that can be run.

    After the first find they go on for as long again, in case there is something simpler; for less
    where there are many atoms, since programs that fit them all come to the same.
    """
    running = list(searches)
    again = min(1.0, MANY_ROWS / (len(problem.positives) + len(problem.negatives)))
    given = made = 0
    last = MOST_STEPS
    for turn in count():
        if all(share.tentative for share in running) or given >= MOST_GIVEN or made >= last:
            return
        others = any(not share.patient for share in running)
        for share in tuple(running):
            if share.patient and others and turn < EARLY and turn % EACH:
                continue
            taken = 0
            for found in islice(share.search, share.steps):
                taken += 1
                made += 1
                if found and share.decides:
                    yield found
                    yield from share.search
                    return
                program = found and allowed(problem, found)
                if program and not share.leaves_more(problem, program):
                    given += 1
                    last = min(last, made + int(again * made) + LINGERING)
                    if not share.last_resort:
                        running = [other for other in running if not other.last_resort]
                yield program
            if taken < share.steps and share in running:
                running.remove(share)


class _Plain:
    """Programs without recursion: short ones, then such that count, then longer ones."""

    def __init__(self, problem: Problem, rough: Rough) -> None:
        self._problem = problem
        self._rough = rough
        self._clauses = _Clauses(problem, rough)
        self._looked = 0
        self._ended = False

    def programs(self) -> Programs:
        """Those that fit."""
        problem = self._problem
        most = min(problem.bias.max_body or MAX_SIZE, MAX_SIZE)
        plain = self._clauses
        stages = [(plain, range(1, min(SHORT, most) + 1)), (plain, range(SHORT + 1, most + 1))]
        if problem.bias.counting:
            stages.insert(1, (_Clauses(with_counts(problem), self._rough), range(1, SHORT)))
        given = 0
        for clauses, sizes in stages:
            for _ in sizes:
                for program in clauses.programs():
                    given += program is not None
                    yield program
                self._looked += clauses is plain
                if given >= WANTED:
                    break
            if given:
                break
        self._ended = True

    def levels(self) -> Iterator[Sequence[Found] | None]:
        """The clauses known when short ones are, and again when longer ones are; None meanwhile."""
        told = 0
        while not self._ended or told < self._looked:
            if told < self._looked:
                told = self._looked
                yield tuple(self._clauses.found)
            else:
                yield None


class _Clauses:
    """One refiner, the clauses it has found, and the programs made of them."""

    def __init__(self, problem: Problem, rough: Rough) -> None:
        self._problem = problem
        self._refiner = Refiner(problem, tolerated=rough.tolerated)
        self.found: list[Found] = []
        """Clauses that hold for some positive atom, and for few negative ones."""
        self._rough = rough
        self._sound: list[Found] = []
        """Those that hold for no negative one."""
        self._joined = 0
        """How many there were when a program was last made of them."""

    def programs(self) -> Programs:
        """Fitting programs whose longest body has one literal more than before."""
        fitting: list[tuple[Clause, ...]] = []
        for item in self._refiner.level():
            yield None
            if item is not None:
                self.found.append(item)
                if len(item.covered) == len(self._problem.positives) and not item.wrong:
                    fitting.append((item.clause,))
                self._rough.add(item)
                if not item.wrong:
                    self._sound.append(item)
                if len(self._sound) > 2 * self._joined:
                    early = self._join()
                    if early and says_more_than_a_list(self._problem, early):
                        yield allowed(self._problem, early)
        self._rough.sum_up()
        rough = self._rough.best
        joined = self._join()
        if joined and self._covers_enough(joined):
            unclear = rough is not None and rough.is_clearer_than(self._problem, joined)
            fitting += [] if unclear else [joined]
        fit = (allowed(self._problem, program) for program in sorted(fitting, key=size))
        yield from (program for program in fit if program is not None)

    def _join(self) -> tuple[Clause, ...]:
        """The shortest program of the clauses that are never wrong; empty if there is none."""
        self._joined = len(self._sound)
        most = self._problem.bias.max_clauses
        covering = cover(len(self._problem.positives), self._sound, most)
        return tuple(item.clause for item in covering or ())

    def _covers_enough(self, program: tuple[Clause, ...]) -> bool:
        """Whether its clauses cover about two positive atoms each."""
        return 2 * len(program) <= len(self._problem.positives) + 1


def promise(task: Task) -> float:
    """1 for relations over a background, else 0."""
    return 1.0 if is_relational(task) else 0.0


METHOD: Final = Method(name=NAME, propose=propose, promise=promise)
