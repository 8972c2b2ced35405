"""Arithmetic for the small Prolog: numbers of expressions, comparison, counting up.

Arithmetic on whole numbers of CLP(FD) is answered where one side is known and the other holds at
most one unknown, which is what `X2 #= X1 + 1` needs in either direction.
"""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Final

from peirce.agent.proposers.symbolic.relations.machine import (
    HOLDS,
    Applied,
    Live,
    Machine,
    Pairs,
    Predicate,
    Ref,
    Unclear,
    bare,
    is_ground,
)

MAX_NUMBER: Final = 10**60
MAX_BETWEEN: Final = 2_000
"""Most numbers `between/3` counts through."""
_BINARY: Final[dict[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "mod": operator.mod,
    "//": lambda left, right: math.trunc(left / right),
    "div": operator.floordiv,
    "rem": math.fmod,
    "min": min,
    "max": max,
}
_UNARY: Final[dict[str, Callable[[float], float]]] = {
    "-": operator.neg,
    "+": operator.pos,
    "abs": abs,
    "sign": lambda number: (number > 0) - (number < 0),
    "succ": lambda number: number + 1,
}
_COMPARED: Final[dict[str, Callable[[float, float], bool]]] = {
    "=:=": operator.eq,
    "=\\=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=<": operator.le,
    ">=": operator.ge,
}


def value_of(term: Live) -> int | float:
    """The number an expression stands for.

    Raises:
        Unclear: it is no expression, or its value is too large.
    """
    term = bare(term)
    if isinstance(term, int | float):
        return term
    if not isinstance(term, Applied):
        raise Unclear("no number")
    numbers = [value_of(item) for item in term.arguments]
    try:
        result = _applied(term.name, numbers)
    except (ArithmeticError, ValueError):
        raise Unclear("no number") from None
    if abs(result) > MAX_NUMBER:
        raise Unclear("too large")
    return result


def _applied(name: str, numbers: Sequence[int | float]) -> int | float:
    whole = all(isinstance(number, int) for number in numbers)
    match numbers:
        case [one] if name in _UNARY:
            return _UNARY[name](one)
        case [left, right] if name in ("**", "^"):
            if right > 200 or right < 0 or abs(left) > 10**6:
                raise Unclear("too large")
            return left**right
        case [left, right] if name == "/":
            return left // right if whole and left % right == 0 else left / right
        case [left, right] if name in _BINARY:
            found = _BINARY[name](left, right)
            return int(found) if whole else found
        case _:
            raise Unclear(f"{name} is no function")


def _comparison(compare: Callable[[float, float], bool]) -> Predicate:
    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        if compare(value_of(arguments[0]), value_of(arguments[1])):
            yield HOLDS

    return predicate


def _is(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    yield arguments[0], value_of(arguments[1])


def _succ(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    left, right = bare(arguments[0]), bare(arguments[1])
    if isinstance(left, int):
        if left >= 0:
            yield right, left + 1
    elif isinstance(left, Ref) and isinstance(right, int):
        if right > 0:
            yield left, right - 1
    else:
        raise Unclear("succ")


def _plus(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    numbers = [None if isinstance(bare(item), Ref) else value_of(item) for item in arguments]
    match numbers:
        case [int() as left, int() as right, _]:
            yield arguments[2], left + right
        case [int() as left, None, int() as whole]:
            yield arguments[1], whole - left
        case [None, int() as right, int() as whole]:
            yield arguments[0], whole - right
        case _:
            raise Unclear("plus")


def _between(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    low, high, asked = bare(arguments[0]), bare(arguments[1]), bare(arguments[2])
    if not isinstance(low, int):
        raise Unclear("between")
    top = None if high in ("inf", "infinite") else value_of(high)
    if isinstance(asked, int):
        if asked >= low and (top is None or asked <= top):
            yield HOLDS
        return
    last = low + MAX_BETWEEN if top is None else int(top)
    if last - low > MAX_BETWEEN:
        raise Unclear("between")
    for number in range(low, last + 1):
        yield asked, number


def _equation(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    """`#=`: one side is known, or holds one unknown in a sum."""
    del machine
    left, right = map(bare, arguments)
    if not is_ground(left):
        left, right = right, left
    wanted, unknown = value_of(left), right
    while not is_ground(unknown):
        unknown = bare(unknown)
        if isinstance(unknown, Ref):
            break
        if not (isinstance(unknown, Applied) and len(unknown.arguments) == 2):
            raise Unclear("#=")
        first, second = unknown.arguments
        match unknown.name:
            case "+" if is_ground(second):
                wanted, unknown = wanted - value_of(second), first
            case "+":
                wanted, unknown = wanted - value_of(first), second
            case "-" if is_ground(second):
                wanted, unknown = wanted + value_of(second), first
            case "-":
                wanted, unknown = value_of(first) - wanted, second
            case _:
                raise Unclear("#=")
    yield (unknown if isinstance(bare(unknown), Ref) else value_of(unknown)), wanted


ARITHMETIC: Final[dict[tuple[str, int], Predicate]] = {
    ("is", 2): _is,
    ("#=", 2): _equation,
    ("succ", 2): _succ,
    ("plus", 3): _plus,
    ("between", 3): _between,
}
ARITHMETIC.update({(name, 2): _comparison(compare) for name, compare in _COMPARED.items()})
ARITHMETIC.update(
    {
        (f"#{name}", 2): _comparison(compare)
        for name, compare in {**_COMPARED, "\\=": operator.ne}.items()
        if name not in ("=:=", "=\\=")
    }
)
