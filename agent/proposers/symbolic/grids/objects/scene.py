"""A grid cut into items, with every comparison between them worked out at most once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias, cast

from peirce.agent.proposers.symbolic.method import Clock
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import MEASURES, Amount, Measure
from peirce.tasks.values import Grid

Trait: TypeAlias = int | str | Grid | None
"""What an attribute says of an item; `None` where it says nothing."""

Relating: TypeAlias = "Callable[[Scene, Item, Item], Item]"
"""What becomes of an item that points at another one."""

MAX_ITEMS: Final = 60
"""A grid cut into more items than this is not looked at as a scene."""
MAX_ROOMS: Final = 150
"""The same where items are places in the grid rather than things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way of cutting grids into items."""

    code: str
    """Expression over `grid` and, if named, `ground`."""
    words: str
    """What one item is called."""
    cut: Callable[[Grid, int], tuple[Item, ...]]
    """From a grid and its ground to the items."""
    common_ground: bool = False
    """The ground is the commonest colour rather than 0."""
    cost: float = 0.0
    overlay: bool = False
    """The items lie in the grid without being taken off it; left alone they change nothing."""

    def ground(self, grid: Grid) -> int:
        """The colour that items leave behind."""
        return grids.commonest(grid) if self.common_ground else 0


def _connected(
    words: str,
    cost: float,
    *,
    diagonal: bool = False,
    mixed: bool = False,
    common_ground: bool = False,
) -> View:
    """The view of what `grids.objects` cuts with these options."""
    options = "".join(
        (
            ", diagonal=True" if diagonal else "",
            ", mixed=True" if mixed else "",
            ", ground=ground" if common_ground else "",
        )
    )
    return View(
        code=f"grids.objects(grid{options})",
        words=words,
        cut=lambda g, ground: grids.objects(g, diagonal=diagonal, mixed=mixed, ground=ground),
        common_ground=common_ground,
        cost=cost,
    )


_OBJECTS: Final = _connected("object", 0)
_BY_CORNERS: Final = _connected("object (corners connect)", 1, diagonal=True)
_ON_BLACK: Final = (
    _OBJECTS,
    _BY_CORNERS,
    _connected("object of any colours", 1.5, diagonal=True, mixed=True),
    _connected("object of any colours (sides connect)", 2, mixed=True),
)
_ON_COMMONEST: Final = (
    _connected("object", 2, common_ground=True),
    _connected("object (corners connect)", 2.5, diagonal=True, common_ground=True),
    _connected("object of any colours", 3, diagonal=True, mixed=True, common_ground=True),
)
THINGS: Final = (*_ON_BLACK, *_ON_COMMONEST)
"""The views of connected things that leave a ground."""
_COLOURS: Final = View(
    code="grids.colour_items(grid)",
    words="set of all cells of one colour",
    cut=lambda g, _: grids.colour_items(g),
    cost=1.5,
)
AREAS: Final = View(
    code="grids.objects(grid, ground=None)",
    words="area of one colour",
    cut=lambda g, _: grids.objects(g, ground=None),
    cost=2.5,
)
"""Connected things that leave no ground."""
VIEWS: Final[tuple[View, ...]] = (
    *_ON_BLACK,
    _COLOURS,
    View(code="grids.spaces(grid)", words="empty area", cut=lambda g, _: grids.spaces(g), cost=1.5),
    *_ON_COMMONEST,
    AREAS,
    View(code="grids.row_items(grid)", words="row", cut=lambda g, _: grids.row_items(g), cost=2),
    View(
        code="grids.column_items(grid)",
        words="column",
        cut=lambda g, _: grids.column_items(g),
        cost=2,
    ),
    View(
        code="grids.clusters(grid)",
        words="group of cells of one colour",
        cut=lambda g, _: grids.clusters(g),
        cost=3,
    ),
    View(
        code="grids.clusters(grid, mixed=True)",
        words="group of cells",
        cut=lambda g, _: grids.clusters(g, mixed=True),
        cost=3,
    ),
    View(
        code="grids.panel_items(grid)", words="panel", cut=lambda g, _: grids.panel_items(g), cost=2
    ),
)
"""Ways of cutting all of a grid, or all but its ground."""
ROOMS: Final = View(
    code="grids.free_rectangles(grid)",
    words="empty rectangle",
    cut=lambda g, _: grids.free_rectangles(g),
    cost=2,
    overlay=True,
)
"""Empty rectangles, which may overlap."""
MARKED: Final = View(
    code="grids.marked_rectangles(grid)",
    words="rectangle whose corners are marked",
    cut=lambda g, _: grids.marked_rectangles(g),
    cost=2,
    overlay=True,
)
"""All cells between four corners of one colour."""
FULL: Final = View(
    code="grids.full_rectangles(grid)",
    words="full rectangle",
    cut=lambda g, _: grids.full_rectangles(g),
    cost=2.5,
    overlay=True,
)
"""Rectangles of one colour as large as they can be, whatever touches them; they may overlap."""
ON_TOP: Final[tuple[View, ...]] = tuple(
    replace(view, words=f"{view.words}, on top of the rest,", cost=2 + 0.5 * place, overlay=True)
    for place, view in enumerate((_COLOURS, _OBJECTS, _BY_CORNERS))
)
"""Things that lie over each other: what is drawn for one covers all others, and one that is covered
in part may be in pieces."""
DOTS: Final = View(code="grids.dots(grid)", words="cell", cut=lambda g, _: grids.dots(g), cost=2)
"""Every cell for itself."""


@dataclass(slots=True)
class Scene:
    """One grid, its items, and lazily what is known about them."""

    grid: Grid
    ground: int
    items: tuple[Item, ...]
    overlay: bool = False
    """See `View.overlay`."""
    _measured: dict[str, tuple[int | Grid, ...]] = field(default_factory=dict)
    _partners: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _traits: dict[str, tuple[Trait, ...]] = field(default_factory=dict)
    _parts: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    _related: dict[tuple[Relating, int, int], Item] = field(default_factory=dict)

    def bare(self) -> Grid:
        """What remains when the items are taken off."""
        return self.grid if self.overlay else grids.erase(self.grid, self.items, self.ground)

    def measured(self, measure: Measure) -> tuple[int | Grid, ...]:
        """The measure of every item."""
        found = self._measured.get(measure)
        if found is None:
            found = tuple(map(MEASURES[measure], self.items))
            self._measured[measure] = found
        return found

    def amounts(self, amount: Amount) -> tuple[int, ...]:
        """The amount of every item."""
        return cast("tuple[int, ...]", self.measured(amount))

    def partners(self, code: str, find: "Callable[[Scene, int], int]") -> tuple[int, ...]:
        """Which item every item points at in one relation, -1 for none."""
        found = self._partners.get(code)
        if found is None:
            found = tuple(find(self, index) for index in range(len(self.items)))
            self._partners[code] = found
        return found

    def traits(self, code: str, value: "Callable[[Scene, int], Trait]") -> tuple[Trait, ...]:
        """What an attribute says of every item."""
        found = self._traits.get(code)
        if found is None:
            found = tuple(value(self, index) for index in range(len(self.items)))
            self._traits[code] = found
        return found

    def parts(self, name: str, draw: "Callable[[Scene, int], Item]") -> tuple[Item, ...]:
        """What is drawn with every item, in colour 0."""
        found = self._parts.get(name)
        if found is None:
            found = tuple(draw(self, index) for index in range(len(self.items)))
            self._parts[name] = found
        return found

    def related(self, relating: Relating, index: int, other: int) -> Item:
        """What becomes of an item that points at another one, by the indices of both."""
        key = (relating, index, other)
        found = self._related.get(key)
        if found is None:
            found = relating(self, self.items[index], self.items[other])
            self._related[key] = found
        return found


@lru_cache(maxsize=6 * len(VIEWS))
def cut_scenes(view: View, inputs: tuple[Grid, ...]) -> tuple[Scene, ...] | None:
    """All inputs in one view; `None` if some grid has no items or too many.

    The methods that look at one task share its scenes, and what is known about them.
    """
    scenes: list[Scene] = []
    for grid in inputs:
        ground = view.ground(grid)
        items = view.cut(grid, ground)
        if not 0 < len(items) <= (MAX_ROOMS if view.overlay else MAX_ITEMS):
            return None
        scenes.append(Scene(grid, ground, items, view.overlay))
    return tuple(scenes)


def cut_in_views(
    views: Iterable[View], inputs: tuple[Grid, ...], clock: Clock
) -> Iterator[tuple[View, tuple[Scene, ...]] | None]:
    """Every view that cuts all inputs, with their scenes; None before each, while time is left.

    Views that take the commonest colour for the ground are left out where that is 0 everywhere, and
    views that show all inputs as an earlier one does.
    """
    unusual = any(grids.commonest(grid) != 0 for grid in inputs)
    known: set[tuple[bool, tuple[tuple[int, tuple[Item, ...]], ...]]] = set()
    for view in views:
        if clock.left() <= 0:
            return
        if view.common_ground and not unusual:
            continue
        yield None
        scenes = cut_scenes(view, inputs)
        if scenes is None:
            continue
        look = (view.overlay, tuple((scene.ground, scene.items) for scene in scenes))
        if look not in known:
            known.add(look)
            yield view, scenes
