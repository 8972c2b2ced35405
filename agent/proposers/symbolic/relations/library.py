"""The predicates a background may take for granted: comparison, arithmetic, lists, all solutions.

Arithmetic on whole numbers of CLP(FD) is answered where one side is known and the other holds at
most one unknown, which is what `X2 #= X1 + 1` needs in either direction.
"""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Final

from peirce.agent.proposers.symbolic.relations.machine import (
    Applied,
    Live,
    Machine,
    Pairs,
    Predicate,
    Ref,
    Unclear,
    bare,
    frozen,
    items_of,
    list_of,
)
from peirce.tasks.clauses import CONS, NIL, Compound, Term, parse_clauses

MAX_NUMBER: Final = 10**60
MAX_BETWEEN: Final = 2_000
"""Most numbers `between/3` counts through."""
_HOLDS: Final[tuple[Live, Live]] = ("true", "true")
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
_LISTS: Final = """
append([], L, L).
append([H|T], L, [H|R]) :- append(T, L, R).
member(X, [X|_]).
member(X, [_|T]) :- member(X, T).
memberchk(X, L) :- member(X, L), !.
select(X, [X|T], T).
select(X, [H|T], [H|R]) :- select(X, T, R).
last([X], X).
last([_,Y|T], X) :- last([Y|T], X).
maplist(_, []).
maplist(G, [A|As]) :- call(G, A), maplist(G, As).
maplist(_, [], []).
maplist(G, [A|As], [B|Bs]) :- call(G, A, B), maplist(G, As, Bs).
exclude(_, [], []).
exclude(G, [A|As], Bs) :- call(G, A), !, exclude(G, As, Bs).
exclude(G, [A|As], [A|Bs]) :- exclude(G, As, Bs).
include(_, [], []).
include(G, [A|As], [A|Bs]) :- call(G, A), !, include(G, As, Bs).
include(G, [_|As], Bs) :- include(G, As, Bs).
once(G) :- G, !.
ignore(G) :- (G -> true ; true).
forall(C, A) :- \\+ (C, \\+ A).
nth0(I, L, X) :- length(L, N), M is N - 1, between(0, M, I), item_at(I, L, X).
nth1(I, L, X) :- length(L, N), between(1, N, I), J is I - 1, item_at(J, L, X).
"""


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
            yield _HOLDS

    return predicate


def _is(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    yield arguments[0], value_of(arguments[1])


def _same(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    yield arguments[0], arguments[1]


def _different(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    if not any(True for _ in machine.prove(Applied("=", arguments))):
        yield _HOLDS


def _identical(wanted: bool) -> Predicate:
    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        if (frozen(arguments[0]) == frozen(arguments[1])) is wanted:
            yield _HOLDS

    return predicate


def _sort_check(accepts: Callable[[Live], bool]) -> Predicate:
    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        if accepts(bare(arguments[0])):
            yield _HOLDS

    return predicate


def _is_ground(term: Live) -> bool:
    try:
        frozen(term)
    except Unclear:
        return False
    return True


def _is_list(term: Live) -> bool:
    try:
        items_of(term)
    except Unclear:
        return False
    return True


def _true(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine, arguments
    yield _HOLDS


def _fail(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine, arguments
    yield from ()


def _call(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    goal, more = bare(arguments[0]), arguments[1:]
    if isinstance(goal, Ref):
        raise Unclear("unbound goal")
    if more:
        known = goal.arguments if isinstance(goal, Applied) else ()
        name = goal.name if isinstance(goal, Applied) else str(goal)
        goal = Applied(name, (*known, *more))
    for _ in machine.prove(goal):
        yield _HOLDS


def _findall(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    template, goal, answer = arguments
    found = [_live(frozen(template)) for _ in machine.prove(goal)]
    yield answer, list_of(found)


def _live(term: Term) -> Live:
    if isinstance(term, Compound):
        return Applied(term.name, tuple(map(_live, term.arguments)))
    if isinstance(term, int | float | str):
        return term
    raise Unclear("unbound")


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
            yield _HOLDS
        return
    last = low + MAX_BETWEEN if top is None else int(top)
    if last - low > MAX_BETWEEN:
        raise Unclear("between")
    for number in range(low, last + 1):
        yield asked, number


def _length(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    if _is_list(arguments[0]):
        yield arguments[1], len(items_of(arguments[0]))
        return
    size = bare(arguments[1])
    if not (isinstance(size, int) and 0 <= size <= 100 and isinstance(bare(arguments[0]), Ref)):
        raise Unclear("length")
    yield arguments[0], list_of([Ref() for _ in range(size)])


def _item(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    del machine
    number = bare(arguments[0])
    items = items_of(arguments[1])
    if isinstance(number, int) and 0 <= number < len(items):
        yield arguments[2], items[number]


def _on_lists(function: Callable[[list[Term]], Term | None]) -> Predicate:
    """A predicate whose second argument follows from the ground list in the first."""

    def predicate(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
        del machine
        found = function([frozen(item) for item in items_of(arguments[0])])
        if found is not None:
            yield arguments[1], _live(found)

    return predicate


def _joined(items: Sequence[Term]) -> Term:
    tail: Term = NIL
    for item in reversed(items):
        tail = Compound(CONS, (item, tail))
    return tail


def _rank(term: Term) -> tuple[int, float, str]:
    """Standard order of the plain terms: numbers, then atoms, then the rest by its text."""
    if isinstance(term, int | float):
        return 1, term, ""
    return (3, 0, term) if isinstance(term, str) else (5, 0, repr(term))


def _numbers(items: Sequence[Term]) -> list[int | float]:
    found = [item for item in items if isinstance(item, int | float)]
    if len(found) != len(items):
        raise Unclear("no numbers")
    return found


def _equation(machine: Machine, arguments: tuple[Live, ...]) -> Pairs:
    """`#=`: one side is known, or holds one unknown in a sum."""
    del machine
    left, right = map(bare, arguments)
    if not _is_ground(left):
        left, right = right, left
    wanted, unknown = value_of(left), right
    while not _is_ground(unknown):
        unknown = bare(unknown)
        if isinstance(unknown, Ref):
            break
        if not (isinstance(unknown, Applied) and len(unknown.arguments) == 2):
            raise Unclear("#=")
        first, second = unknown.arguments
        match unknown.name:
            case "+" if _is_ground(second):
                wanted, unknown = wanted - value_of(second), first
            case "+":
                wanted, unknown = wanted - value_of(first), second
            case "-" if _is_ground(second):
                wanted, unknown = wanted + value_of(second), first
            case "-":
                wanted, unknown = value_of(first) - wanted, second
            case _:
                raise Unclear("#=")
    yield (unknown if isinstance(bare(unknown), Ref) else value_of(unknown)), wanted


BUILTINS: Final[dict[tuple[str, int], Predicate]] = {
    ("true", 0): _true,
    ("otherwise", 0): _true,
    ("fail", 0): _fail,
    ("false", 0): _fail,
    ("=", 2): _same,
    ("\\=", 2): _different,
    ("==", 2): _identical(True),
    ("\\==", 2): _identical(False),
    ("is", 2): _is,
    ("#=", 2): _equation,
    ("succ", 2): _succ,
    ("plus", 3): _plus,
    ("between", 3): _between,
    ("length", 2): _length,
    ("findall", 3): _findall,
    ("item_at", 3): _item,
    ("var", 1): _sort_check(lambda term: isinstance(term, Ref)),
    ("nonvar", 1): _sort_check(lambda term: not isinstance(term, Ref)),
    ("integer", 1): _sort_check(lambda term: isinstance(term, int)),
    ("float", 1): _sort_check(lambda term: isinstance(term, float)),
    ("number", 1): _sort_check(lambda term: isinstance(term, int | float)),
    ("atom", 1): _sort_check(lambda term: isinstance(term, str) and term[:1] != '"'),
    ("atomic", 1): _sort_check(lambda term: isinstance(term, int | float | str)),
    ("compound", 1): _sort_check(lambda term: isinstance(term, Applied)),
    ("ground", 1): _sort_check(_is_ground),
    ("is_list", 1): _sort_check(_is_list),
    ("msort", 2): _on_lists(lambda items: _joined(sorted(items, key=_rank))),
    ("sort", 2): _on_lists(
        lambda items: _joined(sorted({_rank(item): item for item in items}.values(), key=_rank))
    ),
    ("reverse", 2): _on_lists(lambda items: _joined(items[::-1])),
    ("sum_list", 2): _on_lists(lambda items: sum(_numbers(items))),
    ("sumlist", 2): _on_lists(lambda items: sum(_numbers(items))),
    ("max_list", 2): _on_lists(lambda items: max(_numbers(items), default=None)),
    ("min_list", 2): _on_lists(lambda items: min(_numbers(items), default=None)),
}
BUILTINS.update({("call", arity): _call for arity in range(1, 6)})
BUILTINS.update({(name, 2): _comparison(compare) for name, compare in _COMPARED.items()})
BUILTINS.update(
    {
        (f"#{name}", 2): _comparison(compare)
        for name, compare in {**_COMPARED, "\\=": operator.ne}.items()
        if name not in ("=:=", "=\\=")
    }
)


def machine_for(clauses: Sequence[Term]) -> Machine:
    """A machine that knows a background and the library; the background's own words come first."""
    machine = Machine(clauses, BUILTINS)
    for key, rules in Machine(tuple(parse_clauses(_LISTS, where="library")), {}).rules.items():
        machine.rules.setdefault(key, rules)
    return machine
