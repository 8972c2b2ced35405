"""Judges any reply to an item, not only its reference answer: by value, by plan, by running."""

import json
from typing import assert_never

from peirce.agent.synthesis.item import Item
from peirce.prototypes.answer_types import Answer, conforms, parse_answer_type
from peirce.prototypes.pddl.reading import read_domain, read_problem
from peirce.prototypes.prototype import Kind
from peirce.tasks.values import show
from peirce.verifiers.formulas.judge import FormulaJudge
from peirce.verifiers.pddl.tasks import UNSOLVABLE, PlanTask, judge_reply
from peirce.verifiers.prototypes.puzzles import check_answer
from peirce.verifiers.prototypes.ruling import Refusal
from peirce.verifiers.verify import Runs


async def judge_item(
    item: Item, reply: str, *, sandbox: Runs, judge: FormulaJudge
) -> Refusal | None:
    """Why a reply, as text, does not answer an item; None if it does."""
    prototype = item.prototype
    if prototype.kind is Kind.PDDL:
        return _plan(item, reply)
    try:
        answer: Answer = json.loads(reply)
    except (ValueError, RecursionError):
        return Refusal(f"{show(reply)} is no JSON", "json")
    match prototype.kind:
        case Kind.PUZZLE:
            return await check_answer(prototype, answer, sandbox)
        case Kind.PROLOG | Kind.EFA:
            return _value(item, answer, judge)
        case _:
            assert_never(prototype.kind)


def _plan(item: Item, reply: str) -> Refusal | None:
    domain = read_domain(item.prototype.source)
    verdict = judge_reply(
        domain,
        read_problem(item.prototype.goal, domain),
        reply,
        task=PlanTask(item.task),
        given=item.given,
        solvable=item.answer != UNSOLVABLE,
    )
    return None if verdict.valid else Refusal(verdict.why, "plan")


def _value(item: Item, answer: Answer, judge: FormulaJudge) -> Refusal | None:
    answer_type = item.prototype.answer_type
    if not conforms(answer, parse_answer_type(answer_type)):
        return Refusal(f"{show(answer)} is not exactly of type {answer_type}", "type")
    expected: Answer = json.loads(json.dumps(item.answer))
    if judge.same(expected, answer, answer_type):
        return None
    return Refusal(judge.why or f"{show(answer)} is not the answer", "answer")
