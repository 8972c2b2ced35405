"""Rules over lists, terms and numbers: learned within reach of the examples, true beyond them."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pytest
from tests.looping import Looping

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.symbolic.lists import METHODS as LIST_METHODS
from peirce.agent.proposers.symbolic.method import Method
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.proposers.symbolic.relations import METHODS, views
from peirce.agent.solve import solve_async
from peirce.tasks.task import Task
from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Language
from peirce.verifiers.sandbox import Sandbox

pytestmark = pytest.mark.skipif(
    shutil.which("swipl") is None, reason="needs SWI-Prolog: apt-get install swi-prolog-nox"
)
STEPS: Final = 600
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


@dataclass(frozen=True)
class Solving(Looping):
    """A sandbox in which task after task is solved."""

    sandbox: Sandbox

    def __call__(self, task: Task, *, steps: int, methods: Sequence[Method] = METHODS) -> Answer:
        budget = Budget(seconds=60, steps=steps)
        proposers = [SymbolicProposer(methods)]
        return self.run(solve_async(task, sandbox=self.sandbox, budget=budget, proposers=proposers))

    def answers(self, task: Task, steps: int) -> list[Value]:
        """What the likeliest rule that fits says of the tests."""
        answer = self(task, steps=steps)
        assert answer.verified, answer.program
        return said(answer)


def said(answer: Answer) -> list[Value]:
    return [guesses[0].value for guesses in answer.predictions]


@pytest.fixture(scope="module")
def solving() -> Iterator[Solving]:
    with asyncio.Runner() as runner:
        opening = Sandbox.open()
        yield Solving(runner, runner.run(opening.__aenter__()))
        runner.run(opening.__aexit__(None, None, None))


def atoms(holds: list[str], fails: list[str], tests: list[str], known: str, bias: str) -> Task:
    return Task.from_pairs(
        [*((text, True) for text in holds), *((text, False) for text in fails)],
        tests,
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background=known,
        bias=bias,
    )


def test_a_recursion_over_lists_holds_for_longer_lists(solving: Solving) -> None:
    task = atoms(
        ["f([2,4])", "f([6])", "f([8,10,2])"],
        ["f([1])", "f([2,3])", "f([5,2])", "f([2,4,7])"],
        ["f([2,2,2,2,2])", "f([2,2,2,2,1])", "f([12,14])"],
        LISTS,
        LIST_BIAS + "head_pred(f,1). type(f,(list,)). direction(f,(in,)).",
    )
    assert solving.answers(task, STEPS) == [True, False, True]


def test_a_constructor_is_run_backwards_where_it_can_be(solving: Solving) -> None:
    task = atoms(
        ["f([1,2,3],[3,2,1])", "f([4,5],[5,4])", "f([7,7,8],[8,7,7])"],
        ["f([1,2,3],[1,2,3])", "f([4,5],[])", "f([4,5],[5])", "f([1,2],[1])"],
        ["f([1,2,3,4,5],[5,4,3,2,1])", "f([1,2,3,4],[4,3,1,2])"],
        LISTS,
        LIST_BIAS
        + "body_pred(put,3). type(put,(element,list,list)). direction(put,(in,in,out)). "
        + "head_pred(f,2). type(f,(list,list)). direction(f,(in,out)).",
    )
    assert solving.answers(task, STEPS) == [True, False]


def test_moves_in_a_world_of_terms_are_chained(solving: Solving) -> None:
    task = atoms(
        ["go(w(0,0),w(2,1))", "go(w(3,1),w(5,2))"],
        ["go(w(0,0),w(1,1))", "go(w(0,0),w(2,0))", "go(w(3,1),w(4,1))", "go(w(1,1),w(1,1))"],
        ["go(w(6,6),w(8,7))", "go(w(6,6),w(7,8))"],
        "right(w(X,Y),w(Z,Y)) :- X < 9, Z is X + 1.\nup(w(X,Y),w(X,Z)) :- Y < 9, Z is Y + 1.",
        "head_pred(go,2). body_pred(right,2). body_pred(up,2). direction(go,(in,out)). "
        "direction(right,(in,out)). direction(up,(in,out)).",
    )
    assert solving.answers(task, STEPS) == [True, False]


def test_a_base_case_may_name_a_constant_nobody_has_shown(solving: Solving) -> None:
    task = atoms(
        ["even(10)", "even(8)", "even(6)", "even(4)"],
        ["even(3)", "even(7)", "even(9)"],
        ["even(12)", "even(11)"],
        "".join(f"s({n + 1},{n}). " for n in range(12)),
        "",
    )
    assert solving.answers(task, STEPS) == [True, False]


def test_without_negative_atoms_the_smallest_claim_is_made(solving: Solving) -> None:
    task = atoms(
        ["gp(ann,dan)", "gp(ann,eve)", "gp(bob,dan)", "gp(cat,flo)"],
        [],
        ["gp(bob,eve)", "gp(ann,cat)"],
        "mother(ann,cat). mother(cat,dan). father(bob,cat). mother(cat,eve). "
        "father(gus,flo). mother(cat,gus).",
        "",
    )
    assert solving.answers(task, STEPS) == [True, False]


def test_one_task_is_solved_in_both_languages_and_they_agree(solving: Solving) -> None:
    task = Task.from_pairs(
        [([1, 2, 3], [3, 2, 1]), ([5, 6], [6, 5]), ([7, 7, 1], [1, 7, 7])],
        [[9, 8, 7, 6, 5], [3, 4]],
    )
    found = {
        language: solving(task, steps=STEPS // 3, methods=methods)
        for language, methods in (
            (Language.PYTHON, LIST_METHODS),
            (Language.PROLOG, (views.METHOD,)),
        )
    }
    for language, answer in found.items():
        assert answer.best is not None
        assert answer.verified
        assert answer.best.proposal.program.language is language
    prolog, python = (said(found[language]) for language in (Language.PROLOG, Language.PYTHON))
    assert prolog == python == [(5, 6, 7, 8, 9), (4, 3)]


def test_what_drops_the_last_item_is_seen_in_the_view_of_lists(solving: Solving) -> None:
    task = Task.from_pairs(
        [([1, 2, 3], [1, 2]), ([5, 6], [5]), ([7, 7, 1, 4], [7, 7, 1])], [[9, 8, 7], [3, 4]]
    )
    assert said(solving(task, steps=STEPS // 3, methods=(views.METHOD,))) == [(9, 8), (3,)]


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        (
            Task.from_pairs(
                [([[1, 2], [3, 4]], [[2, 1], [4, 3]]), ([[5, 0, 6]], [[6, 0, 5]])],
                [[[1, 2, 3], [4, 5, 6]]],
            ),
            ((3, 2, 1), (6, 5, 4)),
        ),
        (
            Task.from_pairs(
                [([[1, 2], [3, 4]], [[1, 3], [2, 4]]), ([[5, 0, 6]], [[5], [0], [6]])],
                [[[1, 2, 3], [4, 5, 6]]],
            ),
            ((1, 4), (2, 5), (3, 6)),
        ),
        (Task.from_pairs([("abc", "bc"), ("hello", "ello"), ("xy", "y")], ["world"]), "orld"),
        (Task.from_pairs([("abc", 3), ("hello", 5), ("xy", 2)], ["worlds"]), 6),
        (Task.from_pairs([([1, 5], [2, 6]), ([7], [8]), ([4, 0], [5, 1])], [[3, 6]]), (4, 7)),
    ],
    ids=["mirror", "transpose", "text", "letters", "numbers"],
)
def test_grids_texts_and_numbers_have_a_view_of_relations(
    solving: Solving, task: Task, answer: Value
) -> None:
    found = solving(task, steps=STEPS, methods=(views.METHOD,))
    assert found.best is not None
    assert found.best.proposal.program.language is Language.PROLOG
    assert said(found) == [answer]


def test_a_rule_may_map_a_relation_over_a_list(solving: Solving) -> None:
    task = atoms(
        ["f([1],[2])", "f([2],[3])", "f([0,2],[1,3])"],
        ["f([1],[1])", "f([2],[2])", "f([0,2],[1,2])"],
        ["f([5,5,5,1],[6,6,6,2])", "f([5,5],[6,5])"],
        "next(X, Y) :- integer(X), Y is X + 1.",
        "body_pred(next/2). metarule([P,Q,R], [P,A,B], [[Q,A,C],[R,C,B]]). "
        "ibk([map,[],[],_],[]). ibk([map,[A|As],[B|Bs],F],[[F,A,B],[map,As,Bs,F]]).",
    )
    assert solving.answers(task, 2 * STEPS) == [True, False]


def test_two_recursive_clauses_share_the_work(solving: Solving) -> None:
    task = atoms(
        ["f([0,1])", "f([1])", "f([0])", "f([1,0,0])"],
        ["f([2])", "f([0,3])", "f([1,2])", "f([1,0,4])"],
        ["f([0,0,1,1,0])", "f([0,1,1,0,5])"],
        LISTS + "one(1).\n",
        "enable_recursion. head_pred(f,1). type(f,(list,)). direction(f,(in,)). "
        "body_pred(tail,2). type(tail,(list,list)). direction(tail,(in,out)). "
        "body_pred(head,2). type(head,(list,element)). direction(head,(in,out)). "
        "body_pred(empty,1). type(empty,(list,)). direction(empty,(out,)). "
        "body_pred(zero,1). type(zero,(element,)). direction(zero,(in,)). "
        "body_pred(one,1). type(one,(element,)). direction(one,(in,)).",
    )
    assert solving.answers(task, STEPS) == [True, False]


def test_a_few_wrong_atoms_do_not_hide_a_rule(solving: Solving) -> None:
    people = range(60)
    facts = "".join(f"age({n}, {('young', 'old')[n % 3 == 0]}). " for n in people)
    facts += "".join(f"likes({n}, {(n * 7 + 3) % 60}). " for n in people)
    given = {n: n % 3 == 0 for n in people} | {5: True, 40: True, 6: False}
    task = atoms(
        [f"t({n})" for n, holds in given.items() if holds],
        [f"t({n})" for n, holds in given.items() if not holds],
        ["t(5)", "t(6)", "t(9)"],
        facts + "old(old). young(young).",
        "head_pred(t,1). body_pred(age,2). body_pred(likes,2). body_pred(old,1). "
        "body_pred(young,1).",
    )
    found = solving(task, steps=400)
    assert said(found) == [False, True, True]
    assert found.best is not None
    assert sum(found.best.verdict.passed) == len(people) - 3


def test_without_negative_atoms_a_result_is_not_taken_for_another(solving: Solving) -> None:
    task = atoms(
        ["f([1,2,3],2)", "f([4,5],5)", "f([7,8,9,6],8)"],
        [],
        ["f([3,1,1,3],1)", "f([3,1,1,3],3)"],
        LISTS,
        LIST_BIAS + "head_pred(f,2). type(f,(list,element)).",
    )
    assert solving.answers(task, STEPS) == [True, False]
