"""Three tasks about plans, and the judge of replies to them.

*Generation*: give a plan. *Completion*: give a plan that holds the given steps in their order.
*Reordering*: put the given steps in an order that works. Any valid plan counts, never only the
reference. The reply `unsolvable` is right exactly where a planner proved that there is no plan.
(ProtoReasoning, 2025, has the three; unsolvable problems are a class of their own here.)
"""

import random
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, assert_never

from peirce.prototypes.pddl.model import Domain, Problem, Step
from peirce.prototypes.pddl.reading import read_plan
from peirce.tasks.errors import TaskError
from peirce.verifiers.pddl.validate import PlanVerdict, validate

UNSOLVABLE: Final = "unsolvable"
SHUFFLES: Final = 20
"""Random orders tried for a reordering task until one is found that does not work already."""


class PlanTask(StrEnum):
    """What is asked about a problem."""

    GENERATION = "generation"
    COMPLETION = "completion"
    REORDERING = "reordering"


def given_steps(
    domain: Domain, problem: Problem, plan: Sequence[Step], task: PlanTask, rng: random.Random
) -> tuple[Step, ...] | None:
    """The steps that a task shows; None if the plan is too simple for it."""
    match task:
        case PlanTask.GENERATION:
            return ()
        case PlanTask.COMPLETION:
            if len(plan) < 3:
                return None
            kept = sorted(rng.sample(range(len(plan)), len(plan) // 2))
            return tuple(plan[place] for place in kept)
        case PlanTask.REORDERING:
            for _ in range(SHUFFLES):
                shuffled = tuple(rng.sample(plan, len(plan)))
                if not validate(domain, problem, shuffled).valid:
                    return shuffled
            return None
        case _:
            assert_never(task)


def judge_reply(
    domain: Domain,
    problem: Problem,
    reply: str,
    *,
    task: PlanTask = PlanTask.GENERATION,
    given: Sequence[Step] = (),
    solvable: bool = True,
) -> PlanVerdict:
    """Whether a reply is right: a valid plan that the task allows, or the word `unsolvable`."""
    if reply.strip().lower() == UNSOLVABLE:
        return PlanVerdict(not solvable, None, "there is a plan" if solvable else "")
    try:
        plan = read_plan(reply)
    except TaskError as error:
        return PlanVerdict(False, None, str(error))
    if task is PlanTask.REORDERING and sorted(plan) != sorted(given):
        return PlanVerdict(False, None, "it must hold exactly the given steps")
    if task is PlanTask.COMPLETION and not _in_order(given, plan):
        return PlanVerdict(False, None, "it must hold the given steps in their order")
    return validate(domain, problem, plan)


def _in_order(given: Sequence[Step], plan: Sequence[Step]) -> bool:
    left = iter(plan)
    return all(step in left for step in given)
