"""Repairs by one last step, verified in the sandbox."""

import asyncio
from collections.abc import Sequence

import pytest
from tests.agent.conftest import Bench, Scripted

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.proposers.symbolic.repair import repair
from peirce.agent.search import search
from peirce.agent.trace import Event, Proposed
from peirce.tasks.task import Task
from peirce.tasks.values import Json


class Repairing(Scripted):
    """A scripted proposer that mends as the symbolic one does."""

    def refine(self, inquiry: Inquiry, candidate: Candidate):
        return repair(inquiry.task, candidate)


@pytest.mark.parametrize(
    ("pairs", "test", "answer", "wrong", "step"),
    [
        ([([3, 1, 2], [2, 1, 3]), ([5, 4], [4, 5])], [7, 9], (9, 7), "x", "reverse"),
        ([("ab c", "AB C"), ("de", "DE")], "gh", "GH", "x", "upper case"),
        (
            [([[1, 2], [0, 1]], [[5, 2], [0, 5]]), ([[2, 2], [1, 0]], [[2, 2], [5, 0]])],
            [[1, 1], [2, 0]],
            ((5, 5), (2, 0)),
            "x",
            "1 becomes 5",
        ),
    ],
)
def test_a_program_that_lacks_one_step_is_mended_and_says_so(
    bench: Bench,
    pairs: Sequence[tuple[Json, Json]],
    test: Json,
    answer: object,
    wrong: str,
    step: str,
):
    task = Task.from_pairs(pairs, [test])
    events: list[Event] = []
    work = search(
        Inquiry(task=task, budget=Budget(seconds=20)),
        [Repairing([wrong])],
        bench.sandbox,
        tell=events.append,
        stop=asyncio.Event(),
    )
    found = bench.run(work)
    assert found.verified
    assert found.predictions[0][0].value == answer
    assert step in found.rule
    assert [event.kind for event in events if isinstance(event, Proposed)][1] == "refinement"


def test_a_program_that_is_wrong_in_different_ways_is_left_alone(bench: Bench):
    task = Task.from_pairs([([3, 1], [9, 9, 9]), ([5, 4], [4])])
    work = search(
        Inquiry(task=task, budget=Budget(seconds=20)),
        [Repairing(["sorted(x)"])],
        bench.sandbox,
        tell=lambda event: None,
        stop=asyncio.Event(),
    )
    assert bench.run(work).spent.programs == 1
