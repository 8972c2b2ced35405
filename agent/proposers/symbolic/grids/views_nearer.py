"""The task seen after a chain of operations that brings every input nearer to its output.

The engine looks at all short chains; where none of them is the rule, one may be its first half. A
chain is a beginning if it makes cells right that were wrong and hardly any wrong that were right;
where the sizes differ, it must give the size of the output, and the likest images count. What is
left is a task of its own, on which every method starts afresh: a rule twice as long as the engine
could reach is found in two searches of its half (as by subgoals, Newell and Simon 1963).
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.exploring import Explorer, Laid
from peirce.agent.proposers.symbolic.grids.seeing import View, derived, grids_of, plain
from peirce.agent.proposers.symbolic.grids.wording import sentence, statements
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

MAX_COST: Final = 8
"""Cost of the longest chain that counts as a view."""
MAX_NODES: Final = 60_000
CHEAPEST: Final = 4
"""Views taken because their chains are short, where the sizes differ."""
NEAREST: Final = 3
"""Views taken because they are near to the outputs."""
LEAST_RIGHT: Final = 0.15
"""Share of the cells to be changed that a beginning must make right."""
MOST_WRONG: Final = 0.1
"""Cells that it may make wrong, beside those that it makes right."""
NODES_A_STEP: Final = 200

Cells: TypeAlias = NDArray[np.uint8]


class _Beginning(NamedTuple):
    """A node, and how many cells of the outputs it has wrong."""

    wrong: int
    node: int


def nearer_views(task: Task, explorer: Explorer) -> Iterator[View | None]:
    """The cheapest chains to the size of the outputs, and those that come nearest to them.

    Yields `None` between two portions of the search for them.
    """
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    more = True
    while more and explorer.level <= MAX_COST and explorer.size < MAX_NODES:
        more = explorer.work()
        yield None
    stop = explorer.nodes_up_to(MAX_COST) if more else explorer.size
    nodes = explorer.images_of_sizes(_sizes(outputs), stop)
    found: list[_Beginning] = []
    for start in range(0, len(nodes), NODES_A_STEP):
        found += _beginnings(explorer, nodes[start : start + NODES_A_STEP], inputs, outputs)
        yield None
    is_same_size = _sizes(inputs[: len(outputs)]) == _sizes(outputs)
    cheapest = [] if is_same_size else found
    looks: set[tuple[Grid, ...]] = {inputs}
    for ranked, most in ((cheapest, CHEAPEST), (sorted(found), NEAREST)):
        taken = 0
        for one in ranked:
            parts = tuple(plain(explorer.parts(one.node, owner)[0]) for owner in range(len(inputs)))
            if taken < most and parts not in looks:
                taken += 1
                looks.add(parts)
                yield _view(explorer, one.node, derived(task, parts, outputs))
            if taken == most:
                break


def _beginnings(
    explorer: Explorer, nodes: Sequence[int], inputs: Sequence[Grid], outputs: Sequence[Grid]
) -> Iterator[_Beginning]:
    """Those of the nodes that are not the rule but may be its beginning."""
    after = Laid(outputs).cells
    if _sizes(inputs[: len(outputs)]) == _sizes(outputs):
        before = Laid(inputs[: len(outputs)]).cells
        to_change = int((before != after).sum())
    else:
        before, to_change = None, 0
    for node, cells in zip(nodes, _images(explorer, nodes, outputs), strict=True):
        missed = cells != after
        wrong = int(missed.sum())
        if not wrong:
            continue
        if before is not None:
            spoilt = int((missed & (before == after)).sum())
            mended = to_change - (wrong - spoilt)
            if mended < LEAST_RIGHT * to_change or spoilt > MOST_WRONG * mended:
                continue
        yield _Beginning(wrong, node)


def _images(explorer: Explorer, nodes: Sequence[int], outputs: Sequence[Grid]) -> Iterator[Cells]:
    """What the nodes make of the train inputs, which are of the outputs' sizes, row by row."""
    graph = explorer.graph
    areas = [height * width for height, width in _sizes(outputs)]
    heads = graph.heads[graph.value_first[graph.nodes[list(nodes), : len(areas)]]]
    for starts in heads[:, :, 0].tolist():
        yield np.concatenate(
            [graph.cells[start : start + area] for start, area in zip(starts, areas, strict=True)]
        )


def _view(explorer: Explorer, node: int, seen: Task) -> View:
    ops = explorer.chain(node)
    lines, name = statements(ops)
    return View(task=seen, before=tuple(lines), seen=name, words=sentence(ops))


def _sizes(grids: Sequence[Grid]) -> list[tuple[int, int]]:
    return [(len(grid), len(grid[0])) for grid in grids]
