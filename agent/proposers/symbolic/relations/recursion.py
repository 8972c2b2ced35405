"""Recursive programs: which rows a clause leads to, and which starts make every example come out.

A recursive clause turns a row into the rows its own calls ask for. Over a finite database that is
a graph, and a program proves a row if the graph leads to rows that a start (a clause without
recursion) proves. All starts are tried at once: each is one bit, and a row's mask says by which of
them it is proved. A clause that proves a negative row with some start is never tried with that
start again, since more clauses only prove more (Cropper and Morel 2021: a failure by too much
prunes all generalisations).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, islice, product
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.relations.bodies import Body
from peirce.agent.proposers.symbolic.relations.database import Binding, Database, Row
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.starts import Starts
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal

Programs: TypeAlias = tuple[Clause, ...]
Calls: TypeAlias = tuple[tuple[Row, ...], ...]
"""Ways to prove a row: in each, the rows that must be proved first."""
MAX_ROWS: Final = 3_000
"""Rows one recursive program may ask for."""
MAX_WAYS: Final = 60
"""Ways in which one clause may call itself for one row."""
MAX_ALIKE: Final = 40
"""Recursive clauses kept of those that apply to the same positive rows."""
MAX_PAIRS: Final = 20_000
"""Pairs of recursive clauses that are tried after one more size."""


class _Plan:
    """A recursive clause taken apart, and the calls it is known to make."""

    __slots__ = ("_asked", "_known", "_plain", "_variables", "clause")

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self._plain = [literal for literal in clause.body if literal.name != clause.name]
        self._asked = [lit.arguments for lit in clause.body if lit.name == clause.name]
        self._variables = clause.variables
        self._known: dict[Row, Calls] = {}

    def calls(self, row: Row, database: Database) -> Calls:
        """What it asks for to prove a row, for each way its other literals can hold."""
        found = self._known.get(row)
        if found is None:
            found = self._known[row] = tuple(self._work_out(row, database))
        return found

    def _work_out(self, row: Row, database: Database) -> Iterator[tuple[Row, ...]]:
        binding: Binding = [*row, *[None] * (self._variables - len(row))]
        seen: set[tuple[Row, ...]] = set()
        for found in database.solutions(self._plain, binding):
            way = tuple(
                tuple(str(found[item]) if isinstance(item, int) else str(item) for item in asked)
                for asked in self._asked
            )
            if way not in seen and row not in way:
                yield way
            seen.add(way)
            if len(seen) > MAX_WAYS:
                return


@dataclass(frozen=True, slots=True)
class _Step:
    """A recursive clause that may be of use beside another one."""

    plan: _Plan
    applies: int
    """The positive rows for which it can call itself, as bits."""
    sound: int
    """The starts with which it proves no negative row, as bits."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What starts do together with some recursive clauses, as bits."""

    sound: int
    complete: int
    """Sound ones that prove every positive row."""
    profile: tuple[int, ...]
    """For each positive row the sound starts that prove it."""


class Recursion:
    """Tries recursive clauses with all starts."""

    def __init__(self, problem: Problem, starts: Sequence[Clause]) -> None:
        """Prepare for `starts`, simplest first."""
        self._problem = problem
        self._starts = Starts(starts, problem)
        # A start that covers everything leaves a recursion nothing to do.
        covering = self._starts.all
        for row in problem.positives:
            covering &= self._starts.mask(row)
        self._useful = self._starts.all & ~covering
        # By the positive rows they apply to; of those that also prove the same one is enough.
        self._steps: dict[int, list[_Step]] = {}
        self._profiles: set[tuple[tuple[int, ...], int]] = set()
        self._known: dict[int, int] = {}
        self._startings: dict[int, int] = {}

    def alone(self, clause: Clause) -> Iterator[Programs]:
        """Programs of a start and `clause` that fit; it is kept if it may help another clause."""
        plan = _Plan(clause)
        judged = self._judge((plan,), self._useful)
        if judged is None:
            return
        yield from self._named(judged.complete, (plan,))
        if not judged.complete and judged.sound:
            self._keep(plan, judged)

    def _keep(self, plan: _Plan, judged: _Judged) -> None:
        positives = self._problem.positives
        applies = self._applies(plan, positives)
        alike = self._steps.setdefault(applies, [])
        gains = any(
            now & ~self._starts.mask(row)
            for now, row in zip(judged.profile, positives, strict=True)
        )
        # What proves the same may do more harm beside another clause if it applies more often.
        profile = judged.profile, self._applies(plan, self._problem.negatives)
        if len(alike) < MAX_ALIKE and not (gains and profile in self._profiles):
            alike.append(_Step(plan, applies, judged.sound))
            self._profiles.add(profile)

    def _applies(self, plan: _Plan, rows: Sequence[Row]) -> int:
        """The rows for which a clause can call itself, as bits."""
        database = self._problem.database
        return sum(1 << n for n, row in enumerate(rows) if plan.calls(row, database))

    def paired(self) -> Iterator[Programs | None]:
        """Programs of a start and two of the clauses kept that fit, short ones first.

        Between them the two must apply to every row that the start does not prove. None now and
        then.
        """
        fresh = islice(self._fresh_pairs(), MAX_PAIRS)
        for left, right in sorted(fresh, key=_size):
            yield None
            shared = left.sound & right.sound & self._starting(left.applies | right.applies)
            if shared:
                steps = (left.plan, right.plan)
                judged = self._judge(steps, shared)
                if judged is not None:
                    yield from self._named(judged.complete, steps)

    def _fresh_pairs(self) -> Iterator[tuple[_Step, _Step]]:
        """Pairs of which at least one clause was found since the last time."""
        for first, second in combinations_with_replacement(sorted(self._steps), 2):
            if not self._starting(first | second):
                continue
            for m, left in enumerate(self._steps[first]):
                for n, right in enumerate(self._steps[second]):
                    known = m < self._known.get(first, 0) and n < self._known.get(second, 0)
                    if not known and (first != second or m < n):
                        yield left, right
        self._known = {applies: len(steps) for applies, steps in self._steps.items()}

    def _starting(self, applies: int) -> int:
        """The starts that prove every positive row but some, as bits."""
        found = self._startings.get(applies)
        if found is None:
            found = self._useful
            for number, row in enumerate(self._problem.positives):
                if not applies >> number & 1:
                    found &= self._starts.mask(row)
            self._startings[applies] = found
        return found

    def _named(self, complete: int, steps: tuple[_Plan, ...]) -> Iterator[Programs]:
        complete = complete & self._starts.single or complete
        for number, start in enumerate(self._starts.programs):
            if complete >> number & 1:
                yield (*start, *(plan.clause for plan in steps))

    def _judge(self, steps: tuple[_Plan, ...], among: int) -> _Judged | None:
        """What each of some starts does with `steps`; None if the steps apply nowhere."""
        graph = self._graph(steps)
        if graph is None:
            return None
        proved = self._proved(graph)
        sound = among
        for row in self._problem.negatives:
            sound &= ~proved[row]
        profile = tuple(proved[row] & sound for row in self._problem.positives)
        complete = sound
        for mask in profile:
            complete &= mask
        return _Judged(sound, complete, profile)

    def _graph(self, steps: tuple[_Plan, ...]) -> dict[Row, Calls] | None:
        """Every row that is asked for, and how it may be proved; None if there are too many."""
        problem = self._problem
        graph: dict[Row, Calls] = {}
        # Steps that apply to no positive row are done with before the negative ones are looked at.
        for rows in (problem.positives, problem.negatives):
            waiting = list(rows)
            while waiting:
                row = waiting.pop()
                if row in graph:
                    continue
                ways = tuple(way for plan in steps for way in plan.calls(row, problem.database))
                graph[row] = ways
                waiting.extend(asked for way in ways for asked in way if asked not in graph)
                if len(graph) > MAX_ROWS:
                    return None
            if not any(graph[row] for row in problem.positives):
                return None
        return graph

    def _proved(self, graph: dict[Row, Calls]) -> dict[Row, int]:
        """By which starts each row is proved: the least fixed point."""
        masks = {row: self._starts.mask(row, goes_on=bool(ways)) for row, ways in graph.items()}
        # Rows met last lie deepest; going backwards most graphs settle in one round.
        order = list(graph)[::-1]
        changed = True
        while changed:
            changed = False
            for row in order:
                found = masks[row]
                for way in graph[row]:
                    through = self._starts.all
                    for asked in way:
                        through &= masks[asked]
                    found |= through
                if found != masks[row]:
                    masks[row] = found
                    changed = True
        return masks


def _size(pair: tuple[_Step, _Step]) -> int:
    return sum(step.plan.clause.size for step in pair)


def closings(problem: Problem, body: Body) -> Iterator[Clause]:
    """Recursive clauses made of a body and one call of the head's relation.

    The call asks for something else than the head does and uses all that is still open; the other
    literals bind its arguments.
    """
    head = set(range(problem.arity))
    choices = [
        [number for number, kind in enumerate(body.types) if kind == wanted]
        for wanted in problem.head_types
    ]
    used = {item for literal in body.literals for item in literal.variables}
    still_open = body.open(problem.arity)
    for arguments in product(*choices):
        # A call for the head's own arguments in another order may go on for ever.
        asked = set(arguments)
        if still_open <= asked and not asked <= head and head <= used | asked:
            call = Literal(problem.name, arguments)
            yield Clause(problem.name, problem.arity, (*body.literals, call))
