"""`Explorer`: the engine's graph of one task, in terms of grids, operations and chains of them."""

from collections.abc import Iterator, Sequence
from typing import Final
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.expanding import expand
from peirce.agent.proposers.symbolic.grids.engine.graph import (
    Counter,
    Graph,
    add_root,
    new_graph,
)
from peirce.agent.proposers.symbolic.grids.engine.ops import Op, all_ops, table
from peirce.prototypes.grids.part import Part, Rows

PORTION: Final = 3_000_000
"""Work of one portion: about 10 ms, but the same on every machine, so that searches repeat."""
ENDLESS: Final = 1 << 60
"""More steps than any search makes."""
CAPACITY: Final = 300_000
"""Most nodes of one graph; with the other arrays under 1 GB even when all are used."""


def as_image(grid: Rows) -> NDArray[np.uint8]:
    """A grid as the engine sees it."""
    return np.array(grid, dtype=np.uint8)


def explorer_of(inputs: tuple[Rows, ...], outputs: tuple[Rows, ...]) -> "Explorer":
    """The explorer of a task, shared by the methods that work on it at the same time.

    It only grows, and always in the same order, so that it does not matter who lets it grow. It is
    kept for as long as one of them holds it.
    """
    explorer = _explorers.get((inputs, outputs))
    if explorer is None:
        explorer = _explorers[inputs, outputs] = Explorer(inputs, outputs)
    return explorer


class Laid:
    """Grids laid out one after the other for the kernels."""

    def __init__(self, grids: Sequence[Rows]) -> None:
        """Lay out the grids."""
        images = [as_image(grid) for grid in grids]
        self.cells = np.concatenate([image.ravel() for image in images])
        self.heads = np.zeros((len(images), 5), np.int32)
        start = 0
        for head, image in zip(self.heads, images, strict=True):
            head[:3] = start, *image.shape
            start += image.size


def _window(inputs: Sequence[Rows], outputs: Sequence[Rows]) -> tuple[int, int] | None:
    """The size of all outputs, if they share one and every input is larger."""
    sizes = {(len(grid), len(grid[0])) for grid in outputs}
    if len(sizes) != 1:
        return None
    height, width = sizes.pop()
    fits = all(len(grid) >= height and len(grid[0]) >= width for grid in inputs)
    larger = all(len(grid) * len(grid[0]) > height * width for grid in inputs)
    return (height, width) if fits and larger else None


class Explorer:
    """Grows the graph of one task step by step; the same steps give the same nodes."""

    def __init__(
        self, inputs: Sequence[Rows], outputs: Sequence[Rows], *, capacity: int = CAPACITY
    ) -> None:
        """Start with the inputs as the only node."""
        images = [as_image(grid) for grid in (*inputs, *outputs)]
        used = {int(colour) for image in images for colour in np.unique(image)}
        self.ops: tuple[Op, ...] = all_ops(sorted(used - {0}), _window(inputs, outputs))
        limit = 2 * max(image.size for image in images)
        self.graph: Graph = new_graph(
            table(self.ops), len(inputs), limit=max(limit, 100), capacity=capacity
        )
        roots = Laid(inputs)
        add_root(self.graph, roots.cells, roots.heads)

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return int(self.graph.counters[Counter.NODES])

    @property
    def steps(self) -> int:
        """How many operations have been applied to nodes."""
        return int(self.graph.counters[Counter.APPLIED])

    @property
    def level(self) -> int:
        """All nodes that cost less than this have been found."""
        return int(self.graph.counters[Counter.LEVEL])

    def nodes_up_to(self, cost: int) -> int:
        """How many nodes cost no more than this, if all of them have been found."""
        return int(self.graph.level_start[cost + 1])

    def advance(self, steps: int) -> bool:
        """Apply about so many operations; false when nothing more can be done."""
        return expand(self.graph, steps, ENDLESS) == 0

    def work(self) -> bool:
        """Advance by one portion; false when nothing more can be done."""
        return expand(self.graph, ENDLESS, PORTION) == 0

    def chain(self, node: int) -> tuple[Op, ...]:
        """The operations that lead from the input to the node."""
        ops: list[Op] = []
        while self.graph.node_parent[node] >= 0:
            ops.append(self.ops[self.graph.node_op[node]])
            node = int(self.graph.node_parent[node])
        return tuple(reversed(ops))

    def cost(self, node: int) -> int:
        """What the chain of a node costs."""
        return int(self.graph.node_cost[node])

    def is_list(self, node: int) -> bool:
        """Whether the values of a node are lists."""
        return bool(self.graph.value_count[self.graph.nodes[node, 0]] >= 0)

    def sizes(self, node: int) -> list[tuple[int, int]]:
        """Height and width of a node's image for every input; it must be no list."""
        heads = self.graph.heads[self.graph.value_first[self.graph.nodes[node]]]
        return [(int(head[1]), int(head[2])) for head in heads]

    def images_of_sizes(self, wanted: Sequence[tuple[int, int]], stop: int) -> list[int]:
        """The nodes before `stop` whose images for the first inputs have these sizes."""
        graph = self.graph
        values = graph.nodes[:stop, : len(wanted)]
        heads = graph.heads[graph.value_first[values]]
        fits = (heads[:, :, 1:3] == np.array(wanted)).all(axis=(1, 2))
        fits &= graph.value_count[values[:, 0]] < 0
        return np.flatnonzero(fits).tolist()

    def parts(self, node: int, owner: int) -> tuple[Part, ...]:
        """The images of a node for one input."""
        return self.value(int(self.graph.nodes[node, owner]))[0]

    def value(self, value: int) -> tuple[tuple[Part, ...], bool]:
        """The images of a value, and whether it is a list."""
        first, count = int(self.graph.value_first[value]), int(self.graph.value_count[value])
        heads = self.graph.heads[first : first + abs(count)].tolist()
        return tuple(self._part(*head) for head in heads), count >= 0

    def applications(self) -> Iterator[tuple[int, Op, int]]:
        """Every value, operation and result that were met on the way."""
        for value in range(int(self.graph.counters[Counter.VALUES])):
            row = int(self.graph.value_row[value]) - 1
            if row >= 0:
                for op in np.flatnonzero(self.graph.memo[row] > 0):
                    yield value, self.ops[op], int(self.graph.memo[row, op]) - 1

    def _part(self, start: int, height: int, width: int, top: int, left: int) -> Part:
        cells = self.graph.cells[start : start + height * width]
        return Part(cells.reshape(height, width).tolist(), top, left)


_explorers: Final[WeakValueDictionary[tuple[tuple[Rows, ...], tuple[Rows, ...]], Explorer]] = (
    WeakValueDictionary()
)
