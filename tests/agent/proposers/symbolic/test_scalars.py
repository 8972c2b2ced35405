"""One number or one truth about a grid or a text."""

from collections.abc import Sequence

import pytest

from peirce.agent.proposers.symbolic.method import Clock
from peirce.agent.proposers.symbolic.scalars import METHOD
from peirce.tasks.task import Task
from peirce.tasks.values import Json, encode
from peirce.verifiers.program import Program


def run(program: Program, value: Json) -> object:
    names: dict[str, object] = {}
    exec(program.source, names)
    transform = names["transform"]
    assert callable(transform)
    return transform(value)


@pytest.mark.parametrize(
    ("pairs", "test", "words"),
    [
        ([("abe", 2), ("xyz", 0), ("aeiou!", 5)], "queue", "vowels"),
        ([("a b", 3), ("a", 2), ("x y z w", 5)], "p q r", "words plus 1"),
        ([("noon", True), ("moon", False), ("abba", True)], "level", "backwards"),
        ([("ab cd", True), ("abcdef", False), ("x y z", True), ("w", False)], "q r", "words is"),
        ([([[1, 0], [0, 1]], 2), ([[2, 2], [0, 0]], 1), ([[3, 0, 3, 0, 3]], 3)], [[1]], "objects"),
        ([([[1, 1], [1, 1]], 4), ([[0, 0, 0]], 3), ([[5]], 1)], [[1, 2]], "rows times"),
    ],
)  # fmt: skip
def test_the_first_rule_says_what_is_counted_and_its_program_agrees(
    pairs: Sequence[tuple[Json, Json]], test: Json, words: str
):
    task = Task.from_pairs(pairs, [test])
    found = [rule for rule in METHOD.propose(task, Clock()) if rule is not None]
    assert any(words in rule.hypothesis.words for rule in found)
    for rule in found:
        outputs = [run(rule.program, encode(pair.input)) for pair in task.train]
        assert outputs == [encode(pair.output) for pair in task.train]
        assert all(
            type(got) is type(pair.output) for got, pair in zip(outputs, task.train, strict=True)
        )


def test_tasks_with_other_outputs_are_left_to_others():
    assert METHOD.promise(Task.from_pairs([("a", "b")])) == 0.0
