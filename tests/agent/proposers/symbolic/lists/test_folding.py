"""Recursion over lists: folds, scans and greedy choices, from the front and from the back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.agent.proposers.symbolic.lists.folding import METHOD
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Task
from peirce.tasks.values import Json


def predictions(pairs: list[tuple[Json, Json]], asked: Json) -> list[object]:
    task = Task.from_pairs(pairs, [asked])
    found = [one for one in METHOD.propose(task, Clock(seconds=30)) if one is not None]
    answers: list[object] = []
    for proposal in found:
        scope: dict[str, object] = {}
        exec(proposal.program.source, scope)
        for value, output in pairs:
            assert scope["transform"](value) == output  # type: ignore[operator]
        answers.append(scope["transform"](asked))  # type: ignore[operator]
    return answers


@pytest.mark.parametrize(
    ("pairs", "asked", "answer"),
    [
        ([([1, 2, 3], 123), ([4, 0], 40), ([7, 7, 1, 2], 7712)], [5, 0, 9], 509),
        ([([5, 1, 2], 6), ([9, 4], 5), ([1, 2, 3, 4], -2)], [8, 3, 1], 6),
        ([([1, 1, 0, 1], [1, 2, 0, 1]), ([0, 1, 1], [0, 1, 2])], [1, 1, 1, 0], [1, 2, 3, 0]),
        ([([3, 1, 5, 4, 9], [3, 5, 9]), ([2, 2, 1, 7], [2, 7])], [4, 3, 8, 6, 10], [4, 8, 10]),
        ([([4, 1, 3], [8, 4, 3]), ([2, 2], [4, 2])], [1, 5, 6], [12, 11, 6]),
        ([([1, 2, 4, 5, 7], [1, 2, 5]), ([3, 5, 8, 9, 10], [3, 8, 9, 10])], [2, 4, 3], [2, 3]),
    ],
    ids=["digits", "alternating sum", "run lengths", "records", "from the back", "parity"],
)
def test_a_recursion_is_found(pairs: list[tuple[Json, Json]], asked: Json, answer: object):
    assert answer in predictions(pairs, asked)


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=3, max_size=5))
def test_whatever_is_proposed_gives_every_examples_output(values: list[list[int]]):
    pairs: list[tuple[Json, Json]] = [(list(value), sum(value)) for value in values]
    assert sum(values[0]) in predictions(pairs, list(values[0]))


def test_nested_lists_promise_nothing():
    assert METHOD.promise(Task.from_pairs([([[1], [2]], 3), ([[4], [5]], 9)], [[[1], [1]]])) == 0
