"""A rule learned from one task is shown to the model for the next."""

import asyncio
from pathlib import Path

import pytest
from tests.agent.conftest import Bench, Scripted
from tests.agent.models.conftest import completion
from tests.agent.proposers.llm.conftest import Talk, program

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposers.choice import open_library
from peirce.agent.proposers.llm.analogies import analogies, learn
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.search import Proposer, search
from peirce.agent.settings import Settings
from peirce.prototypes.library import Library
from peirce.tasks.task import Task

SORT = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([9, 4], [4, 9]), ([7, 7, 1], [1, 7, 7])], [[2, 1]])
REVERSE = Task.from_pairs([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
COPY = "[1, 2, 3, 4] if len(x) == 4 else sorted(x)"
PLAN = Plan(rules_per_view=1, direct_programs=1, direct_answers=0, refinements=0)
COPIED = Task.from_pairs([([4, 3, 2, 1], [1, 2, 3, 4]), ([9, 4], [4, 9])], [[2, 1]])


def solve(bench: Bench, task: Task, proposer: Proposer) -> Answer:
    inquiry = Inquiry(task=task, budget=Budget(seconds=20))
    return bench.run(
        search(inquiry, [proposer], bench.sandbox, tell=lambda _: None, stop=asyncio.Event())
    )


def test_a_solved_task_lends_its_rule_to_the_prompts_of_the_next(bench: Bench, tmp_path: Path):
    library = Library(tmp_path / "library.sqlite")
    assert learn(library, SORT, solve(bench, SORT, Scripted(["sorted(x)"])))
    talk = Talk(REVERSE, lambda _: completion(program("value[::-1]")), PLAN, library=library)
    assert talk.solve(bench).verified
    prompts = [str(body["messages"]) for body in talk.requests]
    asked = [
        text for text in prompts if "different hypotheses" in text or "must not repeat" in text
    ]
    assert len(asked) >= 2
    assert all("sorted(x)" in text and "similar look" in text for text in asked)
    library.close()


def test_without_a_library_no_prompt_speaks_of_other_tasks(bench: Bench):
    talk = Talk(REVERSE, lambda _: completion("I do not know."), PLAN)
    talk.solve(bench)
    assert talk.requests
    assert all("similar look" not in str(body) for body in talk.requests)


@pytest.mark.parametrize(
    ("task", "expression"), [(SORT, "x"), (COPIED, COPY)], ids=["does not fit", "copies an output"]
)
def test_what_is_no_sure_rule_is_not_learned(
    bench: Bench, tmp_path: Path, task: Task, expression: str
):
    library = Library(tmp_path / "library.sqlite")
    assert not learn(library, task, solve(bench, task, Scripted([expression])))
    assert len(library) == 0
    assert analogies(library, REVERSE) == ""
    library.close()


def test_the_library_is_off_without_a_model_and_on_request_a_file(tmp_path: Path):
    symbolic = Settings.resolve(proposer="symbolic")
    with open_library(None, symbolic) as library:
        assert library is None
    with open_library("off", Settings.resolve(proposer="llm", model="m")) as library:
        assert library is None
    path = tmp_path / "mine.sqlite"
    with open_library(str(path), symbolic) as library:
        assert library is not None
    assert path.exists()
