"""Numbers that something may be drawn, moved or repeated by: of the item, and of all things."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, cast

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.partners import ALIKE
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import Measure

Reading: TypeAlias = Callable[[Scene, int], int]
"""From a scene and the index of an item to a number."""

LARGEST: Final = 60
"""Greater numbers are cut down to this: nothing longer is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Something that can be counted or measured for an item."""

    code: str
    """Expression over `item`, `items` and `grid`."""
    words: str
    read: Reading
    cost: float = 0.0
    """What it costs beyond a measure of the item itself."""

    def value(self, scene: Scene, index: int) -> int:
        """The number for this item, at most `LARGEST`."""
        return min(cast("int", scene.traits(self.code, self.read)[index]), LARGEST)


def _own(measure: Callable[[Item], int], scene: Scene, index: int) -> int:
    return measure(scene.items[index])


def _of_rarest(item: Item) -> int:
    return item.only(item.rarest).size


def _among(count: Callable[[Item, tuple[Item, ...]], int], scene: Scene, index: int) -> int:
    return count(scene.items[index], scene.items)


def _alike(measure: Measure, scene: Scene, index: int) -> int:
    values = scene.measured(measure)
    return values.count(values[index])


def _cells(colour: int, scene: Scene, index: int) -> int:
    del index
    return grids.count_colour(scene.grid, colour)


_MEASURES: Final[tuple[tuple[str, str, Callable[[Item], int]], ...]] = (
    ("item.size", "its size", lambda item: item.size),
    ("item.height", "its height", lambda item: item.height),
    ("item.width", "its width", lambda item: item.width),
    ("item.colour_count", "its number of colours", lambda item: item.colour_count),
    ("item.holes", "its number of holes", lambda item: item.holes),
    ("item.width // 2", "half its width", lambda item: item.width // 2),
    ("item.height // 2", "half its height", lambda item: item.height // 2),
)
MEASURED: Final[tuple[Number, ...]] = tuple(
    Number(code=code, words=words, read=partial(_own, measure))
    for code, words, measure in _MEASURES
)
"""What is measured at the item itself."""

_AMONG: Final[tuple[tuple[str, str, Callable[[Item, tuple[Item, ...]], int]], ...]] = (
    ("len(items)", "the number of things", lambda _, items: len(items)),
    (
        "len([other for other in items if other.is_dot])",
        "the number of single cells",
        lambda _, items: sum(other.is_dot for other in items),
    ),
    (
        "len(grids.contents(item, items))",
        "the number of others inside it",
        lambda item, items: len(grids.contents(item, items)),
    ),
    (
        "len(grids.neighbours(item, items))",
        "the number of others touching it",
        lambda item, items: len(grids.neighbours(item, items)),
    ),
)
_COUNTED: Final[tuple[Number, ...]] = (
    Number(
        code="item.only(item.rarest).size",
        words="its number of cells of its rarest colour",
        read=partial(_own, _of_rarest),
        cost=0.5,
    ),
    *(
        Number(code=code, words=words, read=partial(_among, count), cost=1.0)
        for code, words, count in _AMONG
    ),
    *(
        Number(
            code=f'grids.alike(item, items, "{measure}")',
            words=f"the number of those of its {words}",
            read=partial(_alike, measure),
            cost=1.0,
        )
        for measure, words in ALIKE[:2]
    ),
    *(
        Number(
            code=f"grids.count_colour(grid, {colour})",
            words=f"the number of {colour_name(colour)} cells",
            read=partial(_cells, colour),
            cost=1.5,
        )
        for colour in range(1, 10)
    ),
)
"""What is counted among its cells, among all items, and in the grid."""


def counts(scenes: tuple[Scene, ...]) -> tuple[Number, ...]:
    """What is counted and neither the same for all items nor as a measure or a count before it."""
    known = {_values(number, scenes) for number in MEASURED}
    found: list[Number] = []
    for number in _COUNTED:
        values = _values(number, scenes)
        if len(set(values)) > 1 and values not in known:
            known.add(values)
            found.append(number)
    return tuple(found)


def one_less(number: Number) -> Number:
    """What is missing where the item itself counts as one."""
    return Number(
        code=f"{number.code} - 1",
        words=f"one less than {number.words}",
        read=partial(_less, number.read),
        cost=number.cost + 0.5,
    )


def _less(read: Reading, scene: Scene, index: int) -> int:
    return read(scene, index) - 1


def _values(number: Number, scenes: tuple[Scene, ...]) -> tuple[int, ...]:
    return tuple(
        number.value(scene, index) for scene in scenes for index in range(len(scene.items))
    )
