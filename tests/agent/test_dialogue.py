"""Rules that explain the same examples are settled by asking for one output more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.agent.conftest import Bench, Scripted

from peirce.agent.candidate import Answer, Candidate
from peirce.agent.dialogue import (
    PATIENCE,
    Enough,
    Given,
    Invalid,
    Looked,
    Question,
    Reply,
    Unknown,
    next_question,
    settle,
)
from peirce.agent.inquiry import Budget
from peirce.agent.proposers.remembered import Remembered
from peirce.agent.solve import solve_async
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Value

TASK = Task.from_pairs([([1, 2, 3], [3, 2, 1]), ([4, 5], [5, 4])], [[2, 1, 3]])
RULES = ("x[::-1]", "sorted(x, reverse=True)", "list(reversed(x))")


@dataclass
class Teacher:
    """Replies what it is told to, one reply after the other, the last again and again."""

    replies: Sequence[Reply]
    asked: list[Value] = field(default_factory=list[Value])
    told: list[Looked] = field(default_factory=list[Looked])

    async def ask(self, task: Task, question: Question) -> Reply:
        self.asked.append(question.input)
        return self.replies[min(len(self.asked), len(self.replies)) - 1]

    def tell(self, looked: Looked) -> None:
        self.told.append(looked)


async def converse(bench: Bench, replies: Sequence[Reply]) -> tuple[Teacher, Task, Answer]:
    async def solve(task: Task, known: Sequence[Candidate]) -> Answer:
        guessing = (Remembered(known),) if known else (Scripted(RULES),)
        budget = Budget(seconds=20, steps=1)
        return await solve_async(task, sandbox=bench.sandbox, budget=budget, proposers=guessing)

    teacher = Teacher(replies)
    answer = await solve(TASK, ())
    task, answer = await settle(TASK, answer, partner=teacher, solve=solve, sandbox=bench.sandbox)
    return teacher, task, answer


def test_an_output_that_is_given_becomes_an_example_and_rules_against_it_fall(bench: Bench):
    teacher, task, answer = bench.run(converse(bench, [Given((1, 2))]))
    assert teacher.asked == [(2, 1)]
    assert task.train[2:] == (Example(input=(2, 1), output=(1, 2)),)
    (looked,) = teacher.told
    assert looked.question is None
    assert looked.tried > 0
    assert {found.proposal.hypothesis.words for found in answer.candidates if found.fits} == {
        "x[::-1]",
        "list(reversed(x))",
    }


def test_questions_nobody_can_answer_are_not_put_twice_and_come_to_an_end(bench: Bench):
    teacher, task, _ = bench.run(converse(bench, [Unknown(), Invalid()]))
    assert len(teacher.asked) == PATIENCE == len(set(teacher.asked))
    assert task == TASK


def test_no_more_is_asked_when_the_person_has_enough(bench: Bench):
    teacher, task, answer = bench.run(converse(bench, [Enough()]))
    assert len(teacher.asked) == 1
    assert task == TASK
    assert len(answer.candidates) == 3


def test_a_question_names_the_rules_behind_each_output(bench: Bench):
    async def look() -> Looked:
        scripted = Scripted(RULES)
        budget = Budget(seconds=20, steps=1)
        answer = await solve_async(
            TASK, sandbox=bench.sandbox, budget=budget, proposers=(scripted,)
        )
        return await next_question(TASK, answer, bench.sandbox)

    looked = bench.run(look())
    assert looked.rules == 3
    assert looked.question is not None
    assert sorted(sorted(option.rules) for option in looked.question.options) == [
        ["list(reversed(x))", "x[::-1]"],
        ["sorted(x, reverse=True)"],
    ]


def test_one_rule_alone_leaves_nothing_to_ask(bench: Bench):
    async def look() -> Looked:
        answer = await solve_async(
            TASK,
            sandbox=bench.sandbox,
            budget=Budget(seconds=20, steps=1),
            proposers=(Scripted(RULES[:1]),),
        )
        return await next_question(TASK, answer, bench.sandbox)

    assert bench.run(look()) == Looked(question=None, rules=1, tried=0)
