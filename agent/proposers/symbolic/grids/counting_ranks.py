"""Outputs that show all things of the input in order of some amount: bars, frames or pictures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from peirce.agent.proposers.symbolic.grids.counting_ideas import Idea
from peirce.agent.proposers.symbolic.grids.counting_numbers import CUTS
from peirce.prototypes import grids
from peirce.prototypes.grids import Item
from peirce.prototypes.grids.objects_relations import AMOUNTS, Amount
from peirce.tasks.values import Grid

MAX_RANKED: Final = 30
"""More things than this in a grid are not put in order."""
MOST_AREA: Final = 4
"""Things whose boxes together have more than so many times the cells of the output are not put
side by side."""
_AMOUNTS: Final[tuple[tuple[Amount, float], ...]] = (
    ("size", 2),
    ("left", 2),
    ("top", 2),
    ("height", 3),
    ("width", 3),
    ("pieces", 3),
)
"""What things are ordered by, with the cost of saying so."""


def _plain(turn: Callable[[Grid], Sequence[Sequence[int]]]) -> Callable[[Grid], Grid]:
    return lambda grid: tuple(tuple(row) for row in turn(grid))


_LENGTHS: Final[tuple[tuple[str, str, Callable[[Item], int]], ...]] = (
    ("1", "one cell", lambda item: 1),
    ("item.size", "as many cells as its size", lambda item: item.size),
    ("item.height", "as many cells as its height", lambda item: item.height),
    ("item.width", "as many cells as its width", lambda item: item.width),
    ("item.pieces", "as many cells as it has pieces", lambda item: item.pieces),
)
_PLACINGS: Final[tuple[tuple[str, str, Callable[[Grid], Grid]], ...]] = (
    ("{}", "below each other", lambda grid: grid),
    ("grids.transpose({})", "beside each other, from the top", _plain(grids.transpose)),
    ("grids.turned_up({})", "beside each other, from the bottom", grids.turned_up),
    (
        "grids.flip_horizontal({})",
        "below each other, from the right",
        _plain(grids.flip_horizontal),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """The things of every input in one order."""

    code: str
    """Expression of the sorted items."""
    words: str
    items: tuple[tuple[Item, ...], ...]
    """Per input."""
    cost: float


def ranked(inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Iterator[Idea | None]:
    """All ways to show things in order, whether they fit or not; None before each order.

    Args:
        inputs: those of the examples, then those of the tests.
        outputs: those of the examples.
    """
    for code, words, cut, cost in CUTS:
        scenes = [cut(grid) for grid in inputs]
        if any(not 0 < len(items) <= MAX_RANKED for items in scenes):
            continue
        for ranking in _rankings(code, words, scenes, cost):
            yield None
            yield from _as_bars(ranking, outputs)
            yield from _as_frames(ranking)
            yield from _as_pictures(ranking, outputs[0])


def _rankings(
    code: str, words: str, scenes: list[tuple[Item, ...]], cost: float
) -> Iterator[_Ranking]:
    for (amount, own), sign in product(_AMOUNTS, (-1, 1)):
        measure = AMOUNTS[amount]
        yield _Ranking(
            code=f"sorted({code}, key=lambda item: {'-' if sign < 0 else ''}item.{amount})",
            words=f"{words} by {amount}, {'greatest' if sign < 0 else 'least'} first,",
            items=tuple(
                tuple(sorted(items, key=lambda item: sign * measure(item))) for items in scenes
            ),
            cost=cost + own,
        )
    yield _Ranking(
        code=f"sorted({code}, key=lambda item: item.colour)",
        words=f"{words} by number of colour",
        items=tuple(tuple(sorted(items, key=lambda item: item.colour)) for items in scenes),
        cost=cost + 3,
    )


def _as_bars(ranking: _Ranking, outputs: tuple[Grid, ...]) -> Iterator[Idea]:
    """Bars as long as something says, in a grid as wide as the longest or always the same.

    An order by what the bars show is the most natural one.
    """
    for (length_code, length_words, length), (place, place_words, turn) in product(
        _LENGTHS, _PLACINGS
    ):
        lines = f"[{length_code} for item in items]"
        shown = [
            turn(grids.bars(items, [length(item) for item in items]))
            for items in ranking.items[: len(outputs)]
        ]
        room = _room(shown, outputs)
        if room is None:
            continue
        wide = f", room={room}" if room else ""
        yield Idea(
            lines=(
                f"items = {ranking.code}",
                f"return {place.format(f'grids.bars(items, {lines}{wide})')}",
            ),
            words=(
                f"The {ranking.words} are shown as bars {place_words}, "
                f"each {length_words} in its colour."
            ),
            results=tuple(
                turn(grids.bars(items, [length(item) for item in items], room=room))
                for items in ranking.items
            ),
            cost=(
                ranking.cost
                + 1
                + (length_code != "1")
                + (room > 0)
                - 1.5 * (length_code in ranking.code)
            ),
        )


def _room(shown: list[Grid], outputs: tuple[Grid, ...]) -> int | None:
    """The room for bars that would do: 0 for the longest, `None` where no room does."""
    sizes = [(len(grid), len(grid[0])) for grid in shown]
    wanted = [(len(output), len(output[0])) for output in outputs]
    if sizes == wanted:
        return 0
    longest = {max(size) for size in wanted}
    smaller = all(a <= h and b <= w for (a, b), (h, w) in zip(sizes, wanted, strict=True))
    for room in longest if smaller and len(longest) == 1 else ():
        if all(room in size for size in wanted):
            return room
    return None


def _as_frames(ranking: _Ranking) -> Iterator[Idea]:
    for core in (1, 2):
        more = "" if core == 1 else f", core={core}"
        yield Idea(
            lines=(
                f"items = {ranking.code}",
                f"return grids.frames([item.colour for item in items]{more})",
            ),
            words=f"The {ranking.words} give the colours of nested frames, from the outside.",
            results=tuple(
                grids.frames([item.colour for item in items], core=core) for items in ranking.items
            ),
            cost=ranking.cost + 1.5 + 0.5 * (core - 1),
        )


def _as_pictures(ranking: _Ranking, output: Grid) -> Iterator[Idea]:
    """The things side by side, unless they are far too large for the first output."""
    if sum(item.area for item in ranking.items[0]) > MOST_AREA * len(output) * len(output[0]):
        return
    for name, place_words, lay in (
        ("laid_across", "beside each other", grids.laid_across),
        ("laid_down", "below each other", grids.laid_down),
    ):
        yield Idea(
            lines=(
                f"items = {ranking.code}",
                f"return grids.{name}(item.picture() for item in items)",
            ),
            words=f"The {ranking.words} are put {place_words}.",
            results=tuple(lay(item.picture() for item in items) for items in ranking.items),
            cost=ranking.cost + 1,
        )
