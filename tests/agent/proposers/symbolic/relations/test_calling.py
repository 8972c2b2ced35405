"""What a recursion starts from: one clause, two at once, or clauses that link several things."""

import pytest
from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.calling import calling, calling_linked
from peirce.agent.proposers.symbolic.relations.ordering import answers, asks_for_answers
from peirce.agent.proposers.symbolic.relations.recursion import Recursion
from peirce.agent.proposers.symbolic.relations.refining import Found
from peirce.agent.proposers.symbolic.relations.starts import MAX_STARTS, Starts, starts
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal
from peirce.agent.proposers.symbolic.relations.writing import source

LISTS = "head([H|_],H). tail([_|T],T). empty([]). "
ENDS = (
    LISTS + "last([X],X). last([_|T],X) :- last(T,X). front([_],[]). front([X|T],[X|F]) :- "
    "front(T,F)."
)
MIRRORED = {
    "m([])": True,
    "m([a])": True,
    "m([b,b])": True,
    "m([a,b,a])": True,
    "m([a,b,b,a])": True,
    "m([b,a,a,b])": True,
    "m([a,b])": False,
    "m([b,a])": False,
    "m([a,a,b])": False,
    "m([b,a,b,a])": False,
    "m([a,b,b])": False,
}
TWICE = {
    "t([a,a])": True,
    "t([c,c,b])": True,
    "t([a,b,b])": True,
    "t([b,a,c,c])": True,
    "t([])": False,
    "t([a])": False,
    "t([a,b])": False,
    "t([a,b,a])": False,
    "t([c,a,b,c])": False,
}


def test_a_recursion_may_start_from_two_clauses_that_share_the_work() -> None:
    problem = posed(MIRRORED, ENDS)
    step = (
        *(Literal("head", (0, 1)), Literal("last", (0, 1)), Literal("tail", (0, 2))),
        *(Literal("front", (2, 3)), Literal("m", (3,))),
    )
    recursion = Recursion(problem, list(filter(None, starts(problem, 2))))
    program = next(recursion.alone(Clause("m", 1, step)))
    assert [clause.recursive for clause in program] == [False, False, True]


def test_of_many_relations_shorter_starts_are_enough_and_the_others_get_their_turn() -> None:
    facts = " ".join(f"r{n}(a, b). r{n}(b, c)." for n in range(40))
    problem = posed({"t(a, c)": True, "t(a, b)": False}, facts)
    steps = list(starts(problem, 3))
    found = [clause for clause in steps if clause is not None]
    assert len(found) >= MAX_STARTS
    assert max(len(clause.body) for clause in found) == 2
    assert steps.count(None) > 3
    assert next(calling(problem)) is None


def test_starts_are_paired_only_where_neither_covers_what_the_other_does() -> None:
    problem = posed(MIRRORED, ENDS)
    paired = Starts(list(filter(None, starts(problem, 2))), problem)
    for number, program in enumerate(paired.programs):
        if len(program) == 2:
            first, second = (
                {row for row in problem.positives if problem.database.holds(clause, row)}
                for clause in program
            )
            assert first - second and second - first
            assert not any(paired.mask(row) >> number & 1 for row in problem.negatives)


def test_a_recursion_may_start_from_a_clause_that_links_several_things() -> None:
    problem = posed(TWICE, LISTS)
    body = (Literal("head", (0, 1)), Literal("tail", (0, 2)), Literal("head", (2, 1)))
    found = Found(Clause("t", 1, body), frozenset({0, 1}))
    program = next(item for item in calling_linked(problem, [None, [found]]) if item)
    assert source(program).endswith(
        "t(A) :- head(A, B), tail(A, C), head(C, B).\nt(A) :- tail(A, B), t(B).\n"
    )


def test_a_clause_that_wrongly_covers_something_is_no_start() -> None:
    problem = posed(TWICE, LISTS)
    body = (Literal("head", (0, 1)), Literal("tail", (0, 2)), Literal("head", (2, 3)))
    found = Found(Clause("t", 1, body), frozenset({0, 1}), wrong=2)
    assert not any(calling_linked(problem, [[found]]))


@pytest.mark.parametrize(
    ("asked", "accepted"),
    [((3, 2), True), ((2, 3), False)],
)
def test_only_the_last_argument_of_a_call_may_be_an_answer(
    asked: tuple[int, int], accepted: bool
) -> None:
    problem = posed({"r([a],[a])": True, "r([a,b],[b,a])": True}, LISTS + "put(X,L,[X|L]).")
    # To take the head off a list one has to have it: as the result of the call, or not at all.
    body = (Literal("tail", (0, 3)), Literal("head", (2, 1)), Literal("r", asked))
    assert answers(problem) == (1,)
    assert asks_for_answers(problem, Clause("r", 2, body)) is accepted


def test_the_clause_of_a_property_may_name_a_value() -> None:
    atoms = {"s([])": True, "s([a])": True, "s([a,a])": True, "s([a,a,a,a])": True}
    atoms |= {"s([b])": False, "s([a,b])": False, "s([b,a])": False, "s([a,a,b,a])": False}
    found = next(program for program in calling(posed(atoms, LISTS), owing=False) if program)
    assert source(found).endswith("s(A) :- head(A, a), tail(A, B), s(B).\n")
