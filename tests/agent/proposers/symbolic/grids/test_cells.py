from collections.abc import Callable
from itertools import islice, zip_longest

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.cells import METHOD
from peirce.agent.proposers.symbolic.grids.cells_search import search
from peirce.agent.proposers.symbolic.grids.cells_table import Canvas, build, lay_out
from peirce.agent.proposers.symbolic.grids.seeing import grids_of
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, Value, ValueType

Rows = list[list[int]]


def task_of(pairs: list[tuple[Rows, Rows]], tests: list[Rows]) -> Task:
    def freeze(grid: Rows) -> Grid:
        return tuple(tuple(row) for row in grid)

    return Task(
        name="task",
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        train=tuple(Example(input=freeze(a), output=freeze(b)) for a, b in pairs),
        test=tuple(freeze(grid) for grid in tests),
    )


def proposals(task: Task) -> list[Proposal]:
    return [found for found in METHOD.propose(task, Clock()) if found is not None]


def run(source: str, value: Value) -> Grid:
    space: dict[str, Callable[[Value], Grid]] = {}
    exec(source, space)
    return space["transform"](value)


HOLES = task_of(
    [
        ([[1, 1, 1, 0], [1, 0, 1, 0], [1, 1, 1, 0]], [[1, 1, 1, 0], [1, 4, 1, 0], [1, 1, 1, 0]]),
        ([[0, 2, 2, 2], [0, 2, 0, 2], [0, 2, 2, 2]], [[0, 2, 2, 2], [0, 2, 4, 2], [0, 2, 2, 2]]),
    ],
    [[[3, 3, 3, 3], [3, 0, 0, 3], [3, 3, 3, 3]]],
)


def test_grids_of_which_nothing_can_be_told_apart_are_ruled_over_without_conditions():
    found = proposals(task_of([([[0]], [[1]]), ([[0]], [[1]])], [[[0]]]))
    assert run(found[0].program.source, ((0,),)) == ((1,),)


def test_filling_holes_is_learned_as_one_condition_and_said_in_words():
    best = proposals(HOLES)[0]
    assert (
        best.hypothesis.words
        == "A cell becomes yellow where it is enclosed; everything else stays."
    )
    assert run(best.program.source, HOLES.test[0]) == ((3, 3, 3, 3), (3, 4, 4, 3), (3, 3, 3, 3))


def test_every_proposal_reproduces_every_demo():
    found = proposals(HOLES)
    assert found
    for proposal in found:
        assert [run(proposal.program.source, pair.input) for pair in HOLES.train] == list(
            HOLES.outputs
        )


def test_proposals_differ_in_what_they_predict():
    predictions = [run(proposal.program.source, HOLES.test[0]) for proposal in proposals(HOLES)]
    assert len(set(predictions)) == len(predictions)


def test_a_mirror_image_is_learned_without_conditions():
    task = task_of([([[1, 2, 0], [3, 0, 5]], [[0, 2, 1], [5, 0, 3]])], [[[4, 4, 6], [1, 0, 0]]])
    best = proposals(task)[0]
    assert "if" not in best.program.source
    assert run(best.program.source, task.test[0]) == ((6, 4, 4), (0, 0, 1))


def test_the_method_is_hopeless_where_sizes_change_without_a_canvas():
    task = task_of([([[1, 2, 3]], [[1, 2], [3, 1], [2, 3]])], [[[2, 2, 2]]])
    assert METHOD.promise(task) == 0


def test_panels_are_laid_on_top_of_each_other():
    task = task_of(
        [
            ([[1, 0, 5, 0, 1], [0, 1, 5, 1, 1]], [[0, 0], [0, 2]]),
            ([[1, 1, 5, 1, 0], [1, 0, 5, 0, 0]], [[2, 0], [0, 0]]),
            ([[0, 1, 5, 0, 1], [1, 1, 5, 0, 1]], [[0, 2], [0, 2]]),
        ],
        [[[1, 1, 5, 1, 0], [1, 0, 5, 1, 1]]],
    )
    best = proposals(task)[0]
    assert "panels" in best.program.source
    assert run(best.program.source, task.test[0]) == ((2, 0), (2, 0))


def test_a_table_from_sizes_to_colours_is_learned():
    task = task_of(
        [
            ([[5, 0, 5, 5, 0, 5, 5, 5]], [[1, 0, 2, 2, 0, 3, 3, 3]]),
            ([[5, 5, 5, 0, 5, 5, 0, 5]], [[3, 3, 3, 0, 2, 2, 0, 1]]),
        ],
        [[[5, 5, 0, 5, 0, 0, 5, 5]]],
    )
    assert ((2, 2, 0, 1, 0, 0, 2, 2),) in [
        run(p.program.source, task.test[0]) for p in proposals(task)
    ]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=3, max_size=4))
def test_every_list_found_is_exact_on_the_train_cells(grid: Rows):
    frozen = tuple(map(tuple, grid))
    wanted = tuple(tuple(5 if cell == 2 else cell for cell in row) for row in frozen)
    table = build([Canvas(grid=frozen), Canvas(grid=frozen)], [wanted])
    for rules in islice(search(table), 12):
        if rules is not None:
            assert np.array_equal(rules.predict()[: table.size], table.wanted)


def test_methods_that_lay_out_a_table_in_turn_get_the_same_one():
    (before, *_), outputs = grids_of(HOLES.inputs), grids_of(HOLES.outputs)[:1]
    canvases = [Canvas(grid=before)]
    first, second = lay_out(canvases, outputs), lay_out(canvases, outputs)
    tables = [one for turn in islice(zip_longest(first, second), 1000) for one in turn if one]
    assert len(tables) == 2
    assert tables[0] is tables[1]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=3, max_size=3))
def test_conditions_hold_exactly_where_the_vocabulary_says_so(grid: Rows):
    frozen = tuple(map(tuple, grid))
    table = build([Canvas(grid=frozen)], [frozen])
    for condition in table.conditions[::17]:
        source = (
            "from peirce.prototypes import grids\n"
            f"def transform(grid):\n"
            f"    return grids.map_cells(grid, lambda view: int({condition.source}))\n"
        )
        flat = [value for row in run(source, frozen) for value in row]
        assert flat == condition.holds.astype(int).tolist()


def test_a_cell_for_every_panel_is_learned():
    task = task_of(
        [
            ([[0, 0, 5, 2, 0], [0, 1, 5, 0, 2]], [[0, 2]]),
            ([[1, 1, 5, 2, 0], [0, 1, 5, 0, 0]], [[1, 0]]),
            ([[4, 0, 5, 3, 3], [0, 4, 5, 0, 1]], [[4, 3]]),
        ],
        [[[6, 0, 5, 0, 0], [6, 6, 5, 7, 0]]],
    )
    answers = {run(proposal.program.source, task.test[0]) for proposal in proposals(task)}
    assert ((6, 0),) in answers


def test_cells_outside_solid_blocks_are_noise():
    def with_noise(colour: int, *dots: tuple[int, int]) -> Rows:
        rows = [[0] * 8 for _ in range(6)]
        for row in range(1, 4):
            for column in range(1, 5):
                rows[row][column] = colour
        for row, column in dots:
            rows[row][column] = colour
        return rows

    pairs = [
        (with_noise(3, (0, 1), (5, 5)), with_noise(3)),
        (with_noise(3, (2, 5), (4, 7)), with_noise(3)),
        (with_noise(4, (4, 2), (0, 6), (5, 0)), with_noise(4)),
    ]
    task = task_of(pairs, [with_noise(6, (4, 4), (1, 5), (0, 0))])
    answers = {run(proposal.program.source, task.test[0]) for proposal in proposals(task)}
    assert tuple(map(tuple, with_noise(6))) in answers
