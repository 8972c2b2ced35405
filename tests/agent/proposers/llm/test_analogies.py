"""A rule learned from one task is shown to the model for the next."""

import asyncio
import json
from pathlib import Path

import pytest
from tests.agent.conftest import Bench, Scripted
from tests.agent.models.conftest import Reply, Server, completion

from peirce.agent.candidate import Answer
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.models.client import ModelClient
from peirce.agent.proposers.choice import open_library
from peirce.agent.proposers.llm.analogies import analogies, learn
from peirce.agent.proposers.llm.plan import Plan
from peirce.agent.proposers.llm.proposer import LlmProposer
from peirce.agent.search import Proposer, search
from peirce.agent.settings import Settings
from peirce.prototypes.library import Library
from peirce.tasks.task import Task

SORT = Task.from_pairs([([3, 1, 2], [1, 2, 3]), ([9, 4], [4, 9]), ([7, 7, 1], [1, 7, 7])], [[2, 1]])
REVERSE = Task.from_pairs([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [[9, 7, 8]])
COPY = "[1, 2, 3, 4] if len(x) == 4 else sorted(x)"
COPIED = Task.from_pairs([([4, 3, 2, 1], [1, 2, 3, 4]), ([9, 4], [4, 9])], [[2, 1]])


def solve(bench: Bench, task: Task, proposer: Proposer) -> Answer:
    inquiry = Inquiry(task=task, budget=Budget(seconds=20))
    return bench.run(
        search(inquiry, [proposer], bench.sandbox, tell=lambda _: None, stop=asyncio.Event())
    )


def test_a_solved_task_lends_its_rule_to_the_prompts_of_the_next(bench: Bench, tmp_path: Path):
    library = Library(tmp_path / "library.sqlite")
    assert learn(library, SORT, solve(bench, SORT, Scripted(["sorted(x)"])))
    source = "def transform(value):\n    return value[::-1]\n"

    def script(body: dict[str, object]) -> Reply:
        return completion(json.dumps({"rule": "Turn it around.", "program": source}))

    server = Server(script)
    client = ModelClient(
        model="m", base_url="http://test/v1", transport=server.transport, first_wait=0.001
    )
    plan = Plan(rules_per_view=1, direct_programs=1, direct_answers=0, refinements=0)
    answer = solve(bench, REVERSE, LlmProposer(client, plan=plan, library=library))
    assert answer.verified
    prompts = [str(body["messages"]) for body in server.requests]
    asked = [
        text for text in prompts if "different hypotheses" in text or "must not repeat" in text
    ]
    assert len(asked) >= 2
    assert all("sorted(x)" in text and "similar look" in text for text in asked)
    library.close()


def test_without_a_library_no_prompt_speaks_of_other_tasks(bench: Bench):
    server = Server(lambda body: completion("I do not know."))
    client = ModelClient(
        model="m", base_url="http://test/v1", transport=server.transport, first_wait=0.001
    )
    plan = Plan(rules_per_view=1, direct_programs=1, direct_answers=0, refinements=0)
    solve(bench, REVERSE, LlmProposer(client, plan=plan))
    assert server.requests
    assert all("similar look" not in str(body) for body in server.requests)


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
