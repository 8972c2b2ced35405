"""What is drawn with an item or in its stead in one colour: parts of its box, lines from it, bars.

Which colour, fixed or taken from another item, is read off the outputs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Constant,
    Tint,
    source_colour,
)
from peirce.agent.proposers.symbolic.grids.objects.attributes import COLOUR_SOURCES, Attribute
from peirce.agent.proposers.symbolic.grids.objects.numbers import (
    MEASURED,
    Number,
    Reading,
    counts,
    one_less,
)
from peirce.agent.proposers.symbolic.grids.objects.scene import Scene
from peirce.prototypes import grids
from peirce.prototypes.grids import Item, objects_pieces
from peirce.prototypes.grids.objects_paths import DIAGONALS
from peirce.tasks.values import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something drawn with an item, but for its colour."""

    code: str
    """Expression over `item` and `grid` with `{}` for the colour."""
    words: str
    draw: Callable[[Scene, int], Item]
    """What it covers, in colour 0."""
    cost: float = 1.0
    defined: Callable[[Scene, int], bool] | None = None
    """Whether it can be drawn with an item, if not always."""
    left: str = "gives way to {} {}"
    """What is said where it takes the place of the item, `{}` for its words and its colour."""
    repainted: bool = False
    """It would be in the item's own colours but for being painted: only others are of interest."""


class _Line(Protocol):
    def __call__(
        self,
        grid: Grid,
        item: Item,
        ways: tuple[str, ...],
        colour: int = 0,
        *,
        behind: bool = False,
        ground: int = 0,
    ) -> Item: ...


def with_part(
    part: Part,
    scenes: tuple[Scene, ...],
    outputs: tuple[Grid, ...],
    *,
    added: bool = True,
    instead: bool = False,
    least: int = 1,
    sources: Sequence[Attribute] = COLOUR_SOURCES,
) -> Iterator[Action]:
    """The part in every colour it shows in the outputs, if so many items show it.

    It is added to the item, drawn in its place, or both are tried, in fixed colours and in those
    that the sources name.
    """
    seen = _colours(part, scenes, outputs, instead)
    if len(seen) < least:
        return
    for colour in sorted({colour for _, _, colour in seen}):
        colour_of = partial(_fixed, part, colour)
        if added:
            yield _added(part, str(colour), colour_name(colour), part.cost + 3, colour_of)
        if instead:
            yield _left(part, str(colour), colour_name(colour), part.cost + 3.5, colour_of)
    for source in sources:
        if not any(source.value(scene, index) == colour for scene, index, colour in seen):
            continue
        colour_of = partial(_taken, part, source)
        cost = part.cost + 1.5 + source.cost
        words = f"in {source.its}"
        if added:
            yield _added(part, source.code, words, cost, colour_of)
        if instead:
            yield _left(part, source.code, words, cost + 0.5, colour_of)


def _colours(
    part: Part, scenes: tuple[Scene, ...], outputs: tuple[Grid, ...], instead: bool
) -> list[tuple[Scene, int, int]]:
    """Where such a part shows one colour in the output, and the input or the item differs.

    Nowhere if the part is always the whole item: that is a matter of its colour.
    """
    found: list[tuple[Scene, int, int]] = []
    other = False
    for scene, output in zip(scenes, outputs, strict=False):
        for index, drawn in enumerate(scene.parts(part.code, part.draw)):
            other = other or drawn.spots != scene.items[index].spots
            less = instead and drawn.size < scene.items[index].size
            colour = _colour_shown(drawn, scene, output, less)
            if colour is not None and not (part.repainted and colour == scene.items[index].colour):
                found.append((scene, index, colour))
    return found if other else []


def _colour_shown(drawn: Item, scene: Scene, output: Grid, changed: bool) -> int | None:
    height, width = len(output), len(output[0])
    colour = None
    for row, column, _ in drawn.cells:
        if 0 <= row < height and 0 <= column < width:
            shown = output[row][column]
            if colour is None:
                colour = shown
            elif shown != colour:
                return None
            changed = changed or shown != scene.grid[row][column]
    return colour if changed else None


def _fixed(part: Part, colour: int, scene: Scene, index: int) -> int | None:
    return colour if part.defined is None or part.defined(scene, index) else None


def _taken(part: Part, source: Attribute, scene: Scene, index: int) -> int | None:
    if part.defined is not None and not part.defined(scene, index):
        return None
    return source_colour(source, scene, index)


def _added(
    part: Part,
    code: str,
    colour_words: str,
    cost: float,
    colour: Callable[[Scene, int], int | None],
) -> Action:
    return Action(
        code=f"item.with_cells({part.code.format(code)})",
        words=f"gets {part.words} {colour_words}",
        draw=partial(_drawn, part, colour, True),
        cost=cost,
        constant=Constant(
            template=f"item.with_cells({part.code})", value=code, default="item.colour"
        )
        if code.isdigit()
        else None,
        added=part.code.format(code),
        add=partial(_drawn, part, colour, False),
        defined=partial(_has_colour, colour),
        tint=Tint(code=part.code, draw=part.draw, colour=colour, kept=True),
    )


def _left(
    part: Part,
    code: str,
    colour_words: str,
    cost: float,
    colour: Callable[[Scene, int], int | None],
) -> Action:
    return Action(
        code=part.code.format(code),
        words=part.left.format(part.words, colour_words),
        draw=partial(_drawn, part, colour, False),
        defined=partial(_has_colour, colour),
        tint=Tint(code=part.code, draw=part.draw, colour=colour, kept=False),
        cost=cost,
        constant=Constant(template=part.code, value=code, default="") if code.isdigit() else None,
    )


def _has_colour(colour: Callable[[Scene, int], int | None], scene: Scene, index: int) -> bool:
    return colour(scene, index) is not None


def _drawn(
    part: Part,
    colour: Callable[[Scene, int], int | None],
    kept: bool,
    scene: Scene,
    index: int,
) -> Item | None:
    chosen = colour(scene, index)
    if chosen is None:
        return None
    drawn = scene.parts(part.code, part.draw)[index].recoloured(chosen)
    return scene.items[index].with_cells(drawn) if kept else drawn


def _own(method: Callable[[Item, int], Item], scene: Scene, index: int) -> Item:
    return method(scene.items[index], 0)


def _piece(name: str, scene: Scene, index: int) -> Item:
    return grids.piece(scene.items[index], name, 0)


def _uncoloured(draw: Callable[[Scene, int], Item | None], scene: Scene, index: int) -> Item:
    drawn = draw(scene, index)
    return grids.NOTHING if drawn is None else drawn.recoloured(0)


def _constant(number: int, scene: Scene, index: int) -> int:
    del scene, index
    return number


_ONE: Final = Number(code="1", words="one cell", read=partial(_constant, 1))


def _margin(thickness: Reading, scene: Scene, index: int) -> Item:
    return grids.margin(scene.items[index], thickness(scene, index))


def _bar(way: str, length: Number, scene: Scene, index: int) -> Item:
    return grids.bar(scene.items[index], way, length.value(scene, index))


def _inner_frame(item: Item, colour: int) -> Item:
    return item.frame(colour, -1)


PARTS: Final[tuple[Part, ...]] = tuple(
    Part(code=f"item.{code}", words=words, draw=partial(_own, method))
    for code, words, method in (
        ("inside({})", "what it encloses", Item.inside),
        ("rest({})", "the rest of its box", Item.rest),
        ("outline({})", "a line around it", Item.outline),
        ("edging({})", "the cells beside it", Item.edging),
        ("frame({})", "a frame around its box", Item.frame),
        ("frame({}, -1)", "a frame just inside its box", _inner_frame),
        ("border({})", "its border", Item.border),
        ("core({})", "its core", Item.core),
        ("box({})", "its box", Item.box),
        ("rim({})", "the rim of its box", Item.rim),
        ("corners({})", "the corners of its box", Item.corners),
    )
)
"""Parts of an item and of its box."""

PIECES: Final[tuple[Part, ...]] = tuple(
    Part(
        code=f'grids.piece(item, "{name}", {{}})',
        words=name if name.startswith("every") else f"its {name}",
        draw=partial(_piece, name),
        cost=1.5,
    )
    for name in objects_pieces.PIECES
)
"""Pieces of an item by where they lie in its box."""


def repainted(action: Action, *, added: bool = False) -> Part:
    """What an action draws, or adds to the item, but for its colour."""
    words = action.words.removeprefix("gets ") if added else action.words
    return Part(
        code=f"{action.added if added else action.code}.recoloured({{}})",
        words=f"{words}, painted",
        draw=partial(_uncoloured, action.add if added and action.add else action.draw),
        cost=action.cost - 1,
        defined=action.defined,
        left="{} {}",
        repainted=True,
    )


_STRAIGHT: Final = (
    ("up",),
    ("down",),
    ("left",),
    ("right",),
    ("left", "right"),
    ("up", "down"),
    ("left", "right", "up", "down"),
)
_OBLIQUE: Final = (
    *((way,) for way in DIAGONALS),
    ("up_left", "down_right"),
    ("up_right", "down_left"),
    DIAGONALS,
)
_KINDS: Final[tuple[tuple[str, _Line, str, tuple[tuple[str, ...], ...], float], ...]] = (
    ("shadows", grids.shadows, "its shadow", _STRAIGHT, 1.5),
    ("beams", grids.beams, "lines from its middle", (*_STRAIGHT, DIAGONALS), 2.0),
    ("corner_rays", grids.corner_rays, "lines from its corners", _OBLIQUE, 2.0),
)


def _said(ways: tuple[str, ...]) -> str:
    if len(ways) == 4:
        return "in all diagonal directions" if ways == DIAGONALS else "in all four directions"
    return ", ".join(way.replace("_", " and ") for way in ways)


def _line_code(name: str, ways: tuple[str, ...], behind: bool) -> str:
    options = ", behind=True" if behind else ""
    return f"grids.{name}(grid, item, {ways!r}, {{}}{options}, ground=GROUND)"


def _lines(
    name: str, line: _Line, ways: tuple[str, ...], behind: bool, scene: Scene, index: int
) -> Item:
    """Lines in several ways are put together from those in one."""
    if len(ways) == 1:
        item = scene.items[index]
        return line(scene.grid, item, ways, behind=behind, ground=scene.ground)
    return Item.of(
        cell
        for way in ways
        for cell in scene.parts(
            _line_code(name, (way,), behind), partial(_lines, name, line, (way,), behind)
        )[index].cells
    )


LINES: Final[tuple[Part, ...]] = tuple(
    Part(
        code=_line_code(name, ways, behind),
        words=f"{words} {_said(ways)}{' behind whatever is in the way' if behind else ''}",
        draw=partial(_lines, name, line, ways, behind),
        cost=cost + 0.5 * behind,
    )
    for name, line, words, choices, cost in _KINDS
    for ways in choices
    for behind in (False, True)
)
"""Lines and shadows that start at an item."""

_THICKNESSES: Final = tuple(
    number for number in MEASURED if number.code not in ("item.size", "item.height", "item.width")
)
MARGINS: Final[tuple[Part, ...]] = tuple(
    Part(
        code=f"grids.margin(item, {code}, {{}})",
        words=f"a margin as thick as {words}",
        draw=partial(_margin, thickness),
        cost=2.5,
    )
    for code, words, thickness in (
        ("2", "two cells", partial(_constant, 2)),
        *((number.code, number.words, number.value) for number in _THICKNESSES),
    )
)
"""Margins as thick as something about the item says."""


def bars(scenes: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> Iterator[Part]:
    """Bars as long as something about the item, or a count, says, where the outputs show some."""
    counted = counts(scenes)
    lengths = (*MEASURED, *counted, *map(one_less, counted))
    for way in ("up", "down", "left", "right"):
        if _colours(_bar_part(way, _ONE), scenes, outputs, instead=False):
            yield from (_bar_part(way, length) for length in lengths)


def _bar_part(way: str, length: Number) -> Part:
    return Part(
        code=f'grids.bar(item, "{way}", {length.code}, {{}})',
        words=f"a bar {way} of it, as long as {length.words},",
        draw=partial(_bar, way, length),
        cost=2.5 + length.cost,
    )
