"""Rules over lists, terms and numbers: learned within reach of the examples, true beyond them."""

import shutil

import pytest

from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.lists import METHODS as LIST_METHODS
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.proposers.symbolic.relations import METHODS, views
from peirce.agent.solve import solve
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language

pytestmark = pytest.mark.skipif(
    shutil.which("swipl") is None, reason="needs SWI-Prolog: apt-get install swi-prolog-nox"
)
BUDGET = Budget(seconds=60, cpu_seconds=10)
LISTS = """
tail([_|T], T).
head([H|_], H).
empty([]).
zero(0).
even(X) :- 0 is X mod 2.
put(X, L, R) :- append(L, [X], R).
"""
LIST_BIAS = """
enable_recursion.
body_pred(tail,2). type(tail,(list,list)). direction(tail,(in,out)).
body_pred(head,2). type(head,(list,element)). direction(head,(in,out)).
body_pred(empty,1). type(empty,(list,)). direction(empty,(out,)).
body_pred(even,1). type(even,(element,)). direction(even,(in,)).
"""


def answers(task: Task) -> list[Value]:
    answer = solve(task, budget=BUDGET, proposers=[SymbolicProposer(METHODS)])
    assert answer.verified, answer.program
    return [guesses[0].value for guesses in answer.predictions]


def atoms(holds: list[str], fails: list[str], tests: list[str], known: str, bias: str) -> Task:
    return Task.from_pairs(
        [*((text, True) for text in holds), *((text, False) for text in fails)],
        tests,
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background=known,
        bias=bias,
    )


def test_a_recursion_over_lists_holds_for_longer_lists() -> None:
    task = atoms(
        ["f([2,4])", "f([6])", "f([8,10,2])"],
        ["f([1])", "f([2,3])", "f([5,2])", "f([2,4,7])"],
        ["f([2,2,2,2,2])", "f([2,2,2,2,1])", "f([12,14])"],
        LISTS,
        LIST_BIAS + "head_pred(f,1). type(f,(list,)). direction(f,(in,)).",
    )
    assert answers(task) == [True, False, True]


def test_a_constructor_is_run_backwards_where_it_can_be() -> None:
    task = atoms(
        ["f([1,2,3],[3,2,1])", "f([4,5],[5,4])", "f([7,7,8],[8,7,7])"],
        ["f([1,2,3],[1,2,3])", "f([4,5],[])", "f([4,5],[5])", "f([1,2],[1])"],
        ["f([1,2,3,4,5],[5,4,3,2,1])", "f([1,2,3,4],[4,3,1,2])"],
        LISTS,
        LIST_BIAS
        + "body_pred(put,3). type(put,(element,list,list)). direction(put,(in,in,out)). "
        + "head_pred(f,2). type(f,(list,list)). direction(f,(in,out)).",
    )
    assert answers(task) == [True, False]


def test_moves_in_a_world_of_terms_are_chained() -> None:
    task = atoms(
        ["go(w(0,0),w(2,1))", "go(w(3,1),w(5,2))"],
        ["go(w(0,0),w(1,1))", "go(w(0,0),w(2,0))", "go(w(3,1),w(4,1))", "go(w(1,1),w(1,1))"],
        ["go(w(6,6),w(8,7))", "go(w(6,6),w(7,8))"],
        "right(w(X,Y),w(Z,Y)) :- X < 9, Z is X + 1.\nup(w(X,Y),w(X,Z)) :- Y < 9, Z is Y + 1.",
        "head_pred(go,2). body_pred(right,2). body_pred(up,2). direction(go,(in,out)). "
        "direction(right,(in,out)). direction(up,(in,out)).",
    )
    assert answers(task) == [True, False]


def test_a_base_case_may_name_a_constant_nobody_has_shown() -> None:
    task = atoms(
        ["even(10)", "even(8)", "even(6)", "even(4)"],
        ["even(3)", "even(7)", "even(9)"],
        ["even(12)", "even(11)"],
        "".join(f"s({n + 1},{n}). " for n in range(12)),
        "",
    )
    assert answers(task) == [True, False]


def test_without_negative_atoms_the_smallest_claim_is_made() -> None:
    task = atoms(
        ["gp(ann,dan)", "gp(ann,eve)", "gp(bob,dan)", "gp(cat,flo)"],
        [],
        ["gp(bob,eve)", "gp(ann,cat)"],
        "mother(ann,cat). mother(cat,dan). father(bob,cat). mother(cat,eve). "
        "father(gus,flo). mother(cat,gus).",
        "",
    )
    assert answers(task) == [True, False]


def test_one_task_is_solved_in_both_languages_and_they_agree() -> None:
    task = Task.from_pairs(
        [([1, 2, 3], [3, 2, 1]), ([5, 6], [6, 5]), ([7, 7, 1], [1, 7, 7])],
        [[9, 8, 7, 6, 5], [3, 4]],
    )
    found = {
        language: solve(task, budget=BUDGET, proposers=[SymbolicProposer(methods)])
        for language, methods in (
            (Language.PYTHON, LIST_METHODS),
            (Language.PROLOG, (views.METHOD,)),
        )
    }
    for language, answer in found.items():
        assert answer.best is not None
        assert answer.verified
        assert answer.best.proposal.program.language is language
    said = {
        language: [guesses[0].value for guesses in answer.predictions]
        for language, answer in found.items()
    }
    assert said[Language.PROLOG] == said[Language.PYTHON] == [(5, 6, 7, 8, 9), (4, 3)]
