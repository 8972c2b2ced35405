"""Rules that count: how many things there are decides a size, a bar, a colour or a layout.

The outputs say which number is wanted in each example; whatever can be counted in the inputs is
compared with those numbers. Layouts that cannot be read as a number are looked up by one. Before
all that come outputs that show the things themselves, put in order.
"""

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Final, cast

from peirce.agent.proposers.symbolic.grids.counting_conditions import conditional
from peirce.agent.proposers.symbolic.grids.counting_ideas import Idea
from peirce.agent.proposers.symbolic.grids.counting_numbers import (
    Number,
    drawing_colours,
    numbers,
)
from peirce.agent.proposers.symbolic.grids.counting_ranks import ranked
from peirce.agent.proposers.symbolic.grids.counting_repeats import repeats, sides
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids.counting import ORDERS
from peirce.tasks.task import Task
from peirce.tasks.values import Grid, ValueType

MAX_PROPOSALS: Final = 3
"""Most proposals with different predictions."""


def propose(task: Task, clock: Clock) -> Found:
    """Rules that hold on all examples, shortest first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    outputs = cast("tuple[Grid, ...]", task.outputs)
    found: list[Idea] = []
    for ideas in (_ideas, partial(_conditional_ideas, clock)):
        for idea in ideas(inputs, outputs):
            if clock.left() <= 0:
                break
            if idea is not None and idea.results[: len(outputs)] == outputs:
                found.append(idea)
            yield None
        if found:
            break
    seen: set[tuple[Grid, ...]] = set()
    for idea in sorted(found, key=lambda one: one.cost):
        predictions = idea.results[len(outputs) :]
        if predictions not in seen and len(seen) < MAX_PROPOSALS:
            seen.add(predictions)
            yield idea.write()


def _ideas(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Idea | None]:
    yield from ranked(inputs, outputs)
    yield None
    counted: list[Number] = []
    for number in numbers(inputs, outputs):
        yield None
        if number is not None:
            counted.append(number)
    colours = list(drawing_colours(inputs, outputs))
    yield None
    yield from _tallies(outputs, counted, colours)
    yield None
    yield from _blocks(inputs, outputs, counted, colours)
    yield None
    yield from repeats(inputs, outputs, counted)
    yield None
    yield from _layouts(outputs, [*counted, *colours])


def _conditional_ideas(
    clock: Clock, inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]
) -> Iterator[Idea | None]:
    """The same with counts of things that meet a condition."""
    counted: list[Number] = []
    for number in conditional(inputs, len(outputs), clock):
        yield None
        if number is not None:
            counted.append(number)
    colours = list(drawing_colours(inputs, outputs))
    yield from _tallies(outputs, counted, colours)
    yield None
    yield from _blocks(inputs, outputs, counted, colours)
    yield None
    yield from repeats(inputs, outputs, counted)


def _tallies(
    outputs: tuple[Grid, ...],
    counted: list[Number],
    colours: list[Number],
) -> Iterator[Idea]:
    """As many cells as there are things, in a grid of fixed size."""
    sizes = {(len(output), len(output[0])) for output in outputs}
    if len(sizes) != 1:
        return
    height, width = sizes.pop()
    for order, walk in ORDERS.items():
        longest = len(walk(height, width))
        wanted = [sum(cell != 0 for row in output for cell in row) for output in outputs]
        for number in counted:
            if any(
                min(value, longest) != count
                for value, count in zip(number.values, wanted, strict=False)
            ):
                continue
            for colour in colours:
                yield Idea(
                    lines=(
                        f"count = {number.code}",
                        f'return grids.tally({height}, {width}, count, {colour.code}, "{order}")',
                    ),
                    words=(
                        f"In a grid of {height} by {width} as many cells become {colour.words} "
                        f"as {number.words} says, in the order {order.replace('_', ' ')}."
                    ),
                    results=tuple(
                        grids.tally(height, width, count, shade, order)
                        for count, shade in zip(number.values, colour.values, strict=True)
                    ),
                    cost=2 + number.cost + colour.cost + (order != "rows"),
                )


def _blocks(
    inputs: tuple[Grid, ...],
    outputs: tuple[Grid, ...],
    counted: list[Number],
    colours: list[Number],
) -> Iterator[Idea]:
    """A block or a diagonal whose sides are counted."""
    heights = sides([len(output) for output in outputs], counted, len(inputs))
    widths = sides([len(output[0]) for output in outputs], counted, len(inputs))
    for down, across, colour in product(heights[:6], widths[:6], colours):
        if down.code.isdigit() and across.code.isdigit():
            continue
        same = down.code == across.code
        triples = list(zip(down.values, across.values, colour.values, strict=True))
        yield Idea(
            lines=(f"return grids.canvas({down.code}, {across.code}, {colour.code})",),
            words=(
                f"The answer is a block in {colour.words}, as high as {down.words} "
                f"and as wide as {across.words}."
            ),
            results=tuple(grids.canvas(*triple) for triple in triples),
            cost=2 + down.cost + (0 if same else across.cost) + colour.cost,
        )
        if same:
            yield Idea(
                lines=(
                    f"count = {down.code}",
                    f'return grids.tally(count, count, count, {colour.code}, "diagonal")',
                ),
                words=(
                    f"The answer is a diagonal in {colour.words} in a square "
                    f"as wide as {down.words}."
                ),
                results=tuple(
                    grids.tally(count, count, count, shade, "diagonal")
                    if 0 < count <= 30
                    else grids.canvas(1, 1)
                    for count, _, shade in triples
                ),
                cost=3 + down.cost + colour.cost,
            )


def _layouts(outputs: tuple[Grid, ...], told: list[Number]) -> Iterator[Idea]:
    """One of a few fixed pictures, chosen by a number or a colour."""
    area = max(len(output) * len(output[0]) for output in outputs)
    if len(set(outputs)) == len(outputs) or area > 30:
        return
    for number in told:
        table: dict[int, Grid] = {}
        pairs = list(zip(number.values, outputs, strict=False))
        for value, output in pairs:
            table.setdefault(value, output)
        if len(table) == len(outputs) or any(table[value] != output for value, output in pairs):
            continue
        if not set(number.values) <= set(table):
            continue
        yield Idea(
            lines=(
                f"layouts = {table!r}",
                f"return layouts.get({number.code}, grid)",
            ),
            words=f"The picture is chosen by {number.words}.",
            results=tuple(table[value] for value in number.values),
            cost=3 + number.cost + len(table) * 0.7 * area,
        )


def promise(task: Task) -> float:
    """High if the outputs are smaller than the inputs, none if all sizes agree."""
    if task.input_type != ValueType.GRID or task.output_type != ValueType.GRID:
        return 0.0
    pairs = [(cast("Grid", one.input), cast("Grid", one.output)) for one in task.train]
    same = all(len(a) == len(b) and len(a[0]) == len(b[0]) for a, b in pairs)
    return 0.2 if same else 0.5


METHOD: Final = Method(name="grids.counting", propose=propose, promise=promise)
METHODS: Final = (METHOD,)
