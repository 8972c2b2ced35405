"""Clauses that call their own relation any number of times are found one by one."""

from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.database import Database, saturate
from peirce.agent.proposers.symbolic.relations.mutual import mutually_recursive
from peirce.agent.proposers.symbolic.relations.presuming import presumed

FACTS = """
addr(a,x). assign(b,a). assign(c,b). addr(x,y). assign(z,x). addr(e,z). load(r,c). load(s,e).
"""
POINTS = "pt(a,x) pt(b,x) pt(c,x) pt(x,y) pt(z,y) pt(e,z) pt(r,y) pt(s,y)"
BIAS = """
enable_recursion. head_pred(pt,2). body_pred(addr,2). body_pred(assign,2). body_pred(load,2).
"""


def test_pointers_are_followed_through_assignments_and_loads() -> None:
    """Which variable may point to what: Andersen, Program Analysis and Specialization, 1994."""
    problem = posed(dict.fromkeys(POINTS.split(), True), FACTS, BIAS)
    program = next(found for found in mutually_recursive(presumed(problem)) if found)
    names = {literal.name for clause in program for literal in clause.body}
    assert names == {"addr", "assign", "load", "pt"}
    assert max([literal.name for literal in clause.body].count("pt") for clause in program) == 2
    more = Database.of(
        [("addr", ("m", "n")), ("addr", ("n", "o")), ("load", ("k", "m")), ("assign", ("l", "k"))]
    )
    assert saturate(more, program)
    assert more.relation("pt", 2).rows == {("m", "n"), ("n", "o"), ("k", "o"), ("l", "o")}
