"""Rules that count: how many things there are decides a size, a bar, a colour or a layout.

The outputs say which number is wanted in each example; whatever can be counted in the inputs is
compared with those numbers. Layouts that cannot be read as a number are looked up by one.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Final, cast

from peirce.agent.proposers.symbolic.grids.counting_conditions import conditional
from peirce.agent.proposers.symbolic.grids.counting_ideas import Idea
from peirce.agent.proposers.symbolic.grids.counting_numbers import (
    CUTS,
    Number,
    drawing_colours,
    numbers,
)
from peirce.agent.proposers.symbolic.grids.counting_repeats import repeats, sides
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.counting import ORDERS
from peirce.prototypes.grids.objects_relations import AMOUNTS
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
    yield from _listed(inputs, outputs)
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


def _plain(turn: Callable[[Grid], Sequence[Sequence[int]]]) -> Callable[[Grid], Grid]:
    return lambda grid: tuple(tuple(row) for row in turn(grid))


_LENGTHS: Final[tuple[tuple[str, str, Callable[[Item], int]], ...]] = (
    ("1", "one cell", lambda item: 1),
    ("item.size", "as many cells as its size", lambda item: item.size),
    ("item.height", "as many cells as its height", lambda item: item.height),
    ("item.width", "as many cells as its width", lambda item: item.width),
    ("item.pieces", "as many cells as it has pieces", lambda item: item.pieces),
)
_PLACINGS: Final[tuple[tuple[str, str, Callable[[Grid], Grid]], ...]] = (
    ("{}", "below each other", lambda grid: grid),
    ("grids.transpose({})", "beside each other, from the top", _plain(grids.transpose)),
    ("grids.turned_up({})", "beside each other, from the bottom", grids.turned_up),
    (
        "grids.flip_horizontal({})",
        "below each other, from the right",
        _plain(grids.flip_horizontal),
    ),
)


def _listed(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Idea | None]:
    """All things in order of some amount: as bars of their colour, or as pictures."""
    for code, words, cut, cost in CUTS:
        scenes = [cut(grid) for grid in inputs]
        if any(not 0 < len(items) <= 30 for items in scenes):
            continue
        for order, ranked, ordered, spent in _orders(code, words, scenes, cost):
            yield None
            yield from _as_bars(order, ranked, ordered, outputs, spent)
            yield from _as_frames(order, ranked, ordered, spent)
            yield from _as_pictures(order, ranked, ordered, outputs, spent)


def _orders(
    code: str, words: str, scenes: list[tuple[Item, ...]], cost: float
) -> Iterator[tuple[str, str, list[list[Item]], float]]:
    """Ways to put things in order: as code, in words, done, and at what cost."""
    for amount, sign in product(("size", "left", "top", "height", "width", "pieces"), (-1, 1)):
        measure = AMOUNTS[amount]
        yield (
            f"sorted({code}, key=lambda item: {'-' if sign < 0 else ''}item.{amount})",
            f"{words} by {amount}, {'greatest' if sign < 0 else 'least'} first,",
            [sorted(items, key=lambda item: sign * measure(item)) for items in scenes],
            cost + 2 + (amount not in ("size", "left", "top")),
        )
    yield (
        f"sorted({code}, key=lambda item: item.colour)",
        f"{words} by number of colour",
        [sorted(items, key=lambda item: item.colour) for items in scenes],
        cost + 3,
    )


def _as_bars(
    order: str,
    words: str,
    ordered: list[list[Item]],
    outputs: tuple[Grid, ...],
    cost: float,
) -> Iterator[Idea]:
    """Bars as long as something says, in a grid as wide as the longest or always the same.

    An order by what the bars show is the most natural one.
    """
    for (length_code, length_words, length), (place, place_words, turn) in product(
        _LENGTHS, _PLACINGS
    ):
        lines = f"[{length_code} for item in items]"
        shown = [
            turn(grids.bars(items, [length(item) for item in items]))
            for items in ordered[: len(outputs)]
        ]
        room = _room(shown, outputs)
        if room is None:
            continue
        wide = f", room={room}" if room else ""
        yield Idea(
            lines=(
                f"items = {order}",
                f"return {place.format(f'grids.bars(items, {lines}{wide})')}",
            ),
            words=(
                f"The {words} are shown as bars {place_words}, each {length_words} in its colour."
            ),
            results=tuple(
                turn(grids.bars(items, [length(item) for item in items], room=room))
                for items in ordered
            ),
            cost=cost + 1 + (length_code != "1") + (room > 0) - 1.5 * (length_code in order),
        )


def _room(shown: list[Grid], outputs: tuple[Grid, ...]) -> int | None:
    """The room for bars that would do: 0 for the longest, `None` where no room does."""
    sizes = [(len(grid), len(grid[0])) for grid in shown]
    wanted = [(len(output), len(output[0])) for output in outputs]
    if sizes == wanted:
        return 0
    longest = {max(size) for size in wanted}
    smaller = all(a <= h and b <= w for (a, b), (h, w) in zip(sizes, wanted, strict=True))
    for room in longest if smaller and len(longest) == 1 else ():
        if all(room in size for size in wanted):
            return room
    return None


def _as_frames(order: str, words: str, ordered: list[list[Item]], cost: float) -> Iterator[Idea]:
    for core in (1, 2):
        more = "" if core == 1 else f", core={core}"
        yield Idea(
            lines=(
                f"items = {order}",
                f"return grids.frames([item.colour for item in items]{more})",
            ),
            words=f"The {words} give the colours of frames in each other, from the outside.",
            results=tuple(
                grids.frames([item.colour for item in items], core=core) for items in ordered
            ),
            cost=cost + 1.5 + 0.5 * (core - 1),
        )


def _as_pictures(
    order: str,
    words: str,
    ordered: list[list[Item]],
    outputs: tuple[Grid, ...],
    cost: float,
) -> Iterator[Idea]:
    for name, place_words, lay in (
        ("laid_across", "beside each other", grids.laid_across),
        ("laid_down", "below each other", grids.laid_down),
    ):
        area = sum(item.area for item in ordered[0])
        if area > 4 * len(outputs[0]) * len(outputs[0][0]):
            continue
        yield Idea(
            lines=(
                f"items = {order}",
                f"return grids.{name}(item.picture() for item in items)",
            ),
            words=f"The {words} are put {place_words}.",
            results=tuple(lay(item.picture() for item in items) for items in ordered),
            cost=cost + 1,
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
