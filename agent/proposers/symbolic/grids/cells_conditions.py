"""What can be said of a cell that is true or not: the conditions of cell rules.

Every condition carries source text, words and a description length in bits or so: what a person
would say first is cheap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peirce.agent.proposers.symbolic.grids.cells_costs import ORDERS, PAIRS, question_cost
from peirce.agent.proposers.symbolic.grids.colours import COLOUR_WORDS
from peirce.prototypes.grids.cells_questions import QUESTIONS
from peirce.prototypes.grids.cells_scene import NOTHING, Cell, Kind, Rows, Scene

Values: TypeAlias = NDArray[np.int16]

MOST_THRESHOLDS: Final = 8
"""Values of one number layer that conditions may compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that is true of some cells."""

    source: str
    words: str
    cost: float
    holds: NDArray[np.bool_]
    """For every train and test cell."""


@dataclass(frozen=True, slots=True)
class Named:
    """The values of one layer over all cells."""

    source: str
    words: str
    kind: Kind
    cost: float
    values: Values


def read(layers: Sequence[Rows], spots: Sequence[Sequence[Cell]]) -> list[int]:
    """One layer of every scene, read at the spots."""
    return [
        layer[row][column]
        for layer, chosen in zip(layers, spots, strict=True)
        for row, column in chosen
    ]


def conditions_of(named: dict[str, Named], size: int) -> Iterator[Condition]:
    """What layers say alone, and of pairs of them whether they are equal or in order.

    Values to compare with are those of the first `size` cells, the train part.
    """
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
        if one not in named or other not in named:
            continue
        yield from _smaller(named[one], named[other])
        yield from _smaller(named[other], named[one])


def answers_of(
    scenes: Sequence[Scene], spots: Sequence[Sequence[Cell]], questions: Sequence[str]
) -> Iterator[Condition]:
    """The answers to questions about the colours of the grids."""
    for colour in sorted({colour for scene in scenes for colour in scene.counts}):
        for name in questions:
            question = QUESTIONS[name]
            said = [scene.answer(name, question.compute, colour) for scene in scenes]
            holds = np.array(read(said, spots), dtype=np.bool_)
            words = question.words.format(COLOUR_WORDS[colour])
            source = f"view.{name}({colour})"
            yield from _both(
                holds,
                question_cost(name),
                (source, words),
                (f"not {source}", f"it is not so that {words}"),
            )


def _smaller(one: Named, other: Named) -> Iterator[Condition]:
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


def _flag(layer: Named) -> Iterator[Condition]:
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


def _is_colour(layer: Named, size: int) -> Iterator[Condition]:
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


def _is_number(layer: Named, size: int) -> Iterator[Condition]:
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


def _equal(one: Named, other: Named) -> Iterator[Condition]:
    same = other.words if other.source != "view.colour" else "the cell itself"
    yield from _both(
        one.values == other.values,
        one.cost + other.cost + 0.5,
        (f"{one.source} == {other.source}", f"{one.words} is coloured like {same}"),
        (f"{one.source} != {other.source}", f"{one.words} is not coloured like {same}"),
    )


def distinct(conditions: Sequence[Condition], size: int) -> tuple[Condition, ...]:
    """The cheapest of those that say the same; none that says nothing about the train cells."""
    best: dict[bytes, Condition] = {}
    for condition in sorted(conditions, key=lambda condition: condition.cost):
        train = condition.holds[:size]
        if train.any() and not train.all():
            best.setdefault(np.packbits(condition.holds).tobytes(), condition)
    return tuple(best.values())
