"""The search itself: breadth first by cost, a bounded number of steps at a time."""

from peirce.agent.proposers.symbolic.grids.engine.applying import JOIN, MAP, SPLIT, apply_op
from peirce.agent.proposers.symbolic.grids.engine.compiled import entry, inlined, kernel
from peirce.agent.proposers.symbolic.grids.engine.graph import (
    APPLICATION,
    MAX_LEVEL,
    Counter,
    Graph,
    store_node,
    store_value,
)
from peirce.agent.proposers.symbolic.grids.engine.types import Ints


@inlined
def fits_kind(kind: int, is_list: bool) -> bool:
    """Whether operations of a kind take such a value."""
    return kind == MAP or is_list == (kind != SPLIT)


@inlined
def _memo_row(graph: Graph, value: int) -> int:
    row = graph.value_row[value] - 1
    if row >= 0:
        return row
    row = graph.counters[Counter.ROWS]
    if row >= graph.memo.shape[0]:
        return -1
    graph.memo[row, :] = 0
    graph.value_row[value] = row + 1
    graph.counters[Counter.ROWS] += 1
    return row


@inlined
def _cells_of(graph: Graph, value: int) -> int:
    first = graph.value_first[value]
    last = first + abs(graph.value_count[value]) - 1
    heads = graph.heads
    return heads[last, 0] - heads[first, 0] + heads[last, 1] * heads[last, 2]


@inlined
def child_of(graph: Graph, value: int, op: int, owner: int) -> int:
    """The value that an operation makes of a value of one input; -1 none, -2 out of memory."""
    row = _memo_row(graph, value)
    if row < 0:
        return -2
    known = graph.memo[row, op]
    if known > 0:
        return known - 1
    if known < 0:
        return -1
    done = apply_op(graph, op, value)
    graph.counters[Counter.WORK] += APPLICATION + graph.scratch.used[0] + _cells_of(graph, value)
    if not done:
        graph.memo[row, op] = -1
        return -1
    was_list = graph.value_count[value] >= 0
    kind = graph.ops[op, 0]
    is_list = (kind == MAP and was_list) or (kind != MAP and kind != JOIN)
    child = store_value(graph, owner, is_list)
    if child < 0:
        return -2
    graph.memo[row, op] = child + 1
    return child


@inlined
def _step(graph: Graph, node: int, op: int, cost: int, values: Ints) -> int:
    """Apply one operation to a node; 1 a new node, 0 none, -2 out of memory."""
    if not fits_kind(graph.ops[op, 0], graph.value_count[graph.nodes[node, 0]] >= 0):
        return 0
    graph.counters[Counter.APPLIED] += 1
    blank = True
    for k in range(values.size):
        child = child_of(graph, graph.nodes[node, k], op, k)
        if child < 0:
            return -2 if child == -2 else 0
        values[k] = child
        blank &= graph.value_blank[child]
    if blank:
        return 0
    stored = store_node(graph, values, node, op, cost)
    if stored == -1:
        return -2
    return 1 if stored >= 0 else 0


@kernel
def _first_op(graph: Graph, cost: int) -> int:
    op = 0
    while op < graph.ops.shape[0] and graph.ops[op, 4] < cost:
        op += 1
    return op


@kernel
def _next_level(graph: Graph, longest: int) -> bool:
    counters = graph.counters
    level = counters[Counter.LEVEL] + 1
    graph.level_start[level] = counters[Counter.NODES]
    stale = level > longest and graph.level_start[level - longest - 1] == counters[Counter.NODES]
    counters[Counter.LEVEL] = level
    counters[Counter.STEP_COST] = 1
    return level >= MAX_LEVEL or stale


@kernel
def _next_class(graph: Graph) -> bool:
    """Go to the next pair of node cost and operation cost; false when the search is over."""
    counters = graph.counters
    longest = graph.ops[-1, 4]
    counters[Counter.STEP_COST] += 1
    last = min(longest, counters[Counter.LEVEL])
    if counters[Counter.STEP_COST] > last and _next_level(graph, longest):
        counters[Counter.STATUS] = 1
        return False
    level, cost = counters[Counter.LEVEL], counters[Counter.STEP_COST]
    counters[Counter.NODE] = graph.level_start[level - cost]
    counters[Counter.OP] = _first_op(graph, cost)
    return True


@entry
def expand(graph: Graph, steps: int, work: int) -> int:
    """Apply operations to nodes, cheapest results first, until about so much is done.

    Args:
        graph: What to expand.
        steps: How many operations to apply to nodes.
        work: How much the counter of work may grow; what does not depend on the machine but
            says how long it takes better than steps do.

    Returns:
        The status: 0 more can be done, 1 everything is found, 2 memory is full.
    """
    counters = graph.counters
    last_step, last_work = counters[Counter.APPLIED] + steps, counters[Counter.WORK] + work
    while (
        counters[Counter.APPLIED] < last_step
        and counters[Counter.WORK] < last_work
        and counters[Counter.STATUS] == 0
    ):
        level, cost = counters[Counter.LEVEL], counters[Counter.STEP_COST]
        if cost > level or counters[Counter.NODE] >= graph.level_start[level - cost + 1]:
            _next_class(graph)
            continue
        node, op = counters[Counter.NODE], counters[Counter.OP]
        while op < graph.ops.shape[0] and graph.ops[op, 4] == cost:
            if _step(graph, node, op, level, graph.values) < 0:
                counters[Counter.STATUS] = 2
                break
            op += 1
        counters[Counter.NODE] += 1
    return counters[Counter.STATUS]
