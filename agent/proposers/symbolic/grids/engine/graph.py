"""`Graph`: all values found for one task, stored once each, and the tuples that programs give.

A value is what some program makes of one input: an image with a position, or a list of such
images. A node is the tuple of a program's values on all inputs of the task. Equal values of one
input share a number, so equal programs share a node; the idea is from the first-placed solution
of the Abstraction and Reasoning Challenge 2020 (top-quarks/ARC-solution).

All arrays have a fixed capacity. They are reserved, not filled: memory is used as nodes come, and
what is not written yet is never read, so that a graph can take over the memory of another.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.engine.compiled import entry, inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.hashing import (
    Table,
    add,
    empty_table,
    find,
    mix,
    slots_for,
)
from peirce.agent.proposers.symbolic.grids.engine.memory import Memory
from peirce.agent.proposers.symbolic.grids.engine.scratch import (
    Scratch,
    emit,
    image_at,
    new_scratch,
)
from peirce.agent.proposers.symbolic.grids.engine.types import Heads, Ints

MEMORY = Memory(5 << 27)
"""Where graphs take their arrays from, and leave them to the next ones: at most 640 MB is kept,
somewhat more than one graph takes."""
MAX_LEVEL = 64
"""Costs above this are not searched."""


APPLICATION = 200
"""What it costs to apply an operation to a value and to store the result, in cells."""


class Graph(NamedTuple):
    """Flat storage; see the fields of `Counter` for what is in use."""

    cells: NDArray[np.uint8]
    heads: Heads
    value_first: NDArray[np.int32]
    """Per value: its first image."""
    value_count: NDArray[np.int32]
    """Per value: how many images; an image that is no list counts as -1."""
    value_blank: NDArray[np.bool_]
    """Per value: nothing is painted in it."""
    value_row: NDArray[np.int32]
    """Per value: its row of `memo` plus 1, or 0."""
    value_table: Table
    memo: NDArray[np.int32]
    """Per expanded value and operation: 0 unknown, -1 no result, else value plus 1."""
    nodes: NDArray[np.int32]
    """Per node and input: the value."""
    node_parent: NDArray[np.int32]
    node_op: NDArray[np.int32]
    node_cost: NDArray[np.int32]
    node_table: Table
    ops: Ints
    """Per operation: kind, group, code, argument, cost; in order of cost."""
    level_start: Ints
    """Per cost: the first node of it."""
    sizes: Ints
    """Per input: height and width of the output as predicted, 0 if unknown."""
    counters: Ints
    """See `Counter`."""
    values: Ints
    """Per input: the value of the node that is being made."""
    scratch: Scratch


class Counter(IntEnum):
    """Indices into `Graph.counters`."""

    CELLS = 0
    IMAGES = 1
    VALUES = 2
    ROWS = 3
    NODES = 4
    LEVEL = 5
    """Cost that is being searched."""
    STEP_COST = 6
    """Cost of the operations that are being applied."""
    NODE = 7
    OP = 8
    STATUS = 9
    """0 searching, 1 everything found, 2 out of memory."""
    APPLIED = 10
    """Operations applied to nodes so far."""
    LIMIT = 11
    """Largest image, in cells."""
    WORK = 12
    """Cells read and written so far, with `APPLICATION` for every operation on a value."""


def _new_table(capacity: int) -> Table:
    """A table for so many keys, without any."""
    return empty_table(
        MEMORY.array((slots_for(capacity),), np.uint64), MEMORY.array((capacity,), np.uint64)
    )


def new_graph(
    ops: Ints, inputs: int, *, limit: int, capacity: int, sizes: Ints | None = None
) -> Graph:
    """An empty graph for so many inputs and up to `capacity` nodes.

    Args:
        ops: The table of operations, in order of cost.
        inputs: How many train and test inputs the task has.
        limit: Largest image that is kept, in cells.
        capacity: Most nodes; cells are limited to 64 bytes a node and input, or 1 GB.
        sizes: Height and width of each output where known.
    """
    values = capacity * min(inputs, 4)
    counters = np.zeros(len(Counter), np.int64)
    counters[Counter.LIMIT] = limit
    counters[Counter.LEVEL] = 0
    counters[Counter.STEP_COST] = 1 << 30
    return Graph(
        cells=MEMORY.array((min(values * 200, 1 << 30),), np.uint8),
        heads=MEMORY.array((values * 4, 5), np.int32),
        value_first=MEMORY.array((values,), np.int32),
        value_count=MEMORY.array((values,), np.int32),
        value_blank=MEMORY.array((values,), np.bool_),
        value_row=MEMORY.array((values,), np.int32),
        value_table=_new_table(values),
        memo=MEMORY.array((max(values // 8, 64), len(ops)), np.int32),
        nodes=MEMORY.array((capacity, inputs), np.int32),
        node_parent=MEMORY.array((capacity,), np.int32),
        node_op=MEMORY.array((capacity,), np.int32),
        node_cost=MEMORY.array((capacity,), np.int32),
        node_table=_new_table(capacity),
        ops=ops,
        level_start=np.zeros(MAX_LEVEL + 2, np.int64),
        sizes=np.zeros((inputs, 2), np.int64) if sizes is None else sizes,
        counters=counters,
        values=np.zeros(inputs, np.int64),
        scratch=new_scratch(5 * limit, limit),
    )


@kernel
def _key_of(
    cells: NDArray[np.uint8], heads: Heads, used: Ints, owner: int, is_list: bool
) -> np.uint64:
    """Hash of what stands in a scratch, which is filled up with 0 to a whole word."""
    words = (used[0] + 7) // 8
    for k in range(used[0], words * 8):
        cells[k] = 0
    key = mix(np.uint64(0), np.uint64(owner * 2 + is_list + 1))
    packed = cells.view(np.uint64)
    for k in range(words):
        key = mix(key, packed[k])
    for k in range(used[1]):
        head = heads[k]
        size = np.uint64(head[1] * 1000 + head[2])
        place = np.uint64((head[3] + 5000) * 10000 + head[4] + 5000)
        key = mix(key, size << np.uint64(32) | place)
    return key


@kernel
def _is_blank(cells: NDArray[np.uint8], used: Ints) -> bool:
    """Whether nothing is painted in a scratch, which is filled up with 0 to a whole word."""
    packed = cells.view(np.uint64)
    painted = np.uint64(0)
    for k in range((used[0] + 7) // 8):
        painted |= packed[k]
    return painted == 0


@inlined
def store_value(graph: Graph, owner: int, is_list: bool) -> int:
    """Number of the value that stands in the scratch, stored if new; -1 when memory is full."""
    scratch, counters = graph.scratch, graph.counters
    key = _key_of(scratch.cells, scratch.heads, scratch.used, owner, is_list)
    known = find(graph.value_table, key)
    if known >= 0:
        return known
    value, start, first = (
        counters[Counter.VALUES],
        counters[Counter.CELLS],
        counters[Counter.IMAGES],
    )
    used, count = scratch.used[0], scratch.used[1]
    if (
        value >= graph.value_first.size
        or start + used > graph.cells.size
        or first + count > graph.heads.shape[0]
    ):
        return -1
    add(graph.value_table, key, value)
    stored = graph.cells[start : start + used]
    for k in range(used):
        stored[k] = scratch.cells[k]
    for k in range(count):
        for i in range(5):
            graph.heads[first + k, i] = scratch.heads[k, i]
        graph.heads[first + k, 0] += start
    graph.value_first[value] = first
    graph.value_count[value] = count if is_list else -1
    graph.value_row[value] = 0
    graph.value_blank[value] = _is_blank(scratch.cells, scratch.used)
    counters[Counter.VALUES] += 1
    counters[Counter.CELLS] += used
    counters[Counter.IMAGES] += count
    return value


@inlined
def store_node(graph: Graph, values: Ints, parent: int, op: int, cost: int) -> int:
    """Number of the node, stored if new; -1 when memory is full, -2 if it was known."""
    key = np.uint64(1)
    for value in values:
        key = mix(key, np.uint64(value))
    if find(graph.node_table, key) >= 0:
        return -2
    node = graph.counters[Counter.NODES]
    if node >= graph.node_op.size:
        return -1
    add(graph.node_table, key, node)
    for k in range(values.size):
        graph.nodes[node, k] = values[k]
    graph.node_parent[node] = parent
    graph.node_op[node] = op
    graph.node_cost[node] = cost
    graph.counters[Counter.NODES] += 1
    return node


@entry
def add_root(graph: Graph, cells: NDArray[np.uint8], heads: Heads) -> int:
    """Store one image for every input as a node without a parent; returns the node."""
    values = graph.values
    for k in range(heads.shape[0]):
        graph.scratch.used[0] = 0
        graph.scratch.used[1] = 0
        emit(graph.scratch, image_at(cells, heads, k), heads[k, 3], heads[k, 4])
        values[k] = store_value(graph, k, False)
    return store_node(graph, values, -1, -1, 0)
