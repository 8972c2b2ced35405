"""What a cell rule is made of: conditions and colours, as bit sets over all cells of all demos.

A `Table` holds every layer of `peirce.prototypes.grids.cells` for the cells of the train inputs
followed by the cells of the test inputs. `Condition` and `Colour` carry source text, words and a
description length in bits or so: what a person would say first is cheap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.cells_conditions import (
    Condition,
    Named,
    Values,
    answers_of,
    conditions_of,
    distinct,
    read,
)
from peirce.agent.proposers.symbolic.grids.cells_costs import layer_cost
from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.prototypes.grids.cells import LAYERS, panel_corners
from peirce.prototypes.grids.cells_panels import PANELS, PANELS_WITHIN
from peirce.prototypes.grids.cells_questions import QUESTIONS
from peirce.prototypes.grids.cells_scene import NOTHING, Cell, Kind, Scene
from peirce.tasks.values import COLOURS, Grid

Bits: TypeAlias = NDArray[np.uint64]

OF_PANELS: Final = (
    "background", "most_common", "least_common", "main_colour", "second_colour", "colour_count",
    *(name for name in PANELS if name not in PANELS_WITHIN),
)  # fmt: skip
"""Layers that make sense where a panel as a whole is asked."""
LAYERS_A_STEP: Final = 32
"""Layers computed in one step of work."""
CONDITIONS_A_STEP: Final = 400
"""Conditions computed in one step of work."""
MOST_ENTRIES: Final = 8
"""Longest table from a layer's values to colours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """One grid whose cells are to be explained, and the grids laid beside it."""

    grid: Grid
    beside: tuple[Grid, ...] = ()
    panels: bool = False
    """Whether one cell of each panel is to be explained instead of every cell."""
    block: tuple[int, int] | None = None
    """Rows and columns of the panels where no lines separate them."""

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of what is to be explained."""
        if not self.panels:
            return len(self.grid), len(self.grid[0])
        down = [row for row, _, _ in panel_corners(Scene(self.grid, block=self.block))]
        return down[-1] + 1, down.count(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A way to say a colour."""

    source: str
    words: str
    cost: float
    values: Values
    """For every train and test cell; where there is none, the cell's own colour."""
    table: str = ""
    """The statement that defines the table it looks up, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of a task, what can be said of them, and what they shall become."""

    size: int
    """Train cells; the test cells follow them."""
    wanted: Values
    """The output colour of every train cell."""
    demo: Values
    """The number of the grid each cell belongs to."""
    conditions: tuple[Condition, ...]
    colours: tuple[Colour, ...]
    masks: Bits
    """The train part of every condition, one row each."""
    costs: NDArray[np.float64]
    """The description length of every condition."""


class _Laying:
    """The table of some canvases, laid out once for all methods that read it at the same time."""

    def __init__(self, canvases: Sequence[Canvas], outputs: Sequence[Grid]) -> None:
        self.table: Table | None = None
        self._steps = _lay_out(canvases, outputs)

    def work(self) -> None:
        """One step, if there is one left."""
        if self.table is None:
            self.table = next(self._steps)


@lru_cache(maxsize=6)
def _laying_of(canvases: tuple[Canvas, ...], outputs: tuple[Grid, ...]) -> _Laying:
    return _Laying(canvases, outputs)


def lay_out(canvases: Sequence[Canvas], outputs: Sequence[Grid]) -> Iterator[Table | None]:
    """The table of the canvases, after `None` between steps of work.

    The first `len(outputs)` canvases are the train part.
    """
    laying = _laying_of(tuple(canvases), tuple(outputs))
    while laying.table is None:
        yield None
        laying.work()
    yield laying.table


def _lay_out(canvases: Sequence[Canvas], outputs: Sequence[Grid]) -> Iterator[Table | None]:
    scenes = [Scene(canvas.grid, canvas.beside, canvas.block) for canvas in canvases]
    spots = [_spots(canvas, scene) for canvas, scene in zip(canvases, scenes, strict=True)]
    for scene in scenes:
        for number, (name, layer) in enumerate(LAYERS.items()):
            scene.ask(name, layer)
            if number % LAYERS_A_STEP == 0:
                yield None
    wanted = np.array([c for grid in outputs for row in grid for c in row], dtype=np.int16)
    size, named = len(wanted), dict(_layers(scenes, spots))
    own = named["colour"]
    if canvases[0].panels:
        own, named = named["background"], {name: named[name] for name in OF_PANELS}
    yield None
    found: list[Condition] = []
    questions = ("panel_has",) if canvases[0].panels else tuple(QUESTIONS)
    for condition in chain(conditions_of(named, size), answers_of(scenes, spots, questions)):
        found.append(condition)
        if len(found) % CONDITIONS_A_STEP == 0:
            yield None
    conditions = distinct(found, size)
    yield None
    cells = [len(chosen) for chosen in spots]
    yield Table(
        size=size,
        wanted=wanted,
        demo=np.repeat(np.arange(len(scenes), dtype=np.int16), cells),
        conditions=conditions,
        colours=tuple(_colours(named, own, wanted)),
        masks=masks_of(conditions, size),
        costs=np.array([condition.cost for condition in conditions]),
    )


def masks_of(conditions: Sequence[Condition], size: int) -> Bits:
    """The first `size` cells of every condition as a row of bits; there may be no conditions."""
    holds = np.array([c.holds[:size] for c in conditions], dtype=np.bool_)
    return pack(holds.reshape(len(conditions), size))


def _spots(canvas: Canvas, scene: Scene) -> Sequence[Cell]:
    """The cells that are to be explained."""
    if canvas.panels:
        return [(top, left) for _, top, left in panel_corners(scene)]
    return list(scene.cells())


def build(canvases: Sequence[Canvas], outputs: Sequence[Grid]) -> Table:
    """`lay_out` in one step."""
    return next(table for table in lay_out(canvases, outputs) if table is not None)


def pack(flags: NDArray[np.bool_]) -> Bits:
    """Rows of truth values as rows of 64-bit words."""
    missing = -flags.shape[-1] % 64
    padded = np.pad(flags, [(0, 0)] * (flags.ndim - 1) + [(0, missing)])
    return np.packbits(padded, axis=-1).view(np.uint64)


def _layers(
    scenes: Sequence[Scene], spots: Sequence[Sequence[Cell]]
) -> Iterator[tuple[str, Named]]:
    for name, layer in LAYERS.items():
        values = np.array(read([s.ask(name, layer) for s in scenes], spots), dtype=np.int16)
        yield name, Named(f"view.{name}", layer.words, layer.kind, layer_cost(name), values)
    for index in range(min(len(scene.beside) for scene in scenes)):
        words = f"the cell at the same place in grid {index + 2}"
        values = np.array(read([s.beside[index] for s in scenes], spots), dtype=np.int16)
        yield (
            f"beside[{index}]",
            Named(f"view.beside[{index}]", words, Kind.COLOUR, 1.0, values),
        )


def _colours(named: dict[str, Named], own: Named, wanted: Values) -> Iterator[Colour]:
    for value in range(COLOURS):
        if (wanted == value).any():
            values = np.full(len(own.values), value, dtype=np.int16)
            yield Colour(source=str(value), words=COLOUR_WORDS[value], cost=1.0, values=values)
    for layer in named.values():
        if layer.kind == Kind.COLOUR:
            yield Colour(
                source=layer.source,
                words=layer.words if "colour" in layer.words else f"the colour of {layer.words}",
                cost=layer.cost,
                values=np.where(layer.values == NOTHING, own.values, layer.values),
            )
    for layer in named.values():
        yield from _lookup(layer, own, wanted)


def _lookup(layer: Named, own: Named, wanted: Values) -> Iterator[Colour]:
    """The table from the layer's values to the new colours, if the changed cells agree on one."""
    changed = wanted != own.values[: len(wanted)]
    pairs = np.unique(np.stack([layer.values[: len(wanted)][changed], wanted[changed]]), axis=1)
    keys, news = pairs[0].tolist(), pairs[1].tolist()
    if not 2 <= len(set(keys)) == len(keys) <= MOST_ENTRIES or layer.kind == Kind.FLAG:
        return
    if len(set(news)) == 1:
        return
    table = dict(zip(keys, news, strict=True))
    values = own.values.copy()
    for key, new in table.items():
        values[layer.values == key] = new
    name = "BY_" + layer.source.removeprefix("view.").upper().replace("[", "_").replace("]", "")
    told = ", ".join(
        f"{COLOUR_WORDS[new]} for {COLOUR_WORDS[key] if layer.kind == Kind.COLOUR else key}"
        for key, new in table.items()
        if key != NOTHING
    )
    yield Colour(
        source=f"{name}.get({layer.source}, {own.source})",
        words=f"what {layer.words} tells ({told})",
        cost=layer.cost + 1.0 + 1.4 * len(table),
        values=values,
        table=f"{name} = {table}",
    )
