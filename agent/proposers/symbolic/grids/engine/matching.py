"""Which nodes give the train outputs, as they are or after a fixed exchange of colours."""

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.compiled import entry, kernel
from peirce.agent.proposers.symbolic.grids.engine.graph import Graph
from peirce.agent.proposers.symbolic.grids.engine.scratch import image_at
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Image

UNKNOWN = 255
"""Stands in a colour table for a colour that never was seen."""


@kernel
def _extend_table(table: NDArray[np.uint8], image: Image, target: Image) -> bool:
    height, width = image.shape
    for r in range(height):
        for c in range(width):
            cell, wanted = image[r, c], target[r, c]
            if table[cell] == UNKNOWN:
                table[cell] = wanted
            elif table[cell] != wanted:
                return False
    return True


@kernel
def _covers(table: NDArray[np.uint8], image: Image) -> bool:
    height, width = image.shape
    for r in range(height):
        for c in range(width):
            if table[image[r, c]] == UNKNOWN:
                return False
    return True


@kernel
def _changes_nothing(table: NDArray[np.uint8]) -> bool:
    same = True
    for colour in range(10):
        same &= table[colour] == UNKNOWN or table[colour] == colour
    return same


@kernel
def colour_table(
    graph: Graph, node: int, cells: NDArray[np.uint8], heads: Heads, table: NDArray[np.uint8]
) -> bool:
    """Fit a table that turns a node's images into the targets; false if there is none.

    Unless it changes nothing, every colour of the test images must occur in it, too.
    """
    table[:] = UNKNOWN
    inputs, wanted = graph.nodes.shape[1], heads.shape[0]
    for k in range(wanted):
        first = graph.value_first[graph.nodes[node, k]]
        if graph.heads[first, 1] != heads[k, 1] or graph.heads[first, 2] != heads[k, 2]:
            return False
    for k in range(wanted):
        image = image_at(graph.cells, graph.heads, graph.value_first[graph.nodes[node, k]])
        if not _extend_table(table, image, image_at(cells, heads, k)):
            return False
    if _changes_nothing(table):
        return True
    for k in range(wanted, inputs):
        image = image_at(graph.cells, graph.heads, graph.value_first[graph.nodes[node, k]])
        if not _covers(table, image):
            return False
    return True


@entry
def matches(
    graph: Graph,
    start: int,
    stop: int,
    cells: NDArray[np.uint8],
    heads: Heads,
    found: NDArray[np.int64],
    tables: NDArray[np.uint8],
) -> int:
    """Look through some nodes; note those that match, with their colour tables, and count them."""
    count = 0
    for node in range(start, stop):
        if count == found.size:
            break
        if graph.value_count[graph.nodes[node, 0]] >= 0:
            continue
        if colour_table(graph, node, cells, heads, tables[count]):
            found[count] = node
            count += 1
    return count
