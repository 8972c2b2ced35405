"""Long clauses are reached reason by reason, and hold for what they are said to cover."""

import random
from collections.abc import Iterator
from itertools import combinations, islice

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


def programs(problem: Problem) -> Iterator[tuple[Clause, ...]]:
    return (program for program in reached(problem, Rough(problem)) if program is not None)


def holding(problem: Problem, program: tuple[Clause, ...], row: tuple[str, ...]) -> bool:
    return any(problem.database.holds(clause, row) for clause in program)


def test_a_rule_of_two_reasons_with_three_literals_each_is_found() -> None:
    facts, cars = trains(seed=1, number=60)
    atoms = {
        f"eastbound(t{train})": any({"red", "round"} <= each for each in traits)
        and any({"long", "empty"} <= each for each in traits)
        for train, traits in cars.items()
    }
    program = next(programs(posed(atoms, facts)))
    assert [len(clause.body) for clause in program] == [6]
    assert {literal.name for literal in program[0].body} == {"has", "red", "round", "long", "empty"}


EITHER = {frozenset({"has", "red", "round", "open"}), frozenset({"has", "long", "empty"})}


def said(program: tuple[Clause, ...]) -> set[frozenset[str]]:
    return {frozenset(literal.name for literal in clause.body) for clause in program}


def either(traits: list[set[str]]) -> bool:
    return any({"red", "round", "open"} <= each or {"long", "empty"} <= each for each in traits)


def test_of_two_rules_that_share_their_atoms_both_are_found() -> None:
    facts, cars = trains(seed=2, number=60)
    atoms = {f"eastbound(t{train})": either(traits) for train, traits in cars.items()}
    found = next(each for each in programs(posed(atoms, facts)) if len(each) == 2)
    assert said(found) == EITHER


def test_long_clauses_are_found_although_a_few_atoms_are_wrong() -> None:
    facts, cars = trains(seed=3, number=150)
    wrong = {4, 31, 77}
    atoms = {
        f"eastbound(t{train})": either(traits) is not (train in wrong)
        for train, traits in cars.items()
    }
    problem = posed(atoms, facts)
    rough = Rough(problem)
    search = reached(problem, rough)
    while rough.best is None or len(rough.best.program) < 2:
        next(search)
    assert said(rough.best.program) == EITHER


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
    found = list(islice(programs(problem), 2))
    assert found
    for program in found:
        assert all(holding(problem, program, row) for row in problem.positives), program
        assert not any(holding(problem, program, row) for row in problem.negatives), program
        assert max(len(clause.body) for clause in program) <= MAX_BODY


def test_nothing_is_reached_without_atoms_that_do_not_hold() -> None:
    facts, _ = trains(seed=1, number=6)
    assert not list(programs(posed({f"eastbound(t{train})": True for train in range(6)}, facts)))
