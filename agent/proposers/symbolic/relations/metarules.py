"""Programs whose clauses have the forms that a task states: meta-interpretive learning.

The atoms that hold are proved one after another; where nothing known proves a goal, a form is taken
for a new clause, and what it leaves open (which relation, which constant) is what the proof needs.
Words that a clause needs and nobody defines are invented. Programs of few clauses come first, and
one that proves an atom which does not hold is given up. A definition that calls an argument may be
given an invented word, which no search that starts from facts can say.
(Muggleton, Lin and Tamaddoni-Nezhad, Meta-interpretive learning of higher-order dyadic datalog,
2015; Cropper, Morel and Muggleton, Learning higher-order logic programs, 2020.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.formed import Formed, as_clause, fixed, key_of
from peirce.agent.proposers.symbolic.relations.higher import called_places
from peirce.agent.proposers.symbolic.relations.library import machine_for
from peirce.agent.proposers.symbolic.relations.machine import (
    Applied,
    Live,
    Machine,
    Ref,
    bare,
    live,
)
from peirce.agent.proposers.symbolic.relations.posing import Stated
from peirce.agent.proposers.symbolic.relations.terms import Clause
from peirce.tasks.bias import Bias
from peirce.tasks.clauses import Compound, Term, Variable

Programs: TypeAlias = Iterator[tuple[Clause, ...] | None]
Arguments: TypeAlias = tuple[Term, ...]
Refutes: TypeAlias = Callable[[Callable[[Arguments], bool]], bool]
MAX_CLAUSES: Final = 4
"""Clauses of the longest program, where the bias does not say."""
FAIR: Final = 6
"""The first choices, each of which is given up after its share of the goals."""
FIRST_SHARE: Final = 30
SECOND_SHARE: Final = 400
"""Goals that are begun for the last of the first choices; the one before gets twice as many."""
MAX_DEPTH: Final = 40
"""Goals of which each is needed for the next."""
MAX_CHECKED: Final = 4_000
"""Goals that are begun to see whether one atom is proved by a program."""
WANTED: Final = 4
"""Programs of one length after which there are enough."""
DOUBTED: Final = 4
"""Of so many results presumed to be wrong one may be right."""
BREATH: Final = 32
"""Goals that are begun in one go."""


def of_forms(said: Stated) -> Programs:
    """Programs of the forms of a task's bias that prove what holds and nothing that does not.

    Where a result is presumed, not said, to be wrong, a few may be right.
    """
    holds = [item.arguments for item in said.examples if item.holds]
    fails = [item.arguments for item in said.examples if not item.holds]
    presumed = [item.arguments for item in said.presumed]
    doubted = 0 if said.bias.functional else len(presumed) // DOUBTED

    def refutes(proves: Callable[[Arguments], bool]) -> bool:
        return any(map(proves, fails)) or sum(map(proves, presumed)) > doubted

    return _Forms(machine_for(said.clauses), said.bias, said.head[0]).programs(holds, refutes)


@dataclass(frozen=True, slots=True)
class _Goal:
    """Something to be proved."""

    predicate: Live
    arguments: tuple[Live, ...]
    above: "_Above"
    """What it is needed for."""


_Above: TypeAlias = "tuple[str, int, _Above] | None"
"""The text of a goal that was begun, how many it was itself needed for, and those."""
_Goals: TypeAlias = "tuple[_Goal, _Goals] | None"
_Program: TypeAlias = tuple[Formed, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """What is left to be proved, and the program so far."""

    goals: _Goals
    program: _Program


class _Forms:
    """The search for programs of the forms of a bias."""

    def __init__(self, machine: Machine, bias: Bias, head: str) -> None:
        """Take what is known and what clauses may look like.

        Args:
            machine: answers what the background says.
            bias: its metarules, the relations they may speak of, and definitions that call.
            head: the relation to be learned.
        """
        self._machine = machine
        self._bias = bias
        self._head = head
        self._too_deep = False
        """Whether a proof was given up because its goals had become too deep."""

    def programs(self, positives: Sequence[Arguments], refutes: Refutes) -> Programs:
        """Programs of few clauses that prove all of some atoms; None now and then.

        Args:
            positives: the arguments of the atoms to be proved.
            refutes: whether a program is wrong, given which atoms it proves.
        """
        goals: _Goals = None
        for arguments in reversed(positives):
            goals = (self._goal(arguments), goals)
        for most, share in product(
            range(1, (self._bias.max_clauses or MAX_CLAUSES) + 1), (FIRST_SHARE, SECOND_SHARE)
        ):
            found = 0
            for program in self._complete(self._search(_State(goals, ()), most, share)):
                if program is None or refutes(partial(self._proved, program)):
                    yield None
                    continue
                yield self._clauses(program)
                found += 1
                if found == WANTED:
                    break
            if found:
                return

    def _complete(self, found: Iterator[_Program | None]) -> Iterator[_Program | None]:
        """Those with all choices made, each once; None now and then."""
        told: set[tuple[object, ...]] = set()
        for number, program in enumerate(found):
            if program is None:
                if number % BREATH == 0:
                    yield None
                continue
            settled = fixed(program)
            key = () if settled is None else key_of(settled)
            if settled is not None and key not in told:
                told.add(key)
                yield settled

    def _proved(self, program: _Program, arguments: Arguments) -> bool:
        """Whether an atom is proved; one that is not clearly refuted counts as proved."""
        height = self._machine.height
        state = _State((self._goal(arguments), None), program)
        self._too_deep = False
        for begun, found in enumerate(self._search(state, len(program), MAX_CHECKED)):
            if found is not None or begun == MAX_CHECKED:
                self._machine.undo(height)
                return True
        return self._too_deep

    def _goal(self, arguments: Arguments) -> _Goal:
        refs: dict[str, Ref] = {}
        return _Goal(self._head, tuple(live(item, refs) for item in arguments), None)

    def _search(self, start: _State, most: int, share: int) -> Iterator[_Program | None]:
        """A program for each proof, bound as the proof has it; None for each goal begun.

        Each of the first choices is followed for so many goals, those before it for twice as many
        as the next, so that none keeps the others waiting for long.
        """
        machine = self._machine
        choices: list[tuple[Iterator[_State], int]] = [(iter((start,)), machine.height)]
        since = [0] * FAIR
        begun = 0
        while choices:
            for level in range(min(FAIR, len(choices))):
                if begun - since[level] > share << (FAIR - level):
                    del choices[level + 1 :]
                    break
            ways, height = choices.pop()
            machine.undo(height)
            state = next(ways, None)
            if state is None:
                continue
            if len(choices) < FAIR:
                since[len(choices)] = begun
            choices.append((ways, machine.height))
            if state.goals is None:
                yield state.program
                continue
            begun += 1
            yield None
            goal, rest = state.goals
            above = _begun(goal)
            if above is not None and above[1] > MAX_DEPTH:
                self._too_deep = True
            elif above is not None:
                goal = _Goal(goal.predicate, goal.arguments, above)
                more = self._ways(goal, rest, state.program, most)
                choices.append((more, machine.height))

    def _ways(self, goal: _Goal, rest: _Goals, program: _Program, most: int) -> Iterator[_State]:
        """What is left to be proved for each way to begin with a goal."""
        for _ in self._known(goal):
            yield _State(rest, program)
        for goals in self._interpreted(goal, rest):
            yield _State(goals, program)
        for clause in program:
            yield from self._with(clause, goal, rest, program)
        if len(program) < most:
            for name in self._definable(goal, program):
                for form in self._bias.metarules:
                    chosen: dict[str, Live] = {name: Ref() for name in sorted(form.chosen)}
                    clause = Formed(form, chosen)
                    height = self._machine.height
                    if self._machine.unify(goal.predicate, name):
                        yield from self._with(clause, goal, rest, (*program, clause))
                    self._machine.undo(height)

    def _known(self, goal: _Goal) -> Iterator[None]:
        """Once for each way in which the background proves a goal."""
        predicate = bare(goal.predicate)
        for name, arity in self._bias.body:
            named = isinstance(predicate, Ref) or predicate == name
            if not named or arity != len(goal.arguments):
                continue
            for _ in self._machine.solutions(Applied(name, goal.arguments)):
                height = self._machine.height
                if self._machine.unify(predicate, name):
                    yield
                self._machine.undo(height)

    def _interpreted(self, goal: _Goal, rest: _Goals) -> Iterator[_Goals]:
        """What is left for each clause of a definition that calls an argument."""
        for rule in self._bias.interpreted:
            head, body = rule.arguments
            if not isinstance(head, Compound) or len(head.arguments) != len(goal.arguments):
                continue
            refs: dict[str, Ref] = {}
            height = self._machine.height
            wanted = tuple(live(item, refs) for item in head.arguments)
            if self._machine.unify(goal.predicate, head.name) and all(
                map(self._machine.unify, goal.arguments, wanted)
            ):
                yield _before(_calls(body, refs, goal.above), rest)
            self._machine.undo(height)

    def _with(
        self, clause: Formed, goal: _Goal, rest: _Goals, program: _Program
    ) -> Iterator[_State]:
        """What is left if a clause begins the proof of a goal."""
        form = clause.form
        if len(form.head) != 1 + len(goal.arguments):
            return
        values = dict(clause.chosen)
        predicate, *wanted = (_valued(item, values) for item in form.head)
        height = self._machine.height
        if self._machine.unify(predicate, goal.predicate) and all(
            map(self._machine.unify, wanted, goal.arguments)
        ):
            needed: list[_Goal] = []
            for literal in form.body:
                called, *arguments = (_valued(item, values) for item in literal)
                needed.append(_Goal(called, tuple(arguments), goal.above))
            yield _State(_before(needed, rest), program)
        self._machine.undo(height)

    def _definable(self, goal: _Goal, program: _Program) -> list[str]:
        """Words that a new clause for a goal may explain: the relation's own and invented ones."""
        arity = len(goal.arguments)
        own = {
            str(bare(clause.chosen.get(_name(clause.form.head[0]), "")))
            for clause in program
            if len(clause.form.head) == 1 + arity
        }
        predicate = bare(goal.predicate)
        if isinstance(predicate, str):
            return [predicate] if predicate == self._head or predicate in own else []
        used = {str(bare(value)) for clause in program for value in clause.chosen.values()}
        fresh = next(
            name for number in range(1, 100) if (name := f"{self._head}_{number}") not in used
        )
        return [*sorted(own - {""}), fresh] if self._bias.invention else sorted(own - {""})

    def _clauses(self, program: _Program) -> tuple[Clause, ...]:
        places = called_places(self._bias)
        clauses = [as_clause(clause, places) for clause in program]
        own = {clause.name for clause in clauses}
        # Where a proof may end is tried before where it goes on.
        return tuple(
            sorted(clauses, key=lambda clause: any(item.name in own for item in clause.body))
        )


def _name(term: Term) -> str:
    return term.name if isinstance(term, Variable) else ""


def _valued(term: Term, values: dict[str, Live]) -> Live:
    if isinstance(term, Variable):
        return values.setdefault(term.name, Ref())
    return live(term, {})


def _before(goals: Sequence[_Goal], rest: _Goals) -> _Goals:
    for goal in reversed(goals):
        rest = (goal, rest)
    return rest


def _calls(body: Term, refs: dict[str, Ref], above: _Above) -> list[_Goal]:
    """The goals of a definition's body; what it calls is the first argument of `call`."""
    goals: list[_Goal] = []
    while isinstance(body, Compound):
        first, body = body.arguments if body.name == "," else (body, "true")
        if isinstance(first, Compound):
            items = tuple(live(item, refs) for item in first.arguments)
            called = (items[0], items[1:]) if first.name == "call" else (first.name, items)
            goals.append(_Goal(*called, above))
    return goals


def _begun(goal: _Goal) -> _Above:
    """A goal and what it is needed for; None if it is needed for itself."""
    texts: list[str] = []
    seen: dict[Ref, None] = {}
    for term in (goal.predicate, *goal.arguments):
        _spell(term, seen, texts)
    text, above = " ".join(texts), goal.above
    depth = 0 if above is None else above[1] + 1
    while above is not None:
        if above[0] == text:
            return None
        above = above[2]
    return text, depth, goal.above


def _spell(term: Live, seen: dict[Ref, None], texts: list[str]) -> None:
    """The words of a term; variables are told by when they were first seen."""
    term = bare(term)
    if isinstance(term, Ref):
        seen.setdefault(term)
        texts.append(f"_{list(seen).index(term)}")
    elif isinstance(term, Applied):
        texts.append(f"{term.name}/{len(term.arguments)}")
        for item in term.arguments:
            _spell(item, seen, texts)
    else:
        texts.append(str(term))
