"""The small Prolog agrees with what Prolog means, and always ends."""

import pytest

from peirce.agent.proposers.symbolic.relations.library import machine_for
from peirce.agent.proposers.symbolic.relations.machine import Unclear
from peirce.tasks.clauses import Compound, parse_clauses, parse_term, written

BACKGROUND = """
last([X], X) :- !.
last([_|T], X) :- last(T, X).
element([X|_], X).
element([_|T], X) :- element(T, X).
even(X) :- 0 is X mod 2.
size(X, Y) :- ( X > 3 -> Y = big ; Y = small ).
odd(X) :- \\+ even(X).
first(X) :- element([3, 5, 7], X), X > 3, !.
right(w(X1, Y), w(X2, Y)) :- X1 #< 10, X2 #= X1 + 1.
loop(X) :- loop(X).
grow(X) :- grow([X]).
deep(X) :- X = [X1|_], deep(X1).
pair(X, Y) :- call((element([a, b], X), element([1, 2], Y))).
some(X) :- call((element([3, 5], X), !)).
some(9).
in(X, Y) :- call(element, Y, X).
"""


def ask(text: str) -> list[str]:
    goal = parse_term(text, where="here")
    assert isinstance(goal, Compound)
    machine = machine_for(tuple(parse_clauses(BACKGROUND, where="here")))
    rows = machine.ask(goal.name, goal.arguments, 20)
    return [", ".join(map(written, row)) for row in rows]


@pytest.mark.parametrize(
    ("goal", "answers"),
    [
        ("last([1,2,3], X)", ["[1,2,3], 3"]),
        ("element([a,b], X)", ["[a,b], a", "[a,b], b"]),
        ("even(3)", []),
        ("odd(3)", ["3"]),
        ("size(5, X)", ["5, big"]),
        ("size(2, X)", ["2, small"]),
        ("first(X)", ["5"]),
        ("right(w(1,2), X)", ["w(1,2), w(2,2)"]),
        ("right(w(10,2), X)", []),
        ("append(X, [3], [1,2,3])", ["[1,2], [3], [1,2,3]"]),
        ("succ(X, 4)", ["3, 4"]),
        ("succ(X, 0)", []),
        ("msort([b,2,a,1], X)", ["[b,2,a,1], [1,2,a,b]"]),
        ("sort([2,1,2], X)", ["[2,1,2], [1,2]"]),
        ("maplist(succ, [1,2], X)", ["succ, [1,2], [2,3]"]),
        ("include(even, [1,2,4], X)", ["even, [1,2,4], [2,4]"]),
        ("nth1(X, [a,b], b)", ["2, [a,b], b"]),
        ("between(1, 3, X)", ["1, 3, 1", "1, 3, 2", "1, 3, 3"]),
        ("sum_list([1,2], X)", ["[1,2], 3"]),
        ("pair(X, Y)", ["a, 1", "a, 2", "b, 1", "b, 2"]),
        ("in(X, [a,b])", ["a, [a,b]", "b, [a,b]"]),
        ("some(X)", ["3", "9"]),
        ("is(X, 7 // 2 + 2 ** 3)", ["11, ((7 // 2) + (2 ** 3))"]),
    ],
)
def test_answers_are_those_of_prolog(goal: str, answers: list[str]) -> None:
    assert ask(goal) == answers


@pytest.mark.parametrize(
    "goal",
    [
        "loop(1)",
        "grow(1)",
        "even(X)",
        "even(a)",
        "unknown(1)",
        "is(X, 10 ** 300)",
        "is(X, 1 / 0)",
        "between(1, inf, X)",
        "element(X, 1)",
    ],
)
def test_what_has_no_definite_answer_is_unclear(goal: str) -> None:
    with pytest.raises(Unclear):
        ask(goal)
