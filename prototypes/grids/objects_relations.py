"""How items stand to each other: ranks, counts, and the one item another one points at.

Where nobody answers the description, the answer is the item without cells.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

from peirce.prototypes.grids.objects import Item, Spot
from peirce.tasks.values import Grid

Amount: TypeAlias = Literal[
    "size", "height", "width", "length", "area", "gaps", "holes", "top", "bottom", "left", "right",
    "colour_count",
    "pieces",
]  # fmt: skip
"""A number by which items can be ordered."""
Measure: TypeAlias = Literal[
    Amount, "colour", "form", "turned_form", "pattern", "is_symmetric", "is_solid", "is_square",
]  # fmt: skip
"""A property in which items can be equal."""
AMOUNTS: Final[dict[Amount, Callable[[Item], int]]] = {
    "size": lambda item: item.size,
    "height": lambda item: item.height,
    "width": lambda item: item.width,
    "length": lambda item: item.length,
    "area": lambda item: item.area,
    "gaps": lambda item: item.gaps,
    "holes": lambda item: item.holes,
    "top": lambda item: item.top,
    "bottom": lambda item: item.bottom,
    "left": lambda item: item.left,
    "right": lambda item: item.right,
    "colour_count": lambda item: item.colour_count,
    "pieces": lambda item: item.pieces,
}
MEASURES: Final[dict[Measure, Callable[[Item], int | Grid]]] = {
    **AMOUNTS,
    "colour": lambda item: item.colour,
    "form": lambda item: item.form,
    "turned_form": lambda item: item.turned_form,
    "pattern": lambda item: item.pattern,
    "is_symmetric": lambda item: int(item.is_symmetric),
    "is_solid": lambda item: int(item.is_solid),
    "is_square": lambda item: int(item.is_square),
}
NOTHING: Final = Item(())
"""The item without cells."""


def rank(item: Item, items: Sequence[Item], amount: Amount) -> int:
    """How many different values above its own occur: 0 for the greatest, ties share a rank."""
    value = AMOUNTS[amount]
    own = value(item)
    return len({other for other in map(value, items) if other > own})


def rank_up(item: Item, items: Sequence[Item], amount: Amount) -> int:
    """How many different values below its own occur: 0 for the least, ties share a rank."""
    value = AMOUNTS[amount]
    own = value(item)
    return len({other for other in map(value, items) if other < own})


def alike(item: Item, items: Sequence[Item], measure: Measure) -> int:
    """How many of the items have the same value, itself included."""
    value = MEASURES[measure]
    own = value(item)
    return sum(value(other) == own for other in items)


def most(items: Sequence[Item], amount: Amount) -> Item:
    """The first item with the greatest value."""
    return max(items, key=AMOUNTS[amount], default=NOTHING)


def least(items: Sequence[Item], amount: Amount) -> Item:
    """The first item with the least value."""
    return min(items, key=AMOUNTS[amount], default=NOTHING)


def odd_one(items: Sequence[Item], measure: Measure) -> Item:
    """The only item whose value no other item has; nothing if there are none or several."""
    value = MEASURES[measure]
    counts = Counter(map(value, items))
    lonely = [item for item in items if counts[value(item)] == 1]
    return lonely[0] if len(lonely) == 1 else NOTHING


def typical(items: Sequence[Item], measure: Measure) -> Item:
    """The first item whose value occurs most often."""
    value = MEASURES[measure]
    counts = Counter(map(value, items))
    return max(items, key=lambda item: counts[value(item)], default=NOTHING)


def of_colour(items: Sequence[Item], colour: int) -> Item:
    """The only item of this colour; nothing if there are none or several."""
    found = [item for item in items if item.colour == colour]
    return found[0] if len(found) == 1 else NOTHING


def gap(one: Item, other: Item) -> int:
    """Steps along rows and columns from the box of one item to that of another."""
    down = max(other.top - one.bottom, one.top - other.bottom, 0)
    across = max(other.left - one.right, one.left - other.right, 0)
    return down + across


def nearest(item: Item, items: Sequence[Item]) -> Item:
    """The closest other item; of equally close ones the first."""
    others = [other for other in items if other != item]
    return min(others, key=lambda other: gap(item, other), default=NOTHING)


def nearest_of_other_colour(item: Item, items: Sequence[Item]) -> Item:
    """The closest item of another colour; of equally close ones the first."""
    return nearest(item, [other for other in items if other.colour != item.colour])


def larger_alike(item: Item, items: Sequence[Item]) -> Item:
    """The largest item of its colour, if it is larger than the item itself."""
    larger = [one for one in items if one.colour == item.colour and one.size > item.size]
    return most(larger, "size")


def container(item: Item, items: Sequence[Item]) -> Item:
    """The smallest other item whose box encloses its box."""
    around = [other for other in items if other != item and encloses(other, item)]
    return min(around, key=lambda other: other.area, default=NOTHING)


def content(item: Item, items: Sequence[Item]) -> Item:
    """The largest other item whose box lies in its box."""
    inside = [other for other in items if other != item and encloses(item, other)]
    return max(inside, key=lambda other: other.size, default=NOTHING)


def contents(item: Item, items: Sequence[Item]) -> tuple[Item, ...]:
    """All other items whose boxes lie in its box."""
    return tuple(other for other in items if other != item and encloses(item, other))


def neighbour(item: Item, items: Sequence[Item]) -> Item:
    """The largest other item that touches it, diagonally too."""
    beside = neighbours(item, items)
    return max(beside, key=lambda other: other.size, default=NOTHING)


def neighbours(item: Item, items: Sequence[Item]) -> tuple[Item, ...]:
    """All other items that touch it, diagonally too."""
    edge = item.outline(0).spots
    return tuple(
        other
        for other in items
        if other != item and gap(item, other) <= 2 and not edge.isdisjoint(other.spots)
    )


def twin(item: Item, items: Sequence[Item]) -> Item:
    """The first other item with the same outline, whatever its colour."""
    form = item.form
    return next((other for other in items if other != item and other.form == form), NOTHING)


def twin_of_other_colour(item: Item, items: Sequence[Item]) -> Item:
    """The first item of another colour with the same outline."""
    return twin(item, [other for other in items if other.colour != item.colour])


def turned_twin(item: Item, items: Sequence[Item]) -> Item:
    """The first other item with the same outline, turned or mirrored if need be."""
    alike = [other for other in items if other != item and other.size == item.size]
    form = item.turned_form
    return next((other for other in alike if other.turned_form == form), NOTHING)


def turned_twin_of_other_colour(item: Item, items: Sequence[Item]) -> Item:
    """The first item of another colour with the same outline, turned or mirrored if need be."""
    return turned_twin(item, [other for other in items if other.colour != item.colour])


def in_row(item: Item, items: Sequence[Item]) -> Item:
    """The closest other item that shares a row with it."""
    rows = range(item.top, item.bottom + 1)
    beside = [other for other in items if other.top in rows or item.top in _rows(other)]
    return nearest(item, beside)


def in_column(item: Item, items: Sequence[Item]) -> Item:
    """The closest other item that shares a column with it."""
    columns = range(item.left, item.right + 1)
    beside = [other for other in items if other.left in columns or item.left in _columns(other)]
    return nearest(item, beside)


def encloses(outer: Item, inner: Item) -> bool:
    """The box of the inner item lies in that of the outer one, which is larger."""
    return (
        outer.area > inner.area
        and outer.top <= inner.top
        and outer.left <= inner.left
        and outer.bottom >= inner.bottom
        and outer.right >= inner.right
    )


def touches(one: Item, other: Item) -> bool:
    """Two items share no cell, but have cells next to each other, diagonally too."""
    return one != other and not one.outline(0).spots.isdisjoint(other.spots)


def touches_border(item: Item, grid: Grid) -> bool:
    """It has a cell in the outermost rows or columns of the grid."""
    return (
        item.top <= 0
        or item.left <= 0
        or item.bottom >= len(grid) - 1
        or item.right >= len(grid[0]) - 1
    )


def ground_inside(grid: Grid, item: Item, ground: int = 0) -> int:
    """How many cells of its box are background: none where it is whole or others lie over it."""
    rows = grid[max(item.top, 0) : item.bottom + 1]
    return sum(row[max(item.left, 0) : item.right + 1].count(ground) for row in rows)


def towards(item: Item, other: Item) -> Spot:
    """The step, one of eight, that leads from the box of one item to that of another."""
    down = (other.top > item.bottom) - (other.bottom < item.top)
    across = (other.left > item.right) - (other.right < item.left)
    return (down, across)


def away(item: Item, other: Item) -> Spot:
    """The step, one of eight, that leads from the box of another item away past its own."""
    down, across = towards(item, other)
    return (-down, -across)


def _rows(item: Item) -> range:
    return range(item.top, item.bottom + 1)


def _columns(item: Item) -> range:
    return range(item.left, item.right + 1)
