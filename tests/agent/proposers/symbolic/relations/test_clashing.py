"""One value for each thing: a program that gives two to a thing nobody spoke of is sought again."""

from typing import Final

from tests.agent.proposers.symbolic.relations.posing import posed

from peirce.agent.proposers.symbolic.relations.clashing import clashes, has_one_value
from peirce.agent.proposers.symbolic.relations.database import Row
from peirce.agent.proposers.symbolic.relations.learning import programs
from peirce.agent.proposers.symbolic.relations.posing import stated
from peirce.agent.proposers.symbolic.relations.problem import Problem
from peirce.agent.proposers.symbolic.relations.terms import Clause, Literal
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType

ROUND: Final = ("t1", "t2", "t3")
BOTH: Final = ("t4", "t5")
NEITHER: Final = ("t6", "t7", "t8", "t9")
UNSPOKEN: Final = "t0"
"""Red, but not round: no example says of what kind it is."""
KNOWN: Final = (
    "".join(f"red({thing}). " for thing in (*BOTH, UNSPOKEN))
    + "".join(f"round({thing}). " for thing in (*BOTH, *ROUND))
    + "".join(f"lacks({thing}, red). " for thing in (*ROUND, *NEITHER))
    + "".join(f"lacks({thing}, round). " for thing in (UNSPOKEN, *NEITHER))
    + "good(yes). bad(no). "
)
BIAS: Final = (
    "head_pred(kind,2). body_pred(red,1). body_pred(round,1). body_pred(lacks,2). "
    "body_pred(good,1). body_pred(bad,1). type(kind,(thing,kind)). type(red,(thing,)). "
    "type(round,(thing,)). type(lacks,(thing,colour)). type(good,(kind,)). type(bad,(kind,))."
)


def atoms() -> dict[str, bool]:
    said = dict.fromkeys(BOTH, "yes") | dict.fromkeys((*ROUND, *NEITHER), "no")
    return {
        f"kind({thing},{value})": value == right
        for thing, right in said.items()
        for value in ("yes", "no")
    }


def problem() -> Problem:
    return posed(atoms(), KNOWN, BIAS)


def clause(*body: Literal) -> Clause:
    return Clause("kind", 2, body)


YES: Final = clause(Literal("red", (0,)), Literal("good", (1,)))
NO: Final = clause(Literal("lacks", (0, None)), Literal("bad", (1,)))


def test_that_each_thing_has_one_value_is_seen_from_examples_that_deny_others() -> None:
    assert has_one_value(problem())
    held = {text: True for text, holds in atoms().items() if holds}
    assert not has_one_value(posed(held, KNOWN, BIAS))
    assert not has_one_value(posed(atoms() | {"kind(t1,yes)": True}, KNOWN, BIAS))


def test_the_value_with_fewer_examples_behind_it_is_the_wrong_one() -> None:
    assert clashes(problem(), (YES, NO)) == [(UNSPOKEN, "yes")]
    both = clause(*YES.body, Literal("round", (0,)))
    assert clashes(problem(), (both, NO)) == []


def test_a_program_that_gives_two_values_is_sought_again() -> None:
    task = Task.from_pairs(
        list(atoms().items()),
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background=KNOWN,
        bias=BIAS,
    )
    first = next(program for program in programs(stated(task)) if program is not None)
    unspoken: list[Row] = [(UNSPOKEN, "yes"), (UNSPOKEN, "no")]
    holds = problem().database.holds
    proved = [row for row in unspoken if any(holds(clause, row) for clause in first)]
    assert proved == [(UNSPOKEN, "no")]
