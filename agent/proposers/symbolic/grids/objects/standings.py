"""What else may decide about an item: its kind of shape, its place, and how it stands to others.

Others are those of its colour or outline, and the one that is meant by its colour or its size.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.objects.attributes import Attribute
from peirce.agent.proposers.symbolic.grids.objects.partners import (
    ALIKE,
    COLOURED,
    LARGEST,
    Partner,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene, Trait
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import Amount, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    """How an item may stand to a given one."""

    code: str
    """Expression over `item` and `items` with `{}` for the given one."""
    words: str
    """A clause with `{}` for the given one."""
    holds: Callable[[Item, Item, tuple[Item, ...]], bool]


_RELATIONS: Final = (
    _Relation(
        code="item == grids.nearest({}, items)",
        words="is nearest to {}",
        holds=lambda item, other, items: item == grids.nearest(other, items),
    ),
    _Relation(
        code="grids.touches(item, {})",
        words="touches {}",
        holds=lambda item, other, items: grids.touches(item, other),
    ),
    _Relation(
        code="grids.facing(item, {}).size > 0",
        words="is in line with {}",
        holds=lambda item, other, items: grids.facing(item, other).size > 0,
    ),
    _Relation(
        code="grids.encloses({}, item)",
        words="lies in the box of {}",
        holds=lambda item, other, items: grids.encloses(other, item),
    ),
    _Relation(
        code="grids.encloses(item, {})",
        words="has {} in its box",
        holds=lambda item, other, items: grids.encloses(item, other),
    ),
    _Relation(
        code="item.form == {}.form",
        words="has the outline of {}",
        holds=lambda item, other, items: item.form == other.form,
    ),
    _Relation(
        code="item.turned_form == {}.turned_form",
        words="has the outline of {}, turned or not",
        holds=lambda item, other, items: (
            item.size == other.size and item.turned_form == other.turned_form
        ),
    ),
    _Relation(
        code="item.size == {}.size",
        words="is as large as {}",
        holds=lambda item, other, items: item.size == other.size,
    ),
    _Relation(
        code="item.size > {}.size > 0",
        words="is larger than {}",
        holds=lambda item, other, items: item.size > other.size,
    ),
)


def _stands(relation: _Relation, other: Partner, scene: Scene, index: int) -> Trait:
    place = other.index(scene, index)
    return int(place >= 0 and relation.holds(scene.items[index], scene.items[place], scene.items))


def _rank_alike(amount: Amount, measure: Measure, sign: int, scene: Scene, index: int) -> Trait:
    values, kinds = scene.amounts(amount), scene.measured(measure)
    own, kind = values[index], kinds[index]
    others = {
        value for value, other in zip(values, kinds, strict=True) if other == kind and value != own
    }
    return sum((value - own) * sign > 0 for value in others)


def _every_second(amount: Amount, scene: Scene, index: int) -> Trait:
    values = scene.amounts(amount)
    return len({value for value in values if value < values[index]}) % 2


def _unusual(measure: Measure, scene: Scene, index: int) -> Trait:
    values = scene.measured(measure)
    counts = {value: values.count(value) for value in set(values)}
    own = counts[values[index]]
    return len({count for count in counts.values() if count > own})


def _at_side(side: str, scene: Scene, index: int) -> Trait:
    return int(side in grids.at_sides(scene.items[index], scene.grid))


def _half(axis: int, scene: Scene, index: int) -> Trait:
    length = len(scene.grid[0]) if axis else len(scene.grid)
    return int(scene.items[index].centre[axis] < length - 1)


_AMONG: Final[tuple[tuple[Measure, str, Amount, str], ...]] = (
    ("colour", "colour", "size", "size"),
    ("colour", "colour", "top", "first row"),
    ("colour", "colour", "left", "first column"),
    ("form", "outline", "top", "first row"),
    ("form", "outline", "left", "first column"),
)
_COUNTED_FROM: Final[tuple[tuple[Amount, str], ...]] = (
    ("top", "uppermost"),
    ("left", "leftmost"),
    ("size", "smallest"),
)
STANDINGS: Final[tuple[Attribute, ...]] = (
    Attribute(
        code="grids.shape_name(item)",
        words="kind of shape",
        kind="name",
        value=lambda scene, index: grids.shape_name(scene.items[index]),
        cost=2.5,
    ),
    *(
        Attribute(
            code=f'"{side}" in grids.at_sides(item, grid)',
            words=f"touches the {name} border",
            kind="flag",
            value=partial(_at_side, side),
            cost=3,
        )
        for side, name in (("up", "upper"), ("down", "lower"), ("left", "left"), ("right", "right"))
    ),
    Attribute(
        code="grids.in_corner(item, grid)",
        words="is in a corner",
        kind="flag",
        value=lambda scene, index: int(grids.in_corner(scene.items[index], scene.grid)),
        cost=3,
    ),
    *(
        Attribute(
            code=f"item.centre[{axis}] < {length} - 1",
            words=f"is nearer to the {side} border",
            kind="flag",
            value=partial(_half, axis),
            cost=3.5,
        )
        for axis, length, side in ((0, "len(grid)", "upper"), (1, "len(grid[0])", "left"))
    ),
    *(
        Attribute(
            code=f'grids.rank_up(item, items, "{amount}") % 2 == 1',
            words=f"is every second one, counted from the {start}",
            kind="flag",
            value=partial(_every_second, amount),
            cost=4,
        )
        for amount, start in _COUNTED_FROM
    ),
    *(
        Attribute(
            code=f'grids.unusualness(item, items, "{measure}")',
            words=f"rank by how often its {words} occurs (commonest first)",
            kind="number",
            value=partial(_unusual, measure),
            cost=3.5,
        )
        for measure, words in ALIKE
    ),
    *(
        Attribute(
            code=f'grids.{name}(item, grids.like(item, items, "{measure}"), "{amount}")',
            words=f"rank by {noun} among those of its {words} ({order} first)",
            kind="number",
            value=partial(_rank_alike, amount, measure, sign),
            cost=4.5,
        )
        for measure, words, amount, noun in _AMONG
        for name, order, sign in (("rank", "greatest", 1), ("rank_up", "least", -1))
    ),
    *(
        Attribute(
            code=relation.code.format(other.code),
            words=relation.words.format(other.words),
            kind="flag",
            value=partial(_stands, relation, other),
            cost=1.5 + other.cost,
        )
        for other in (LARGEST, *COLOURED)
        for relation in _RELATIONS
    ),
)
"""More attributes, less telling than the others."""
