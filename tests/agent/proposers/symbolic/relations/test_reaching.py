"""Long clauses are reached reason by reason, and hold for what they are said to cover."""

import random
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.beam import MAX_BODY
from peirce.agent.proposers.symbolic.relations.noise import Rough
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.reaching import reached
from peirce.agent.proposers.symbolic.relations.terms import Clause

CARS = 3
TRAITS = ("red", "round", "long", "empty", "open")


def trains(seed: int, number: int) -> tuple[str, dict[int, list[set[str]]]]:
    """Facts about trains, and the traits of each one's cars."""
    lots = random.Random(seed)
    cars = {
        train: [{trait for trait in TRAITS if lots.random() < 0.5} for _ in range(CARS)]
        for train in range(number)
    }
    facts = [
        f"has(t{train}, c{train}_{place}). "
        + "".join(f"{trait}(c{train}_{place}). " for trait in sorted(traits))
        for train, each in cars.items()
        for place, traits in enumerate(each)
    ]
    return "".join(facts), cars


def programs(problem: Problem) -> list[tuple[Clause, ...]]:
    return [program for program in reached(problem, Rough(problem)) if program is not None]


def holding(problem: Problem, program: tuple[Clause, ...], row: tuple[str, ...]) -> bool:
    return any(problem.database.holds(clause, row) for clause in program)


def test_a_rule_of_two_reasons_with_three_literals_each_is_found() -> None:
    facts, cars = trains(seed=1, number=60)
    atoms = {
        f"eastbound(t{train})": any({"red", "round"} <= each for each in traits)
        and any({"long", "empty"} <= each for each in traits)
        for train, traits in cars.items()
    }
    problem = posed(atoms, facts)
    found = programs(problem)
    assert [len(clause.body) for clause in found[-1]] == [6]
    said = {literal.name for literal in found[-1][0].body}
    assert said == {"has", "red", "round", "long", "empty"}


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 99), st.sampled_from(list(combinations(TRAITS, 2))))
def test_programs_prove_all_that_holds_and_nothing_else(seed: int, wanted: tuple[str, str]) -> None:
    facts, cars = trains(seed, number=12)
    east = {
        f"eastbound(t{train})": any(each >= set(wanted) for each in traits)
        for train, traits in cars.items()
    }
    assume(len(set(east.values())) == 2)
    problem = posed(east, facts)
    found = programs(problem)
    assert found
    for program in found:
        assert all(holding(problem, program, row) for row in problem.positives), program
        assert not any(holding(problem, program, row) for row in problem.negatives), program
        assert max(len(clause.body) for clause in program) <= MAX_BODY


def test_nothing_is_reached_without_atoms_that_do_not_hold() -> None:
    facts, _ = trains(seed=1, number=6)
    assert not programs(posed({f"eastbound(t{train})": True for train in range(6)}, facts))
