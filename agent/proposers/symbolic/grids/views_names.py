"""Colours by rank: what differs from grid to grid in nothing but its colours looks the same.

Colours that occur in every input, or in every output, keep their names. The others are called by
how often (or how rarely) they occur in their grid. After the colour normalisation of the
first-placed solution of the Abstraction and Reasoning Challenge 2020 (top-quarks/ARC-solution).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peirce.agent.proposers.symbolic.grids.seeing import View, derived, grids_of
from peirce.prototypes.grids.colour import recolour
from peirce.tasks.task import Task
from peirce.tasks.values import Grid


class _Order(NamedTuple):
    words: str
    rising: bool


_ORDERS = (_Order("the most frequent", rising=False), _Order("the rarest", rising=True))


def _seen(grid: Grid) -> frozenset[int]:
    return frozenset(cell for row in grid for cell in row)


def lasting_colours(inputs: Sequence[Grid], outputs: Sequence[Grid]) -> frozenset[int]:
    """Colours whose names mean something: the background, and what all inputs or outputs show."""
    always = frozenset[int].intersection
    return frozenset({0}) | always(*map(_seen, inputs)) | always(*map(_seen, outputs))


def _ranked(grid: Grid, lasting: frozenset[int], order: _Order) -> list[int] | None:
    """The other colours of a grid in order; `None` where two occur equally often."""
    counts = Counter(cell for row in grid for cell in row if cell not in lasting)
    if len(set(counts.values())) < len(counts):
        return None
    return sorted(counts, key=lambda colour: counts[colour], reverse=not order.rising)


def _statements(lasting: frozenset[int], order: _Order, names: Sequence[int]) -> tuple[str, ...]:
    kept = sorted(lasting - {0})
    ranked = "grids.colours(grid)"
    if kept:
        ranked = f"[colour for colour in {ranked} if colour not in {kept}]"
    if order.rising:
        ranked += "[::-1]"
    return (
        f"names = dict(zip({ranked}, {list(names)}))",
        "seen = grids.recolour(grid, names)",
        "back = {name: colour for colour, name in names.items()}",
    )


def _view(task: Task, lasting: frozenset[int], order: _Order) -> View | None:
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    names = [colour for colour in range(1, 10) if colour not in lasting]
    tables: list[dict[int, int]] = []
    for grid in inputs:
        ranked = _ranked(grid, lasting, order)
        if ranked is None:
            return None
        tables.append(dict(zip(ranked, names, strict=False)))
    for grid, table in zip(outputs, tables, strict=False):
        if not _seen(grid) <= lasting | set(table):
            return None
    if all(old == new for table in tables for old, new in table.items()):
        return None
    others = " other than " + " and ".join(map(str, sorted(lasting - {0})))
    return View(
        task=derived(
            task,
            [recolour(grid, table) for grid, table in zip(inputs, tables, strict=True)],
            [recolour(grid, table) for grid, table in zip(outputs, tables, strict=False)],
        ),
        before=_statements(lasting, order, names),
        seen="seen",
        after="grids.recolour({}, back)",
        words=f"Call the colours{others if len(lasting) > 1 else ''}"
        f" {names[0]}, {names[1]}, … from {order.words} on."
        if len(names) > 1
        else f"Call the colour{others} {names[0]}.",
        last_words="Give the colours their names back.",
    )


def name_views(task: Task) -> Iterator[View]:
    """The task with colours called by their rank, where that makes a difference."""
    inputs, outputs = grids_of(task.inputs), grids_of(task.outputs)
    lasting = lasting_colours(inputs, outputs)
    looks: set[Task] = set()
    if len(lasting) == 10:
        return
    for order in _ORDERS:
        view = _view(task, lasting, order)
        if view is not None and view.task not in looks:
            looks.add(view.task)
            yield view
