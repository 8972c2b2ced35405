"""Strategies for inputs that look like those of a task.

What all known inputs have in common holds for every input drawn: sizes, alphabets, colours, the
range of numbers, order, distinctness, names at each place of an atom. A simpler choice is a
smaller input, so shrinking leads to what a person takes in at a glance.
"""

from collections.abc import Callable, Sequence
from typing import Final, assert_never, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from peirce.tasks.atoms import Atom
from peirce.tasks.values import Grid, IntList, Strings, Value, ValueType
from peirce.verifiers.distinguish.atoms import atoms_like
from peirce.verifiers.distinguish.grids import grids_like
from peirce.verifiers.distinguish.ranges import Range, range_of
from peirce.verifiers.distinguish.texts import texts_like

TRUSTED: Final = 3
"""Lists of two items or more from which on what they share counts as a rule for inputs."""
REACH: Final = 10
"""How far beyond the known numbers an input may lie, at least."""
MAX_DECIMALS: Final = 6


def inputs_like(known: Sequence[Value], kind: ValueType) -> SearchStrategy[Value]:
    """Inputs of type `kind` that could stand beside the known ones.

    Args:
        known: at least one input.
        kind: their type.
    """
    match kind:
        case ValueType.GRID:
            return grids_like(cast("Sequence[Grid]", known))
        case ValueType.LIST:
            return _lists_like(cast("Sequence[IntList]", known))
        case ValueType.STRING:
            return texts_like(cast("Sequence[str]", known))
        case ValueType.STRINGS:
            return _rows_like(cast("Sequence[Strings]", known))
        case ValueType.NUMBER:
            return _numbers_like(cast("Sequence[int | float]", known))
        case ValueType.BOOLEAN:
            return st.booleans()
        case ValueType.ATOM:
            return atoms_like(cast("Sequence[Atom]", known))
        case _:
            assert_never(kind)


def _lists_like(known: Sequence[IntList]) -> SearchStrategy[IntList]:
    """Lists as long as the known ones, of items like theirs, lists in lists included."""
    items = [item for values in known for item in values]
    numbers = [item for item in items if isinstance(item, int)]
    inner = [item for item in items if isinstance(item, tuple)]
    sorts: list[SearchStrategy[int | IntList]] = []
    if numbers:
        sorts.append(range_of(numbers).integers())
    if inner:
        sorts.append(_lists_like(inner))
    lengths = range_of([len(values) for values in known])
    if not sorts:
        return st.just(())
    if inner:
        return st.lists(st.one_of(sorts), min_size=lengths.low, max_size=lengths.high).map(tuple)
    flat = [cast("tuple[int, ...]", values) for values in known]
    return _flat_lists(flat, range_of(numbers), lengths)


def _flat_lists(
    known: Sequence[tuple[int, ...]], numbers: Range, lengths: Range
) -> SearchStrategy[IntList]:
    """Lists of integers; where all known ones are distinct or in order, these are too."""
    telling = [values for values in known if len(values) > 1]
    trusted = len(telling) >= TRUSTED

    def share(holds: Callable[[tuple[int, ...]], bool]) -> bool:
        return trusted and all(holds(values) for values in telling)

    drawn = st.lists(
        numbers.integers(),
        min_size=lengths.low,
        max_size=lengths.high,
        unique=share(lambda values: len(set(values)) == len(values)),
    )
    if share(lambda values: list(values) == sorted(values)):
        return drawn.map(sorted).map(tuple)
    if share(lambda values: list(values) == sorted(values, reverse=True)):
        return drawn.map(lambda values: tuple(sorted(values, reverse=True)))
    return drawn.map(tuple)


def _rows_like(known: Sequence[Strings]) -> SearchStrategy[Strings]:
    """Several texts: columns where all rows are equally long, else any number of like texts."""
    lengths = range_of([len(row) for row in known])
    if lengths.low == lengths.high:
        return st.tuples(*(texts_like(column) for column in zip(*known, strict=True)))
    texts = texts_like([text for row in known for text in row])
    return st.lists(texts, min_size=lengths.low, max_size=lengths.high).map(tuple)


def _numbers_like(known: Sequence[int | float]) -> SearchStrategy[int | float]:
    """Numbers in and around the known range, with as many decimals, on the same side of zero."""
    decimals = max(_decimals(number) for number in known)
    if decimals > MAX_DECIMALS:
        return st.floats(min(known), max(known))
    scale = 10**decimals
    whole = [round(number * scale) for number in known]
    reach = max(max(whole) - min(whole), REACH * scale)
    low, high = min(whole) - reach, max(whole) + reach
    if min(whole) >= 0:
        low = max(low, min(1, min(whole)))
    if max(whole) <= 0:
        high = min(high, max(-1, max(whole)))
    drawn = Range(low, high).integers()
    if all(isinstance(number, int) for number in known):
        return drawn
    return drawn.map(lambda number: number / scale)


def _decimals(number: int | float) -> int:
    """Digits after the point, as a person writes the number; more than are drawn if endless."""
    if isinstance(number, int):
        return 0
    text = repr(number)
    if "e" in text:
        return MAX_DECIMALS + 1
    return len(text.partition(".")[2].rstrip("0"))
