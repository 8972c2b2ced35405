"""A program with exceptions is taken where that says more in less."""

from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.noise import TOLERATED, may_be_noisy, shortest
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.refining import Refiner
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal

THINGS = 40
RED = Clause("t", 1, (Literal("red", (0,)),))


def coloured(wrong: set[int], things: int = THINGS) -> Problem:
    atoms = {f"t(n{n})": (n % 2 == 0) is not (n in wrong) for n in range(things)}
    facts = "".join(f"red(n{n}). " for n in range(0, things, 2))
    facts += "".join(f"big(n{n}). " for n in range(0, things, 5))
    return posed(atoms, facts + "".join(f"thing(n{n}). " for n in range(things)))


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(0, THINGS - 1), max_size=2))
def test_the_rule_is_found_whichever_few_atoms_are_wrong(wrong: set[int]) -> None:
    problem = coloured(wrong)
    assert may_be_noisy(problem)
    refiner = Refiner(problem, tolerated=TOLERATED)
    found = [item for item in refiner.level() if item is not None]
    summary = shortest(problem, found)
    assert summary is not None
    assert summary.program == (RED,)
    assert summary.exceptions == len(wrong)


def test_what_nothing_explains_is_not_explained_by_exceptions() -> None:
    problem = coloured(set(islice(range(0, THINGS, 3), 14)) | set(range(1, THINGS, 4)))
    found = [item for item in Refiner(problem, tolerated=TOLERATED).level() if item is not None]
    assert shortest(problem, found) is None


def test_few_atoms_are_all_taken_to_be_right() -> None:
    assert not may_be_noisy(coloured(set(), things=10))
