"""Every step that could ever be taken, found once, so that search only compares bits.

Conditions on predicates that no action changes are settled here; a step whose other conditions
can never become true is left out (a relaxed reachability that ignores deletions).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from peirce.prototypes.pddl.model import EQUAL, Action, Atom, Domain, Literal, Problem, State, Step
from peirce.tasks.errors import TaskError

MOST_STEPS: Final = 20_000
"""Ground steps; problems with more are too large for this search."""
MOST_BINDINGS: Final = 400_000
"""Ways to bind parameters of one action that are tried, complete or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A step and what it needs and does."""

    step: Step
    conditions: tuple[Literal, ...]
    """Only those that can change."""
    effects: tuple[Literal, ...]


def ground(domain: Domain, problem: Problem) -> tuple[Ground, ...]:
    """All steps that can ever be taken.

    Raises:
        TaskError: there are more than `MOST_STEPS`.
    """
    changing = {effect.atom[0] for action in domain.actions for effect in action.effects}
    found: list[Ground] = []
    for action in domain.actions:
        for step in _bindings(action, domain, problem, changing):
            found.append(step)
            if len(found) > MOST_STEPS:
                raise TaskError(f"PDDL: more than {MOST_STEPS} steps are possible; make it smaller")
    return _reachable(found, problem.init)


def _bindings(
    action: Action, domain: Domain, problem: Problem, changing: set[str]
) -> Iterator[Ground]:
    """The steps of an action whose unchangeable conditions hold, bound one parameter at a time."""
    things = (*problem.objects, *domain.constants)
    fixed = [part for part in action.conditions if part.atom[0] not in changing]
    fluent = [part for part in action.conditions if part.atom[0] in changing]
    names = [name for name, _ in action.parameters]
    stages = [_settled(fixed, names, bound) for bound in range(len(names) + 1)]

    tried = count()

    def bind(binding: dict[str, str]) -> Iterator[Ground]:
        if next(tried) > MOST_BINDINGS:
            raise TaskError(
                f"PDDL: action {action.name} can be bound in more than {MOST_BINDINGS} ways; "
                "make it smaller"
            )
        done = len(binding)
        if not all(part.of(binding).holds(problem.init) for part in stages[done]):
            return
        if done == len(names):
            yield Ground(
                step=(action.name, *binding.values()),
                conditions=tuple(part.of(binding) for part in fluent),
                effects=tuple(part.of(binding) for part in action.effects),
            )
            return
        name, kind = action.parameters[done]
        for thing, sort in things:
            if domain.is_a(sort, kind):
                yield from bind({**binding, name: thing})

    yield from bind({})


def _settled(conditions: Sequence[Literal], names: Sequence[str], bound: int) -> list[Literal]:
    """The conditions that can be looked at once the last of `bound` parameters is known."""
    early, last = set(names[:bound]), set(names[bound - 1 : bound])
    return [
        part
        for part in conditions
        if set(part.atom[1:]) & set(names) <= early
        and (last & set(part.atom[1:]) or (bound == 0 and not set(part.atom[1:]) & set(names)))
    ]


def _reachable(steps: Sequence[Ground], init: State) -> tuple[Ground, ...]:
    """The steps whose positive conditions can come true when nothing is ever deleted."""
    known: set[Atom] = set(init)
    waiting, taken = list(steps), set[Step]()
    grown = True
    while grown:
        grown = False
        for one in waiting:
            needs = (part.atom for part in one.conditions if part.positive)
            if all(atom in known or atom[0] == EQUAL for atom in needs):
                known.update(effect.atom for effect in one.effects if effect.positive)
                taken.add(one.step)
                grown = True
        waiting = [one for one in waiting if one.step not in taken]
    return tuple(one for one in steps if one.step in taken)
