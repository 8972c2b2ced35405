"""Clauses of stated forms: relations chosen, words invented, definitions given a condition."""

from itertools import islice

import pytest

from peirce.agent.proposers.symbolic.method import Clock
from peirce.agent.proposers.symbolic.relations.learning import propose
from peirce.agent.proposers.symbolic.relations.metarules import of_forms
from peirce.agent.proposers.symbolic.relations.posing import stated
from peirce.agent.proposers.symbolic.relations.writing import source
from peirce.agent.trace import Event, Failed
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

EDGES = "edge(a,b). edge(b,c). edge(c,a). edge(c,d). edge(e,a). "
LINK = "body_pred(edge/2). metarule([P,Q],[P,A,B],[[Q,A,B]]). "
ONWARD = "metarule([P,Q],[P,A,B],[[Q,A,C],[P,C,B]]). "


def task(atoms: dict[str, bool], background: str, bias: str) -> Task:
    return Task.from_pairs(
        list(atoms.items()),
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background=background,
        bias=bias,
    )


def found(atoms: dict[str, bool], background: str, bias: str) -> list[str]:
    programs = of_forms(stated(task(atoms, background, bias)))
    return [source(program) for program in programs if program is not None]


def test_a_circle_is_walked_round_once() -> None:
    assert found({"r(a,c)": True, "r(a,a)": True, "r(a,e)": False}, EDGES, LINK + ONWARD)[0] == (
        ":- table r/2.\nr(A, B) :- edge(A, B).\nr(A, B) :- edge(A, C), r(C, B).\n"
    )


def test_a_program_that_never_ends_for_what_does_not_hold_is_no_answer() -> None:
    atoms = {"less(2,5)": True, "less(4,6)": True, "less(7,9)": True, "less(6,5)": False}
    bias = "body_pred(succ/2). metarule([P,Q],[P,A,B],[[Q,A,B]]). " + ONWARD
    steps = islice(of_forms(stated(task(atoms, "", bias))), 3_000)
    assert [source(program) for program in steps if program is not None] == []


def test_no_clause_of_another_form_is_made() -> None:
    assert found({"r(b,a)": True, "r(a,b)": False}, EDGES, LINK) == []
    (turned,) = found(
        {"r(b,a)": True, "r(a,b)": False}, EDGES, LINK + "metarule([P,Q],[P,A,B],[[Q,B,A]])."
    )
    assert turned == "r(A, B) :- edge(B, A).\n"


def test_what_a_form_leaves_open_may_be_a_constant() -> None:
    (program,) = found(
        {"r(b,x)": True, "r(b,y)": True, "r(c,x)": False}, EDGES, "metarule([P,A],[P,A,_B],[])."
    )
    assert program == "r(A, _) :- A = b.\n"


def test_a_definition_may_be_given_an_invented_condition() -> None:
    kept = (
        "body_pred(divides/2). metarule([P,Q,F],[P,A,B],[[Q,A,B,F]]). "
        "metarule([P,Q,N],[P,A],[[Q,N,A]]). ibk([keep,[],[],_],[]). "
        "ibk([keep,[A|As],[A|Bs],F],[[F,A],[keep,As,Bs,F]]). "
        "ibk([keep,[_|As],Bs,F],[[keep,As,Bs,F]])."
    )
    known = "divides(X,Y) :- (nonvar(X) -> true ; member(X,[2,3,5])), 0 is Y mod X."
    atoms = {"f([1,2,3,4],[2,4])": True, "f([5,6,8],[6,8])": True, "f([3,5,2],[3,2])": False}
    told = stated(task(atoms, known, kept))
    program = next(program for program in of_forms(told) if program is not None)
    assert source(program) == "f(A, B) :- keep_f_1(A, B).\nf_1(A) :- divides(2, A).\n"
    proposal = next(item for item in propose(task(atoms, known, kept), Clock()) if item is not None)
    assert "keep_f_1([A|As],[A|Bs]) :- f_1(A), keep_f_1(As,Bs)." in proposal.program.source


@pytest.mark.parametrize(
    ("atoms", "background", "complaint"),
    [
        (["r(a,b)"], "edge(a,b", "the background, line 1: "),
        (["r(a,b)", "s(a)"], EDGES, r"r/2 and s/1 \(1 of 2\): make a task of each"),
        (["r(a,b,c,d)"], EDGES, "r/4: relations of 1 to 3 arguments are learned; leave out"),
    ],
)
def test_a_task_that_no_rule_can_be_learned_of_says_why(
    atoms: list[str], background: str, complaint: str
) -> None:
    told: list[Event] = []
    asked = task(dict.fromkeys(atoms, True), background, "")
    assert list(propose(asked, Clock(tell=told.append))) == []
    (failed,) = told
    assert isinstance(failed, Failed)
    assert complaint.replace("\\", "") in failed.message
