"""Operators made from the code they write, so that the two cannot differ.

An operator is declared by a signature such as `L N -> L`, its price, its code and its words. What
it computes in the search is its own code, with bounds: a list that would grow without end or a
number too large to factor is refused, and the term is not followed up.

Signature letters: `L` list, `P` list of lists (parts), `I` integer, `N` integer from 0, `Z` integer
from 1, `B` truth value, `F` function of `x`, `T` test of `x`.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, cast

from peirce.agent.proposers.symbolic.lists.terms import ATOM, Kind, Op, Piece
from peirce.prototypes import lists as words

SOURCES: Final[Mapping[str, str]] = {
    **dict.fromkeys(words.__all__, "peirce.prototypes.lists"),
    "takewhile": "itertools",
    "dropwhile": "itertools",
}
"""Where the names come from that programs may import."""

LONGEST: Final = 120
"""Lists that grow longer than this are not followed up."""
LARGEST: Final = 10**6
"""Numbers beyond this are not searched for divisors."""
_LETTERS: Final = {
    "L": Kind.LIST,
    "P": Kind.LISTS,
    "I": Kind.INT,
    "N": Kind.INT,
    "Z": Kind.INT,
    "B": Kind.BOOL,
    "F": Kind.MAP,
    "T": Kind.TEST,
}
_BOUNDS: Final = {"N": "{} >= 0", "Z": "{} > 0"}


def _refuse() -> object:
    raise ValueError


def _range(*bounds: int) -> range:
    out = range(*bounds)
    if len(out) > LONGEST:
        raise ValueError
    return out


def _repeat_each(items: Sequence[int], times: int) -> tuple[int, ...]:
    if len(items) * times > LONGEST:
        raise ValueError
    return words.repeat_each(items, times)


def _climb(items: Sequence[int]) -> tuple[int, ...]:
    if items and max(items) - min(items) > LONGEST:
        raise ValueError
    return words.climb(items)


def _divisors(number: int) -> tuple[int, ...]:
    if abs(number) > LARGEST:
        raise ValueError
    return words.divisors(number)


def _continue(items: Sequence[int], count: int) -> tuple[int, ...]:
    if count > LONGEST:
        raise ValueError
    return words.continue_by_differences(items, count)


def _is_prime(number: int) -> bool:
    if number > LARGEST:
        raise ValueError
    return words.is_prime(number)


_NAMES: Final[dict[str, object]] = {
    **{name: getattr(words, name) for name in words.__all__},
    "takewhile": itertools.takewhile,
    "dropwhile": itertools.dropwhile,
    "range": _range,
    "repeat_each": _repeat_each,
    "climb": _climb,
    "continue_by_differences": _continue,
    "divisors": _divisors,
    "is_prime": _is_prime,
    "refuse": _refuse,
}


def op(signature: str, cost: int, code: str, text: str, binds: int = ATOM) -> Op:
    """Declare an operator."""
    left, _, right = signature.partition("->")
    letters = left.split()
    gives = _LETTERS[right.strip()]
    takes = tuple(_LETTERS[letter] for letter in letters)
    return Op(takes, gives, cost, _compile(letters, gives, code), code, text, binds)


@cache
def function(kind: Kind, cost: int, code: str, text: str, binds: int) -> Op:
    """Declare a function or test of one number `x`."""
    return Op((), kind, cost, _run(f"lambda x: {code}"), code, text, binds)


def _compile(letters: Sequence[str], gives: Kind, code: str) -> Callable[..., object]:
    names = [f"a{n}" for n in range(len(letters))]
    holes = [
        Piece(f"{name}(x)" if letter in "FT" else name, ATOM)
        for name, letter in zip(names, letters, strict=True)
    ]
    body = code.format(*holes)
    if gives is Kind.LIST:
        body = f"tuple({body})"
    elif gives is Kind.LISTS:
        body = f"tuple(map(tuple, {body}))"
    bounds = [
        _BOUNDS[letter].format(name)
        for name, letter in zip(names, letters, strict=True)
        if letter in _BOUNDS
    ]
    if bounds:
        body = f"{body} if {' and '.join(bounds)} else refuse()"
    return _run(f"lambda {', '.join(names)}: {body}")


def _run(source: str) -> Callable[..., object]:
    # The text comes from the tables of this package only, never from a task or a model.
    return cast("Callable[..., object]", eval(source, dict(_NAMES)))
