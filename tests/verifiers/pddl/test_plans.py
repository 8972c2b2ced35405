"""Plans are followed, found and judged as second implementations do it."""

import importlib.util
import random

import pytest
from scripts.check_synthesis import follow, ground_steps, nested, solvable

from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.pddl.model import Step, write_plan
from peirce.prototypes.pddl.mutations import Planning, demand, exchange, wander, weaken
from peirce.prototypes.pddl.reading import read_domain, read_problem
from peirce.prototypes.prototype import Kind, Prototype
from peirce.tasks.errors import ConfigError, TaskError
from peirce.verifiers.pddl.downward import has_fast_downward, plan_with_fast_downward
from peirce.verifiers.pddl.lint import lint
from peirce.verifiers.pddl.search import Finding, plan_breadth_first
from peirce.verifiers.pddl.tasks import PlanTask, given_steps, judge_reply
from peirce.verifiers.pddl.validate import validate

ORIGINALS = load_catalogue(Kind.PDDL)
NEEDS_EXTRA = "needs the extra `pddl`"
with_downward = pytest.mark.skipif(not has_fast_downward(), reason=NEEDS_EXTRA)
with_tarski = pytest.mark.skipif(importlib.util.find_spec("tarski") is None, reason=NEEDS_EXTRA)
each_original = pytest.mark.parametrize("original", ORIGINALS, ids=lambda one: one.name)


def planning(prototype: Prototype) -> Planning:
    domain = read_domain(prototype.source)
    return Planning(domain, read_problem(prototype.goal, domain))


def spoiled(plan: tuple[Step, ...], steps: list[Step], rng: random.Random) -> list[Step]:
    """A plan with a step swapped, lost, repeated or replaced by any other."""
    out = list(plan) or [rng.choice(steps)]
    place = rng.randrange(len(out))
    match rng.randrange(4):
        case 0:
            other = rng.randrange(len(out))
            out[place], out[other] = out[other], out[place]
        case 1:
            del out[place]
        case 2:
            out.insert(place, out[place])
        case _:
            out[place] = rng.choice(steps)
    return out


@each_original
def test_verdict_and_failing_step_agree_with_a_second_simulator(original: Prototype):
    one = planning(original)
    plan = plan_breadth_first(one.domain, one.problem).plan
    texts = [step for step, _, _ in ground_steps(nested(original.source), nested(original.goal))]
    steps: list[Step] = [tuple(text[1:-1].split()) for text in texts]
    rng = random.Random(original.name)
    verdicts: set[bool] = set()
    for tried in [plan, *(spoiled(plan, steps, rng) for _ in range(25))]:
        verdict = validate(one.domain, one.problem, tried)
        lines = [f"({' '.join(step)})" for step in tried]
        assert (verdict.valid, verdict.step) == follow(original.source, original.goal, lines)
        assert verdict.valid is not bool(verdict.why)
        verdicts.add(verdict.valid)
    assert False in verdicts


@with_tarski
@each_original
def test_verdict_and_failing_step_agree_with_tarski(original: Prototype):
    from tarski.io import PDDLReader  # pyright: ignore[reportMissingImports]
    from tarski.search.operations import (  # pyright: ignore[reportMissingImports]
        is_applicable,
        progress,
    )
    from tarski.syntax.transform.action_grounding import (  # pyright: ignore[reportMissingImports]
        ground_schema_into_plain_operator_from_grounding as ground,
    )

    reader = PDDLReader(raise_on_error=True)
    reader.parse_domain_string(original.source)
    problem = reader.parse_instance_string(original.goal)
    assert problem is not None
    one = planning(original)
    plan = plan_breadth_first(one.domain, one.problem).plan

    def tarski_verdict(steps: list[Step]) -> tuple[bool, int | None]:
        state = problem.init
        for number, (name, *objects) in enumerate(steps):
            operator = ground(problem.get_action(name), objects)
            if not is_applicable(state, operator):
                return False, number
            state = progress(state, operator)
        assert state is not None
        return bool(state[problem.goal]), None

    rng = random.Random(original.name)
    for tried in [list(plan), *(spoiled(plan, list(plan), rng) for _ in range(8) if plan)]:
        verdict = validate(one.domain, one.problem, tried)
        assert (verdict.valid, verdict.step) == tarski_verdict(tried)


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (("fly", "red"), "no such action"),
        (("pick-up",), "needs 1 objects"),
        (("pick-up", "table"), "no block"),
        (("pick-up", "red"), "does not hold"),
        ((), "no such action"),
    ],
)
def test_a_step_that_cannot_be_taken_is_named_with_the_reason(step: Step, why: str):
    one = planning(next(each for each in ORIGINALS if each.name == "blocks-tower"))
    verdict = validate(one.domain, one.problem, [("unstack", "red", "green"), step])
    assert (verdict.valid, verdict.step) == (False, 1)
    assert why in verdict.why


@each_original
def test_the_planner_is_right_about_the_catalogue(original: Prototype):
    one = planning(original)
    planned = plan_breadth_first(one.domain, one.problem)
    hopeless = "unsolvable" in original.known_answer
    assert planned.finding is (Finding.UNSOLVABLE if hopeless else Finding.PLAN)
    assert validate(one.domain, one.problem, planned.plan).valid is not hopeless
    assert solvable(original.source, original.goal) is not hopeless


def test_the_planner_says_when_it_gave_up():
    one = planning(next(each for each in ORIGINALS if each.name == "tiles-round"))
    planned = plan_breadth_first(one.domain, one.problem, most_states=10)
    assert planned.finding is Finding.UNKNOWN
    assert "10 states" in planned.why


@with_downward
@pytest.mark.parametrize("seed", range(6))
def test_both_planners_agree_on_mutated_problems(seed: int):
    rng = random.Random(seed)
    one = planning(rng.choice(ORIGINALS))
    varied = rng.choice((wander, exchange, weaken, demand))(one, rng)
    if varied is not None:
        one = varied.planning
    ours = plan_breadth_first(one.domain, one.problem)
    theirs = plan_with_fast_downward(one.domain, one.problem, search="seq-opt-lmcut")
    assert ours.finding is theirs.finding
    assert len(ours.plan) == len(theirs.plan)


def nowhere(name: str) -> None:
    """Nothing is installed."""


def test_a_planner_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", nowhere)
    one = planning(ORIGINALS[0])
    with pytest.raises(ConfigError, match=r"peirce\[pddl\]"):
        plan_with_fast_downward(one.domain, one.problem)


@with_tarski
@each_original
def test_the_second_reader_finds_nothing_wrong_with_the_catalogue(original: Prototype):
    one = planning(original)
    assert lint(one.domain, one.problem) == ""


@pytest.mark.parametrize("task", PlanTask)
def test_any_valid_plan_that_a_task_allows_is_right_and_no_other(task: PlanTask):
    one = planning(next(each for each in ORIGINALS if each.name == "gripper-rooms"))
    plan = plan_breadth_first(one.domain, one.problem).plan
    given = given_steps(one.domain, one.problem, plan, task, random.Random(3))
    assert given is not None

    def right(reply: str) -> bool:
        return judge_reply(one.domain, one.problem, reply, task=task, given=given).valid

    detour = (("go", "study", "kitchen"), ("go", "kitchen", "study"), *plan)
    assert right(write_plan(plan))
    assert right(write_plan(detour)) is (task is not PlanTask.REORDERING)
    assert not right(write_plan(plan[:-1]))
    assert not right(write_plan(plan[::-1]))
    assert not right("unsolvable")
    assert not right("")
    assert not right("((((")
    if task is PlanTask.REORDERING:
        assert sorted(given) == sorted(plan) and not right(write_plan(given))


def test_unsolvable_is_the_right_reply_only_where_it_was_proved():
    one = planning(next(each for each in ORIGINALS if each.name == "tiles-swap"))
    assert judge_reply(one.domain, one.problem, " Unsolvable\n", solvable=False).valid
    assert not judge_reply(one.domain, one.problem, "(slide one a b)", solvable=False).valid


def test_a_problem_too_large_to_ground_is_refused():
    one = planning(next(each for each in ORIGINALS if each.name == "blocks-tower"))
    objects = tuple((f"b{number}", "block") for number in range(200))
    problem = read_problem(
        f"(define (problem p) (:domain blocks) (:objects {' '.join(n for n, _ in objects)} - block)"
        " (:init (hand-empty)) (:goal (hand-empty)))",
        one.domain,
    )
    with pytest.raises(TaskError, match="steps are possible"):
        plan_breadth_first(one.domain, problem)


def test_an_action_with_too_many_bindings_is_refused_before_they_are_tried():
    names = " ".join(f"?x{number}" for number in range(9))
    domain = read_domain(
        "(define (domain d) (:predicates (p ?x) (q ?x))"
        f" (:action a :parameters ({names}) :precondition (q ?x8) :effect (p ?x0)))"
    )
    objects = " ".join(f"o{number}" for number in range(300))
    problem = read_problem(
        f"(define (problem p) (:domain d) (:objects {objects}) (:init) (:goal (p o1)))", domain
    )
    with pytest.raises(TaskError, match="bound in more than"):
        plan_breadth_first(domain, problem)
