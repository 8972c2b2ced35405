"""Items from planning problems: mutated, planned, validated, asked about in one of three ways."""

from dataclasses import replace
from typing import Final

from peirce.agent.synthesis.item import Axis, Item
from peirce.agent.synthesis.workshop import NOTHING, Order, Workshop
from peirce.prototypes.pddl.model import (
    Domain,
    Problem,
    Step,
    write_domain,
    write_plan,
    write_problem,
)
from peirce.prototypes.pddl.mutations import (
    Planning,
    Varied,
    demand,
    double,
    exchange,
    join,
    wander,
    weaken,
)
from peirce.prototypes.pddl.reading import read_domain, read_problem
from peirce.prototypes.prototype import Difficulty, Prototype
from peirce.tasks.errors import TaskError
from peirce.verifiers.pddl.search import Finding, Planned
from peirce.verifiers.pddl.tasks import UNSOLVABLE, PlanTask, given_steps
from peirce.verifiers.pddl.validate import validate
from peirce.verifiers.prototypes.ruling import Refusal

KEPT_UNSOLVABLE: Final = 0.25
"""Share of the unsolvable problems found that is kept, so that they stay a minority."""
LEAST_STEPS: Final = 3
"""Of a shorter plan nothing is hard."""
LEAST_STATES: Final = 10
"""That there is no plan is seen at once where fewer states can be reached."""
_ASKED: Final = {
    PlanTask.GENERATION: "Give a plan that reaches the goal",
    PlanTask.COMPLETION: (
        "Give a plan that reaches the goal and contains these steps in this order, among others:\n"
        "{given}\nGive the whole plan"
    ),
    PlanTask.REORDERING: (
        "Put these steps into an order in which they are a plan that reaches the goal:\n{given}\n"
        "Give all of them"
    ),
}
QUESTION: Final = """\
{domain}
{problem}
{asked}, one step a line, such as (action object). If there is no plan answer with the one word \
unsolvable."""


async def make_pddl(order: Order, workshop: Workshop) -> Item | Refusal:
    """One attempt at an item."""
    parent = order.rng.choice(workshop.originals)
    try:
        varied = _varied(parent, order, workshop)
        if varied is None:
            return NOTHING
        domain, problem = varied.planning.domain, varied.planning.problem
        planned = workshop.planner(domain, problem)
        before = workshop.planner(*_planning_pair(parent))
    except TaskError as error:
        return Refusal(str(error), "size")
    refusal = _worthless(planned, before, order, varied)
    if refusal:
        return refusal
    task, given = _asked(varied.planning, planned.plan, order)
    made = _prototype(parent, varied, planned, order)
    answer = write_plan(planned.plan) if planned.finding is Finding.PLAN else UNSOLVABLE
    return Item(
        name=order.name,
        axis=order.axis,
        task=task,
        question=question(made, task, given),
        answer=answer,
        given=given,
        prototype=made,
    )


def question(made: Prototype, task: PlanTask, given: tuple[Step, ...]) -> str:
    """All that a solver is told."""
    asked = _ASKED[task].format(given=write_plan(given).strip())
    return QUESTION.format(domain=made.source, problem=made.goal, asked=asked)


def _varied(parent: Prototype, order: Order, workshop: Workshop) -> Varied | None:
    rng = order.rng
    planning = Planning(*_planning_pair(parent))
    match order.axis:
        case Axis.EXPLORATORY:
            return rng.choice((wander, wander, double))(planning, rng)
        case Axis.TRANSFORMATIVE:
            return rng.choice((weaken, demand, exchange))(planning, rng)
        case Axis.COMPOSITIONAL:
            partner = rng.choice(workshop.originals)
            varied = wander(Planning(*_planning_pair(partner)), rng)
            return join(planning, varied.planning) if varied else None


def _planning_pair(prototype: Prototype) -> tuple[Domain, Problem]:
    domain = read_domain(prototype.source)
    return domain, read_problem(prototype.goal, domain)


def _worthless(planned: Planned, before: Planned, order: Order, varied: Varied) -> Refusal | None:
    """Why a child is not worth keeping."""
    domain, problem = varied.planning.domain, varied.planning.problem
    match planned.finding:
        case Finding.UNKNOWN:
            return Refusal(f"the planner gave up: {planned.why}", "planned")
        case Finding.UNSOLVABLE:
            if before.finding is Finding.UNSOLVABLE:
                return Refusal("its parent has no plan either", "unchanged")
            if 0 < planned.states < LEAST_STATES:
                return Refusal(f"there is no plan: {planned.why}", "trivial")
            spared = order.rng.random() < KEPT_UNSOLVABLE
            return None if spared else Refusal("enough problems have no plan", "unsolvable")
        case Finding.PLAN:
            pass
    verdict = validate(domain, problem, planned.plan)
    if not verdict.valid:
        return Refusal(f"the planner's plan is wrong: {verdict.why}", "validated")
    if len(planned.plan) < LEAST_STEPS:
        return Refusal(f"{len(planned.plan)} steps reach the goal", "trivial")
    if order.axis is Axis.EXPLORATORY and len(planned.plan) <= len(before.plan):
        return Refusal("the plan is no longer than its parent's", "unchanged")
    if order.axis is Axis.TRANSFORMATIVE and validate(domain, problem, before.plan).valid:
        return Refusal("the plan of its parent still works", "unchanged")
    return None


def _asked(
    planning: Planning, plan: tuple[Step, ...], order: Order
) -> tuple[PlanTask, tuple[Step, ...]]:
    task = order.rng.choice(tuple(PlanTask)) if plan else PlanTask.GENERATION
    given = given_steps(planning.domain, planning.problem, plan, task, order.rng)
    return (PlanTask.GENERATION, ()) if given is None else (task, given)


def _prototype(parent: Prototype, varied: Varied, planned: Planned, order: Order) -> Prototype:
    plan = planned.finding is Finding.PLAN
    return replace(
        parent,
        name=order.name,
        source=write_domain(varied.planning.domain),
        goal=write_problem(varied.planning.problem),
        known_answer="",
        provenance="mutation",
        parents=(parent.digest,),
        mutation=varied.words,
        difficulty=Difficulty(
            plan_length=len(planned.plan) if plan else None, states=planned.states or None
        ),
    )
