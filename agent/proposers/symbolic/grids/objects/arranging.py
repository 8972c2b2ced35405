"""All things of a grid put in order: lined up, piled up, nested, or laid on a shared marker.

An arrangement is a view, an order and a layout; there is nothing else to fit, so each is tried on
the first example and, if it fits, on the others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final, cast

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.orders import ORDERS, Order
from peirce.agent.proposers.symbolic.grids.objects.promises import (
    HARDLY,
    POSSIBLE,
    is_of_grids,
    rearranged,
    smaller,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import VIEWS, Scene, View, cut_in_views
from peirce.agent.proposers.symbolic.grids.objects.shortlist import shortest
from peirce.agent.proposers.symbolic.grids.objects.writing import seen_in
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_order import Side
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

NAME: Final = "grids.objects.arrange"
MAX_ARRANGED: Final = 20
"""Most items that are arranged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A way of putting ordered items together."""

    code: str
    """Expression over `items` and `grid`; `GROUND` is the ground."""
    words: str
    draw: Callable[[Scene, tuple[Item, ...]], Grid]
    cost: float
    piles: bool = False
    """The output is the grid itself with its items moved."""
    fills: bool = False
    """The items' cells are those of the output, no more and no fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrangement:
    """A view, an order and a layout that give every output."""

    view: View
    order: Order
    layout: Layout
    predictions: tuple[Grid, ...]

    @property
    def cost(self) -> float:
        """Description length."""
        return self.view.cost + self.order.cost + self.layout.cost


def propose(task: Task, clock: Clock) -> Found:
    """Arrangements that hold on all examples, shortest first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    same = all(_size(a) == _size(b) for a, b in zip(inputs, outputs, strict=False))
    layouts = [one for one in _layouts(outputs) if one.piles == same]
    found: list[_Arrangement] = []
    for cut in cut_in_views(VIEWS, inputs, clock):
        if cut is None:
            yield None
            continue
        view, scenes = cut
        counts = [len(scene.items) for scene in scenes]
        if max(counts) > MAX_ARRANGED or max(counts[: len(outputs)]) < 2:
            continue
        for layout, (order, rows) in product(layouts, _orders(scenes).items()):
            if _holds(layout, scenes, rows, outputs):
                tests = range(len(outputs), len(scenes))
                found.append(
                    _Arrangement(
                        view=view,
                        order=order,
                        layout=layout,
                        predictions=tuple(layout.draw(scenes[at], rows[at]) for at in tests),
                    )
                )
            yield None
    for one in shortest(found):
        yield _write(one.view, one.order, one.layout)


def _orders(scenes: tuple[Scene, ...]) -> dict[Order, tuple[tuple[Item, ...], ...]]:
    """The items of each scene in order; the shortest of the orders that do not differ here."""
    rows: dict[tuple[tuple[Item, ...], ...], Order] = {}
    for order in sorted(ORDERS, key=lambda order: order.cost):
        rows.setdefault(tuple(order.sorted(scene.items) for scene in scenes), order)
    return {order: row for row, order in rows.items()}


def _holds(
    layout: Layout,
    scenes: tuple[Scene, ...],
    rows: tuple[tuple[Item, ...], ...],
    outputs: tuple[Grid, ...],
) -> bool:
    """Whether it gives every output."""
    examples = list(zip(scenes, rows, outputs, strict=False))
    if layout.fills and any(
        sum(item.size for item in items) != len(output) * len(output[0])
        for _, items, output in examples
    ):
        return False
    return all(layout.draw(scene, items) == output for scene, items, output in examples)


def _layouts(outputs: tuple[Grid, ...]) -> Iterator[Layout]:
    for (way, line), space in product((("right", "a row"), ("down", "a column")), (0, 1)):
        apart = ", one cell apart" if space else ""
        yield Layout(
            code=f'grids.shown(grids.lined_up(items, "{way}", space={space}), GROUND)',
            words=f"are put in {line}{apart}",
            draw=partial(_lined_up, cast("Side", way), space),
            cost=2 + space,
        )
    yield Layout(
        code="grids.shown(grids.nested(items), GROUND)",
        words="are laid on each other, centred",
        draw=lambda scene, items: grids.shown(grids.nested(items), scene.ground),
        cost=3,
    )
    if not any(0 in row for row in outputs[0]):
        for turned in (False, True):
            yield Layout(
                code=f"grids.shown(grids.jigsaw(items{', turned=True' * turned}), GROUND)",
                words=f"are fitted together to a rectangle{', turned as needed' * turned}",
                draw=partial(_fitted, turned),
                cost=3 + turned,
                fills=True,
            )
    for colour in range(10):
        if all(any(colour in row for row in output) for output in outputs):
            yield Layout(
                code=f"grids.shown(grids.matched(items, {colour}), GROUND)",
                words=f"are laid on each other so that their {colour_name(colour)} cells meet",
                draw=partial(_matched, colour),
                cost=4,
            )
    yield from _texts(outputs)
    yield from _piles()


def _texts(outputs: tuple[Grid, ...]) -> Iterator[Layout]:
    """Colours written line by line into a picture that always has the same size."""
    height, width = _size(outputs[0])
    if any(_size(output) != (height, width) for output in outputs) or min(height, width) < 2:
        return
    for (way, line), snake in product((("right", "row"), ("down", "column")), (False, True)):
        turning = ", turning round at the end of each" if snake else ""
        yield Layout(
            code=f'grids.written(items, {height}, {width}, "{way}"{", snake=True" * snake})',
            words=f"are written {line} by {line}{turning}, by their colours",
            draw=partial(_written, height, width, cast("Side", way), snake),
            cost=4 + snake,
        )


def _piles() -> Iterator[Layout]:
    for way, line in (("right", "from left to right"), ("down", "from top to bottom")):
        yield Layout(
            code=f'grids.changed_places(grid, items, "{way}", ground=GROUND)',
            words=f"change places to stand in this order {line}",
            draw=partial(_changed, cast("Side", way)),
            cost=3,
            piles=True,
        )
    for start, choices in (
        ("down", (None, "left", "right")),
        ("up", (None, "left", "right")),
        ("left", (None, "up", "down")),
        ("right", (None, "up", "down")),
    ):
        for side in choices:
            pushed = f", pushed {side}" if side else ""
            yield Layout(
                code=f"grids.piled(grid, items, {start!r}, {side!r}, ground=GROUND)",
                words=f"are piled up on the border, starting {start}{pushed}",
                draw=partial(_piled, cast("Side", start), cast("Side | None", side)),
                cost=3 + (side is not None),
                piles=True,
            )


def _lined_up(way: Side, space: int, scene: Scene, items: tuple[Item, ...]) -> Grid:
    return grids.shown(grids.lined_up(items, way, space=space), scene.ground)


def _fitted(turned: bool, scene: Scene, items: tuple[Item, ...]) -> Grid:
    return grids.shown(grids.jigsaw(items, turned=turned), scene.ground)


def _matched(colour: int, scene: Scene, items: tuple[Item, ...]) -> Grid:
    return grids.shown(grids.matched(items, colour), scene.ground)


def _written(
    height: int, width: int, way: Side, snake: bool, scene: Scene, items: tuple[Item, ...]
) -> Grid:
    del scene
    return grids.written(items, height, width, way, snake=snake)


def _changed(way: Side, scene: Scene, items: tuple[Item, ...]) -> Grid:
    return grids.changed_places(scene.grid, items, way, ground=scene.ground)


def _piled(start: Side, side: Side | None, scene: Scene, items: tuple[Item, ...]) -> Grid:
    return grids.piled(scene.grid, items, start, side, ground=scene.ground)


def _write(view: View, order: Order, layout: Layout) -> Proposal:
    words = f"All the things called {view.words}, {order.words}, {layout.words}."
    return seen_in(view, [f"items = {order.code}", f"return {layout.code}"], words, NAME)


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])


def promise(task: Task) -> float:
    """Possible where the cells of every colour only change places, or the outputs are smaller."""
    return POSSIBLE if rearranged(task) else HARDLY if smaller(task) else 0.05 * is_of_grids(task)


ARRANGE: Final = Method(name=NAME, propose=propose, promise=promise)
