"""The grid methods over the engine, on small tasks whose rules are known."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids import compose, stacking, views
from peirce.agent.proposers.symbolic.grids.engine.warming import is_warm, warm_up
from peirce.agent.proposers.symbolic.grids.exploring import Explorer
from peirce.agent.proposers.symbolic.grids.sizing import size_rules
from peirce.agent.proposers.symbolic.grids.views_nearer import nearer_views
from peirce.agent.proposers.symbolic.method import Clock, Method
from peirce.prototypes import grids
from peirce.prototypes.grids.part import Part, Rows
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, ValueType

INPUTS: tuple[Grid, ...] = (
    ((0, 0, 0, 0), (0, 1, 2, 0), (0, 0, 1, 0)),
    ((3, 0, 0, 0, 0), (3, 3, 4, 0, 0), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
    ((0, 0, 0), (0, 0, 5), (0, 6, 6)),
    ((0, 0, 0, 0), (0, 0, 0, 7), (0, 0, 8, 8), (0, 0, 0, 0)),
)


def plain(grid: Rows) -> Grid:
    return tuple(tuple(row) for row in grid)


def task_of(rule: Callable[[Grid], Rows], inputs: tuple[Grid, ...] = INPUTS) -> Task:
    train = tuple(Example(input=grid, output=plain(rule(grid))) for grid in inputs[:-1])
    return Task(
        name="toy",
        input_type=ValueType.GRID,
        output_type=ValueType.GRID,
        train=train,
        test=inputs[-1:],
    )


def run(proposal: Proposal, grid: Grid) -> Grid:
    scope: dict[str, Callable[[Grid], Rows]] = {}
    exec(proposal.program.source, scope)
    return plain(scope["transform"](grid))


def proposals(
    method: Method, task: Task, most: int, clock: Clock | None = None
) -> Iterator[Proposal]:
    """The proposals among the first `most` turns."""
    clock = clock or Clock()
    found = method.propose(task, clock)
    for _ in range(most):
        clock.tick()
        proposal = next(found, None)
        if proposal is not None:
            yield proposal


def two_down(grid: Grid) -> Rows:
    return grids.tile(grid, 2, 1)


def constant(grid: Grid) -> Rows:
    return ((1, 2, 3),)


def crop_and_mirror(grid: Grid) -> Rows:
    return grids.mirror_right(grids.crop_to_content(grid))


def crop_and_recolour(grid: Grid) -> Rows:
    return grids.recolour(grids.crop_to_content(grid), {1: 2, 2: 1})


def rain(grid: Grid) -> Rows:
    return grids.extend(grid, "down")


def shadow(grid: Grid) -> Rows:
    return grids.paint_over(grids.paint_content(grids.extend(grid, "down"), 9), grid)


@pytest.mark.parametrize("rule", [crop_and_mirror, grids.transpose, grids.fill_enclosed])
def test_composition_finds_the_rule_and_writes_a_program_that_follows_it(
    rule: Callable[[Grid], Rows],
):
    task = task_of(rule)
    proposal = next(proposals(compose.METHOD, task, 100))
    assert [run(proposal, grid) for grid in INPUTS] == [plain(rule(grid)) for grid in INPUTS]


def test_composition_settles_an_exchange_of_colours_from_the_examples():
    inputs: tuple[Grid, ...] = (
        ((0, 0, 0), (0, 1, 2)),
        ((2, 2, 0), (0, 1, 0)),
        ((0, 0, 0), (2, 1, 1)),
    )
    proposal = next(proposals(compose.METHOD, task_of(crop_and_recolour, inputs), 100))
    assert [run(proposal, grid) for grid in inputs] == [plain(crop_and_recolour(g)) for g in inputs]


def test_stacking_paints_the_output_from_layers():
    task = task_of(shadow)
    proposal = next(proposals(stacking.METHOD, task, 400))
    assert [run(proposal, grid) for grid in INPUTS] == [plain(shadow(grid)) for grid in INPUTS]
    assert "canvas = " in proposal.program.source


def test_a_stack_of_one_layer_reads_like_a_chain():
    proposal = next(proposals(stacking.METHOD, task_of(grids.transpose), 400))
    assert proposal.hypothesis.words == "Mirror the grid along the diagonal."


def test_stacking_ends_with_what_explains_all_examples_but_one():
    first, second, third = task_of(rain).train
    odd = replace(third, output=((9, 8, 7), (6, 5, 4), (3, 2, 1)))
    task = replace(task_of(rain), train=(first, second, odd))
    near = list(proposals(stacking.METHOD, task, 5_000, Clock(seconds=1, step_seconds=0.01)))
    assert 0 < len(near) <= stacking.MOST_NEAR_MISSES
    for proposal in near:
        right = [run(proposal, example.input) == example.output for example in task.train]  # type: ignore[arg-type]
        assert right == [True, True, False]


def test_stacking_uses_what_all_outputs_have_in_common():
    stamp = Part([[7, 0, 0], [0, 0, 0], [0, 8, 9]])
    inputs: tuple[Grid, ...] = (
        ((0, 1, 0), (2, 0, 0), (0, 0, 0)),
        ((0, 0, 3), (0, 3, 4), (0, 0, 0)),
        ((0, 0, 0), (0, 5, 1), (0, 0, 0)),
        ((0, 0, 2), (0, 0, 1), (0, 0, 0)),
    )

    def rule(grid: Grid) -> Rows:
        return grids.paint_over(grid, stamp)

    proposal = next(proposals(stacking.METHOD, task_of(rule, inputs), 1_000))
    assert [run(proposal, grid) for grid in inputs] == [plain(rule(grid)) for grid in inputs]
    assert "what all outputs have in common" in proposal.hypothesis.words


def test_every_proposal_reproduces_the_train_outputs():
    task = task_of(shadow)
    for method in (compose.METHOD, stacking.METHOD):
        for proposal in proposals(method, task, 120):
            for example in task.train:
                assert isinstance(example.input, tuple)
                assert run(proposal, example.input) == example.output  # type: ignore[arg-type]


def test_methods_say_the_same_when_asked_twice():
    task = task_of(shadow)
    first = [p.program.source for p in proposals(stacking.METHOD, task, 150)]
    again = [p.program.source for p in proposals(stacking.METHOD, task, 150)]
    assert first == again != []


def test_a_view_solves_a_part_with_another_method():
    def rule(grid: Grid) -> Rows:
        return grids.paint_background(grids.crop_to_content(grid), 9)

    task = task_of(rule)
    explorer = Explorer(task.inputs, task.outputs)  # type: ignore[arg-type]
    view = next(view for view in nearer_views(task, explorer) if view is not None)
    inner = next(proposals(compose.METHOD, view.task, 100))
    whole = view.compose(inner)
    assert [run(whole, grid) for grid in INPUTS] == [plain(rule(grid)) for grid in INPUTS]


def test_a_view_exchanges_the_background_and_puts_it_back():
    table = {0: 7, 7: 0}
    inputs = tuple(plain(grids.recolour(grid, table)) for grid in INPUTS)

    def rule(grid: Grid) -> Rows:
        return grids.recolour(shadow(plain(grids.recolour(grid, table))), table)

    task = task_of(rule, inputs)
    view = views.background_view(task)
    assert view is not None
    whole = view.compose(next(proposals(stacking.METHOD, view.task, 400)))
    assert [run(whole, grid) for grid in inputs] == [plain(rule(grid)) for grid in inputs]


def test_views_run_the_methods_they_are_given():
    method = views.through_views((compose.METHOD,))
    table = {0: 7, 7: 0}
    inputs = tuple(plain(grids.recolour(grid, table)) for grid in INPUTS)
    task = task_of(lambda grid: grids.flip_vertical(grid), inputs)
    proposal = next(proposals(method, task, 1000))
    assert run(proposal, inputs[-1]) == plain(grids.flip_vertical(inputs[-1]))


def test_a_task_of_lists_is_hopeless_for_grid_methods():
    example = Example(input=(1, 2), output=(2, 1))
    task = Task(
        name="list", input_type=ValueType.LIST, output_type=ValueType.LIST, train=(example,)
    )
    for method in (compose.METHOD, stacking.METHOD, views.through_views(())):
        assert method.promise(task) == 0


@pytest.mark.parametrize(
    ("rule", "height", "width"),
    [
        (grids.flip_horizontal, "grids.height(grid)", "grids.width(grid)"),
        (two_down, "2 * grids.height(grid)", "grids.width(grid)"),
        (constant, "1", "3"),
        (grids.crop_to_content, "grids.height(part)", "grids.width(part)"),
    ],
)
def test_sizes_are_said_in_the_simplest_words(
    rule: Callable[[Grid], Rows], height: str, width: str
):
    task = task_of(rule)
    explorer = Explorer(task.inputs, task.outputs)  # type: ignore[arg-type]
    explorer.advance(1_000)
    found = next(size_rules(explorer, task.outputs))  # type: ignore[arg-type]
    assert (found.height, found.width) == (height, width)
    assert found.sizes[-1] == (len(rule(INPUTS[-1])), len(rule(INPUTS[-1])[0]))


def test_warming_up_leaves_the_machine_code_on_disk():
    said: list[str] = []
    warm_up(said.append)
    assert said
    assert is_warm()
