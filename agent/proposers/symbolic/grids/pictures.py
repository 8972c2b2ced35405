"""`Picture`: what a short chain of operations makes of the grid, cell by cell over all inputs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.exploring import Explorer

Values: TypeAlias = NDArray[np.int16]

MOST_PICTURES: Final = 3_000
MOST_CELLS: Final = 8_000_000
"""Pictures of one canvas, the cheapest first, and their cells together; each cell is asked about
half a dozen times, with a byte for every answer."""
NODES_A_STEP: Final = 200
"""Nodes looked at in one step of work."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The images of one node of the engine's graph."""

    node: int
    values: Values
    """The cells of all inputs' images, row by row, one input after the other."""


def pictures_of(
    explorer: Explorer, sizes: Sequence[tuple[int, int]], stop: int
) -> Iterator[Picture | None]:
    """The distinct pictures of these sizes, one for every input, among the nodes before `stop`.

    Yields `None` between steps of work.
    """
    graph = explorer.graph
    areas = [height * width for height, width in sizes]
    most = min(MOST_PICTURES, MOST_CELLS // sum(areas))
    seen: set[bytes] = set()
    for number, node in enumerate(explorer.images_of_sizes(sizes, stop), 1):
        starts = graph.heads[graph.value_first[graph.nodes[node]]][:, 0].tolist()
        cells = np.concatenate(
            [graph.cells[start : start + area] for start, area in zip(starts, areas, strict=True)]
        )
        look = cells.tobytes()
        if look not in seen:
            seen.add(look)
            yield Picture(node, cells.astype(np.int16))
        if number % NODES_A_STEP == 0:
            yield None
        if len(seen) >= most:
            return
