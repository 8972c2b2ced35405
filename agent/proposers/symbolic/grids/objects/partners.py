"""The other items an item may point at."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import Amount, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another item that an item points at."""

    code: str
    """Expression over `item` and `items`."""
    words: str
    find: Callable[[Scene, int], int]
    """Index of the partner, -1 for none."""
    cost: float = 2.0
    having: str = ""
    """Clause for an item that points at anybody, if that is worth a condition."""
    is_shared: bool = False
    """All items of a scene point at the same one."""

    def index(self, scene: Scene, item: int) -> int:
        """Whom the item points at, -1 for nobody."""
        return scene.partners(self.code, self.find)[item]

    def exists(self, scene: Scene, item: int) -> bool:
        """Whether the item points at anybody."""
        return self.index(scene, item) >= 0


def _nearest(scene: Scene, index: int) -> int:
    item = scene.items[index]
    others = [i for i in range(len(scene.items)) if i != index]
    return min(others, key=lambda i: grids.gap(item, scene.items[i]), default=-1)


def _by(choose: Callable[[Item, tuple[Item, ...]], Item], scene: Scene, index: int) -> int:
    return _place(scene, choose(scene.items[index], scene.items))


def _place(scene: Scene, item: Item) -> int:
    return scene.items.index(item) if item.cells else -1


def _twin(measure: Measure, recoloured: bool, scene: Scene, index: int) -> int:
    """The first other item that is equal in the measure, of another colour if wanted."""
    values, colours = scene.measured(measure), scene.measured("colour")
    return next(
        (
            other
            for other, value in enumerate(values)
            if other != index
            and value == values[index]
            and not (recoloured and colours[other] == colours[index])
        ),
        -1,
    )


def _ahead(way: str, scene: Scene, index: int) -> int:
    return _place(scene, grids.ahead(scene.items[index], scene.items, way))


def _nearest_alike(measure: Measure, scene: Scene, index: int) -> int:
    return _place(scene, grids.nearest_alike(scene.items[index], scene.items, measure))


def _largest_ahead(scene: Scene, index: int) -> int:
    largest = _extreme("size", 1, scene, index)
    return largest if grids.facing(scene.items[index], scene.items[largest]).cells else -1


def _extreme(amount: Amount, sign: int, scene: Scene, index: int) -> int:
    del index
    values = scene.amounts(amount)
    return values.index(max(values) if sign > 0 else min(values))


def _odd(measure: Measure, scene: Scene, index: int) -> int:
    del index
    values = scene.measured(measure)
    counts = Counter(values)
    lonely = [i for i, value in enumerate(values) if counts[value] == 1]
    return lonely[0] if len(lonely) == 1 else -1


def _of_colour(colour: int, scene: Scene, index: int) -> int:
    del index
    return _place(scene, grids.of_colour(scene.items, colour))


SUPERLATIVES: Final[dict[Amount, tuple[str, str]]] = {
    "size": ("largest {}", "smallest {}"),
    "height": ("highest {}", "{} lowest in height"),
    "width": ("widest {}", "narrowest {}"),
    "area": ("{} with the largest box", "{} with the smallest box"),
    "holes": ("{} with most holes", "{} with fewest holes"),
    "top": ("lowest {}", "uppermost {}"),
    "left": ("rightmost {}", "leftmost {}"),
    "colour_count": ("most colourful {}", "least colourful {}"),
    "gaps": ("{} with most gaps", "{} with fewest gaps"),
    "pieces": ("{} in most pieces", "{} in fewest pieces"),
}
"""What the item with most, and the one with least, of each amount is called; `{}` is an item."""

_ODD: Final[tuple[tuple[Measure, str], ...]] = (
    ("colour", "colour"),
    ("form", "outline"),
    ("size", "size"),
)
ALIKE: Final[tuple[tuple[Measure, str], ...]] = (
    *_ODD,
    ("turned_form", "outline, turned or not"),
    ("pattern", "pattern"),
)

_FARTHEST: Final[tuple[tuple[Amount, str], ...]] = (("bottom", "down"), ("right", "right"))

LARGEST: Final = Partner(
    code='grids.most(items, "size")',
    words="the largest one",
    find=partial(_extreme, "size", 1),
    is_shared=True,
)
_WAYS: Final = (
    ("left", "to the left"),
    ("right", "to the right"),
    ("up", "above"),
    ("down", "below"),
)
_NEAREST: Final = Partner(
    code="grids.nearest(item, items)",
    words="the nearest other one",
    find=_nearest,
)
_NEAREST_OF_OTHER_COLOUR: Final = Partner(
    code="grids.nearest_of_other_colour(item, items)",
    words="the nearest one of another colour",
    find=partial(_by, grids.nearest_of_other_colour),
    cost=2.5,
)
_TWIN: Final = Partner(
    code="grids.twin(item, items)",
    words="another one of the same outline",
    find=partial(_twin, "form", False),
    having="has a twin of the same outline",
)
_TWIN_OF_OTHER_COLOUR: Final = Partner(
    code="grids.twin_of_other_colour(item, items)",
    words="the one of the same outline and another colour",
    find=partial(_twin, "form", True),
    cost=2.5,
    having="has a twin of another colour",
)
_NEAREST_OF_ITS_COLOUR: Final = Partner(
    code='grids.nearest_alike(item, items, "colour")',
    words="the nearest other one of its colour",
    find=partial(_nearest_alike, "colour"),
    cost=2.5,
)
_CONTAINER: Final = Partner(
    code="grids.container(item, items)",
    words="the one around it",
    find=partial(_by, grids.container),
    having="has another one around it",
)
_CONTENT: Final = Partner(
    code="grids.content(item, items)",
    words="the largest one inside it",
    find=partial(_by, grids.content),
    having="has another one inside it",
)
_NEIGHBOUR: Final = Partner(
    code="grids.neighbour(item, items)",
    words="the largest one touching it",
    find=partial(_by, grids.neighbour),
    having="has another one touching it",
)
_IN_ROW: Final = Partner(
    code="grids.in_row(item, items)",
    words="the nearest one in its rows",
    find=partial(_by, grids.in_row),
    having="has another one in its rows",
)
_IN_COLUMN: Final = Partner(
    code="grids.in_column(item, items)",
    words="the nearest one in its columns",
    find=partial(_by, grids.in_column),
    having="has another one in its columns",
)
_LARGEST_AHEAD: Final = Partner(
    code='grids.facing(item, grids.most(items, "size"))',
    words="the largest one, straight ahead",
    find=_largest_ahead,
    cost=2.5,
    having="has the largest one straight ahead",
)
PARTNERS: Final[tuple[Partner, ...]] = (
    _NEAREST,
    _NEAREST_OF_OTHER_COLOUR,
    LARGEST,
    _CONTAINER,
    _CONTENT,
    _NEIGHBOUR,
    _TWIN,
    _TWIN_OF_OTHER_COLOUR,
    Partner(
        code="grids.turned_twin(item, items)",
        words="another one of the same outline, turned or not",
        find=partial(_twin, "turned_form", False),
        cost=2.5,
        having="has a twin, turned or not",
    ),
    Partner(
        code="grids.turned_twin_of_other_colour(item, items)",
        words="the one of the same outline, turned or not, and another colour",
        find=partial(_twin, "turned_form", True),
        cost=3,
        having="has a twin of another colour, turned or not",
    ),
    _IN_ROW,
    _IN_COLUMN,
    Partner(
        code="grids.larger_alike(item, items)",
        words="the largest one of its colour",
        find=partial(_by, grids.larger_alike),
        having="has a larger one of its colour",
    ),
    _NEAREST_OF_ITS_COLOUR,
    *(
        Partner(
            code=f'grids.ahead(item, items, "{way}")',
            words=f"the next one {side}",
            find=partial(_ahead, way),
            cost=2.5,
            having=f"has another one {side}",
        )
        for way, side in _WAYS
    ),
    _LARGEST_AHEAD,
    Partner(
        code='grids.least(items, "size")',
        words="the smallest one",
        find=partial(_extreme, "size", -1),
        cost=2.5,
        is_shared=True,
    ),
    *(
        Partner(
            code=f'grids.odd_one(items, "{measure}")',
            words=f"the only one of its {words}",
            find=partial(_odd, measure),
            cost=3,
            is_shared=True,
        )
        for measure, words in _ODD
    ),
    *(
        Partner(
            code=f'grids.{name}(items, "{amount}")',
            words=f"the {SUPERLATIVES[amount][0 if sign > 0 else 1].format('one')}",
            find=partial(_extreme, amount, sign),
            cost=3,
            is_shared=True,
        )
        for amount in ("top", "left")
        for name, sign in (("most", 1), ("least", -1))
    ),
    *(
        Partner(
            code=f'grids.most(items, "{amount}")',
            words=f"the one that reaches farthest {where}",
            find=partial(_extreme, amount, 1),
            cost=3.5,
            is_shared=True,
        )
        for amount, where in _FARTHEST
    ),
)
"""Whom an item may point at."""
FACED: Final = (_NEAREST, _NEAREST_OF_OTHER_COLOUR, _TWIN, _IN_ROW, _IN_COLUMN, _LARGEST_AHEAD)
"""Whom an item may be joined to by a straight line."""
ROUTED: Final = (_NEAREST_OF_ITS_COLOUR, _TWIN, _TWIN_OF_OTHER_COLOUR, _NEAREST)
"""Whom an item may be joined to by a way round whatever lies between."""
COMPARED: Final = (_NEAREST, _CONTAINER, _CONTENT, _NEIGHBOUR, _IN_ROW, _IN_COLUMN)
"""Whom an item is compared with."""

COLOURED: Final[tuple[Partner, ...]] = tuple(
    Partner(
        code=f"grids.of_colour(items, {colour})",
        words=f"the {colour_name(colour)} one",
        find=partial(_of_colour, colour),
        cost=3.5,
    )
    for colour in range(10)
)
"""The single item of a colour."""
MAX_SAME: Final = 3
"""Most partners tried that point at the same items in all examples."""


def present(scenes: tuple[Scene, ...]) -> Iterator[Partner]:
    """The partners that some item of these scenes has."""
    known: Counter[tuple[int, ...]] = Counter()
    for partner in (*PARTNERS, *COLOURED):
        pointed = tuple(
            other for scene in scenes for other in scene.partners(partner.code, partner.find)
        )
        known[pointed] += 1
        if max(pointed, default=-1) >= 0 and known[pointed] <= MAX_SAME:
            yield partner
