"""Programmatic mutations of planning problems.

*Exploratory*: start and goal further apart, reached by taking random steps; or one more object of a
sort, a twin of an old one. *Transformative*: same objects, other method: an action that needs more
or does less, or start and goal exchanged. *Compositional*: two problems in one, their names kept
apart. What becomes of solvability is for the planner to say.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from peirce.prototypes.pddl.grounding import ground
from peirce.prototypes.pddl.model import (
    Action,
    Domain,
    Literal,
    Named,
    Problem,
    State,
    successor,
)

LONGEST_WALK: Final = 60
"""Random steps to a new start or goal."""


@dataclass(frozen=True, slots=True)
class Planning:
    """A domain and one of its problems."""

    domain: Domain
    problem: Problem


@dataclass(frozen=True, slots=True)
class Varied:
    """A problem after a mutation, and the mutation in words."""

    planning: Planning
    words: str


@dataclass(frozen=True, slots=True)
class _Reworked:
    action: Action
    words: str


_Change = Callable[[Action, random.Random], _Reworked | None]


def wander(planning: Planning, rng: random.Random) -> Varied | None:
    """Start and goal anew: from the old start to a new one, from there to a new goal."""
    start = _walk(planning, planning.problem.init, rng)
    end = _walk(planning, start, rng)
    reached = sorted(end - start)
    if not reached:
        return None
    # As many goals as before, so that the problem looks the same; some of what is true anyway.
    count = min(len(reached), max(1, len(planning.problem.goal)))
    goal = tuple(Literal(atom) for atom in rng.sample(reached, count))
    problem = replace(planning.problem, init=start, goal=goal)
    return Varied(replace(planning, problem=problem), "another start and goal, random steps apart")


def double(planning: Planning, rng: random.Random) -> Varied | None:
    """One more object: it starts like an old one and has the same goals."""
    problem = planning.problem
    name, kind = rng.choice(problem.objects)
    taken = {other for other, _ in (*problem.objects, *planning.domain.constants)}
    twin = next(new for count in range(2, 1000) if (new := f"{name}-{count}") not in taken)
    names = {name: twin}
    init = problem.init | {Literal(atom).of(names).atom for atom in problem.init}
    goal = dict.fromkeys((*problem.goal, *(part.of(names) for part in problem.goal)))
    grown = replace(problem, objects=(*problem.objects, (twin, kind)), init=init, goal=tuple(goal))
    return Varied(replace(planning, problem=grown), f"{twin} was added, a twin of {name}")


def exchange(planning: Planning, rng: random.Random) -> Varied | None:
    """Back from a state where the goal holds to where the old problem started."""
    end = _walk(planning, planning.problem.init, rng)
    back = sorted(planning.problem.init - end)
    if not back:
        return None
    goal = tuple(Literal(atom) for atom in rng.sample(back, min(3, len(back))))
    problem = replace(planning.problem, init=end, goal=goal)
    return Varied(replace(planning, problem=problem), "the way back is asked for")


def weaken(planning: Planning, rng: random.Random) -> Varied | None:
    """An action no longer brings about one of its effects."""
    return _with_action(planning, rng, _without_effect)


def demand(planning: Planning, rng: random.Random) -> Varied | None:
    """An action needs one more thing: what one of its own deletions or additions is about."""
    return _with_action(planning, rng, _with_condition)


def join(left: Planning, right: Planning) -> Varied:
    """Both problems at once."""
    first, second = _apart(left, "a-"), _apart(right, "b-")
    domain = Domain(
        name=f"{left.domain.name}-and-{right.domain.name}",
        types=(*first.domain.types, *second.domain.types),
        constants=(*first.domain.constants, *second.domain.constants),
        predicates=(*first.domain.predicates, *second.domain.predicates),
        actions=(*first.domain.actions, *second.domain.actions),
    )
    problem = Problem(
        name=f"{left.problem.name}-and-{right.problem.name}",
        domain=domain.name,
        objects=(*first.problem.objects, *second.problem.objects),
        init=first.problem.init | second.problem.init,
        goal=(*first.problem.goal, *second.problem.goal),
    )
    return Varied(Planning(domain, problem), "two problems are to be solved at once")


def _walk(planning: Planning, state: State, rng: random.Random) -> State:
    steps = ground(planning.domain, replace(planning.problem, init=planning.problem.init | state))
    for _ in range(rng.randint(4, LONGEST_WALK)):
        possible = [step for step in steps if all(part.holds(state) for part in step.conditions)]
        if not possible:
            break
        state = successor(state, rng.choice(possible).effects)
    return state


def _with_action(planning: Planning, rng: random.Random, change: _Change) -> Varied | None:
    index = rng.randrange(len(planning.domain.actions))
    changed = change(planning.domain.actions[index], rng)
    if changed is None:
        return None
    actions = list(planning.domain.actions)
    actions[index] = changed.action
    domain = replace(planning.domain, actions=tuple(actions))
    return Varied(replace(planning, domain=domain), changed.words)


def _without_effect(action: Action, rng: random.Random) -> _Reworked | None:
    if len(action.effects) < 2:
        return None
    lost = rng.choice(action.effects)
    kept = tuple(effect for effect in action.effects if effect != lost)
    return _Reworked(replace(action, effects=kept), f"{action.name} no longer causes {lost}")


def _with_condition(action: Action, rng: random.Random) -> _Reworked | None:
    known = {condition.atom for condition in action.conditions}
    new = [
        Literal(effect.atom, positive=not effect.positive)
        for effect in action.effects
        if effect.atom not in known
    ]
    if not new:
        return None
    wanted = rng.choice(new)
    conditions = (*action.conditions, wanted)
    return _Reworked(replace(action, conditions=conditions), f"{action.name} needs {wanted}")


def _apart(planning: Planning, prefix: str) -> Planning:
    """The same with `prefix` before every name that is declared."""
    domain, problem = planning.domain, planning.problem

    def own(name: str) -> str:
        return name if name[0] in "?=" else prefix + name

    def typed(names: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple((own(name), kinds[kind]) for name, kind in names)

    def literals(parts: tuple[Literal, ...]) -> tuple[Literal, ...]:
        return tuple(Literal(renamed(part.atom), part.positive) for part in parts)

    def renamed(atom: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(own, atom))

    kinds: Mapping[str, str] = {
        "object": "object",
        **{name: prefix + name for name, _ in domain.types},
    }
    actions = tuple(
        Action(
            name=prefix + action.name,
            parameters=typed(action.parameters),
            conditions=literals(action.conditions),
            effects=literals(action.effects),
        )
        for action in domain.actions
    )
    return Planning(
        Domain(
            name=domain.name,
            types=typed(domain.types),
            constants=typed(domain.constants),
            predicates=tuple((prefix + name, typed(names)) for name, names in domain.predicates),
            actions=actions,
        ),
        Problem(
            name=problem.name,
            domain=problem.domain,
            objects=typed(problem.objects),
            init=frozenset(map(renamed, problem.init)),
            goal=literals(problem.goal),
        ),
    )
