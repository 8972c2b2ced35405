"""What may become of an item: each action is an expression, its words and a way to work it out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final, TypeAlias

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.attributes import COLOUR_SOURCES, Attribute
from peirce.agent.proposers.symbolic.grids.objects.partners import Partner, present
from peirce.agent.proposers.symbolic.grids.objects.scene import Relating, Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

MAX_SHIFTS: Final = 24
"""Most constant displacements tried in one view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The constant in an action, so that a table over items can vary it."""

    template: str
    """The action's expression with `{}` for the constant."""
    value: str
    """The constant as code."""
    default: str
    """The constant that leaves the item as it is, as code over `item`; empty if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """An action that draws one shape in one colour, so that it can be judged without drawing."""

    code: str
    """Names the shape."""
    draw: Callable[[Scene, int], Item]
    """The shape, in colour 0."""
    colour: Callable[[Scene, int], int | None]
    kept: bool
    """The item itself stays below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done with an item."""

    code: str
    """Expression of the item drawn in its stead; empty if it is only removed."""
    words: str
    draw: Callable[[Scene, int], Item | None]
    """What `code` gives; `None` where the item it refers to does not exist."""
    cost: float
    constant: Constant | None = None
    added: str = ""
    """Expression of what is drawn on top of the item, if the item itself stays."""
    add: Callable[[Scene, int], Item | None] | None = None
    """What `added` gives."""
    defined: Callable[[Scene, int], bool] | None = None
    """Whether `draw` gives anything, if it does not always."""
    tint: Tint | None = None
    """The same as `draw`, if it is of this kind."""
    preamble: str = ""
    """Definitions the code refers to, one a line."""
    stays: bool = False
    """The item is drawn as it was."""

    @property
    def redraws(self) -> bool:
        """Whether the item neither stays nor goes."""
        return bool(self.code) and not self.stays


Family: TypeAlias = Callable[[tuple[Scene, ...], tuple[Grid, ...]], Iterator[Action]]
"""The actions worth trying, given the train scenes and outputs."""


def keep() -> Action:
    """The item stays."""
    return Action(
        code="item", words="stays as it is", draw=lambda s, i: s.items[i], cost=0, stays=True
    )


def delete() -> Action:
    """The item goes."""
    return Action(code="", words="is removed", draw=lambda s, i: grids.NOTHING, cost=0.5)


def leave() -> Action:
    """Nothing is drawn for the item."""
    return Action(code="", words="is left alone", draw=lambda s, i: grids.NOTHING, cost=0)


def recolourings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """The item in another colour, given or taken from another item."""
    for colour in _colours(outputs):
        yield Action(
            code=f"item.recoloured({colour})",
            words=f"becomes {colour_name(colour)}",
            draw=partial(_recoloured, colour),
            cost=3,
            constant=Constant(
                template="item.recoloured({})", value=str(colour), default="item.colour"
            ),
        )
    for source in COLOUR_SOURCES:
        yield Action(
            code=f"item.recoloured({source.code})",
            words=f"takes {source.its}",
            draw=partial(_recoloured_from, source),
            defined=partial(_has_colour, source),
            cost=1.5 + source.cost,
        )
    if any(item.colour_count == 2 for scene in scenes for item in scene.items):
        yield Action(
            code="item.exchanged({item.colour: item.rarest, item.rarest: item.colour})",
            words="exchanges its commonest and its rarest colour",
            draw=_exchanged,
            cost=3.5,
        )
    yield from _repaintings(scenes, outputs)


def _repaintings(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Action]:
    """One colour of items of several colours becomes another."""
    mixed = [item for scene in scenes for item in scene.items if item.colour_count > 1]
    olds = sorted({colour for item in mixed for colour in item.palette})
    for old, new in product(olds, _colours(outputs)):
        if old != new:
            yield Action(
                code=f"item.exchanged({{{old}: {new}}})",
                words=f"turns {colour_name(new)} where it is {colour_name(old)}",
                draw=partial(_repainted, {old: new}),
                cost=4.5,
            )


def _repainted(table: dict[int, int], scene: Scene, index: int) -> Item:
    return scene.items[index].exchanged(table)


def _colours(outputs: tuple[Grid, ...]) -> list[int]:
    return sorted({cell for grid in outputs for row in grid for cell in row})


def _recoloured(colour: int, scene: Scene, index: int) -> Item:
    return scene.items[index].recoloured(colour)


def source_colour(source: Attribute, scene: Scene, index: int) -> int | None:
    """The colour an attribute names, if it names one."""
    colour = source.value(scene, index)
    return colour if isinstance(colour, int) else None


def _has_colour(source: Attribute, scene: Scene, index: int) -> bool:
    return source_colour(source, scene, index) is not None


def _recoloured_from(source: Attribute, scene: Scene, index: int) -> Item | None:
    colour = source_colour(source, scene, index)
    return None if colour is None else scene.items[index].recoloured(colour)


def _exchanged(scene: Scene, index: int) -> Item:
    item = scene.items[index]
    return item.exchanged({item.colour: item.rarest, item.rarest: item.colour})


def shifts(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> list[tuple[int, int]]:
    """Displacements after which some item is found in the output, the most usual first."""
    counts: Counter[tuple[int, int]] = Counter()
    for scene, output in zip(scenes, outputs, strict=False):
        for item in scene.items[:20]:
            counts.update(_places(item, output))
    counts.pop((0, 0), None)
    usual = sorted(counts, key=lambda step: (-counts[step], abs(step[0]) + abs(step[1]), step))
    return usual[:MAX_SHIFTS]


def _places(item: Item, output: Grid) -> Iterator[tuple[int, int]]:
    height, width = len(output), len(output[0])
    for down in range(-item.top, height - item.bottom):
        for across in range(-item.left, width - item.right):
            if all(output[row + down][column + across] == k for row, column, k in item.cells):
                yield (down, across)


def with_partner(partner: Partner, relating: Relating, scene: Scene, index: int) -> Item | None:
    """What is drawn for an item that points at another one; `None` if it points at nobody."""
    other = partner.index(scene, index)
    return None if other < 0 else scene.related(relating, index, other)


@dataclass(frozen=True, slots=True)
class Relation:
    """What may become of an item that points at another one."""

    code: str
    """Expression over `item`, with `{}` for the other one."""
    words: str
    draw: Relating
    cost: float


def relative(relations: Iterable[Relation], scenes: tuple[Scene, ...]) -> Iterator[Action]:
    """These actions for every other item that may be meant."""
    for partner in present(scenes):
        for relation in relations:
            yield Action(
                code=relation.code.format(partner.code),
                words=relation.words.format(partner.words),
                draw=partial(with_partner, partner, relation.draw),
                defined=partner.exists,
                cost=relation.cost + partner.cost,
            )


def both(one: Action, other: Action) -> Action:
    """Two additions to the item, or two things in its place, the second on top."""
    kept = bool(one.added)
    said = other.words.removeprefix("gets ").removeprefix("gives way to ")
    return Action(
        code=f"{one.code}.with_cells({other.added or other.code})",
        words=f"{one.words} and {said}",
        draw=partial(_both, one.draw, other),
        cost=one.cost + other.cost,
        added=f"{one.added}.with_cells({other.added})" if kept else "",
        add=partial(_both, one.add or one.draw, other) if kept else None,
        defined=partial(_both_defined, one, other),
    )


def _both_defined(one: Action, other: Action, scene: Scene, index: int) -> bool:
    return all(action.defined is None or action.defined(scene, index) for action in (one, other))


def _both(
    first: Callable[[Scene, int], Item | None], other: Action, scene: Scene, index: int
) -> Item | None:
    below = first(scene, index)
    above = (other.add or other.draw)(scene, index)
    return None if below is None or above is None else below.with_cells(above)
