"""The train outputs laid side by side as one row of bits, and how actions fare against them.

Every cell of every output is a bit. Which bits show which colour, which an item has right or wrong
where it stands and which a part covers is worked out once; after that an action is judged by a few
operations on whole numbers.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from peirce.agent.proposers.symbolic.grids.objects.actions import (
    Action,
    Family,
    Tint,
    delete,
    keep,
    leave,
)
from peirce.agent.proposers.symbolic.grids.objects.fitting import Trial
from peirce.agent.proposers.symbolic.grids.objects.scene import VIEWS, Scene, View, cut_scenes
from peirce.agent.proposers.symbolic.method import Clock
from peirce.prototypes.grids import Item
from peirce.tasks.values import Grid

_FREE: Final = 0.5
"""An action dearer than this (all but staying and going) must explain something."""


MOST_SPOILT: Final = 0.05
"""Cells that a beginning may make wrong, beside those that it makes right."""


class _Row(NamedTuple):
    """One train item: where it is, and which of its cells the output shows in place."""

    page: int
    place: int
    right: int
    wrong: int


class Paper:
    """What has to be drawn on the outputs once all items are taken off the inputs."""

    def __init__(self, train: tuple[Scene, ...], outputs: tuple[Grid, ...]) -> None:
        self._train, self._outputs = train, outputs
        self._starts: list[int] = []
        self._rows: list[_Row] = []
        self._covers: dict[str, list[int]] = {}
        self._tried: dict[tuple[str, str], Trial | None] = {}
        self._shows: dict[tuple[int, int], int] = {}
        self.required = 0
        """The cells that are not as an empty grid would leave them."""
        start, movable = 0, 0
        for page, (scene, output) in enumerate(zip(train, outputs, strict=True)):
            self._starts.append(start)
            bare = scene.bare()
            for row, (blank, wanted) in enumerate(zip(bare, output, strict=True)):
                for column, (before, after) in enumerate(zip(blank, wanted, strict=True)):
                    bit = 1 << (start + row * len(blank) + column)
                    self._shows[page, after] = self._shows.get((page, after), 0) | bit
                    if before != after:
                        self.required |= bit
            for index, item in enumerate(scene.items):
                self._rows.append(_Row(page, index, *_standing(item, output, start)))
            start += len(output) * len(output[0])
            movable += scene.items != () and output != scene.grid
        self.spoilt = movable == 0
        """Nothing changes, or there is nothing to change."""

    @property
    def rows(self) -> int:
        """How many train items there are."""
        return len(self._rows)

    def trials(
        self, family: Family, tests: tuple[Scene, ...], clock: Clock
    ) -> Iterator[Trial | None]:
        """All actions that some row accepts, cheapest first; `None` now and then."""
        overlay = any(scene.overlay for scene in self._train)
        actions = [leave()] if overlay else [keep(), delete()]
        for action in family(self._train, self._outputs):
            actions.append(action)
            yield None
        for number, action in enumerate(sorted(actions, key=lambda one: one.cost)):
            if number % 3 == 0:
                yield None
                if clock.left() <= 0:
                    return
            trial = self.attempt(action, tests)
            if trial is not None:
                yield trial

    def attempt(self, action: Action, tests: tuple[Scene, ...]) -> Trial | None:
        """What the action explains row by row; `None` if no row accepts it.

        Each is tried once, however many families it belongs to.
        """
        key = (action.code, action.added)
        if key not in self._tried:
            self._tried[key] = self._attempt(action, tests)
        return self._tried[key]

    def share(self, trial: Trial, rows: int) -> float:
        """How much of what has to change is right once these rows act and the others stay, 0 to 1.

        Cells that are wrong then but were right before are taken off; 0 where they are many.
        """
        right = wrong = acted = stood = left = stays = 0
        for number, row in enumerate(self._rows):
            right |= row.right
            wrong |= row.wrong
            if rows >> number & 1:
                acted |= trial.explained[number]
                stood |= row.right
                left |= row.wrong
            else:
                stays |= row.right
        if trial.action.redraws and not acted:
            return 0.0
        made = (acted & self.required & ~right) | (left & ~self.required & ~acted)
        spoilt = stood & ~acted & ~stays
        if spoilt.bit_count() > MOST_SPOILT * made.bit_count():
            return 0.0
        changes = ((self.required & ~right) | wrong).bit_count()
        return (made.bit_count() - spoilt.bit_count()) / max(changes, 1)

    def _attempt(self, action: Action, tests: tuple[Scene, ...]) -> Trial | None:
        accepted, reach = 0, 0
        explained: list[int] = []
        for number, row in enumerate(self._rows):
            cells = self._explained(action, number, row)
            explained.append(cells or 0)
            if cells is not None:
                accepted |= 1 << number
                reach |= cells
        if not accepted or (action.cost > _FREE and not reach & self.required):
            return None
        defined, number = 0, 0
        for scene in tests:
            for index in range(len(scene.items)):
                if action.defined is None or action.defined(scene, index):
                    defined |= 1 << number
                number += 1
        return Trial(action, accepted, tuple(explained), defined)

    def _explained(self, action: Action, number: int, row: _Row) -> int | None:
        """The bits the action gets right; `None` if one of them is wrong."""
        scene = self._train[row.page]
        if action.tint is not None:
            return self._tinted(action.tint, number, row)
        drawn = (action.draw if action.add is None else action.add)(scene, row.place)
        if drawn is None:
            return None
        cells = _cells(drawn, self._outputs[row.page], self._starts[row.page])
        if cells is None or (not action.code and not row.wrong and not scene.overlay):
            return None
        if action.add is None:
            return cells
        return None if row.wrong & ~cells else row.right | cells

    def _tinted(self, tint: Tint, number: int, row: _Row) -> int | None:
        colour = tint.colour(self._train[row.page], row.place)
        if colour is None:
            return None
        cells = self._cover(tint)[number]
        if cells & ~self._shows.get((row.page, colour), 0):
            return None
        if not tint.kept:
            return cells
        return None if row.wrong & ~cells else row.right | cells

    def _cover(self, tint: Tint) -> list[int]:
        """The bits a part covers, row by row."""
        covers = self._covers.get(tint.code)
        if covers is None:
            covers = []
            for row in self._rows:
                output, start = self._outputs[row.page], self._starts[row.page]
                height, width = len(output), len(output[0])
                bits = 0
                for r, c, _ in self._train[row.page].parts(tint.code, tint.draw)[row.place].cells:
                    if 0 <= r < height and 0 <= c < width:
                        bits |= 1 << (start + r * width + c)
                covers.append(bits)
            self._covers[tint.code] = covers
        return covers


@lru_cache(maxsize=2 * len(VIEWS))
def paper_of(view: View, inputs: tuple[Grid, ...], outputs: tuple[Grid, ...]) -> Paper:
    """The paper of a view, shared by all who try actions on it."""
    scenes = cut_scenes(view, inputs) or ()
    return Paper(scenes[: len(outputs)], outputs)


def _cells(drawn: Item, output: Grid, start: int) -> int | None:
    """The bits of drawn cells on the output; `None` if one of them is wrong."""
    height, width = len(output), len(output[0])
    bits = 0
    for row, column, colour in drawn.cells:
        if 0 <= row < height and 0 <= column < width:
            if output[row][column] != colour:
                return None
            bits |= 1 << (start + row * width + column)
    return bits


def _standing(item: Item, output: Grid, start: int) -> tuple[int, int]:
    """The bits of an item's cells that the output shows, and of those it does not."""
    right, wrong, width = 0, 0, len(output[0])
    for row, column, colour in item.cells:
        bit = 1 << (start + row * width + column)
        if output[row][column] == colour:
            right |= bit
        else:
            wrong |= bit
    return right, wrong
