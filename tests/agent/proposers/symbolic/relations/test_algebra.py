"""What an expression means is what its clauses prove."""

from itertools import islice, product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.algebra import MAX_CONSTANTS, Algebra
from peirce.agent.proposers.symbolic.relations.composing import composed
from peirce.agent.proposers.symbolic.relations.database import Database, saturate, strata
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.translating import clauses_of

THINGS = ("a", "b", "c", "d")
PAIRS = st.sets(st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS)), min_size=1)


def known(edges: set[tuple[str, str]], red: set[str]) -> Problem:
    facts = "".join(f"edge({a}, {b}). " for a, b in sorted(edges))
    facts += "".join(f"red({a}). " for a in sorted(red))
    return posed({"t(a, b)": True, "t(c, d)": False}, facts)


@settings(max_examples=12, deadline=None)
@given(PAIRS, st.sets(st.sampled_from(THINGS), min_size=1), st.integers(0, 400))
def test_expressions_hold_where_their_clauses_prove(
    edges: set[tuple[str, str]], red: set[str], skipped: int
) -> None:
    problem = known(edges, red)
    algebra = Algebra(problem)
    expressions = [found for _ in range(3) for found in algebra.grow() if found is not None]
    for expression in islice(expressions, skipped % len(expressions), None, 40):
        program = clauses_of(problem, (expression,))
        if any(literal.name.startswith("#") for rule in program for literal in rule.body):
            continue
        database = Database(dict(problem.database.relations))
        layers = strata(program)
        assert layers is not None
        assert all(saturate(database, layer) for layer in layers)
        things = [(thing,) for thing in algebra.constants]
        rows = [a + b for a, b in product(things, things)] if expression.arity == 2 else things
        meant = {row for row in rows if expression.bits & algebra.bit(row)}
        assert database.relation(problem.name, expression.arity).rows == meant, program


def test_no_pairs_are_laid_out_of_more_constants_than_can_be_handled() -> None:
    # The pairs of so many would be some gigabits: this comes to an end only if nobody makes them.
    count = 500 * MAX_CONSTANTS
    facts = "".join(f"edge(n{n}, n{n + 1}). " for n in range(0, count, 2))
    problem = posed({"t(n0, n1)": True, "t(n1, n0)": False}, facts)
    assert Algebra(problem).too_large
    assert not list(composed(problem))
