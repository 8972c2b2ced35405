"""Relations: the model writes Prolog, and is told which branch of the proof went wrong."""

import json
import shutil

import pytest
from tests.agent.conftest import Bench
from tests.agent.models.conftest import Reply, completion
from tests.agent.proposers.llm.conftest import Talk

from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.llm.replies import clauses_in
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Language

GRAND = Task.from_pairs(
    [
        ("grand(ann, dora)", True),
        ("grand(ann, eli)", True),
        ("grand(ann, bob)", False),
        ("grand(dora, ann)", False),
    ],
    ["grand(bob, ann)"],
    input_type=ValueType.ATOM,
    output_type=ValueType.BOOLEAN,
    background="parent(ann, bob). parent(bob, dora). parent(bob, eli).",
)
WRONG = "grand(X, Z) :- parent(X, Z)."
RIGHT = "grand(X, Z) :- parent(X, Y), parent(Y, Z)."
ONCE = Plan(rules_per_view=0, direct_programs=1, direct_answers=0, refinements=1)


def reply(source: str) -> str:
    return json.dumps({"rule": "Parents of parents are grand.", "program": source})


@pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")
def test_a_wrong_clause_goes_back_with_the_branch_that_failed_and_comes_back_right(bench: Bench):
    def script(body: dict[str, object]) -> Reply:
        refining = "assumption" in str(body["messages"])
        return completion(reply(RIGHT if refining else WRONG))

    talk = Talk(GRAND, script, ONCE)
    answer = talk.solve(bench)
    asked, refined = (str(body["messages"]) for body in talk.requests)
    assert "Prolog clauses that define the predicate `grand`" in asked
    assert "numpy" not in asked
    assert "```prolog\\ngrand(X, Z) :- parent(X, Z)." in refined
    assert "Why: the rule misses 2 of 2 atoms that hold" in refined
    assert "parent(ann,dora) does not hold" in refined
    assert "grand(ann,bob) holds by its clause: parent(ann,bob)" in refined
    assert answer.verified
    assert answer.best is not None
    assert answer.best.proposal.program.language is Language.PROLOG
    assert answer.predictions[0][0].value is False


@pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")
def test_what_a_rule_wrongly_covers_is_told_however_much_it_misses(bench: Bench):
    task = Task.from_pairs(
        [*((f"far(a{number}, b)", True) for number in range(5)), ("far(ann, bob)", False)],
        ["far(a0, bob)"],
        input_type=ValueType.ATOM,
        output_type=ValueType.BOOLEAN,
        background="parent(ann, bob).",
    )
    talk = Talk(task, lambda _: completion(reply("far(X, Z) :- parent(X, Z).")), ONCE)
    talk.solve(bench)
    refined = str(talk.requests[-1]["messages"])
    assert "Why: the rule misses 5 of 5 atoms that hold" in refined
    assert "Why: the rule covers 1 of 1 atoms that do not hold" in refined


@pytest.mark.parametrize(
    "text",
    [
        reply(RIGHT),
        reply(f"```prolog\n{RIGHT}\n```"),
        f"Here it is.\n```prolog\n{RIGHT}\n```\nIt works.",
        f"The clause is\n{RIGHT}",
    ],
    ids=["json", "fence in json", "fence", "bare"],
)
def test_clauses_are_found_however_they_are_wrapped(text: str):
    (program,) = clauses_in(text, "grand")
    assert program.source == f"{RIGHT}\n"
    assert (program.language, program.entry) == (Language.PROLOG, "grand")


def test_clauses_of_another_predicate_are_not_taken():
    assert clauses_in(reply("uncle(X, Y) :- grand(X, Y)."), "grand") == []
