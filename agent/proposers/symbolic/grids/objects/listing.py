"""A list of the things in a grid: a cell for each, in a colour that something about it decides.

The colour is read off the thing itself, or looked up by one of its attributes; the table is what
the examples show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.attributes import Attribute
from peirce.agent.proposers.symbolic.grids.objects.columns import Columns
from peirce.agent.proposers.symbolic.grids.objects.fitting import MAX_ENTRIES
from peirce.agent.proposers.symbolic.grids.objects.orders import ORDERS, Order
from peirce.agent.proposers.symbolic.grids.objects.predicates import Column
from peirce.agent.proposers.symbolic.grids.objects.promises import is_of_grids
from peirce.agent.proposers.symbolic.grids.objects.scene import (
    VIEWS,
    Scene,
    Trait,
    View,
    cut_in_views,
)
from peirce.agent.proposers.symbolic.grids.objects.shortlist import shortest
from peirce.agent.proposers.symbolic.grids.objects.writing import seen_in
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.prototypes import grids
from peirce.prototypes.grids.objects_order import Side
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

NAME: Final = "grids.objects.list"


@dataclass(frozen=True, slots=True)
class _Line:
    """How outputs are read as a list."""

    way: Side
    thickness: int
    colours: tuple[tuple[int, ...], ...]
    """Per example the listed colours."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """A rule for lists with what it predicts."""

    cost: float
    view: View
    order: Order
    attribute: Attribute
    table: dict[Trait, int]
    """From values of the attribute to colours; empty where the attribute is the colour."""
    line: _Line
    predictions: tuple[Grid, ...]


def propose(task: Task, clock: Clock) -> Found:
    """Lists that hold on all examples, shortest first."""
    inputs = cast("tuple[Grid, ...]", task.inputs)
    lines = tuple(_lines(cast("tuple[Grid, ...]", task.outputs)))
    found: list[_Listing] = []
    for cut in cut_in_views(VIEWS, inputs, clock):
        if cut is None:
            yield None
            continue
        for line in lines:
            for one in _listings(*cut, line):
                yield None
                if one is not None:
                    found.append(one)
    for one in shortest(found):
        yield _write(one)


def _lines(outputs: tuple[Grid, ...]) -> Iterator[_Line]:
    """The ways to read all outputs as lists of at least one cell, one of them longer."""
    standing = tuple(tuple(zip(*output, strict=True)) for output in outputs)
    for way, turned in (("right", standing), ("down", outputs)):
        rows = tuple(tuple(row[0] for row in output) for output in turned)
        thickness = {len(output[0]) for output in turned}
        uniform = all(len(set(row)) == 1 for output in turned for row in output)
        if len(thickness) == 1 and uniform and max(map(len, rows)) > 1:
            yield _Line(cast("Side", way), thickness.pop(), rows)


def _listings(view: View, scenes: tuple[Scene, ...], line: _Line) -> Iterator[_Listing | None]:
    trained = len(line.colours)
    if any(len(scene.items) != len(row) for scene, row in zip(scenes, line.colours, strict=False)):
        return
    orders = [(order, _places(order, scenes)) for order in ORDERS]
    for column in Columns(scenes[:trained], scenes[trained:]):
        yield None
        values = _by_scene(column, scenes)
        for order, places in orders:
            listed = tuple(
                tuple(row[place] for place in order_of)
                for row, order_of in zip(values, places, strict=True)
            )
            table = _table(column.attribute, listed, line.colours)
            if table is None:
                continue
            colours = tuple(
                tuple(table.get(value, value) for value in row) for row in listed[trained:]
            )
            cost = view.cost + order.cost + column.attribute.cost + 2 * len(table)
            yield _Listing(cost, view, order, column.attribute, table, line, _drawn(colours, line))


def _drawn(colours: tuple[tuple[Trait, ...], ...], line: _Line) -> tuple[Grid, ...]:
    return tuple(
        grids.listed(cast("tuple[int, ...]", row), line.way, line.thickness) for row in colours
    )


def _places(order: Order, scenes: tuple[Scene, ...]) -> tuple[tuple[int, ...], ...]:
    """Per scene the indices of its items in this order."""
    return tuple(
        tuple(sorted(range(len(scene.items)), key=lambda index: order.key(scene.items[index])))
        for scene in scenes
    )


def _by_scene(column: Column, scenes: tuple[Scene, ...]) -> tuple[tuple[Trait, ...], ...]:
    values = iter((*column.train, *column.test))
    return tuple(tuple(next(values) for _ in scene.items) for scene in scenes)


def _table(
    attribute: Attribute,
    listed: tuple[tuple[Trait, ...], ...],
    colours: tuple[tuple[int, ...], ...],
) -> dict[Trait, int] | None:
    """What turns the values into the colours: nothing for colours, else a table; `None` if none."""
    pairs = [
        pair
        for row, shown in zip(listed, colours, strict=False)
        for pair in zip(row, shown, strict=True)
    ]
    values = {value for row in listed for value in row}
    if None in values:
        return None
    if attribute.kind == "colour":
        return {} if all(value == colour for value, colour in pairs) else None
    table = dict(pairs)
    known = values <= set(table) and len(set(pairs)) == len(table)
    return table if known and 1 < len(table) <= min(MAX_ENTRIES, len(pairs) - 1) else None


def _write(found: _Listing) -> Proposal:
    view, attribute, line = found.view, found.attribute, found.line
    colour = f"COLOURS[{attribute.code}]" if found.table else attribute.code
    definitions: list[str] = []
    if found.table:
        entries = "".join(f"    {value!r}: {hue},\n" for value, hue in found.table.items())
        definitions = [f"COLOURS = {{\n{entries}}}", ""]
    body = [
        f"colours = [{colour} for item in {found.order.code}]",
        f'return grids.listed(colours, "{line.way}", {line.thickness})',
    ]
    said = attribute.its
    if found.table:
        entries = ", ".join(f"{value}: {colour_name(hue)}" for value, hue in found.table.items())
        said = f"the colour that goes with {said} ({entries})"
    shape = "row" if line.way == "right" else "column"
    words = f"The answer is a {shape}: for every {view.words}, {found.order.words}, {said}."
    return seen_in(view, body, words, NAME, definitions)


def promise(task: Task) -> float:
    """Likely where every output is a list of colours."""
    if not is_of_grids(task):
        return 0.0
    outputs = cast("tuple[Grid, ...]", task.outputs)
    return 0.4 if any(True for _ in _lines(outputs)) else 0.0


LIST: Final = Method(name=NAME, propose=propose, promise=promise)
