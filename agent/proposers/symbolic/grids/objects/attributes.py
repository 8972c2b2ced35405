"""What may decide about an item: its attributes, and the other items it may point at.

Each attribute pairs an expression of the vocabulary with a cached way to work out the same value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.partners import ALIKE, PARTNERS, Partner
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene, Trait
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import Amount, Measure

Kind: TypeAlias = Literal["number", "flag", "colour", "label", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A property that may decide what becomes of an item."""

    code: str
    """Expression over `item`, `items` and `grid`."""
    words: str
    """For flags a clause (`touches the border`), else a noun (`size`)."""
    kind: Kind
    value: Callable[[Scene, int], Trait]
    cost: float = 2.0
    is_own: bool = True
    """It is the item's own, so that people say `its`; else `words` has its article."""

    @property
    def its(self) -> str:
        """The attribute as a noun: `its size`, `the colour of ...`, `whether it is a line`."""
        if self.kind == "flag":
            return f"whether it {self.words}"
        return f"its {self.words}" if self.is_own else self.words


def _measure(measure: Measure, scene: Scene, index: int) -> Trait:
    return scene.measured(measure)[index]


def _parity(measure: Amount, scene: Scene, index: int) -> Trait:
    return scene.amounts(measure)[index] % 2


def _rank(amount: Amount, sign: int, scene: Scene, index: int) -> Trait:
    values = scene.amounts(amount)
    own = values[index]
    return len({value for value in values if (value - own) * sign > 0})


def _alike(measure: Measure, scene: Scene, index: int) -> Trait:
    values = scene.measured(measure)
    return values.count(values[index])


def _own(read: Callable[[Item], Trait], scene: Scene, index: int) -> Trait:
    return read(scene.items[index])


def _share(colour: int, item: Item) -> Trait:
    return sum(cell[2] == colour for cell in item.cells)


def _partner_colour(partner: Partner, scene: Scene, index: int) -> Trait:
    other = partner.index(scene, index)
    return None if other < 0 else scene.items[other].colour


def _has(partner: Partner, scene: Scene, index: int) -> Trait:
    return int(partner.index(scene, index) >= 0)


def _is(partner: Partner, scene: Scene, index: int) -> Trait:
    return int(partner.index(scene, index) == index)


def _at_border(scene: Scene, index: int) -> Trait:
    return int(grids.touches_border(scene.items[index], scene.grid))


def _ground_inside(scene: Scene, index: int) -> Trait:
    return int(grids.ground_inside(scene.grid, scene.items[index], scene.ground) > 0)


def _content_count(scene: Scene, index: int) -> Trait:
    return len(grids.contents(scene.items[index], scene.items))


def _neighbour_count(scene: Scene, index: int) -> Trait:
    return len(grids.neighbours(scene.items[index], scene.items))


def _surrounding(scene: Scene, index: int) -> Trait:
    return grids.surrounding(scene.grid, scene.items[index])


def _flag(code: str, words: str, cost: float = 2.0) -> Attribute:
    read: Callable[[Item], Trait] = lambda item: int(getattr(item, code))  # noqa: E731
    return Attribute(
        code=f"item.{code}", words=words, kind="flag", value=partial(_own, read), cost=cost
    )


_NOUNS: Final[dict[Amount, str]] = {
    "size": "size",
    "height": "height",
    "width": "width",
    "length": "length",
    "area": "box area",
    "gaps": "number of gaps",
    "holes": "number of holes",
    "colour_count": "number of colours",
    "pieces": "number of pieces",
    "top": "first row",
    "left": "first column",
    "bottom": "last row",
    "right": "last column",
}
_PLACES: Final = ("top", "left", "bottom", "right")
_AMOUNT_COST: Final[dict[Amount, float]] = {"size": 1.5, "holes": 2, "height": 2, "width": 2}

COLOUR_SOURCES: Final[tuple[Attribute, ...]] = (
    Attribute(
        code="item.colour",
        words="colour",
        kind="colour",
        value=partial(_measure, "colour"),
        cost=1.5,
    ),
    Attribute(
        code="item.rarest",
        words="rarest colour",
        kind="colour",
        value=partial(_own, lambda item: item.rarest),
    ),
    Attribute(
        code="grids.surrounding(grid, item)",
        words="the commonest colour beside it",
        kind="colour",
        value=_surrounding,
        cost=2.0,
        is_own=False,
    ),
    *(
        Attribute(
            code=f"{partner.code}.colour",
            words=f"the colour of {partner.words}",
            kind="colour",
            value=partial(_partner_colour, partner),
            cost=partner.cost + 0.5,
            is_own=False,
        )
        for partner in PARTNERS
    ),
)
"""Attributes that name a colour."""

ATTRIBUTES: Final[tuple[Attribute, ...]] = (
    *COLOUR_SOURCES,
    *(
        Attribute(
            code=f"item.{amount}",
            words=noun,
            kind="number",
            value=partial(_measure, amount),
            cost=_AMOUNT_COST.get(amount, 5 if amount in _PLACES else 3),
        )
        for amount, noun in _NOUNS.items()
    ),
    *(
        Attribute(
            code=f"item.{amount} % 2 == 1",
            words=f"has an odd {noun}",
            kind="flag",
            value=partial(_parity, amount),
            cost=4 if amount == "size" else 5,
        )
        for amount, noun in _NOUNS.items()
        if amount in ("size", "height", "width", "top", "left")
    ),
    *(
        Attribute(
            code=f'grids.{name}(item, items, "{amount}")',
            words=f"rank by {noun} ({order} first)",
            kind="number",
            value=partial(_rank, amount, sign),
            cost=3 if amount in ("size", "height", "width", "top", "left") else 4.5,
        )
        for amount, noun in _NOUNS.items()
        for name, order, sign in (("rank", "greatest", 1), ("rank_up", "least", -1))
    ),
    *(
        Attribute(
            code=f'grids.alike(item, items, "{measure}")',
            words=f"number of items of its {words}",
            kind="number",
            value=partial(_alike, measure),
            cost=3.5,
        )
        for measure, words in ALIKE
    ),
    Attribute(
        code="item.form",
        words="outline",
        kind="label",
        value=partial(_measure, "form"),
        cost=3,
    ),
    Attribute(
        code="item.turned_form",
        words="outline, turned or not,",
        kind="label",
        value=partial(_measure, "turned_form"),
        cost=4,
    ),
    _flag("is_dot", "is a single cell", 1.5),
    _flag("is_line", "is a line"),
    _flag("is_solid", "is a full rectangle"),
    _flag("is_square", "is as high as wide"),
    _flag("is_tall", "is higher than wide"),
    _flag("is_mirrored_across", "is left-right symmetric", 3),
    _flag("is_mirrored_down", "is top-bottom symmetric", 3),
    _flag("is_symmetric", "is symmetric", 2.5),
    _flag("is_frame", "is a frame"),
    Attribute(
        code="grids.touches_border(item, grid)",
        words="touches the border",
        kind="flag",
        value=_at_border,
    ),
    Attribute(
        code="grids.ground_inside(grid, item, GROUND) > 0",
        words="has background in its box",
        kind="flag",
        value=_ground_inside,
    ),
    *(
        Attribute(
            code=f"{partner.code}.size > 0",
            words=partner.having,
            kind="flag",
            value=partial(_has, partner),
            cost=3,
        )
        for partner in PARTNERS
        if partner.having
    ),
    *(
        Attribute(
            code=f"item == {partner.code}",
            words=f"is {partner.words}",
            kind="flag",
            value=partial(_is, partner),
            cost=3,
        )
        for partner in PARTNERS
        if partner.is_shared
    ),
    *(
        Attribute(
            code=f"item.only({colour}).size",
            words=f"number of {colour_name(colour)} cells",
            kind="number",
            value=partial(_own, partial(_share, colour)),
            cost=4,
        )
        for colour in range(1, 10)
    ),
    Attribute(
        code="len(grids.contents(item, items))",
        words="number of others inside it",
        kind="number",
        value=_content_count,
        cost=3,
    ),
    Attribute(
        code="len(grids.neighbours(item, items))",
        words="number of others touching it",
        kind="number",
        value=_neighbour_count,
        cost=3.5,
    ),
)
"""All attributes, the most telling kinds first."""
