"""Answers of a type, the simplest first.

Small numbers, numbers near those a puzzle names, short texts in its letters, short lists of few
different things.

Endless for every type but `bool`, without repeats, the same in every run. The order is fair: of
lists, each length gets the same number of candidates whenever the number of candidates doubles.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from peirce.prototypes.answer_types import Answer, AnswerType

LONGEST_LIST: Final = 64
LARGEST_HINT: Final = 10**12
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
Item = TypeVar("Item")


def candidates(kind: AnswerType, hints: Sequence[int | str] = ()) -> Iterator[Answer]:
    """Values of a type; `hints` are the numbers and texts the puzzle is written with."""
    if kind.depth:
        yield from sequences(candidates(AnswerType(kind.leaf, kind.depth - 1), hints))
        return
    match kind.leaf:
        case "bool":
            yield from (False, True)
        case "int":
            yield from integers(hints)
        case "float":
            yield from (number / 2 for number in integers(hints))
        case _:
            yield from texts(hints)


def integers(hints: Sequence[int | str] = ()) -> Iterator[int]:
    """Every integer, from zero outwards, and early those that follow from the hints."""
    near = _near([abs(hint) for hint in hints if isinstance(hint, int)])
    seen: set[int] = set()
    for number, hinted in itertools.zip_longest(_outwards(), near):
        for value in (number, hinted):
            if value is not None and value not in seen:
                seen.add(value)
                yield value


def texts(hints: Sequence[int | str] = ()) -> Iterator[str]:
    """The texts of the hints, then every text over their letters, the shortest first."""
    named = [hint for hint in hints if isinstance(hint, str) and hint]
    yield from dict.fromkeys(["", *named])
    letters = dict.fromkeys([*itertools.chain(*named), *_LETTERS])
    for letter in sequences(iter(letters)):
        text = "".join(letter)
        if text and text not in named:
            yield text


def sequences(items: Iterator[Item]) -> Iterator[list[Item]]:
    """Lists of the items, each once: in round n some 2^n of every length they can have."""
    known: list[Item] = []
    yield []
    for turn in itertools.count(1):
        before = len(known)
        for length in range(1, min(turn, LONGEST_LIST) + 1):
            width, old = _root(2**turn, length), _root(2 ** (turn - 1), length)
            known.extend(itertools.islice(items, max(0, width - len(known))))
            fresh = old if length < turn else 0
            yield from _lists(known[:width], fresh, length)
        if before == len(known) and turn > LONGEST_LIST:
            return


def _lists(items: Sequence[Item], old: int, length: int) -> Iterator[list[Item]]:
    """Lists of a length that hold at least one of the items from place `old` on."""
    for places in itertools.product(range(len(items)), repeat=length):
        if max(places) >= old:
            yield [items[place] for place in places]


def _root(number: int, degree: int) -> int:
    """The largest integer whose power is at most `number`."""
    root = max(1, round(number ** (1 / degree)))
    return root if root**degree <= number else root - 1


def _outwards() -> Iterator[int]:
    for number in itertools.count():
        yield number
        if number and number % 3 == 0:
            yield -number // 3


def _near(hints: Sequence[int]) -> Iterator[int]:
    known = [hint for hint in dict.fromkeys(hints) if hint <= LARGEST_HINT]
    for hint in known:
        yield from (hint, hint + 1, hint - 1, -hint, 2 * hint, hint // 2, math.isqrt(hint))
    for left, right in itertools.combinations(known, 2):
        yield from (left + right, abs(left - right), left * right, left // max(1, right))
