"""Items of every kind: valid by independent checks, repeatable, judged by more than one answer."""

import json
import re
from collections import Counter

import pytest
from scripts.check_synthesis import check
from tests.verifiers.prototypes.conftest import Interpreters, interpreters
from typer.testing import CliRunner

from peirce.agent.interfaces.cli import app
from peirce.agent.synthesis.item import Axis, Item
from peirce.agent.synthesis.judging import judge_item
from peirce.agent.synthesis.pddl import LEAST_STATES, LEAST_STEPS
from peirce.agent.synthesis.puzzles import is_uniform
from peirce.agent.synthesis.synthesize import MOST_TRIES, Tally, synthesize
from peirce.agent.synthesis.workshop import Workshop
from peirce.prototypes.catalogue import load_catalogue
from peirce.prototypes.prototype import Kind, Prototype
from peirce.tasks.errors import TaskError
from peirce.verifiers.pddl.search import plan_breadth_first
from peirce.verifiers.pddl.tasks import UNSOLVABLE
from peirce.verifiers.prototypes.ruling import Refusal

__all__ = ["interpreters"]
FEW = 5
WRONG = {Kind.PROLOG: "-1", Kind.PDDL: "(fly)", Kind.EFA: "-1", Kind.PUZZLE: "null"}


def made(kind: Kind, bench: Interpreters, *, count: int = FEW, seed: int = 7) -> list[Item]:
    workshop = Workshop(
        sandbox=bench.sandbox,
        judge=bench.judge,
        planner=plan_breadth_first,
        originals=load_catalogue(kind),
    )

    async def collected() -> list[Item]:
        return [item async for item in synthesize(kind, workshop, count=count, seed=seed)]

    return bench.run(collected())


def is_worth_solving(item: Item) -> bool:
    """Whether a program says nothing twice, a plan is no glance, an answer is not seen at once."""
    match item.prototype.kind:
        case Kind.PROLOG:
            lines = item.prototype.source.splitlines()
            return len(set(lines)) == len(lines)
        case Kind.PDDL:
            if item.answer == UNSOLVABLE:
                return (item.prototype.difficulty.states or 0) >= LEAST_STATES
            return str(item.answer).count("\n") >= LEAST_STEPS
        case Kind.EFA if re.search(r" 1 couples|digit of \d*[014569] ", item.question):
            return False
        case Kind.EFA | Kind.PUZZLE:
            return item.axis is not Axis.TRANSFORMATIVE or not is_uniform(item.answer)


@pytest.mark.parametrize("kind", Kind)
def test_items_are_valid_by_an_independent_check_and_by_the_judge(
    kind: Kind, interpreters: Interpreters
):
    items = made(kind, interpreters)
    assert len({item.prototype.digest for item in items}) == len(items) == FEW
    assert max(Counter(item.axis for item in items).values()) == 2
    originals = {one.digest for one in load_catalogue(kind)}
    for item in items:
        record = json.loads(item.model_dump_json())
        assert check(record) == ""
        assert Item.model_validate(record) == item
        assert is_worth_solving(item)
        assert item.prototype.mutation and set(item.prototype.parents) <= originals
        replies = [item.answer if kind is Kind.PDDL else json.dumps(item.answer), WRONG[kind]]
        right, wrong = (
            interpreters.run(
                judge_item(item, str(reply), sandbox=interpreters.sandbox, judge=interpreters.judge)
            )
            for reply in replies
        )
        assert right is None
        assert isinstance(wrong, Refusal)


def test_an_independent_check_sees_wrong_answers(interpreters: Interpreters):
    for kind in (Kind.PDDL, Kind.EFA):
        record = json.loads(made(kind, interpreters, count=1)[0].model_dump_json())
        wrong = "(fly)\n" if kind is Kind.PDDL else [record["answer"]]
        assert check({**record, "answer": wrong, "task": "generation"})


@pytest.mark.parametrize("kind", Kind)
def test_an_independent_check_reads_the_question(kind: Kind, interpreters: Interpreters):
    record = json.loads(made(kind, interpreters, count=1)[0].model_dump_json())
    record["question"] = re.sub(r"(\d+|\))", r"1\1", record["question"])
    assert check(record)


@pytest.mark.parametrize("kind", [Kind.PDDL, Kind.PROLOG])
def test_the_same_seed_gives_the_same_items_and_another_seed_others(
    kind: Kind, interpreters: Interpreters
):
    first, again, other = (made(kind, interpreters, count=3, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert {item.question for item in first} != {item.question for item in other}


def yields_nothing(source: str, bench: Interpreters) -> Tally:
    """What becomes of the attempts at an item of one original, all of which are refused."""
    original = Prototype(
        name="barren",
        kind=Kind.PROLOG,
        words="",
        source=source,
        goal="answer(X)",
        answer_type="str",
    )
    workshop = Workshop(
        sandbox=bench.sandbox,
        judge=bench.judge,
        planner=plan_breadth_first,
        originals=(original,),
    )
    tally = Tally()

    async def collected() -> list[Item]:
        return [
            item async for item in synthesize(Kind.PROLOG, workshop, count=1, seed=1, tally=tally)
        ]

    with pytest.raises(TaskError, match="only 0 of 1 items of kind prolog"):
        bench.run(collected())
    return tally


def test_changes_that_alter_nothing_are_refused(interpreters: Interpreters):
    tally = yields_nothing('answer(X) :- X = "a", Y = "b", X @< Y.', interpreters)
    assert tally.refused["idle"]


def test_originals_that_yield_nothing_are_given_up_with_the_reasons(interpreters: Interpreters):
    tally = yields_nothing("answer(X) :- X = a.", interpreters)
    assert tally.tried == MOST_TRIES == tally.refused.total()
    assert tally.share == 0


def test_the_command_writes_items_to_stdout_and_the_summary_to_stderr():
    result = CliRunner().invoke(app, ["synthesize", "pddl", "--n", "4", "--seed", "3", "--json"])
    assert result.exit_code == 0, result.output
    items = [Item.model_validate_json(line) for line in result.stdout.splitlines()]
    summary = json.loads(result.stderr)
    assert [item.prototype.kind for item in items] == [Kind.PDDL] * 4
    assert summary["items"] == 4 == sum(summary["axes"].values())
    assert summary["attempts"] == 4 + sum(summary["refused"].values())
    assert {item.axis for item in items} <= set(Axis)


@pytest.mark.parametrize("arguments", [["chess"], ["pddl", "--n", "0"], ["pddl", "--planner", "x"]])
def test_wrong_arguments_end_with_code_two(arguments: list[str]):
    result = CliRunner().invoke(app, ["synthesize", *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
