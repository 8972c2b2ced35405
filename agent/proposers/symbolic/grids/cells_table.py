"""What a cell rule is made of: conditions and colours, as bit sets over all cells of all demos.

A `Table` holds every layer of `peirce.prototypes.grids.cells` for the cells of the train inputs
followed by the cells of the test inputs. `Condition` and `Colour` carry source text, words and a
description length in bits or so: what a person would say first is cheap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.cells_costs import (
    ORDERS,
    PAIRS,
    layer_cost,
    question_cost,
)
from peirce.prototypes.grids.cells import LAYERS
from peirce.prototypes.grids.cells_questions import QUESTIONS
from peirce.prototypes.grids.cells_scene import NOTHING, Kind, Scene
from peirce.tasks.values import COLOURS, Grid

Bits: TypeAlias = NDArray[np.uint64]
Values: TypeAlias = NDArray[np.int16]

COLOUR_WORDS: Final = (
    "black", "blue", "red", "green", "yellow", "grey", "magenta", "orange", "azure", "maroon",
)  # fmt: skip
"""The ten colours by name."""
MOST_THRESHOLDS: Final = 8
"""Values of one number layer that conditions may compare with."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that is true of some cells."""

    source: str
    words: str
    cost: float
    holds: NDArray[np.bool_]
    """For every train and test cell."""


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


def lay_out(canvases: Sequence[Canvas], outputs: Sequence[Grid]) -> Iterator[Table | None]:
    """The table of the canvases, after `None` between steps of work.

    The first `len(outputs)` canvases are the train part.
    """
    scenes = [Scene(canvas.grid, canvas.beside) for canvas in canvases]
    for scene in scenes:
        for number, (name, layer) in enumerate(LAYERS.items()):
            scene.ask(name, layer)
            if number % LAYERS_A_STEP == 0:
                yield None
    wanted = np.array([c for grid in outputs for row in grid for c in row], dtype=np.int16)
    size, named = len(wanted), dict(_layers(scenes))
    yield None
    found: list[Condition] = []
    for condition in chain(
        _conditions(named, size), _answers(scenes, named["colour"].values[:size])
    ):
        found.append(condition)
        if len(found) % CONDITIONS_A_STEP == 0:
            yield None
    conditions = _distinct(found, size)
    yield None
    masks = pack(np.array([c.holds[:size] for c in conditions]).reshape(len(conditions), size))
    cells = [scene.height * scene.width for scene in scenes]
    yield Table(
        size=size,
        wanted=wanted,
        demo=np.repeat(np.arange(len(scenes), dtype=np.int16), cells),
        conditions=conditions,
        colours=tuple(_colours(named, wanted, sum(cells))),
        masks=masks,
        costs=np.array([condition.cost for condition in conditions]),
    )


def build(canvases: Sequence[Canvas], outputs: Sequence[Grid]) -> Table:
    """`lay_out` in one step."""
    return next(table for table in lay_out(canvases, outputs) if table is not None)


def pack(flags: NDArray[np.bool_]) -> Bits:
    """Rows of truth values as rows of 64-bit words."""
    missing = -flags.shape[-1] % 64
    padded = np.pad(flags, [(0, 0)] * (flags.ndim - 1) + [(0, missing)])
    return np.packbits(padded, axis=-1).view(np.uint64)


@dataclass(frozen=True, slots=True)
class _Named:
    """The values of one layer over all cells."""

    source: str
    words: str
    kind: Kind
    cost: float
    values: Values


def _layers(scenes: Sequence[Scene]) -> Iterator[tuple[str, _Named]]:
    for name, layer in LAYERS.items():
        rows = [row for scene in scenes for row in scene.ask(name, layer)]
        values = np.array([value for row in rows for value in row], dtype=np.int16)
        yield name, _Named(f"view.{name}", layer.words, layer.kind, layer_cost(name), values)
    for index in range(min(len(scene.beside) for scene in scenes)):
        flat = [c for scene in scenes for row in scene.beside[index] for c in row]
        words = f"the cell at the same place in grid {index + 2}"
        values = np.array(flat, dtype=np.int16)
        yield (
            f"beside[{index}]",
            _Named(f"view.beside[{index}]", words, Kind.COLOUR, 1.0, values),
        )


def _conditions(named: dict[str, _Named], size: int) -> Iterator[Condition]:
    for layer in named.values():
        match layer.kind:
            case Kind.FLAG:
                yield from _flag(layer)
            case Kind.COLOUR:
                yield from _is_colour(layer, size)
            case Kind.NUMBER | Kind.PLACE:
                yield from _is_number(layer, size)
    pairs = [(one, other) for one, other in PAIRS if one in named and other in named]
    beside = [name for name in named if name.startswith("beside")]
    pairs += [(name, other) for name in beside for other in ("colour", "background")]
    pairs += [(one, other) for one in beside for other in beside if one < other]
    for one, other in pairs:
        yield from _equal(named[one], named[other])
    for one, other in ORDERS:
        yield from _smaller(named[one], named[other])
        yield from _smaller(named[other], named[one])


def _answers(scenes: Sequence[Scene], own: Values) -> Iterator[Condition]:
    """The answers to questions about the colours the train inputs have."""
    for colour in np.unique(own).tolist():
        for name, question in QUESTIONS.items():
            rows = [row for s in scenes for row in s.answer(name, question.compute, colour)]
            holds = np.array([value for row in rows for value in row], dtype=np.bool_)
            words = question.words.format(COLOUR_WORDS[colour])
            source = f"view.{name}({colour})"
            yield from _both(
                holds,
                question_cost(name),
                (source, words),
                (f"not {source}", f"it is not so that {words}"),
            )


def _smaller(one: _Named, other: _Named) -> Iterator[Condition]:
    yield from _both(
        one.values < other.values,
        one.cost + other.cost,
        (f"{one.source} < {other.source}", f"{one.words} is below {other.words}"),
        (f"{one.source} >= {other.source}", f"{one.words} is not below {other.words}"),
    )


def _both(
    holds: NDArray[np.bool_], cost: float, yes: tuple[str, str], no: tuple[str, str]
) -> Iterator[Condition]:
    yield Condition(source=yes[0], words=yes[1], cost=cost, holds=holds)
    yield Condition(source=no[0], words=no[1], cost=cost + 0.3, holds=~holds)


def _flag(layer: _Named) -> Iterator[Condition]:
    yield from _both(
        layer.values == 1,
        layer.cost + 0.2,
        (layer.source, layer.words),
        (f"not {layer.source}", _deny(layer.words)),
    )


def _deny(words: str) -> str:
    for yes, no in (
        (" is ", " is not "),
        (" touches ", " does not touch "),
        (" fills ", " does not fill "),
        (" sees ", " does not see "),
        (" lies ", " does not lie "),
    ):
        if yes in words:
            return words.replace(yes, no, 1)
    return f"it is not so that {words}"


def _is_colour(layer: _Named, size: int) -> Iterator[Condition]:
    for value in np.unique(layer.values[:size]).tolist():
        holds = layer.values == value
        if value == NOTHING:
            yield from _both(
                holds,
                layer.cost + 1.0,
                (f"{layer.source} < 0", _absence(layer.words, "no", "nothing")),
                (f"{layer.source} >= 0", _absence(layer.words, "a", "something")),
            )
        else:
            name = COLOUR_WORDS[value]
            yield from _both(
                holds,
                layer.cost + (0.5 if layer.source == "view.colour" else 1.0),
                (f"{layer.source} == {value}", f"{layer.words} is {name}"),
                (f"{layer.source} != {value}", f"{layer.words} is not {name}"),
            )


def _absence(words: str, article: str, seen: str) -> str:
    """'There is no cell above', 'it sees something to the left'."""
    if words.startswith("the first colour seen "):
        return f"it sees {seen} {words.removeprefix('the first colour seen ')}"
    return f"there is {article} {words.removeprefix('the ')}"


def _is_number(layer: _Named, size: int) -> Iterator[Condition]:
    found = [value for value in np.unique(layer.values[:size]).tolist() if value != NOTHING]
    for value in found[:MOST_THRESHOLDS]:
        extra = 1.2 + 0.2 * max(0, value)
        yield from _both(
            layer.values == value,
            layer.cost + extra,
            (f"{layer.source} == {value}", f"{layer.words} is {value}"),
            (f"{layer.source} != {value}", f"{layer.words} is not {value}"),
        )
    for value in found[1 : MOST_THRESHOLDS + 1]:
        extra = 1.3 + 0.2 * max(0, value)
        yield from _both(
            layer.values >= value,
            layer.cost + extra,
            (f"{layer.source} >= {value}", f"{layer.words} is at least {value}"),
            (f"{layer.source} < {value}", f"{layer.words} is below {value}"),
        )
    for divisor in (2, 3, 4) if layer.kind == Kind.PLACE or layer.source.endswith("size") else ():
        for rest in range(divisor if divisor > 2 else 1):
            source = f"{layer.source} % {divisor}"
            words = f"{layer.words} leaves {rest} when divided by {divisor}"
            deny = f"{layer.words} does not leave {rest} when divided by {divisor}"
            if divisor == 2:
                words, deny = f"{layer.words} is even", f"{layer.words} is odd"
            yield from _both(
                (layer.values % divisor == rest) & (layer.values != NOTHING),
                layer.cost + divisor / 2 + 0.2 * (rest > 0),
                (f"{source} == {rest}", words),
                (f"{source} != {rest}", deny),
            )


def _equal(one: _Named, other: _Named) -> Iterator[Condition]:
    same = other.words if other.source != "view.colour" else "the cell itself"
    yield from _both(
        one.values == other.values,
        one.cost + other.cost + 0.5,
        (f"{one.source} == {other.source}", f"{one.words} is coloured like {same}"),
        (f"{one.source} != {other.source}", f"{one.words} is not coloured like {same}"),
    )


def _distinct(conditions: Sequence[Condition], size: int) -> tuple[Condition, ...]:
    """The cheapest of those that say the same; none that says nothing about the train cells."""
    best: dict[bytes, Condition] = {}
    for condition in sorted(conditions, key=lambda condition: condition.cost):
        train = condition.holds[:size]
        if train.any() and not train.all():
            best.setdefault(np.packbits(condition.holds).tobytes(), condition)
    return tuple(best.values())


def _colours(named: dict[str, _Named], wanted: Values, total: int) -> Iterator[Colour]:
    for value in range(COLOURS):
        if (wanted == value).any():
            values = np.full(total, value, dtype=np.int16)
            yield Colour(source=str(value), words=COLOUR_WORDS[value], cost=1.0, values=values)
    for layer in named.values():
        if layer.kind == Kind.COLOUR:
            yield Colour(
                source=layer.source,
                words=layer.words if "colour" in layer.words else f"the colour of {layer.words}",
                cost=layer.cost,
                values=np.where(layer.values == NOTHING, named["colour"].values, layer.values),
            )
    for layer in named.values():
        yield from _lookup(layer, named["colour"], wanted)


def _lookup(layer: _Named, own: _Named, wanted: Values) -> Iterator[Colour]:
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
        source=f"{name}.get({layer.source}, view.colour)",
        words=f"what {layer.words} tells ({told})",
        cost=layer.cost + 1.0 + 1.4 * len(table),
        values=values,
        table=f"{name} = {table}",
    )
