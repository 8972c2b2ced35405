"""The planner that needs nothing installed: breadth first, so its plans are shortest.

That there is no plan is proved by exhaustion: every state that can be reached was looked at. States
are integers with one bit a fact. Small problems only; a limit on states says when to give up.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from peirce.prototypes.pddl.grounding import Ground, ground
from peirce.prototypes.pddl.model import Atom, Domain, Literal, Problem, Step

MOST_STATES: Final = 60_000
"""States that are looked at before the search gives up."""


class Finding(StrEnum):
    """What a planner found out."""

    PLAN = "plan"
    UNSOLVABLE = "unsolvable"
    """Proved: no plan exists."""
    UNKNOWN = "unknown"
    """It ran into a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The outcome of planning."""

    finding: Finding
    plan: tuple[Step, ...] = ()
    """A plan, the shortest where the planner says so; empty if there is none."""
    states: int = 0
    """States looked at; 0 where the planner does not say."""
    why: str = ""
    """Which limit was reached, or how it was proved that there is no plan."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A step as bit masks."""

    step: Step
    needs: int
    forbids: int
    keeps: int
    """All bits but the deleted ones."""
    adds: int


def plan_breadth_first(
    domain: Domain, problem: Problem, *, most_states: int = MOST_STATES
) -> Planned:
    """A shortest plan, or the proof that there is none.

    Raises:
        TaskError: the problem has too many steps to be grounded.
    """
    steps = ground(domain, problem)
    bits = _bits(problem, steps)
    moves = [_move(one, bits) for one in steps]
    start = sum(1 << bits[atom] for atom in problem.init)
    wanted, unwanted = _masks(problem.goal, bits)
    if wanted < 0:
        return Planned(finding=Finding.UNSOLVABLE, why="a goal that nothing brings about", states=1)
    parents: dict[int, tuple[int, Step]] = {start: (start, ())}
    queue = deque((start,))
    while queue:
        state = queue.popleft()
        if state & wanted == wanted and not state & unwanted:
            plan = _way_to(state, start, parents)
            return Planned(finding=Finding.PLAN, plan=plan, states=len(parents))
        for move in moves:
            if state & move.needs == move.needs and not state & move.forbids:
                after = state & move.keeps | move.adds
                if after not in parents:
                    parents[after] = (state, move.step)
                    queue.append(after)
        if len(parents) > most_states:
            why = f"more than {most_states} states"
            return Planned(finding=Finding.UNKNOWN, states=len(parents), why=why)
    why = f"all {len(parents)} states that can be reached were looked at"
    return Planned(finding=Finding.UNSOLVABLE, states=len(parents), why=why)


def _way_to(state: int, start: int, parents: dict[int, tuple[int, Step]]) -> tuple[Step, ...]:
    steps: list[Step] = []
    while state != start:
        state, step = parents[state]
        steps.append(step)
    return tuple(reversed(steps))


def _bits(problem: Problem, steps: Sequence[Ground]) -> dict[Atom, int]:
    effects = {effect.atom for one in steps for effect in one.effects}
    return {atom: place for place, atom in enumerate(sorted(problem.init | effects))}


def _move(one: Ground, bits: dict[Atom, int]) -> _Move:
    needs, forbids = _masks(one.conditions, bits)
    adds, deletes = _masks(one.effects, bits)
    return _Move(one.step, needs, forbids, ~deletes, adds)


def _masks(literals: Sequence[Literal], bits: dict[Atom, int]) -> tuple[int, int]:
    """What must hold and what must not; the first is -1 if it never can."""
    wanted = unwanted = 0
    for literal in literals:
        place = bits.get(literal.atom)
        if literal.atom[0] == "=" or place is None:
            possible = literal.holds(frozenset())
            wanted = wanted if possible else -1
        elif literal.positive:
            wanted |= 1 << place
        else:
            unwanted |= 1 << place
    return wanted, unwanted
