"""Follows a plan step by step and says where it first goes wrong.

Works on actions as they are written, with nothing grounded beforehand, so that it shares no code
with the planners whose plans it judges.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peirce.prototypes.pddl.model import Domain, Literal, Problem, State, Step, successor


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """Whether a plan reaches the goal."""

    valid: bool
    step: int | None = None
    """Number of the first step that cannot be taken, from 0; None if all can."""
    why: str = ""
    """What is wrong; empty for a valid plan."""


def validate(domain: Domain, problem: Problem, plan: Sequence[Step]) -> PlanVerdict:
    """Take every step of a plan from the initial state and look at the goal."""
    state = problem.init
    for number, step in enumerate(plan):
        after = _taken(domain, problem, state, step)
        if isinstance(after, str):
            return PlanVerdict(False, number, f"step {number + 1}, ({' '.join(step)}): {after}")
        state = after
    open_goals = _unmet(problem.goal, state)
    if open_goals:
        return PlanVerdict(False, None, f"at the end {open_goals} does not hold")
    return PlanVerdict(True)


def _taken(domain: Domain, problem: Problem, state: State, step: Step) -> State | str:
    """The state after a step, or why it cannot be taken."""
    name, *objects = step or ("",)
    action = next((one for one in domain.actions if one.name == name), None)
    if action is None:
        return "there is no such action"
    if len(objects) != len(action.parameters):
        return f"it needs {len(action.parameters)} objects, not {len(objects)}"
    known = dict((*problem.objects, *domain.constants))
    for thing, (_, kind) in zip(objects, action.parameters, strict=True):
        if thing not in known or not domain.is_a(known[thing], kind):
            return f"{thing} is no {kind} of this problem"
    binding = {name: thing for (name, _), thing in zip(action.parameters, objects, strict=True)}
    unmet = _unmet([part.of(binding) for part in action.conditions], state)
    if unmet:
        return f"{unmet} does not hold"
    return successor(state, (effect.of(binding) for effect in action.effects))


def _unmet(literals: Sequence[Literal], state: State) -> str:
    return next((str(literal) for literal in literals if not literal.holds(state)), "")
