"""Programs on inputs that are changed by a symmetry."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peirce.tasks.task import Task
from peirce.tasks.values import Json, ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Limits, Sandbox
from peirce.verifiers.symmetries import Symmetries, Symmetry, changed_examples, examine

GRIDS: list[list[Json]] = [[[1, 0, 0], [2, 3, 0]], [[4, 4], [0, 5]]]
SAME = [(grid, grid) for grid in GRIDS]
SLOW = Task.from_pairs([([2, 1], [2, 1])])
MIRRORED: list[tuple[Json, Json]] = [
    (GRIDS[0], [[0, 0, 1], [0, 3, 2]]),
    (GRIDS[1], [[4, 4], [5, 0]]),
]


def python(expression: str) -> Program:
    return Program(source=f"def transform(x):\n    return {expression}\n")


Examined: TypeAlias = Callable[[Program, Task], Symmetries]


@pytest.fixture(scope="module")
def examined() -> Iterator[Examined]:
    """Examines programs in one sandbox."""
    with asyncio.Runner() as runner:
        opening = Sandbox.open(limits=Limits(cpu_seconds=0.5))
        sandbox = runner.run(opening.__aenter__())
        yield lambda program, task: runner.run(examine(program, task, sandbox))
        runner.run(opening.__aexit__(None, None, None))


def test_a_rule_without_sides_or_colours_keeps_every_symmetry(examined: Examined):
    found = examined(python("[list(row) for row in x]"), Task.from_pairs(SAME))
    assert found == Symmetries(kept=tuple(Symmetry))


def test_a_rule_that_looks_one_way_is_told_by_the_changes_it_breaks(examined: Examined):
    found = examined(python("[row[::-1] for row in x]"), Task.from_pairs(MIRRORED))
    assert found.kept == (Symmetry.NAMES, Symmetry.MIRROR, Symmetry.FLIP)
    assert found.broken == (Symmetry.TRANSPOSE,)


def test_a_program_that_fails_on_a_changed_input_breaks_that_symmetry(examined: Examined):
    square: list[tuple[Json, Json]] = [([[1, 2], [3, 4]], [[1, 2], [3, 4]])]
    found = examined(python("x if x[0][0] == 1 else 1 / 0"), Task.from_pairs(square))
    assert found.kept == (Symmetry.NAMES, Symmetry.TRANSPOSE)
    assert found.broken == (Symmetry.MIRROR, Symmetry.FLIP)


def test_a_program_that_runs_out_of_time_on_a_changed_input_says_nothing(examined: Examined):
    found = examined(python("[2, 1] if x == [2, 1] else sum(iter(int, 1))"), SLOW)
    assert found == Symmetries()


def test_a_program_that_depends_on_which_letters_stand_there_breaks_names(examined: Examined):
    task = Task.from_pairs([("bead", "bead"), ("cab", "cab")])
    assert examined(python("x"), task).kept == (Symmetry.NAMES,)
    assert examined(python("x if min(x) < 'c' else ''"), task).broken == (Symmetry.NAMES,)


def changed(
    program: Program, pairs: Sequence[tuple[Json, Json]], symmetry: Symmetry
) -> list[object]:
    cases = changed_examples(program, Task.from_pairs(pairs))
    return [case.input for case in cases if case.symmetry is symmetry]


def test_colours_and_letters_the_program_mentions_are_left_alone():
    (grid,) = changed(python("x or 3"), [([[0, 3, 1]], [[0, 3, 1]])], Symmetry.NAMES)
    assert grid == ((0, 3, 9),)
    (text,) = changed(python("x or 'bc'"), [("aBc 1", "aBc 1")], Symmetry.NAMES)
    assert text == "zBc 8"


def test_inputs_that_a_change_leaves_as_they_are_say_nothing():
    assert changed(python("x"), [([[0, 0]], [[0, 0]])], Symmetry.MIRROR) == []


@pytest.mark.parametrize(
    "task",
    [
        Task.from_pairs([([1, 2], 3), ([4, 5], 9)]),
        Task.from_pairs(
            [("p(a)", True), ("p(b)", False)],
            input_type=ValueType.ATOM,
            output_type=ValueType.BOOLEAN,
        ),
    ],
    ids=["sums", "atoms"],
)
def test_values_of_two_kinds_have_no_symmetry_in_common(task: Task):
    assert list(changed_examples(python("x"), task)) == []


def test_prolog_programs_are_not_looked_at():
    program = Program(source="p(X, X).", language=Language.PROLOG, entry="p")
    assert list(changed_examples(program, Task.from_pairs(SAME))) == []


cells = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4)


@given(cells, st.integers(0, 9))
def test_every_change_of_the_identity_changes_input_and_output_alike(grid: list[Json], number: int):
    task = Task.from_pairs([(grid, grid)])
    for case in changed_examples(python(f"x or {number}"), task):
        assert case.input == case.output
        assert case.input != task.train[0].input
