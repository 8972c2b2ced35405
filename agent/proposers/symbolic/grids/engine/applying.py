"""One operation on one value: from the stored images into the scratch."""

from peirce.agent.proposers.symbolic.grids.engine.colouring import change_colours
from peirce.agent.proposers.symbolic.grids.engine.compiled import inlined
from peirce.agent.proposers.symbolic.grids.engine.counting import show_count
from peirce.agent.proposers.symbolic.grids.engine.cropping import (
    drop_empty_lines,
    merge_equal_lines,
    window_of,
)
from peirce.agent.proposers.symbolic.grids.engine.graph import Counter, Graph
from peirce.agent.proposers.symbolic.grids.engine.joining import join
from peirce.agent.proposers.symbolic.grids.engine.lining import draw_lines
from peirce.agent.proposers.symbolic.grids.engine.picking import arrange, choose
from peirce.agent.proposers.symbolic.grids.engine.scratch import Scratch, emit, image_at
from peirce.agent.proposers.symbolic.grids.engine.shaping import reshape
from peirce.agent.proposers.symbolic.grids.engine.splitting import split
from peirce.agent.proposers.symbolic.grids.engine.turning import enlarge, turn
from peirce.agent.proposers.symbolic.grids.engine.types import Image

MAP, SPLIT, JOIN, FILTER = 0, 1, 2, 3
"""Kinds of operation: image to image, image to list, list to image, list to list."""
TURN, CROP, LINES, COLOUR, SHAPE, LINE, SCALE, COUNT = range(8)
"""Groups of operations from image to image; each has its kernel."""
COMBINE, CHOOSE, ARRANGE = range(3)
"""Groups of operations on lists."""


@inlined
def _crop(code: int, arg: int, image: Image, top: int, left: int, out: Scratch) -> bool:
    t, ell, b, r = window_of(code, arg, image)
    if b == 0:
        return False
    return emit(out, image[t:b, ell:r], top + t, left + ell)


@inlined
def apply_to_image(
    group: int, code: int, arg: int, image: Image, top: int, left: int, limit: int, out: Scratch
) -> bool:
    """Apply an operation from image to image; false for no result."""
    if group == TURN:
        return turn(code, image, top, left, out)
    if group == COLOUR:
        return change_colours(code, arg, image, top, left, out)
    if group == LINE:
        return draw_lines(code, arg, image, top, left, out)
    if group == SHAPE:
        return reshape(code, image, top, left, limit, out)
    if group == CROP:
        return _crop(code, arg, image, top, left, out)
    if group == SCALE:
        return enlarge(code, arg, image, top, left, limit, out)
    if group == COUNT:
        return show_count(code, arg, image, limit, out)
    if code == 0:
        return drop_empty_lines(image, top, left, out)
    if code == 1:
        return merge_equal_lines(image, top, left, out)
    return emit(out, image, 0, 0)


@inlined
def apply_op(graph: Graph, op: int, value: int) -> bool:
    """Apply an operation to a value; the result stands in the scratch, false for no result."""
    out, limit = graph.scratch, graph.counters[Counter.LIMIT]
    cells, heads = graph.cells, graph.heads
    out.used[0] = 0
    out.used[1] = 0
    first, count = graph.value_first[value], abs(graph.value_count[value])
    kind, group = graph.ops[op, 0], graph.ops[op, 1]
    code, arg = graph.ops[op, 2], graph.ops[op, 3]
    if kind == MAP:
        for k in range(first, first + count):
            image = image_at(cells, heads, k)
            if not apply_to_image(group, code, arg, image, heads[k, 3], heads[k, 4], limit, out):
                return False
        return True
    if kind == SPLIT:
        image = image_at(cells, heads, first)
        return split(code, arg, image, heads[first, 3], heads[first, 4], out) and out.used[1] > 0
    if group == COMBINE:
        return join(code, cells, heads, first, count, out, limit)
    if group == CHOOSE:
        return choose(code, arg, cells, heads, first, count, out)
    return arrange(code, arg, cells, heads, first, count, out)
