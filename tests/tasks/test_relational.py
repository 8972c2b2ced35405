"""The worlds are those the definitions speak of, whatever their size and seed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.tasks.atoms import Atom
from peirce.tasks.errors import TaskError
from peirce.tasks.relational import RELATIONS, relational_task


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(RELATIONS)), st.integers(14, 40), st.integers(0, 99))
def test_a_task_has_both_truth_values_and_is_drawn_again_alike(
    kind: str, size: int, seed: int
) -> None:
    task = relational_task(kind, size=size, seed=seed)
    assert {pair.output for pair in task.train} == {True, False}
    assert task == relational_task(kind, size=size, seed=seed)
    assert task != relational_task(kind, size=size, seed=seed + 1)


def test_nobody_is_their_own_sister_and_no_father_an_uncle() -> None:
    task = relational_task("uncle", size=60, seed=1)
    facts = task.background.split("\n")
    for pair in task.train:
        assert isinstance(pair.input, Atom)
        if pair.output:
            assert pair.input.text.replace("uncle", "father") + "." not in facts


def test_degrees_are_counted() -> None:
    task = relational_task("2-out-degree", size=14, seed=3)
    for pair in task.train:
        assert isinstance(pair.input, Atom)
        node = pair.input.text.removeprefix("two_exits(").removesuffix(")")
        assert (task.background.count(f"edge({node}, ") == 2) is pair.output


def test_an_unknown_relation_or_a_tiny_world_is_refused() -> None:
    with pytest.raises(TaskError, match="'aunt' is no relation; choose one of has-father"):
        relational_task("aunt", size=20, seed=1)
    with pytest.raises(TaskError, match="a world of 3 is too small; take at least 14"):
        relational_task("uncle", size=3, seed=1)
